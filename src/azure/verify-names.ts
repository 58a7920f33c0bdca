/** What follows for names from zones, records, links and DNS servers, in each network that a plan speaks of. */
import type { Evidence } from '../plan/evidence.ts';
import { affectedNetworks, namesIn, resolutionWords } from '../plan/names-before.ts';
import { askersOf } from '../plan/own-servers.ts';
import type { Plan, PromisedName, ResourceId } from '../plan/plan.ts';
import { publicAliases, resolveLinked, resolveName } from '../plan/resolve.ts';
import { lostNames, managedNames } from '../plan/server-zones.ts';
import { worldBefore } from '../plan/world-before.ts';
import { type NetworkSeen, sameResource, type Survey } from '../plan/world.ts';
import { endpointAddress, networkAt } from './verify-steps.ts';

/** Most names of others that are listed; with more, the rest is counted. */
const othersShown = 5;

export function nameEvidence(plan: Plan, seen: Survey): Evidence[] {
  const networks = plan.promises.from.flatMap((id) => networkAt(id, seen) ?? []);
  return [
    ...networks.flatMap((network) =>
      plan.promises.names
        .filter((promise) => isPromisedTo(promise, network))
        .map((promise) => promisedEvidence(promise, network, seen)),
    ),
    ...affectedNetworks(plan.steps, plan.promises.from)
      .flatMap((id) => networkAt(id, seen) ?? [])
      .flatMap((network) => othersEvidence(plan, network, seen)),
    ...(plan.scenario === 'dns-servers' ? networks.flatMap((network) => managedEvidence(network, seen)) : []),
    ...(plan.scenario === 'apps-by-private-link' ? networks.flatMap((network) => nothingElse(network, seen)) : []),
    ...(plan.scenario === 'service-by-endpoint' ? oneWay(plan, seen) : []),
  ];
}

export function isPromisedTo({ from }: PromisedName, network: { id: ResourceId }): boolean {
  return from === undefined || from.some((id) => sameResource(id, network.id));
}

/** Null when it is not known: that of an endpoint that could not be read, or of a server outside Azure. */
export function promisedAddress({ address, endpoint }: PromisedName, seen: Survey): string | null {
  return endpointAddress(endpoint, seen) ?? (address === '' ? null : address);
}

function promisedEvidence(promise: PromisedName, network: NetworkSeen, seen: Survey): Evidence {
  const { name } = promise;
  const shown = name.startsWith('*.') ? `every name under ${name.slice(2)}` : name;
  const address = promisedAddress(promise, seen);
  const resolution = resolveName(name, network, seen.zones);
  if (resolution.kind === 'own-servers') {
    return computed('name-resolves', ownServerWords(shown, { name, network, seen }), null);
  }
  const leads = `In ${network.name}, ${shown} leads to ${resolutionWords(resolution)}`;
  if (address === null) {
    return computed('name-resolves', `${leads}.`, null);
  }
  const good =
    resolution.kind === 'answered' && resolution.addresses.length === 1 && resolution.addresses[0] === address;
  return computed('name-resolves', `${leads}${good ? '' : `, not ${address}`}.`, good);
}

/** Whether a server forwards to Azure cannot be read; where it stands and what it would hear there can. */
function ownServerWords(shown: string, at: { name: string; network: NetworkSeen; seen: Survey }): string {
  const { name, network, seen } = at;
  const { inside, outside } = askersOf(network, seen);
  const asks = `${network.name} asks its own DNS servers (${network.dnsServers.join(', ')})`;
  const heard = inside.map(
    ({ server, at: host }) =>
      `${server} stands in ${host.name}, where Azure’s resolver answers ${shown} with ${resolutionWords(resolveLinked(name, host, seen.zones))}`,
  );
  const places = [
    ...new Set(heard),
    ...(outside.length > 0
      ? [`${outside.join(', ')} ${outside.length === 1 ? 'stands' : 'stand'} outside of Azure`]
      : []),
  ];
  const unknown = `whether ${places.length > 1 ? 'they ask' : 'it asks'} Azure’s resolver for ${shown} cannot be read from Azure`;
  return `${[asks, ...places, unknown].join('; ')}.`;
}

