/**
 * The answers of a connection's form: filled in from the sentence and from what the bot can read, then read back with
 * every problem at once (STORYBOARD A1). What the form looks like: `connect-form-card.ts`.
 */
import type { ResourceId } from '../plan/plan.ts';
import { parseNetworkId, parseResourceId } from '../plan/resource-id.ts';
import { type Discovery, sameResource } from '../plan/world.ts';
import { type ConnectIntent, matchName } from '../policy/intent.ts';
import type { Environment, PersonId } from '../policy/people.ts';
import type { Inputs } from './event.ts';
import { adminNames, type Context, environmentsFor, findPerson } from './flow.ts';
import type { Draft } from './state.ts';

/** What one person may choose from. */
export interface Choosable extends Discovery {
  /** Environments that they may not ask for; nothing in there is shown to them or used. */
  closed: readonly Environment[];
  /** Whom they ask for more. */
  admins: string;
}

export interface Problem {
  input: string;
  message: string;
}

export function draftFrom(intent: ConnectIntent, words: string): Draft {
  return {
    words,
    environment: intent.environment,
    network: null,
    networkWords: intent.network,
    apps: intent.apps,
    wildcard: intent.wildcard,
    isolation: false,
    database: intent.purpose === 'database',
  };
}

/** Only environments they may ask for, and nothing that belongs to the others. */
export function choosableFor(discovery: Discovery, person: PersonId, context: Context): Choosable {
  const { directory } = context;
  const found = findPerson(directory, person);
  const allowed = found === null ? [] : environmentsFor(directory, found);
  const closed = directory.environments.filter((environment) => !allowed.includes(environment));
  const environments = discovery.environments.filter((seen) => allowed.some(({ name }) => name === seen.name));
  return {
    environments,
    networks: environments.length > 0 ? discovery.networks.filter(({ id }) => !isClosed(id, closed)) : [],
    unread: discovery.unread.filter(
      (what) => !closed.some(({ name, managedResourceGroup }) => what.includes(`${name} in ${managedResourceGroup}`)),
    ),
    closed,
    admins: adminNames(directory),
  };
}

/** Whether a resource lies in the managed resource group of one of these environments. */
function isClosed(id: ResourceId, closed: readonly Environment[]): boolean {
  const parsed = parseResourceId(id);
  return (
    parsed.kind === 'resource' &&
    closed.some(
      ({ subscription, managedResourceGroup }) =>
        sameResource(subscription, parsed.subscription) && sameResource(managedResourceGroup, parsed.resourceGroup),
    )
  );
}

/** Replaces words by what they name among the things that were found; what matches nothing stays as words. */
export function resolveDraft(draft: Draft, choosable: Choosable): Draft {
  const environments = choosable.environments.map((environment) => environment.name);
  const only = environments.length === 1 ? (environments[0] ?? null) : null;
  const named = draft.environment === null ? only : matchName(draft.environment, environments);
  const environment = typeof named === 'string' ? named : null;
  return { ...draft, environment, network: draft.network ?? networkNamed(draft.networkWords, choosable) };
}

function networkNamed(words: string | null, choosable: Choosable): ResourceId | null {
  const match = words === null ? null : matchNetwork(words, choosable);
  if (typeof match === 'string') {
    return match;
  }
  const isOpenId = words !== null && parseResourceId(words).kind === 'resource' && !isClosed(words, choosable.closed);
  return isOpenId ? words : null;
}

/** The id that a name or id stands for; several names when the words fit more than one; else null. */
function matchNetwork(words: string, { networks }: Choosable): ResourceId | null | readonly string[] {
  const byId = networks.find((network) => sameResource(network.id, words));
  if (byId !== undefined) {
    return byId.id;
  }
  const names = networks.map((network) => network.name);
  const match = matchName(words, names);
  return typeof match === 'string' ? (networks.find((network) => network.name === match)?.id ?? null) : match;
}

/** Words of the first sentence that named nothing, or more than one thing; told on the form. */
export function namingProblems(asked: Draft, choosable: Choosable): string[] {
  const environments = choosable.environments.map((environment) => environment.name);
  const environment = asked.environment === null ? '' : matchName(asked.environment, environments);
  const problems: string[] = [];
  if (asked.environment !== null && typeof environment !== 'string') {
    problems.push(`${unmatched('environment', asked.environment, environment)} Choose one from the list.`);
  }
  const { network, networkWords } = asked;
  if (network === null && networkWords !== null && networkNamed(networkWords, choosable) === null) {
    problems.push(networkProblem(networkWords, choosable, networkWords.startsWith('/')));
  }
  return problems;
}

function unmatched(what: string, words: string, candidates: readonly string[] | null): string {
  return candidates === null
    ? `I see no ${what} called “${words}”.`
    : `“${words}” fits more than one ${what}: ${candidates.join(', ')}.`;
}

/** Why this is no network to connect with; the id itself was not found in the list. */
function networkProblem(words: string, choosable: Choosable, isMeantAsId: boolean): string {
  if (isClosed(words, choosable.closed)) {
    return `This network belongs to an environment that you may not ask for yet. Choose another one, or ask ${choosable.admins} to add you to “mayRequest” in the settings.`;
  }
  if (isMeantAsId) {
    return 'This is not the resource id of a virtual network. It looks like /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>; copy it from the network’s Properties page, or choose a network from the list.';
  }
  const match = matchNetwork(words, choosable);
  return `${unmatched('network', words, typeof match === 'string' ? null : match)} Choose one from the list, or paste its resource id.`;
}

