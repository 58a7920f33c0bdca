/**
 * A plan: the Azure writes that make one connection, in an order that respects their dependencies.
 *
 * Plans are plain JSON. The planner builds them without any network access, people read and approve them on a card,
 * and `azure/executor.ts` carries them out. Nothing outside an approved plan is ever sent to Azure.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1 and Solution 2.
 */
import type { Environment } from '../policy/people.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Full ARM resource id, in the case in which Azure wrote it. Compare with `sameResource`. */
export type ResourceId = string;

export type Method = 'peering' | 'private-link';

export type Scenario =
  | 'apps-by-peering'
  | 'apps-by-private-link'
  | 'service-by-endpoint'
  | 'dns-servers'
  | 'database-read';

/** Each kind is one ARM PUT that is harmless to repeat with the same body. */
export type StepKind = 'peering' | 'dns-zone' | 'dns-record' | 'dns-link';

/**
 * `create`: not there yet. `update`: there, with another body. `keep`: there, and just as wanted, so nothing is sent.
 * `adopt`: there, made by somebody else, and used as it is.
 */
export type Change = 'create' | 'update' | 'keep' | 'adopt';

export interface PlanStep {
  /** Unique within the plan and derived from what it writes, so that it stays the same when the plan is made again. */
  id: string;
  kind: StepKind;
  /** Ids of the steps that must have succeeded before this one starts. */
  after: readonly string[];
  change: Change;
  /** The resource that is written. */
  resource: ResourceId;
  /** One line for people, in the present tense: "Peer mendix-prod-vnet with hub-vnet". */
  title: string;
  /** What stands there now, as far as the plan cares; null when there is nothing. */
  before: Json;
  /** The ARM body that is sent; null for `keep` and `adopt`. */
  body: Json;
}

/** `stop`: Azure or the rules would refuse. `care`: works, with a consequence. `unknown`: could not be read; never green. */
export type FindingLevel = 'stop' | 'care' | 'unknown';

export interface Finding {
  level: FindingLevel;
  code: string;
  text: string;
  wayOut: string;
}

/** A reason with the row of the documents it rests on. */
export interface Ground {
  source: string;
  section: string;
  note: string;
}

export interface Reach {
  /** Names of the networks that gain reach. */
  from: readonly string[];
  /** What they can reach then, in people's words: "192.168.0.0/22, all ports". */
  to: readonly string[];
}

/** A name that a connection promises, and the address it must resolve to from the linked networks. */
export interface PromisedName {
  name: string;
  address: string;
}

export interface UndoStep {
  id: string;
  kind: StepKind;
  after: readonly string[];
  /** `delete` what the plan created; `restore` what it changed, with the body from before. */
  change: 'delete' | 'restore';
  resource: ResourceId;
  body: Json;
}

/** Where an environment is, as the settings say. */
export type EnvironmentAt = Pick<Environment, 'name' | 'subscription' | 'managedResourceGroup' | 'domainSuffix'>;

/** What a plan was made from, besides what stood in Azure then; enough to make it again from a fresh reading. */
export interface PlanInputs {
  answers: ConnectAnswers;
  environment: EnvironmentAt;
  /** Put on what can carry tags and is created. */
  tags: Readonly<Record<string, string>>;
}

export interface Plan {
  /** SHA-256 over what is written (not when); what an approval is bound to. */
  hash: string;
  scenario: Scenario;
  method: Method;
  environment: string;
  because: readonly Ground[];
  findings: readonly Finding[];
  /** In an order in which they could run one after the other. */
  steps: readonly PlanStep[];
  undo: readonly UndoStep[];
  reach: readonly Reach[];
  /** Names that must work afterwards, and from which networks. */
  promises: { names: readonly PromisedName[]; from: readonly ResourceId[]; port: number };
  madeFrom: PlanInputs;
}

/** What was asked for; the shape of `causeway plan --answers` (CONTRACTS.md section 2). */
export interface ConnectAnswers {
  scenario: Scenario | null;
  /** Name of an environment in the settings. */
  environment: string;
  /** Ids of the other networks. */
  networks: readonly ResourceId[];
  apps: readonly string[] | '*';
  method: Method | null;
}

/** The planner cannot plan this: shown to the person, with every finding that stops it. */
export interface PlanRefusal {
  kind: 'refused';
  findings: readonly Finding[];
}

export type Planned = { kind: 'planned'; plan: Plan } | PlanRefusal;
