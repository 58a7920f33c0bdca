/**
 * A plan: the Azure writes that make one connection, in an order that respects their dependencies.
 *
 * Plans are plain JSON. The planner builds them without any network access, people read and approve them on a card,
 * and `azure/executor.ts` carries them out. Nothing outside an approved plan is ever sent to Azure.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1 and Solution 2.
 */
import type { Need } from '../policy/connect-needs.ts';
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

/**
 * Each kind is one write to Azure that is harmless to repeat with the same body. Most are a PUT of the whole resource;
 * the exceptions are named here.
 */
export type StepKind =
  | 'peering'
  /** A half whose other side was deleted: Azure takes no PUT for it, so it is deleted and made again. */
  | 'peering-repair'
  /** Changes the named properties of a subnet and nothing else of it. */
  | 'subnet-policy'
  | 'private-link-service'
  | 'private-endpoint'
  /** Accepts the connection of one endpoint. Its real name is `<endpoint>.<guid>`; the resource names the endpoint. */
  | 'endpoint-approval'
  /** Writes nothing: somebody else has to accept the connection. */
  | 'endpoint-wait'
  | 'dns-zone'
  | 'dns-record'
  | 'dns-link'
  /** Changes the DNS servers of a network and nothing else of it. */
  | 'dns-servers'
  | 'security-rule'
  | 'route'
  /** Attaches a route table to a subnet and changes nothing else of it. */
  | 'route-table';

/**
 * What is known only when an earlier step is done stands in a body as an object with one such key: the address of a
 * private endpoint, by the endpoint's resource id.
 */
export const addressOfKey = '$addressOf';

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
  /** The ARM body that is sent, or the properties that are changed; null for `keep`, `adopt` and `endpoint-wait`. */
  body: Json;
  /** The public documentation page that the step follows. */
  docs: string;
}

/** `stop`: Azure or the rules would refuse. `care`: works, with a consequence. `unknown`: could not be read; never green. */
export type FindingLevel = 'stop' | 'care' | 'unknown';

export interface Finding {
  level: FindingLevel;
  code: string;
  text: string;
  wayOut: string;
  /** The same for a card, where ids and lists of actions would be a wall of text. */
  brief?: Brief;
}

export interface Brief {
  /** Names in place of ids. */
  text: string;
  /** What has to be exact, in the small print, one thing a line; empty when nothing has. */
  detail: string;
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
  /** The same for programs: prefixes; of an endpoint that does not stand yet, the prefixes of its subnet. */
  addresses?: readonly string[];
  /** Null: all ports. */
  ports?: readonly number[] | null;
}

/** A name that a connection promises, and the address it must resolve to from the linked networks. */
export interface PromisedName {
  name: string;
  /** Empty while it is the address of an endpoint that does not stand yet. */
  address: string;
  /** The private endpoint whose address it is. */
  endpoint?: ResourceId;
  /** Networks in which it leads there, when it is not all of the promise; each may have an endpoint of its own. */
  from?: readonly ResourceId[];
}

/** What names that a plan does not promise answered when it was made. */
export interface NamesBefore {
  network: ResourceId;
  /** In people's words, by name. */
  answers: Readonly<Record<string, string>>;
}

/** What has to happen by itself after the last step before the connection works. */
export interface Aftermath {
  what: 'nodes';
  text: string;
  wayOut: string;
}

export interface UndoStep {
  id: string;
  kind: StepKind;
  after: readonly string[];
  /** `delete` what the plan created; `restore` what it changed, with the body from before. */
  change: 'delete' | 'restore';
  resource: ResourceId;
  body: Json;
  /** One line for people: "Delete the private zone orders.azure.mendixapps.io". */
  title?: string;
}

/** What is left to take back of a plan, against a fresh reading. */
export interface UndoPlan {
  /** SHA-256 over what is deleted and written. */
  hash: string;
  /** Hash of the plan that is taken back. */
  of: string;
  findings: readonly Finding[];
  /** In an order in which they could run one after the other. */
  steps: readonly UndoStep[];
}

export type PlannedUndo = { kind: 'planned'; undo: UndoPlan } | PlanRefusal;

/** Where an environment is, as the settings say. */
export type EnvironmentAt = Pick<Environment, 'name' | 'subscription' | 'managedResourceGroup' | 'domainSuffix'>;

/** What a plan was made from, besides what stood in Azure then; enough to make it again from a fresh reading. */
export interface PlanInputs {
  answers: ConnectAnswers;
  environment: EnvironmentAt;
  /** Put on what can carry tags and is created. */
  tags: Readonly<Record<string, string>>;
  /** Absent: the bot's own names. */
  naming?: Naming;
}

/** How new resources are named and tagged; the settings' `naming`. */
export interface Naming {
  /** Holds `{name}` once. */
  pattern: string;
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
  /** Absent: it works when the last step is done. */
  aftermath?: Aftermath;
  /** What other names answered when it was made; absent when none was known. */
  namesBefore?: readonly NamesBefore[];
  madeFrom: PlanInputs;
}

/** A service in the company's own network that apps should reach. */
export interface WantedService {
  /** The name under which apps call it. */
  fqdn: string;
  /** Resource id or alias of its Private Link service; null when it has none yet. */
  privateLinkService: string | null;
  /** Its private address, for a name that no zone knows yet; with peering only. */
  address?: string | null;
  /** TCP port, 443 when absent. */
  port?: number;
}

/** What was asked for; the shape of `causeway plan --answers` (CONTRACTS.md section 2), and three wishes more. */
export interface ConnectAnswers {
  scenario: Scenario | null;
  /** Name of an environment in the settings. */
  environment: string;
  /** Ids of the other networks. */
  networks: readonly ResourceId[];
  /** A name with a dot is a whole domain of the company's own; all others are under the environment's suffix. */
  apps: readonly string[] | '*';
  service?: WantedService | null;
  /** Own DNS servers for the environment's network; absent or empty: not asked for. */
  dnsServers?: readonly string[];
  method: Method | null;
  /** For the choice of a method only: nothing but the apps may be reachable; what else it must carry. */
  isolation?: boolean | undefined;
  needs?: readonly Need[] | undefined;
  /** Only the peering is wanted, without names: to make, repair or extend it. */
  peeringOnly?: boolean;
  /** The environment's network sends what it does not know through the other network's gateway. */
  useGateway?: boolean;
  /** Rules and routes of the other network that would block the connection are changed as well. */
  openSecurityRules?: boolean;
}

/** The planner cannot plan this: shown to the person, with every finding that stops it. */
export interface PlanRefusal {
  kind: 'refused';
  findings: readonly Finding[];
}

export type Planned = { kind: 'planned'; plan: Plan } | PlanRefusal;
