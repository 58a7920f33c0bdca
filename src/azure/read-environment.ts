/** Reads one environment from its managed resource group: the network and the load balancers. */
import type { LoadBalancer, VirtualNetwork } from '@azure/arm-network';
import type { EnvironmentAt } from '../plan/plan.ts';
import type { EnvironmentSeen } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { collect } from './collect.ts';
import { shortReason } from './errors.ts';
import { frontendsSeen, networkSeen } from './seen.ts';

export async function readEnvironment(
  arm: Arm,
  at: EnvironmentAt,
  subscriptionName: string,
  unread: string[],
): Promise<EnvironmentSeen> {
  const client = await arm.network(at.subscription);
  const group = at.managedResourceGroup;
  const [networks, balancers] = await Promise.all([
    readOrNull<VirtualNetwork>(client.virtualNetworks.list(group), `the networks of ${at.name} in ${group}`, unread),
    readOrNull<LoadBalancer>(client.loadBalancers.list(group), `the load balancers of ${at.name} in ${group}`, unread),
  ]);
  const network = networkOf(networks ?? [], balancers ?? []);
  const { name, subscription, managedResourceGroup, domainSuffix } = at;
  return {
    name,
    subscription,
    managedResourceGroup,
    domainSuffix,
    location: network?.location ?? '',
    network: network === null ? null : networkSeen(network, subscriptionName),
    frontends: (balancers ?? []).flatMap(frontendsSeen),
    ...(balancers === null ? { frontendsUnread: true } : {}),
  };
}

/** The network in which the apps answer; usually there is only one. */
function networkOf(networks: readonly VirtualNetwork[], balancers: readonly LoadBalancer[]): VirtualNetwork | null {
  const subnets = balancers.flatMap((balancer) =>
    (balancer.frontendIPConfigurations ?? []).flatMap((frontend) => frontend.subnet?.id?.toLowerCase() ?? []),
  );
  const holding = networks.find((network) =>
    subnets.some((subnet) => subnet.startsWith(`${network.id?.toLowerCase() ?? ''}/`)),
  );
  return holding ?? networks[0] ?? null;
}

async function readOrNull<Item>(pages: AsyncIterable<Item>, what: string, unread: string[]): Promise<Item[] | null> {
  try {
    return await collect(pages);
  } catch (error) {
    unread.push(`${what} (${shortReason(error)})`);
    return null;
  }
}
