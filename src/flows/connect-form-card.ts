/** The first card of a connection: what must work in the end, and what that needs (STORYBOARD A1). */
import { shortName } from '../plan/resource-id.ts';
import { type EnvironmentSeen, type NetworkSeen, sameResource } from '../plan/world.ts';
import type { Line } from './card.ts';
import type { ConnectFormData } from './connect-card.ts';
import { type Choosable, networkTitle } from './connect-choices.ts';
import { missingIn } from './connect-draft.ts';
import { networkFields, shownService } from './connect-form.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';
import type { Draft, Wish } from './state.ts';

/** The message of a connection's wizard and living card. */
export const connectMessage = 'connect';

export interface FormNotes {
  /** What was wrong with what was said so far, one sentence each. */
  problems?: readonly string[];
  /** Says that there is another draft; empty when there is none. */
  offer?: string;
}

const titles: Record<Wish, string> = {
  apps: 'What must reach what?',
  service: 'Which service must your apps reach?',
  dns: 'Whom shall the environment ask for names?',
  database: 'Who reads the database?',
  peering: 'Which networks?',
};

const networkLabels: Record<Wish, string> = {
  apps: 'The other network',
  service: 'Network in which the service stands, to reach it by peering',
  dns: 'Network in which they stand',
  database: 'The network that reads',
  peering: 'The other network',
};

const nextLines: Record<Wish, string> = {
  apps: 'Next: I compare the two ways to connect. Nothing is changed yet.',
  service: 'Next: I compare the two ways to connect. Nothing is changed yet.',
  dns: 'Next: I check the servers and show the plan. Nothing is changed yet.',
  database: 'Next: I look for a read replica and show the plan. Nothing is changed yet.',
  peering: 'Next: I read both sides and show the plan. Nothing is changed yet.',
};

const withMethods: ReadonlySet<Wish> = new Set(['apps', 'service']);
const withExtras: ReadonlySet<Wish> = new Set(['apps', 'database', 'peering']);

export function formCard(
  to: Place,
  draft: Draft,
  choosable: Choosable,
  { offer = '', problems = [] }: FormNotes = {},
): ShowMessage {
  const { wish } = draft;
  const unread = choosable.unread.map((what) => `I could not read ${what}; what is there is not in the lists.`);
  const data: ConnectFormData = {
    title: titles[wish],
    threeSteps: withMethods.has(wish),
    understood: draft.words,
    needed: neededText(draft),
    wish,
    ...environmentFields(draft, choosable),
    ...networkPart(draft, choosable),
    apps: draft.apps.join(', '),
    names: draft.wildcard ? 'wildcard' : 'exact',
    isolation: draft.isolation ? 'yes' : 'no',
    asksNeeds: withMethods.has(wish),
    needs: (draft.needs ?? []).join(','),
    ...serviceFields(draft, choosable),
    servers: draft.dnsServers.join(', '),
    asksExtras: withExtras.has(wish),
    extras: [...(draft.openRules ? ['rules'] : []), ...(draft.useGateway ? ['gateway'] : [])].join(','),
    offer,
    problems: [...problems, ...unread],
    next: nextLines[wish],
  };
  const verbs = ['connect-continue', ...(offer === '' ? [] : ['take-draft']), 'cancel'];
  const text = `Connect a private network: ${lower(data.title)} ${data.needed}`;
  return showCard(connectMessage, to, text, { name: 'connect-form', data }, { verbs });
}

function lower(words: string): string {
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

function neededText(draft: Draft): string {
  const missing = missingIn(draft);
  const listed = [missing.slice(0, -1).join(', '), ...missing.slice(-1)].filter((part) => part !== '').join(' and ');
  return missing.length === 0
    ? 'Everything is filled in. Change what is not right, then continue.'
    : `Still needed: ${listed}. What is filled in can be changed.`;
}

type EnvironmentFields = Pick<ConnectFormData, 'environments' | 'environment' | 'environmentLines' | 'domainSuffix'>;

function environmentFields(draft: Draft, { environments }: Choosable): EnvironmentFields {
  const environment = environments.find((known) => known.name === draft.environment) ?? null;
  return {
    environments: environments.map((known) => ({ title: known.name, value: known.name })),
    environment: environment?.name ?? '',
    environmentLines: environment === null ? [] : environmentLines(environment),
    domainSuffix: environment?.domainSuffix ?? environments[0]?.domainSuffix ?? '',
  };
}

function environmentLines(environment: EnvironmentSeen): Line[] {
  const address = environment.frontends.find((frontend) => frontend.privateAddress !== null)?.privateAddress;
  const servers = environment.network?.dnsServers ?? [];
  return [
    { title: 'Region', value: environment.location === '' ? 'not known' : environment.location },
    { title: 'Network', value: environment.network?.name ?? 'not found in the managed resource group' },
    { title: 'Addresses', value: environment.network?.addressPrefixes.join(', ') ?? 'not known' },
    { title: 'Load balancer', value: balancerText(address ?? null, environment.frontendsUnread === true) },
    ...(servers.length === 0 ? [] : [{ title: 'DNS servers', value: servers.join(', ') }]),
  ];
}

function balancerText(address: string | null, unread: boolean): string {
  if (unread) {
    return 'could not be read';
  }
  return address === null ? 'no internal one found' : `internal, ${address}`;
}

type NetworkFields = Pick<
  ConnectFormData,
  'asksNetwork' | 'networkLabel' | 'networks' | 'network' | 'networkLines' | 'networkId' | 'address'
>;

function networkPart(draft: Draft, choosable: Choosable): NetworkFields {
  const { wish, networks, networkWords, service } = draft;
  const fields = networkFields(draft, choosable);
  const network = choosable.networks.find((known) => sameResource(known.id, fields.network)) ?? null;
  // A service behind Private Link is reached without its network; own servers are asked where they stand.
  const isOptional = wish === 'dns' || (wish === 'service' && service.link !== '');
  return {
    asksNetwork: !isOptional || networks.length > 0 || networkWords.length > 0,
    networkLabel: networkLabels[wish],
    networks: choosable.networks.map((known) => ({ title: networkTitle(known), value: known.id })),
    network: network?.id ?? '',
    networkLines: network === null ? [] : networkLines(network),
    networkId: fields.networkId,
    address: service.address,
  };
}

function networkLines(network: NetworkSeen): Line[] {
  // Its addresses and its subscription stand in the list already.
  return [
    { title: 'Region', value: network.location },
    ...(network.dnsServers.length === 0 ? [] : [{ title: 'DNS servers', value: network.dnsServers.join(', ') }]),
  ];
}

function serviceFields(
  { service }: Draft,
  choosable: Choosable,
): Pick<ConnectFormData, 'service' | 'linkServices' | 'link' | 'linkId'> {
  const known = choosable.linkServices ?? [];
  const isListed = known.some(({ id }) => sameResource(id, service.link));
  return {
    service: shownService(service),
    linkServices: known.map(({ id, location, name }) => ({
      title: `${name} (${location}, ${shortName(id.split('/providers/')[0] ?? '')})`,
      value: id,
    })),
    link: isListed ? service.link : '',
    linkId: isListed ? '' : service.link || service.linkWords,
  };
}