/** Names that the plan does not promise must answer as they did before it. */
function othersEvidence(plan: Plan, network: NetworkSeen, seen: Survey): Evidence[] {
  const before = worldBefore(plan, seen);
  const recorded = plan.namesBefore?.find((known) => sameResource(known.network, network.id))?.answers ?? {};
  const promised = new Set([
    ...plan.promises.names.flatMap(({ name }) => [name, ...publicAliases(name)]),
    ...announcedNames(plan, seen),
  ]);
  const known = new Set([...namesIn(seen), ...namesIn(before), ...Object.keys(recorded)]);
  const others = [...known].filter((name) => !promised.has(name)).sort();
  if (others.length === 0 || network.dnsServers.length > 0) {
    return [];
  }
  const expected = plan.promises.names.some((promise) => promise.name.startsWith('*.'));
  const changed = others.flatMap((name): Change[] => {
    const [now, without] = [seen, before].map(({ zones }) => resolutionWords(resolveName(name, network, zones)));
    const earlier = recorded[name] ?? without;
    return now === undefined || earlier === undefined || now === earlier
      ? []
      : [{ name, now, earlier, byPlan: now !== without, expected }];
  });
  return changed.length === 0
    ? [
        computed(
          'others-as-before',
          `In ${network.name}, ${listOf(others)} ${others.length === 1 ? 'resolves' : 'resolve'} as before.`,
          true,
        ),
      ]
    : changed.slice(0, othersShown).map((change) => changeEvidence(network, change));
}

interface Change {
  name: string;
  now: string;
  earlier: string;
  /** Without what the plan made it would answer otherwise; else somebody else changed it meanwhile. */
  byPlan: boolean;
  /** The plan said that it would. */
  expected: boolean;
}

function changeEvidence(network: NetworkSeen, { name, now, earlier, byPlan, expected }: Change): Evidence {
  const text = `In ${network.name}, ${name} leads to ${now}; before the plan it led to ${earlier}.`;
  if (!byPlan) {
    const notByPlan = `${text} The plan did not do that: somebody else changed it since.`;
    return { ...computed('others-as-before', notByPlan, null), care: true };
  }
  return expected
    ? { ...computed('others-as-before', `${text} The plan announced that.`, null), care: true }
    : computed('others-as-before', text, false);
}

/**
 * Zones that are linked to the network itself no longer answer there once it asks own servers: Azure's resolver looks at
 * the zones of the network from which a server asks it. So the environment's own names have to be known there as well.
 */
function managedEvidence(network: NetworkSeen, seen: Survey): Evidence[] {
  const { inside } = askersOf(network, seen);
  const names = managedNames(network, seen.zones);
  if (network.dnsServers.length === 0 || names.length === 0) {
    return [];
  }
  const hosts = [...new Set(inside.map(({ at }) => at.name))].join(', ');
  const lost = [...new Set(inside.flatMap(({ at }) => lostNames(network, at, seen.zones)))];
  if (lost.length > 0) {
    const text = `${listOf(lost)} led to private addresses in ${network.name}; asked from ${hosts}, Azure’s resolver does not know these. Unless the servers know them otherwise, the environment loses what stands behind these names: link their zones to ${hosts} as well.`;
    return [computed('managed-names', text, false)];
  }
  const unknown = `${listOf(names)} have to resolve for ${network.name} as before: that depends on its own DNS servers now, and whether they ask Azure’s resolver cannot be read from Azure.`;
  return inside.length === 0
    ? [computed('managed-names', unknown, null)]
    : [
        computed(
          'managed-names',
          `Asked from ${hosts}, Azure’s resolver answers ${listOf(names)} as it did in ${network.name}.`,
          true,
        ),
        computed('forwarding', unknown, null),
      ];
}

/** Names that a plan for own DNS servers makes known where the servers stand; it says so before. */
function announcedNames({ steps }: Plan, seen: Survey): string[] {
  const { network } = seen.environment;
  return network !== null && steps.some(({ kind }) => kind === 'dns-servers') ? managedNames(network, seen.zones) : [];
}

function nothingElse(network: NetworkSeen, { environment }: Survey): Evidence[] {
  const ours = environment.network;
  if (ours === null || network.peerings.some(({ remoteNetwork }) => sameResource(remoteNetwork, ours.id))) {
    return [];
  }
  const text = `${network.name} has no peering with ${ours.name}: it reaches the apps by the endpoint, and nothing else there.`;
  return [{ ...computed('nothing-else', text, true), closed: true }];
}

/** What Private Link is: one way, and to one service. */
function oneWay(plan: Plan, { endpoints = [] }: Survey): Evidence[] {
  return plan.promises.names.flatMap(({ name, endpoint }) => {
    const found = endpoints.find(({ id }) => sameResource(id, endpoint ?? ''));
    const text = `Through the endpoint ${found?.name ?? ''} the apps reach ${name} and nothing else over there, and nobody over there reaches the apps.`;
    return found === undefined ? [] : [{ ...computed('one-way', text, true), closed: true as const }];
  });
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, othersShown).join(', ');
  return names.length > othersShown ? `${shown} and ${names.length - othersShown} more` : shown;
}

function computed(code: string, text: string, good: boolean | null): Evidence {
  return { kind: 'computed', code, text, good };
}
