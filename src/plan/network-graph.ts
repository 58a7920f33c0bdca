/**
 * Who can send to whom: the networks that were read, those known only from their neighbours' peerings, and what stands
 * behind a shared gateway. Peering passes no traffic on by itself; forwarded traffic and a shared gateway do, and then
 * count as a way although a route or an appliance may still be missing: a plan says who could reach, not who does.
 *
 * Every way is one for both directions, because an answer has to come back.
 */
import type { ResourceId } from './plan.ts';
import { shortName } from './resource-id.ts';
import type { NetworkSeen, PeeringSeen, Survey } from './world.ts';

export interface GraphNode {
  key: string;
  id: ResourceId;
  name: string;
  prefixes: readonly string[];
  /** Null when the network itself was not read. */
  seen: NetworkSeen | null;
  /** Its halves by the network at the other end; none when it was not read. */
  halves: ReadonlyMap<string, PeeringSeen>;
}

export interface NetworkGraph {
  nodes: ReadonlyMap<string, GraphNode>;
  /** Nodes in reach of one hop, by key. */
  next: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Each network once: the environment's, those of the plan, and their neighbours. */
export function networksOf(survey: Survey): NetworkSeen[] {
  const own = survey.environment.network === null ? [] : [survey.environment.network];
  const all = [...own, ...survey.networks, ...(survey.neighbours ?? [])];
  return all.filter((network, index) => all.findIndex((other) => keyOf(other.id) === keyOf(network.id)) === index);
}

export function graphOf(networks: readonly NetworkSeen[]): NetworkGraph {
  const nodes = new Map(networks.map((seen): [string, GraphNode] => [keyOf(seen.id), nodeOf(seen)]));
  for (const { remoteNetwork: id, remotePrefixes } of networks.flatMap((network) => network.peerings)) {
    const key = keyOf(id);
    if (!nodes.has(key)) {
      nodes.set(key, { key, id, name: shortName(id), prefixes: remotePrefixes, seen: null, halves: new Map() });
    }
  }
  const next = new Map([...nodes.keys()].map((key): [string, Set<string>] => [key, new Set()]));
  for (const from of nodes.values()) {
    for (const [key, half] of from.halves) {
      const to = nodes.get(key);
      if (to !== undefined && key !== from.key && isOpen(half) && isOpenBack(to, from)) {
        next.get(from.key)?.add(key);
        next.get(key)?.add(from.key);
      }
    }
  }
  return { nodes, next };
}

function nodeOf(seen: NetworkSeen): GraphNode {
  const halves = new Map(seen.peerings.map((peering) => [keyOf(peering.remoteNetwork), peering]));
  return { key: keyOf(seen.id), id: seen.id, name: seen.name, prefixes: seen.addressPrefixes, seen, halves };
}

export function keyOf(id: ResourceId): string {
  return id.toLowerCase();
}

/** Where what stands behind a network's gateway is kept among the nodes. */
export function gatewayKey(network: string): string {
  return `gateway of ${network}`;
}

/** Whether a gateway stands in the network; null when its subnets were not read. */
export function gatewayIn(network: NetworkSeen): boolean | null {
  return network.subnets === undefined
    ? null
    : network.subnets.some(({ name, used }) => name.toLowerCase() === 'gatewaysubnet' && used > 0);
}

/** Keys of all that this network can reach, without itself; `gatewayKey` for what is behind a gateway. */
export function reachableFrom(graph: NetworkGraph, from: string): Set<string> {
  const start = graph.nodes.get(from);
  if (start === undefined) {
    return new Set();
  }
  const reached = new Set<string>(graph.next.get(from));
  const hops = [...reached].map((to): [string, string] => [from, to]);
  const seen = new Set<string>();
  for (const [previous, here] of hops) {
    for (const there of forwardedTo(graph, previous, here)) {
      reached.add(there);
      const hop = `${here} ${there}`;
      if (there !== from && !seen.has(hop)) {
        seen.add(hop);
        hops.push([here, there]);
      }
    }
  }
  for (const key of byGateway(graph, start)) {
    reached.add(key);
  }
  reached.delete(from);
  return reached;
}

/** From `previous` through `here`: the networks at both ends have to accept what `here` forwards. */
function forwardedTo(graph: NetworkGraph, previous: string, here: string): string[] {
  return acceptsForwarded(graph, previous, here)
    ? nextTo(graph, here).filter((there) => there !== previous && acceptsForwarded(graph, there, here))
    : [];
}

function nextTo(graph: NetworkGraph, key: string): string[] {
  return [...(graph.next.get(key) ?? [])];
}

/** A network that was not read might accept it. */
function acceptsForwarded(graph: NetworkGraph, network: string, from: string): boolean {
  const node = graph.nodes.get(network);
  return node === undefined || node.seen === null || node.halves.get(from)?.allowForwardedTraffic === true;
}

function byGateway(graph: NetworkGraph, start: GraphNode): string[] {
  const hubs = nextTo(graph, start.key).filter((hub) => usesGateway(graph, start.key, hub));
  const own = start.seen !== null && gatewayIn(start.seen) === true ? [start.key] : [];
  return [...hubs, ...own].flatMap((hub) =>
    [gatewayKey(hub)].concat(
      nextTo(graph, hub).filter((spoke) => spoke !== start.key && usesGateway(graph, spoke, hub)),
    ),
  );
}

/** Both halves have to say so; of a network that was not read, the hub's half has to do. */
function usesGateway({ nodes }: NetworkGraph, spoke: string, hub: string): boolean {
  const [one, other] = [nodes.get(spoke), nodes.get(hub)];
  const uses = one?.halves.get(hub)?.useRemoteGateways === true;
  const offers = other?.halves.get(spoke)?.allowGatewayTransit === true;
  return (uses && offers) || (uses && other?.seen === null) || (offers && one?.seen === null);
}

function isOpen(half: PeeringSeen): boolean {
  return half.state === 'Connected' && half.allowVirtualNetworkAccess;
}

/** A network that was not read is believed to have its half, because the other one says Connected. */
function isOpenBack(from: GraphNode, to: GraphNode): boolean {
  const back = from.halves.get(to.key);
  return from.seen === null || (back !== undefined && isOpen(back));
}
