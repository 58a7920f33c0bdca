/** Whether a machine in a network could open a connection to an address, and why (not). */
import { BadControlRequest } from '../server.ts';
import { filteredBy } from './traffic/filter.ts';
import { networkOfSite } from './traffic/gateways.ts';
import { type Listener, listenerAt } from './traffic/listening.ts';
import { firstAddress, type Place, placeIn, placesIn } from './traffic/place.ts';
import { type Arrival, walk } from './traffic/walk.ts';
import { gatewayTypeName, networkTypeName } from './type-names.ts';
import { counterpartOf, peeringsOf, remoteKey } from './types/peering-state.ts';
import { subnetTypeName } from './types/subnets.ts';
import { find, keyOf, networkKeyOf, type Resource, type Site, type World } from './world.ts';

interface Probe {
  /**
   * Id of what the connection comes from: a network (then one of its subnets is enough), a subnet, or a gateway, for the
   * places behind it.
   */
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
  const from = find(world, probe.from);
  const answers = attempts(world, from, probe);
  return answers.find(({ open }) => open) ?? answers[0] ?? closed(`there is no network ${probe.from}`);
}

function attempts(world: World, from: Resource | undefined, probe: Probe): Reach[] {
  switch (from?.type) {
    case networkTypeName:
      return placesIn(world, from).map((place) => connect(world, place, probe));
    case subnetTypeName: {
      const network = find(world, networkKeyOf(keyOf(from)));
      return network === undefined ? [] : [connect(world, placeIn(network, from), probe)];
    }
    case gatewayTypeName:
      return world.sites
        .filter((site) => site.gateway.toLowerCase() === keyOf(from))
        .map((site) => connectFromSite(world, site, probe));
    case undefined:
    default:
      return [];
  }
}

function connect(world: World, start: Place, { address, port }: Probe): Reach {
  const arrival = walk({ world, source: start.address, destination: address, via: [] }, start);
  if (arrival.kind === 'lost') {
    return closed(arrival.because);
  }
  const packet = { source: start.address, destination: address, port };
  const refused = filteredBy(world, { network: start.network, guarded: start.subnet }, 'Outbound', packet);
  if (refused !== undefined) {
    return closed(refused);
  }
  if (arrival.kind === 'site') {
    return siteAnswer(world, arrival.site, packet);
  }
  if (arrival.kind === 'internet') {
    return { open: true, because: `${address} is on the internet${by(arrival.via)}` };
  }
  return arrive(world, arrival, packet, start);
}

interface Packet {
  source: string;
  destination: string;
  port: number;
}

function arrive(world: World, to: Extract<Arrival, { kind: 'network' }>, packet: Packet, start?: Place): Reach {
  const listener = listenerAt(world, to.network, packet.destination);
  if (listener === undefined) {
    return closed(`nothing listens at ${packet.destination} in ${to.network.name}`);
  }
  for (const guarded of listener.guarded) {
    const refused = filteredBy(world, { network: to.network, guarded }, 'Inbound', packet);
    if (refused !== undefined) {
      return closed(refused);
    }
  }
  const answer = listener.answer(packet.port);
  const lost =
    answer.open && start !== undefined ? lostOnTheWayBack(world, { listener, to, packet, start }) : undefined;
  return lost ?? { ...answer, because: `${answer.because}${by(to.via)}` };
}

interface WayBack {
  listener: Listener;
  to: Extract<Arrival, { kind: 'network' }>;
  packet: Packet;
  start: Place;
}

/** Answers need a route, too; a load balancer of the Basic kind has none to another region. */
function lostOnTheWayBack(world: World, { listener, to, packet, start }: WayBack): Reach | undefined {
  const sku = (listener.balancer?.['sku'] as { name?: string } | undefined)?.name;
  if (sku === 'Basic' && start.network.location !== to.network.location) {
    return closed(
      `${listener.balancer?.name ?? ''} is a Basic load balancer and cannot be reached from another region`,
    );
  }
  if (listener.answersByItself || keyOf(start.network) === keyOf(to.network)) {
    return undefined;
  }
  const subnet = listener.guarded.find((each) => each.type === subnetTypeName);
  const back = walk(
    { world, source: packet.destination, destination: packet.source, via: [] },
    { network: to.network, subnet },
  );
  if (back.kind === 'network' && keyOf(back.network) === keyOf(start.network)) {
    return undefined;
  }
  const because = back.kind === 'lost' ? back.because : `${packet.source} is not where it leads`;
  return closed(`the answers do not come back: ${because}`);
}

function siteAnswer(world: World, site: Site, { destination, port }: Packet): Reach {
  const ports = site.hosts?.[destination] ?? [];
  const isDns = port === 53 && world.dnsServers[destination] !== undefined;
  return isDns || ports.includes(port)
    ? { open: true, because: `${destination} listens in ${site.name}, behind a gateway` }
    : closed(`nothing listens at ${destination} on port ${port} in ${site.name}`);
}

/** From a place behind a gateway into its network, and into those that make use of the gateway. */
function connectFromSite(world: World, site: Site, { address, port }: Probe): Reach {
  const gatewayNetwork = networkOfSite(world, site);
  if (gatewayNetwork === undefined) {
    return closed(`the gateway of ${site.name} is gone`);
  }
  const packet = { source: firstAddress(site.prefixes), destination: address, port };
  const arrival = walk(
    { world, source: firstOf(gatewayNetwork), destination: address, via: [] },
    { network: gatewayNetwork, subnet: undefined },
  );
  if (arrival.kind !== 'network') {
    return closed(arrival.kind === 'lost' ? arrival.because : `${address} does not stand behind the gateway`);
  }
  const isOwn = keyOf(arrival.network) === keyOf(gatewayNetwork);
  if (!isOwn && !usesGatewayOf(world, arrival.network, gatewayNetwork)) {
    return closed(`${arrival.network.name} does not use the gateway of ${gatewayNetwork.name}`);
  }
  return arrive(world, arrival, packet);
}

function firstOf(network: Resource): string {
  const space = network.properties['addressSpace'] as { addressPrefixes?: string[] } | undefined;
  return firstAddress(space?.addressPrefixes ?? []);
}

function usesGatewayOf(world: World, spoke: Resource, gatewayNetwork: Resource): boolean {
  const half = peeringsOf(world, keyOf(spoke)).find((each) => remoteKey(each) === keyOf(gatewayNetwork));
  return (
    half?.properties['useRemoteGateways'] === true &&
    counterpartOf(world, half)?.properties['allowGatewayTransit'] === true
  );
}

function by(via: readonly string[]): string {
  return via.length === 0 ? '' : `, by way of ${via.join(', ')}`;
}

function closed(because: string): Reach {
  return { open: false, because };
}
