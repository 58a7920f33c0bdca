/** What the parts of the model share: bodies, refusals, networks and their subnets. */
import type { Json } from '../../../src/plan/plan.ts';
import { type NetworkSeen, sameResource, type SubnetSeen, type Survey } from '../../../src/plan/world.ts';

export interface Properties {
  [key: string]: Json;
}

export function propertiesOf(body: Json): Properties {
  return (body as { properties?: Properties } | null)?.properties ?? {};
}

export function refuse(reason: string | false): void {
  if (reason !== false) {
    throw new Error(`Azure would refuse: ${reason}`);
  }
}

export function without<Seen extends { id: string }>(seen: readonly Seen[], id: string): Seen[] {
  return seen.filter((each) => !sameResource(each.id, id));
}

export function change<Seen extends { id: string }>(
  seen: readonly Seen[],
  id: string,
  by: (one: Seen) => Partial<Seen>,
): Seen[] {
  return seen.map((each) => (sameResource(each.id, id) ? Object.assign({}, each, by(each)) : each));
}

export function changeNetwork(world: Survey, id: string, by: (network: NetworkSeen) => Partial<NetworkSeen>): Survey {
  const { network } = world.environment;
  return {
    ...world,
    environment: { ...world.environment, network: network === null ? null : (change([network], id, by)[0] ?? null) },
    networks: change(world.networks, id, by),
    ...(world.neighbours === undefined ? {} : { neighbours: change(world.neighbours, id, by) }),
  };
}

export function networkAt(world: Survey, id: string): NetworkSeen | undefined {
  const own = world.environment.network === null ? [] : [world.environment.network];
  return [...own, ...world.networks, ...(world.neighbours ?? [])].find((network) => sameResource(network.id, id));
}

export function changeSubnet(world: Survey, id: string, by: (subnet: SubnetSeen) => Partial<SubnetSeen>): Survey {
  return changeNetwork(world, id.replace(/\/subnets\/[^/]+$/, ''), ({ subnets = [] }) => ({
    subnets: change(subnets, id, by),
  }));
}

export function subnetAt(world: Survey, id: string): SubnetSeen {
  const subnets = networkAt(world, id.replace(/\/subnets\/[^/]+$/, ''))?.subnets ?? [];
  const found = subnets.find((subnet) => sameResource(subnet.id, id));
  if (found === undefined) {
    throw new Error(`Azure would refuse: there is no subnet ${id}`);
  }
  return found;
}
