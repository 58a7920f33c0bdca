/**
 * The way of a packet from network to network: the routes of its subnet against those that Azure makes itself, the
 * longest prefix first, over appliances that forward, until it arrives or is lost. Security rules at an appliance are
 * not looked at.
 */
import { isPrivate, longestMatch, prefixesContain } from '../address-space.ts';
import { endpointAt, obeysRoutes } from '../types/endpoint-addresses.ts';
import { interfaceAt } from '../types/network-interfaces.ts';
import { prefixesOf } from '../types/peering-state.ts';
import { routesOf } from '../types/routes.ts';
import { find, keyOf, type Resource, type Site, type SubResource, type World } from '../world.ts';
import { siteWith } from './gateways.ts';
import { forwardingRefused, peeringRoute, type PeeringRoute } from './peering-path.ts';

export type Arrival =
  | { kind: 'network'; network: Resource; via: string[] }
  | { kind: 'site'; site: Site; via: string[] }
  | { kind: 'internet'; via: string[] }
  | { kind: 'lost'; because: string };

export interface Walker {
  world: World;
  source: string;
  destination: string;
  /** Names of the appliances on the way. */
  via: string[];
}

interface Standing {
  network: Resource;
  subnet: Resource | undefined;
}

const mostAppliances = 4;

export function walk(walker: Walker, at: Standing): Arrival {
  const { world, destination } = walker;
  const own = userRoute(world, at.subnet, destination);
  const made = systemRoute(world, at.network, destination);
  if (own === undefined || own.bits < made.bits) {
    return follow(walker, at.network, made);
  }
  const hop = String(own.route.properties['nextHopType']);
  switch (hop) {
    case 'None':
      return lost(`route ${own.route.name} of ${own.table.name} drops traffic to ${destination}`);
    case 'Internet':
      return toInternet(walker);
    case 'VirtualNetworkGateway':
      return toGateway(walker, at.network, own.route);
    case 'VirtualAppliance':
      return toAppliance(walker, at.network, own.route);
    default:
      return follow(walker, at.network, made);
  }
}

interface SystemRoute {
  bits: number;
  kind: 'local' | 'peering' | 'site' | 'internet' | 'nowhere';
  peering?: PeeringRoute;
  site?: Site;
}

/** What Azure knows by itself. A private endpoint has a route of its own, which only a longer one could beat. */
function systemRoute(world: World, network: Resource, address: string): SystemRoute {
  const local = longestMatch(prefixesOf(network), address);
  if (local !== undefined) {
    return { kind: 'local', bits: endpointBits(world, network, address) ?? local };
  }
  const peering = peeringRoute(world, network, address);
  if (peering !== undefined) {
    const bits = endpointBits(world, peering.remote, address) ?? peering.bits;
    return { kind: 'peering', bits, peering };
  }
  const behind = siteWith(world, keyOf(network), address);
  if (behind !== undefined) {
    return { kind: 'site', bits: behind.bits, site: behind.site };
  }
  return { kind: isPrivate(address) ? 'nowhere' : 'internet', bits: 0 };
}

function endpointBits(world: World, network: Resource | undefined, address: string): number | undefined {
  const endpoint = network === undefined ? undefined : endpointAt(world, keyOf(network), address);
  // A user's route of the same length counts more than a system route, so this one is a little longer than any other.
  return endpoint === undefined || obeysRoutes(world, endpoint) ? undefined : 31.5;
}

function userRoute(
  world: World,
  subnet: Resource | undefined,
  address: string,
): { route: Resource; table: Resource; bits: number } | undefined {
  const table = find(world, (subnet?.properties['routeTable'] as Partial<SubResource> | null | undefined)?.id);
  if (table === undefined) {
    return undefined;
  }
  return routesOf(world, keyOf(table))
    .map((route) => ({ route, table, bits: longestMatch([String(route.properties['addressPrefix'])], address) }))
    .filter((each): each is { route: Resource; table: Resource; bits: number } => each.bits !== undefined)
    .toSorted((left, right) => right.bits - left.bits)[0];
}

function follow(walker: Walker, network: Resource, route: SystemRoute): Arrival {
  const { world, destination, source, via } = walker;
  if (route.kind === 'local') {
    return { kind: 'network', network, via };
  }
  if (route.kind === 'internet') {
    return toInternet(walker);
  }
  if (route.site !== undefined) {
    return { kind: 'site', site: route.site, via };
  }
  if (route.peering === undefined) {
    return lost(`${destination} is neither in ${network.name} nor in a network peered with it`);
  }
  const { blocked, remote } = route.peering;
  const refused = blocked ?? forwardingRefused(world, route.peering, network, source);
  return refused !== undefined || remote === undefined
    ? lost(refused ?? 'the peered network is gone')
    : { kind: 'network', network: remote, via };
}

function toInternet({ destination, via }: Walker): Arrival {
  return isPrivate(destination)
    ? lost(`the route to the internet does not lead to the private address ${destination}`)
    : { kind: 'internet', via };
}

function toGateway(walker: Walker, network: Resource, route: Resource): Arrival {
  const behind = siteWith(walker.world, keyOf(network), walker.destination);
  return behind === undefined
    ? lost(
        `route ${route.name} leads to a gateway, and none that ${network.name} can use leads to ${walker.destination}`,
      )
    : { kind: 'site', site: behind.site, via: walker.via };
}

function toAppliance(walker: Walker, network: Resource, route: Resource): Arrival {
  const { world, via, source } = walker;
  const hop = String(route.properties['nextHopIpAddress']);
  const isLocal = prefixesContain(prefixesOf(network), hop);
  const peering = isLocal ? undefined : peeringRoute(world, network, hop);
  const place = isLocal ? network : peering?.remote;
  const blocked = peering?.blocked ?? (peering && forwardingRefused(world, peering, network, source));
  const appliance = place === undefined ? undefined : interfaceAt(world, keyOf(place), hop);
  if (place === undefined || blocked !== undefined || appliance?.properties['enableIPForwarding'] !== true) {
    return lost(`route ${route.name} leads to ${hop}, ${blocked ?? 'where no appliance forwards traffic'}`);
  }
  if (via.length >= mostAppliances || via.includes(appliance.name)) {
    return lost(`the routes lead in a circle: ${[...via, appliance.name].join(', ')}`);
  }
  const next = { ...walker, via: [...via, appliance.name] };
  return walk(next, { network: place, subnet: subnetOfInterface(world, appliance) });
}

function subnetOfInterface(world: World, appliance: Resource): Resource | undefined {
  const [first] = (appliance.properties['ipConfigurations'] ?? []) as { properties?: { subnet?: SubResource } }[];
  return find(world, first?.properties?.subnet?.id);
}

function lost(because: string): Arrival {
  return { kind: 'lost', because };
}
