/** A fresh read of everything that one plan touches. */
import type { PrivateZone } from '@azure/arm-privatedns';
import type { EnvironmentAt, ResourceId } from '../plan/plan.ts';
import { addressOf, parseNetworkId, shortName } from '../plan/resource-id.ts';
import { isWithin } from '../plan/resolve.ts';
import type { NetworkSeen, Survey, ZoneSeen } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { collect, mapFew } from './collect.ts';
import { isNotFound, shortReason } from './errors.ts';
import { readEnvironment } from './read-environment.ts';
import { networkSeen, zoneSeen } from './seen.ts';
import { readSubscriptions, type Subscriptions } from './subscriptions.ts';

export async function survey(arm: Arm, environment: EnvironmentAt, asked: readonly ResourceId[]): Promise<Survey> {
  const networks = [...new Map(asked.map((id) => [id.toLowerCase(), id])).values()];
  const unread: string[] = [];
  const subscriptions = await readSubscriptions(arm, subscriptionsOf(environment, networks), unread);
  const [environmentSeen, networksSeen, zones] = await Promise.all([
    readEnvironment(arm, environment, subscriptions.nameOf(environment.subscription), unread),
    mapFew(networks, (id) => readNetwork(arm, id, subscriptions, unread)),
    mapFew(subscriptions.ids, (subscription) =>
      readZones(arm, subscription, environment.domainSuffix, subscriptions, unread),
    ),
  ]);
  return {
    environment: environmentSeen,
    networks: networksSeen.flat(),
    zones: zones.flat(),
    unread: unread.toSorted(),
  };
}

function subscriptionsOf(environment: EnvironmentAt, networks: readonly ResourceId[]): string[] {
  const theirs = networks
    .map(parseNetworkId)
    .flatMap((parsed) => (parsed.kind === 'resource' ? parsed.subscription : []));
  return [environment.subscription, ...theirs];
}

/** A malformed id is left to the plan's checks, which say what is wrong with it. */
async function readNetwork(
  arm: Arm,
  id: ResourceId,
  subscriptions: Subscriptions,
  unread: string[],
): Promise<NetworkSeen[]> {
  const parsed = parseNetworkId(id);
  if (parsed.kind === 'malformed') {
    return [];
  }
  try {
    const client = await arm.network(parsed.subscription);
    const network = await client.virtualNetworks.get(parsed.resourceGroup, parsed.name);
    return [networkSeen(network, subscriptions.nameOf(parsed.subscription))];
  } catch (error) {
    unread.push(
      `the network ${parsed.name} (${isNotFound(error) ? 'Azure knows no such network' : shortReason(error)})`,
    );
    return [];
  }
}

/** Private zones of the suffix, below it and above it: all that can answer for an app or hide it. */
async function readZones(
  arm: Arm,
  subscription: string,
  suffix: string,
  subscriptions: Subscriptions,
  unread: string[],
): Promise<ZoneSeen[]> {
  try {
    const client = await arm.dns(subscription);
    const zones = await collect(client.privateZones.list());
    const related = zones.filter((zone) => isRelated(zone.name ?? '', suffix));
    return (await mapFew(related, (zone) => readZone(arm, subscription, zone, unread))).flat();
  } catch (error) {
    unread.push(`the private zones of subscription ${subscriptions.nameOf(subscription)} (${shortReason(error)})`);
    return [];
  }
}

function isRelated(zone: string, suffix: string): boolean {
  return zone !== '' && (isWithin(zone, suffix) || isWithin(suffix, zone));
}

async function readZone(arm: Arm, subscription: string, zone: PrivateZone, unread: string[]): Promise<ZoneSeen[]> {
  const id = zone.id ?? '';
  try {
    const { resourceGroup, name } = addressOf(id);
    const client = await arm.dns(subscription);
    const [records, links] = await Promise.all([
      collect(client.recordSets.listByType(resourceGroup, name, 'A')),
      collect(client.virtualNetworkLinks.list(resourceGroup, name)),
    ]);
    return [zoneSeen(zone, records, links)];
  } catch (error) {
    unread.push(`the records and links of the private zone ${shortName(id)} (${shortReason(error)})`);
    return [];
  }
}
