/**
 * The first card of a connection: what must reach what (STORYBOARD A1). Filled in from the sentence and from what the
 * bot can read; only what is missing is asked.
 */
import { parseResourceId } from '../plan/resource-id.ts';
import { type Discovery, type EnvironmentSeen, type NetworkSeen, sameResource } from '../plan/world.ts';
import { type ConnectIntent, matchName } from '../policy/intent.ts';
import type { PersonId } from '../policy/people.ts';
import type { ConnectFormData, Line } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { Inputs, Place } from './event.ts';
import { type Context, environmentsFor, findPerson } from './flow.ts';
import { showCard } from './message.ts';
import type { Draft } from './state.ts';

/** The message of a connection's wizard and living card. */
export const connectMessage = 'connect';

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

/** What this person may choose from: only environments they may ask for, and no network of the others. */
export function visibleTo(discovery: Discovery, person: PersonId, context: Context): Discovery {
  const found = findPerson(context.directory, person);
  const allowed =
    found === null ? [] : environmentsFor(context.directory, found).map((environment) => environment.name);
  const environments = discovery.environments.filter((environment) => allowed.includes(environment.name));
  return { environments, networks: environments.length > 0 ? discovery.networks : [], unread: discovery.unread };
}

/** Replaces words by what they name among the things that were found; what matches nothing stays as words. */
export function resolveDraft(draft: Draft, discovery: Discovery): Draft {
  const environments = discovery.environments.map((environment) => environment.name);
  const named = draft.environment === null ? null : matchName(draft.environment, environments);
  const environment = typeof named === 'string' ? named : environments.length === 1 ? (environments[0] ?? null) : null;
  return { ...draft, environment, network: draft.network ?? networkNamed(draft.networkWords, discovery) };
}

function networkNamed(words: string | null, discovery: Discovery): string | null {
  if (words === null) {
    return null;
  }
  const byId = parseResourceId(words);
  if (byId.kind === 'resource') {
    return words;
  }
  const match = matchName(
    words,
    discovery.networks.map((network) => network.name),
  );
  return typeof match === 'string' ? (discovery.networks.find((network) => network.name === match)?.id ?? null) : null;
}

export type FormResult =
  | { kind: 'draft'; draft: Draft }
  | { kind: 'invalid'; errors: { input: string; message: string }[] };

/** Reads the form's inputs. Every problem is reported at once, on its input. */
export function readForm(draft: Draft, inputs: Inputs, discovery: Discovery): FormResult {
  const errors: { input: string; message: string }[] = [];
  const environment = inputs['environment'] ?? draft.environment ?? '';
  if (!discovery.environments.some((known) => known.name === environment)) {
    const names = discovery.environments.map((known) => known.name).join(', ');
    const said = environment === '' ? 'Choose an environment' : `I know no environment called ${environment}`;
    errors.push({ input: 'environment', message: `${said}. You may ask for: ${names}.` });
  }
  const network = readNetwork(draft, inputs, discovery, errors);
  const wildcard = (inputs['names'] ?? (draft.wildcard ? 'wildcard' : 'exact')) === 'wildcard';
  const apps = inputs['apps'] === undefined ? draft.apps : splitApps(inputs['apps']);
  errors.push(...appProblems(apps, wildcard));
  if (errors.length > 0) {
    return { kind: 'invalid', errors };
  }
  const isolation = inputs['isolation'] === undefined ? draft.isolation : isYes(inputs['isolation']);
  const database = inputs['database'] === undefined ? draft.database : isYes(inputs['database']);
  return {
    kind: 'draft',
    draft: { ...draft, environment, network, networkWords: null, apps, wildcard, isolation, database },
  };
}

function isYes(value: string): boolean {
  return value === 'yes' || value === 'true';
}

