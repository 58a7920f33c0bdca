/**
 * Networks that ask their own DNS servers. A private zone counts for the network in which such a server stands, because
 * the server is who asks Azure; so the servers are looked for by their addresses.
 */
import { prefixContains } from './address-space.ts';
import { type GraphNode, graphOf, keyOf, networksOf, reachableFrom } from './network-graph.ts';
import type { ResourceId } from './plan.ts';
import type { NetworkSeen, Survey } from './world.ts';

/** Azure's own resolver, the same address in every network. */
export const azureResolver = '168.63.129.16';

/** What a link needs to know of a network; also for one that was not read itself. */
export interface NetworkAt {
  id: ResourceId;
  name: string;
}

export interface Askers {
  /** Networks to which a zone has to be linked so that this network's questions reach it. */
  links: readonly NetworkAt[];
  /** Own servers that stand in a network of Azure that this one can reach. */
  inside: readonly { server: string; at: NetworkAt }[];
  /** Own servers that stand elsewhere; nothing about them can be read from Azure. */
  outside: readonly string[];
}

export function askersOf(network: NetworkSeen, survey: Survey): Askers {
  const places = network.dnsServers
    .filter((server) => server !== azureResolver)
    .map((server) => ({ server, at: placeOf(server, network, survey) }));
  const inside = places.flatMap(({ server, at }) => (at === null ? [] : [{ server, at }]));
  const outside = places.flatMap(({ server, at }) => (at === null ? [server] : []));
  const asksItself = inside.length === 0 || network.dnsServers.includes(azureResolver);
  const links = [...(asksItself ? [{ id: network.id, name: network.name }] : []), ...inside.map(({ at }) => at)];
  return {
    links: links.filter((link, index) => links.findIndex(({ id }) => keyOf(id) === keyOf(link.id)) === index),
    inside,
    outside,
  };
}

/** The network that holds the address: this one, else one in its reach. */
export function placeOf(address: string, network: NetworkSeen, survey: Survey): NetworkAt | null {
  const graph = graphOf([network, ...networksOf(survey).filter(({ id }) => keyOf(id) !== keyOf(network.id))]);
  const near = [keyOf(network.id), ...reachableFrom(graph, keyOf(network.id))];
  const holding = near
    .flatMap((key): GraphNode[] => {
      const node = graph.nodes.get(key);
      return node === undefined ? [] : [node];
    })
    .find((node) => node.prefixes.some((prefix) => prefixContains(prefix, address)));
  return holding === undefined ? null : { id: holding.id, name: holding.name };
}
