/** Reads one environment from its managed resource group: the network and the load balancers. */
import type { LoadBalancer, VirtualNetwork } from '@azure/arm-network';
import type { EnvironmentAt } from '../plan/plan.ts';
import type { EnvironmentSeen } from '../plan/world.ts';
import { listOrNote, type Reading } from './reading.ts';
import { frontendsSeen, networkSeen } from './seen.ts';

export async function readEnvironment(reading: Reading, at: EnvironmentAt): Promise<EnvironmentSeen> {
  const client = await reading.arm.network(at.subscription);
  const { name, subscription, managedResourceGroup: group, domainSuffix } = at;
  const [networks, balancers] = await Promise.all([
    listOrNote<VirtualNetwork>(reading, `the networks of ${name} in ${group}`, () =>
      client.virtualNetworks.list(group),
    ),
    listOrNote<LoadBalancer>(reading, `the load balancers of ${name} in ${group}`, () =>
      client.loadBalancers.list(group),
    ),
  ]);
  const network = networkOf(networks ?? [], balancers ?? []);
  return {
    name,
    subscription,
    managedResourceGroup: group,
    domainSuffix,
    location: network?.location ?? '',
    network: network === null ? null : networkSeen(network, reading.subscriptions),
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
