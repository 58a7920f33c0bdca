/** Networks: those that were asked for, those that are peered with them, and all that can be seen. */
import type { VirtualNetwork } from '@azure/arm-network';
import type { ResourceId } from '../plan/plan.ts';
import { parseNetworkId } from '../plan/resource-id.ts';
import type { NetworkSeen } from '../plan/world.ts';
import { mapFew } from './collect.ts';
import { isNotFound, shortReason } from './errors.ts';
import { listOrNote, type Reading } from './reading.ts';
import { networkSeen } from './seen.ts';

/** All networks of one subscription. */
export async function readNetworks(reading: Reading, subscription: string): Promise<NetworkSeen[]> {
  const name = reading.subscriptions.nameOf(subscription);
  const networks = await listOrNote<VirtualNetwork>(reading, `the networks of subscription ${name}`, async () =>
    (await reading.arm.network(subscription)).virtualNetworks.listAll(),
  );
  return (networks ?? []).map((network) => networkSeen(network, reading.subscriptions));
}

/** A malformed id is left to the plan's checks, which say what is wrong with it. */
export async function readNetwork(reading: Reading, id: ResourceId): Promise<NetworkSeen[]> {
  const parsed = parseNetworkId(id);
  if (parsed.kind === 'malformed') {
    return [];
  }
  try {
    return [await getNetwork(reading, parsed)];
  } catch (error) {
    const reason = isNotFound(error) ? 'Azure knows no such network' : shortReason(error);
    reading.unread.push(`the network ${parsed.name} (${reason})`);
    return [];
  }
}

/**
 * Networks that are connected with one of these by a peering. Those of others are often not ours to read, so they are
 * noted; one that has gone is no network any more.
 */
export async function readNeighbours(reading: Reading, networks: readonly NetworkSeen[]): Promise<NetworkSeen[]> {
  const known = new Set(networks.map((network) => network.id.toLowerCase()));
  const connected = networks.flatMap((network) => network.peerings.filter(({ state }) => state === 'Connected'));
  const wanted = new Map(connected.map(({ remoteNetwork }) => [remoteNetwork.toLowerCase(), remoteNetwork]));
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, id]) => id);
  const bySubscription = Map.groupBy(missing, (id) => id.split('/')[2]?.toLowerCase() ?? '');
  const found = await mapFew([...bySubscription], ([subscription, ids]) =>
    ids.length > fewNeighbours
      ? readAmongAll(reading, subscription, ids)
      : mapFew(ids, (id) => readNeighbour(reading, id)).then((each) => each.flat()),
  );
  return found.flat();
}

/** A hub may have hundreds of spokes, and Azure counts reads: then one list is less than a call for each. */
const fewNeighbours = 8;

async function readAmongAll(
  reading: Reading,
  subscription: string,
  ids: readonly ResourceId[],
): Promise<NetworkSeen[]> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  const found = (await readNetworks(reading, subscription)).filter(({ id }) => wanted.has(id.toLowerCase()));
  if (found.length < wanted.size) {
    const name = reading.subscriptions.nameOf(subscription);
    reading.unread.push(`${wanted.size - found.length} networks of subscription ${name} that are peered with these`);
  }
  return found;
}

async function readNeighbour(reading: Reading, id: ResourceId): Promise<NetworkSeen[]> {
  const parsed = parseNetworkId(id);
  if (parsed.kind === 'malformed') {
    return [];
  }
  try {
    return [await getNetwork(reading, parsed)];
  } catch (error) {
    if (!isNotFound(error)) {
      reading.unread.push(`the network ${parsed.name}, which is peered with these (${shortReason(error)})`);
    }
    return [];
  }
}

async function getNetwork(
  reading: Reading,
  { subscription, resourceGroup, name }: { subscription: string; resourceGroup: string; name: string },
): Promise<NetworkSeen> {
  const client = await reading.arm.network(subscription);
  return networkSeen(await client.virtualNetworks.get(resourceGroup, name), reading.subscriptions);
}
