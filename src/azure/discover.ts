/**
 * What a person can choose from: the environments of the settings, and every other network that the bot can see. What
 * could not be read is named, never silently missing.
 */
import type { VirtualNetwork } from '@azure/arm-network';
import type { EnvironmentAt } from '../plan/plan.ts';
import { type Discovery, type NetworkSeen, sameResource } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { collect, mapFew } from './collect.ts';
import { shortReason } from './errors.ts';
import { readEnvironment } from './read-environment.ts';
import { networkSeen } from './seen.ts';
import { readSubscriptions, type Subscriptions } from './subscriptions.ts';

export async function discover(arm: Arm, environments: readonly EnvironmentAt[]): Promise<Discovery> {
  const unread: string[] = [];
  const known = environments.map((environment) => environment.subscription);
  const subscriptions = await readSubscriptions(arm, known, unread);
  const [seen, networks] = await Promise.all([
    mapFew(environments, (at) => readEnvironment(arm, at, subscriptions.nameOf(at.subscription), unread)),
    mapFew(subscriptions.ids, (subscription) => readNetworks(arm, subscription, subscriptions, unread)),
  ]);
  const own = seen.flatMap((environment) => environment.network ?? []);
  return {
    environments: seen,
    networks: networks
      .flat()
      .filter((network) => !own.some((mine) => sameResource(mine.id, network.id)))
      .toSorted((left, right) => left.name.localeCompare(right.name, 'en')),
    unread: unread.toSorted(),
  };
}

async function readNetworks(
  arm: Arm,
  subscription: string,
  subscriptions: Subscriptions,
  unread: string[],
): Promise<NetworkSeen[]> {
  const name = subscriptions.nameOf(subscription);
  try {
    const client = await arm.network(subscription);
    const networks: VirtualNetwork[] = await collect(client.virtualNetworks.listAll());
    return networks.map((network) => networkSeen(network, name));
  } catch (error) {
    unread.push(`the networks of subscription ${name} (${shortReason(error)})`);
    return [];
  }
}