function readNetwork(
  draft: Draft,
  inputs: Inputs,
  discovery: Discovery,
  errors: { input: string; message: string }[],
): string | null {
  const typed = (inputs['networkId'] ?? '').trim();
  if (typed !== '') {
    const parsed = parseResourceId(typed);
    if (parsed.kind === 'malformed' || parsed.type.toLowerCase() !== 'microsoft.network/virtualnetworks') {
      errors.push({
        input: 'networkId',
        message:
          'This is not the resource id of a virtual network. It looks like /subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>; copy it from the network’s Properties page, or choose a network from the list.',
      });
      return null;
    }
    return typed;
  }
  const chosen = inputs['network'] ?? draft.network ?? '';
  const isKnown = discovery.networks.some((known) => sameResource(known.id, chosen)) || chosen === draft.network;
  if (chosen === '' || !isKnown) {
    errors.push({ input: 'network', message: 'Choose the other network, or paste its resource id.' });
    return null;
  }
  return chosen;
}

function splitApps(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((app) => app !== ''))].map((app) => app.toLowerCase());
}

/** One label of a DNS name: RFC 1035, letters, digits and hyphens, at most 63. */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function appProblems(apps: readonly string[], wildcard: boolean): { input: string; message: string }[] {
  if (apps.length === 0 && !wildcard) {
    return [{ input: 'apps', message: 'Name at least one app, such as orders, or choose “every app” instead.' }];
  }
  return apps
    .filter((app) => !label.test(app))
    .map((app) => ({
      input: 'apps',
      message: `“${app}” is no DNS name. Write only the first part of the app’s address: letters, digits and hyphens, such as orders.`,
    }));
}

export function formCard(to: Place, draft: Draft, discovery: Discovery): ShowMessage {
  const environment = discovery.environments.find((known) => known.name === draft.environment) ?? null;
  const network =
    discovery.networks.find((known) => draft.network !== null && sameResource(known.id, draft.network)) ?? null;
  const data: ConnectFormData = {
    understood: draft.words,
    environments: discovery.environments.map((known) => ({ title: known.name, value: known.name })),
    environment: environment?.name ?? '',
    environmentLines: environment === null ? [] : environmentLines(environment),
    networks: discovery.networks.map((known) => ({ title: networkTitle(known), value: known.id })),
    network: network?.id ?? '',
    networkLines: network === null ? [] : networkLines(network),
    networkId: network === null && draft.network !== null ? draft.network : '',
    apps: draft.apps.join(', '),
    domainSuffix: environment?.domainSuffix ?? discovery.environments[0]?.domainSuffix ?? '',
    names: draft.wildcard ? 'wildcard' : 'exact',
    isolation: draft.isolation ? 'yes' : 'no',
    database: draft.database ? 'yes' : 'no',
    problems: formProblems(draft, network, discovery),
  };
  return showCard(
    connectMessage,
    to,
    'Connect a private network: what must reach what? Fill in what is missing, then continue.',
    { name: 'connect-form', data },
    {
      verbs: ['connect-continue', 'cancel'],
    },
  );
}

function formProblems(draft: Draft, network: NetworkSeen | null, discovery: Discovery): string[] {
  const problems = discovery.unread.map((what) => `I could not read ${what}; what is there is not in the lists.`);
  if (network === null && draft.network === null && draft.networkWords !== null) {
    problems.unshift(
      `I see no network called “${draft.networkWords}”. Choose one from the list, or paste its resource id.`,
    );
  }
  return problems;
}

function networkTitle(network: NetworkSeen): string {
  return `${network.name} (${network.addressPrefixes.join(', ')}, ${network.subscriptionName})`;
}

function environmentLines(environment: EnvironmentSeen): Line[] {
  const address = environment.frontends.find((frontend) => frontend.privateAddress !== null)?.privateAddress;
  return [
    { title: 'Region', value: environment.location },
    { title: 'Network', value: environment.network?.name ?? 'not found in the managed resource group' },
    { title: 'Addresses', value: environment.network?.addressPrefixes.join(', ') ?? 'unknown' },
    {
      title: 'Load balancer',
      value: address === undefined || address === null ? 'no internal one found' : `internal, ${address}`,
    },
  ];
}

function networkLines(network: NetworkSeen): Line[] {
  return [
    { title: 'Subscription', value: network.subscriptionName },
    { title: 'Region', value: network.location },
    { title: 'Addresses', value: network.addressPrefixes.join(', ') },
  ];
}
