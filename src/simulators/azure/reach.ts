/** Whether a machine in a network could open a connection to an address, and why (not). */
import { prefixesContain } from './address-space.ts';
import { BadControlRequest } from '../server.ts';
import { type Frontend, frontends, portsOf } from './types/load-balancers.ts';
import { counterpartOf, type Peering, peeringsOf, prefixesOf, remoteKey } from './types/peering-state.ts';
import { find, keyOf, networkKeyOf, type Resource, type World } from './world.ts';

export interface Probe {
  /** Id of the network that the connection comes from. */
  from: string;
  address: string;
  port: number;
}

export interface Reach {
  open: boolean;
  because: string;
}

/** `POST /_sim/reach`. */
export function reachControl(world: World, body: unknown): Reach {
  const { from, address, port } = (body ?? {}) as Partial<Record<keyof Probe, unknown>>;
  if (typeof from !== 'string' || typeof address !== 'string' || typeof port !== 'number') {
    throw new BadControlRequest('POST /_sim/reach takes {"from":NETWORK_ID,"address":"10.0.0.4","port":443}.');
  }
  return reach(world, { from, address, port });
}

export function reach(world: World, probe: Probe): Reach {
  const network = find(world, probe.from);
  if (network === undefined) {
    return closed(`there is no network ${probe.from}`);
  }
  if (prefixesContain(prefixesOf(network), probe.address)) {
    return listens(world, network, network, probe);
  }
  const half = peeringsOf(world, keyOf(network)).find((peering) => leadsTo(world, peering, probe.address));
  if (half === undefined) {
    return closed(`${probe.address} is neither in ${network.name} nor in a network peered with it`);
  }
  const remote = find(world, remoteKey(half));
  const blocked = blockedBy(world, half, probe.address);
  return blocked !== undefined || remote === undefined
    ? closed(blocked ?? 'the peered network is gone')
    : listens(world, network, remote, probe);
}

function leadsTo(world: World, peering: Peering, address: string): boolean {
  const now = prefixesOf(find(world, remoteKey(peering)));
  return prefixesContain([...now, ...peering.properties.remoteAddressSpace.addressPrefixes], address);
}

function blockedBy(world: World, half: Peering, address: string): string | undefined {
  const other = counterpartOf(world, half);
  if (half.properties.peeringState !== 'Connected') {
    return `peering ${half.name} is ${half.properties.peeringState}`;
  }
  if (other?.properties.peeringState !== 'Connected') {
    return `the other half of peering ${half.name} is ${other?.properties.peeringState ?? 'missing'}`;
  }
  const barred = [half, other].find((each) => each.properties.allowVirtualNetworkAccess === false);
  if (barred !== undefined) {
    return `peering ${barred.name} does not allow access`;
  }
  return prefixesContain(half.properties.remoteAddressSpace.addressPrefixes, address)
    ? undefined
    : `peering ${half.name} is not in sync: ${address} was added later`;
}

function listens(world: World, from: Resource, network: Resource, probe: Probe): Reach {
  if (world.dnsServers[probe.address]?.network?.toLowerCase() === keyOf(network) && probe.port === 53) {
    return { open: true, because: `a DNS server answers at ${probe.address} in ${network.name}` };
  }
  const frontend = frontends(world).find(
    (each) => each.address === probe.address && networkKeyOf(each.subnetKey ?? '') === keyOf(network),
  );
  if (frontend === undefined) {
    return closed(`nothing listens at ${probe.address} in ${network.name}`);
  }
  const ports = portsOf(frontend);
  if (ports !== undefined && !ports.includes(probe.port)) {
    return closed(`${frontend.balancer.name} does not listen on port ${probe.port}`);
  }
  return (
    fromFar(from, network, frontend) ?? {
      open: true,
      because: `${frontend.balancer.name} listens at ${probe.address} in ${network.name}`,
    }
  );
}

/** Across regions only a Standard load balancer can be reached. */
function fromFar(from: Resource, network: Resource, frontend: Frontend): Reach | undefined {
  const sku = (frontend.balancer['sku'] as { name?: string } | undefined)?.name;
  return from.location !== network.location && sku === 'Basic'
    ? closed(`${frontend.balancer.name} is a Basic load balancer and cannot be reached from another region`)
    : undefined;
}

function closed(because: string): Reach {
  return { open: false, because };
}