export type FormResult =
  | { kind: 'draft'; draft: Draft }
  /** `draft` holds what was right. */
  | { kind: 'invalid'; draft: Draft; errors: Problem[] };

/** Reads the form's inputs. Every problem is reported at once, on its input. */
export function readForm(draft: Draft, inputs: Inputs, choosable: Choosable): FormResult {
  const environment = readEnvironment(draft, inputs, choosable);
  const network = readNetwork(draft, inputs, choosable);
  const names = readNames(draft, inputs);
  const errors = [environment, network, names].flatMap((read) => read.problems);
  const next: Draft = {
    ...draft,
    environment: environment.value,
    network: network.value,
    networkWords: network.value === null ? draft.networkWords : null,
    ...names.value,
    isolation: inputs['isolation'] === undefined ? draft.isolation : isYes(inputs['isolation']),
    database: inputs['database'] === undefined ? draft.database : isYes(inputs['database']),
  };
  return errors.length > 0 ? { kind: 'invalid', draft: next, errors } : { kind: 'draft', draft: next };
}

interface Read<Value> {
  value: Value;
  problems: Problem[];
}

function isYes(value: string): boolean {
  return /^(?:yes|true)$/i.test(value.trim());
}

function readEnvironment(draft: Draft, inputs: Inputs, choosable: Choosable): Read<string | null> {
  const said = inputs['environment'] ?? draft.environment ?? '';
  const names = choosable.environments.map((known) => known.name);
  const match = matchName(said, names);
  if (typeof match === 'string') {
    return { value: match, problems: [] };
  }
  const problem = said === '' ? 'Choose an environment.' : unmatched('environment', said, match);
  const open =
    names.length > 0
      ? `You may ask for: ${names.join(', ')}.`
      : `You may not ask for any; ask ${choosable.admins} to add you to “mayRequest” in the settings.`;
  return { value: null, problems: [{ input: 'environment', message: `${problem} ${open}` }] };
}

function readNetwork(draft: Draft, inputs: Inputs, choosable: Choosable): Read<ResourceId | null> {
  const { input, text } = meantNetwork(draft, inputs);
  if (text === '') {
    const message = 'Choose the other network, or paste its resource id.';
    return { value: null, problems: [{ input, message }] };
  }
  const match = matchNetwork(text, choosable);
  const isMeantAsId = input === 'networkId' || text.startsWith('/');
  if (typeof match === 'string' && (!isMeantAsId || sameResource(match, text))) {
    return { value: match, problems: [] };
  }
  if (parseNetworkId(text).kind === 'malformed' || isClosed(text, choosable.closed)) {
    return { value: null, problems: [{ input, message: networkProblem(text, choosable, isMeantAsId) }] };
  }
  return { value: text, problems: [] };
}

/** Both fields come filled in from the last answer; the one that was changed is meant. */
function meantNetwork(draft: Draft, inputs: Inputs): { input: string; text: string } {
  const pasted = (inputs['networkId'] ?? '').trim().replace(/\/+$/, '');
  const chosen = (inputs['network'] ?? '').trim().replace(/\/+$/, '');
  if (pasted !== '' && (pasted !== draft.network || chosen === '')) {
    return { input: 'networkId', text: pasted };
  }
  const isEmptied = inputs['network'] !== undefined && inputs['networkId'] !== undefined;
  return { input: 'network', text: chosen === '' && !isEmptied ? (draft.network ?? '') : chosen };
}

/** Naming apps takes back “every app”, unless the form says both. */
function readNames(draft: Draft, inputs: Inputs): Read<Pick<Draft, 'apps' | 'wildcard'>> {
  const apps = inputs['apps'] === undefined ? draft.apps : splitApps(inputs['apps']);
  const asBefore = draft.wildcard && inputs['apps'] === undefined;
  const wildcard = inputs['names'] === 'wildcard' || apps.includes('*') || (inputs['names'] === undefined && asBefore);
  if (wildcard) {
    return { value: { apps: apps.filter((app) => label.test(app)), wildcard }, problems: [] };
  }
  if (apps.length === 0) {
    const message = 'Name at least one app, such as orders, or choose “every app” instead.';
    return { value: { apps: [], wildcard }, problems: [{ input: 'apps', message }] };
  }
  const wrong = apps.filter((app) => !label.test(app));
  const problems = wrong.map((app) => ({
    input: 'apps',
    message: `“${app}” is no DNS name. Write only the first part of the app’s address: letters, digits and hyphens, such as orders.`,
  }));
  return { value: { apps: problems.length > 0 ? draft.apps : apps, wildcard }, problems };
}

function splitApps(text: string): string[] {
  const names = text.replaceAll(/\s(?:and|&)\s/gi, ' ').split(/[\s,;]+/);
  return [...new Set(names.filter((app) => app !== '').map((app) => app.toLowerCase()))];
}

/** One label of a DNS name: RFC 1035, letters, digits and hyphens, at most 63. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
