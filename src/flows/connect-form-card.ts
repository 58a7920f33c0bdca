/** The first card of a connection: what must reach what (STORYBOARD A1). */
import { type EnvironmentSeen, type NetworkSeen, sameResource } from '../plan/world.ts';
import type { ConnectFormData, Line } from './card.ts';
import type { Choosable } from './connect-form.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';
import type { Draft } from './state.ts';

/** The message of a connection's wizard and living card. */
export const connectMessage = 'connect';

/** `problems`: what was wrong with what was said so far, one sentence each. */
export function formCard(to: Place, draft: Draft, choosable: Choosable, problems: readonly string[] = []): ShowMessage {
  const environment = choosable.environments.find((known) => known.name === draft.environment) ?? null;
  const network =
    choosable.networks.find((known) => draft.network !== null && sameResource(known.id, draft.network)) ?? null;
  const unread = choosable.unread.map((what) => `I could not read ${what}; what is there is not in the lists.`);
  const data: ConnectFormData = {
    understood: draft.words,
    environments: choosable.environments.map((known) => ({ title: known.name, value: known.name })),
    environment: environment?.name ?? '',
    environmentLines: environment === null ? [] : environmentLines(environment),
    networks: choosable.networks.map((known) => ({ title: networkTitle(known), value: known.id })),
    network: network?.id ?? '',
    networkLines: network === null ? [] : networkLines(network),
    networkId: network === null && draft.network !== null ? draft.network : '',
    apps: draft.apps.join(', '),
    domainSuffix: environment?.domainSuffix ?? choosable.environments[0]?.domainSuffix ?? '',
    names: draft.wildcard ? 'wildcard' : 'exact',
    isolation: draft.isolation ? 'yes' : 'no',
    database: draft.database ? 'yes' : 'no',
    problems: [...problems, ...unread],
  };
  return showCard(
    connectMessage,
    to,
    'Connect a private network: what must reach what? Fill in what is missing, then continue.',
    { name: 'connect-form', data },
    { verbs: ['connect-continue', 'cancel'] },
  );
}

function networkTitle(network: NetworkSeen): string {
  return `${network.name} (${network.addressPrefixes.join(', ')}, ${network.subscriptionName})`;
}

function environmentLines(environment: EnvironmentSeen): Line[] {
  const address = environment.frontends.find((frontend) => frontend.privateAddress !== null)?.privateAddress;
  return [
    { title: 'Region', value: environment.location === '' ? 'not known' : environment.location },
    { title: 'Network', value: environment.network?.name ?? 'not found in the managed resource group' },
    { title: 'Addresses', value: environment.network?.addressPrefixes.join(', ') ?? 'not known' },
    { title: 'Load balancer', value: balancerText(address ?? null, environment.frontendsUnread === true) },
  ];
}

function balancerText(address: string | null, unread: boolean): string {
  if (unread) {
    return 'could not be read';
  }
  return address === null ? 'no internal one found' : `internal, ${address}`;
}

function networkLines(network: NetworkSeen): Line[] {
  return [
    { title: 'Subscription', value: network.subscriptionName },
    { title: 'Region', value: network.location },
    { title: 'Addresses', value: network.addressPrefixes.join(', ') },
  ];
}
