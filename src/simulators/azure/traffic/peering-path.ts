/** Whether a peering carries packets, and what stands in the way when it does not. */
import { longestMatch, prefixesContain } from '../address-space.ts';
import { counterpartOf, type Peering, peeringsOf, prefixesOf, remoteKey } from '../types/peering-state.ts';
import { find, keyOf, type Resource, type World } from '../world.ts';

export interface PeeringRoute {
  half: Peering;
  /** Undefined when the network is gone. */
  remote: Resource | undefined;
  /** Length of the prefix that leads there. */
  bits: number;
  /** Why nothing gets through; undefined when it does. */
  blocked: string | undefined;
}

/** The peering of a network that leads to an address: one that works before one that does not. */
export function peeringRoute(world: World, network: Resource, address: string): PeeringRoute | undefined {
  const routes = peeringsOf(world, keyOf(network)).flatMap((half): PeeringRoute[] => {
    const remote = find(world, remoteKey(half));
    const known = half.properties.remoteAddressSpace.addressPrefixes;
    const bits = longestMatch([...known, ...prefixesOf(remote)], address);
    return bits === undefined ? [] : [{ half, remote, bits, blocked: blockedBy(world, half, address) }];
  });
  return routes.find(({ blocked }) => blocked === undefined) ?? routes[0];
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
  if (find(world, remoteKey(half)) === undefined) {
    return 'the peered network is gone';
  }
  return prefixesContain(half.properties.remoteAddressSpace.addressPrefixes, address)
    ? undefined
    : `peering ${half.name} is not in sync: ${address} was added later`;
}

/** A network takes packets that do not come from the peered network itself only when its half says so. */
export function forwardingRefused(
  world: World,
  route: PeeringRoute,
  from: Resource,
  source: string,
): string | undefined {
  const other = counterpartOf(world, route.half);
  const isForeign = !prefixesContain(prefixesOf(from), source);
  return isForeign && other?.properties['allowForwardedTraffic'] !== true
    ? `peering ${other?.name ?? route.half.name} of ${route.remote?.name ?? 'the peered network'} does not allow forwarded traffic, and ${source} is not in ${from.name}`
    : undefined;
}
