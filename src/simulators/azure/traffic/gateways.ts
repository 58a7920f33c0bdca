/** Which gateways a network can use, its own or that of a network it is peered with, and what lies behind them. */
import { longestMatch } from '../address-space.ts';
import { counterpartOf, peeringsOf, remoteKey } from '../types/peering-state.ts';
import { gatewaysOf, networkOfGateway } from '../types/virtual-network-gateways.ts';
import { find, keyOf, type Resource, type Site, type World } from '../world.ts';

/** Lower-case ids. */
export function usableGateways(world: World, networkKey: string): string[] {
  const own = gatewaysOf(world, networkKey);
  const lent = peeringsOf(world, networkKey)
    .filter(
      (half) =>
        half.properties['useRemoteGateways'] === true &&
        half.properties.peeringState === 'Connected' &&
        counterpartOf(world, half)?.properties['allowGatewayTransit'] === true,
    )
    .flatMap((half) => gatewaysOf(world, remoteKey(half)));
  return [...own, ...lent].map(keyOf);
}

export function sitesOf(world: World, networkKey: string): Site[] {
  const gateways = usableGateways(world, networkKey);
  return world.sites.filter((site) => gateways.includes(site.gateway.toLowerCase()));
}

/** The place behind a gateway to which an address belongs, and how narrow the range is that says so. */
export function siteWith(world: World, networkKey: string, address: string): { site: Site; bits: number } | undefined {
  return sitesOf(world, networkKey)
    .map((site) => ({ site, bits: longestMatch(site.prefixes, address) }))
    .filter((each): each is { site: Site; bits: number } => each.bits !== undefined)
    .toSorted((left, right) => right.bits - left.bits)[0];
}

/** The network in which the gateway of a site stands. */
export function networkOfSite(world: World, site: Site): Resource | undefined {
  const gateway = find(world, site.gateway);
  return find(world, gateway === undefined ? undefined : networkOfGateway(gateway));
}
