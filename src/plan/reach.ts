/** Who gains reach by a plan, to what, in which direction: the ways after it without the ways before it. */
import { type GraphNode, gatewayKey, graphOf, keyOf, type NetworkGraph, reachableFrom } from './network-graph.ts';
import type { Reach } from './plan.ts';
import type { NetworkSeen } from './world.ts';

/** `before` and `after` hold the same networks; only their peerings differ. */
export function gainedReach(before: readonly NetworkSeen[], after: readonly NetworkSeen[]): Reach[] {
  const [old, now] = [graphOf(before), graphOf(after)];
  const gains = new Map<string, string[]>();
  for (const from of now.nodes.keys()) {
    const had = reachableFrom(old, from);
    for (const to of reachableFrom(now, from)) {
      if (!had.has(to)) {
        add(gains, to, from);
        if (to.startsWith(gatewayKey(''))) {
          add(gains, from, to);
        }
      }
    }
  }
  return mergeTargets(
    [...now.nodes.values()].map(targetOf).concat(gatewayTargets(now)),
    gains,
    (key) => now.nodes.get(key)?.name ?? gatewayName(key, now),
  );
}

/** Networks that reach an address in this network, itself first. */
export function whoReaches(networks: readonly NetworkSeen[], network: NetworkSeen): string[] {
  const graph = graphOf(networks);
  const others = [...reachableFrom(graph, keyOf(network.id))];
  return [network.name, ...others.map((key) => graph.nodes.get(key)?.name ?? gatewayName(key, graph))];
}

interface Target {
  key: string;
  text: string;
  prefixes: readonly string[];
}

function targetOf(node: GraphNode): Target {
  const text = `${node.prefixes.join(', ')} (${node.name}), all ports that its security groups allow`;
  return { key: node.key, text, prefixes: node.prefixes };
}

function gatewayTargets(graph: NetworkGraph): Target[] {
  return [...graph.nodes.keys()].map((hub) => {
    const key = gatewayKey(hub);
    return { key, text: `${gatewayName(key, graph)}, all ports`, prefixes: [] };
  });
}

function gatewayName(key: string, graph: NetworkGraph): string {
  const hub = graph.nodes.get(key.slice(gatewayKey('').length));
  return `what is behind the gateway of ${hub?.name ?? 'an unknown network'}`;
}

/** Targets that the same networks gain stand in one line. */
function mergeTargets(
  targets: readonly Target[],
  gains: ReadonlyMap<string, readonly string[]>,
  nameOf: (key: string) => string,
): Reach[] {
  const lines = new Map<string, { from: readonly string[]; to: Target[] }>();
  for (const target of targets) {
    const from = gains.get(target.key) ?? [];
    if (from.length > 0) {
      const key = from.toSorted().join('\n');
      const line = lines.get(key) ?? { from, to: [] };
      line.to.push(target);
      lines.set(key, line);
    }
  }
  return [...lines.values()].map(({ from, to }) => ({
    from: from.map(nameOf),
    to: to.map(({ text }) => text),
    addresses: to.flatMap(({ prefixes }) => prefixes),
    ports: null,
  }));
}

function add(gains: Map<string, string[]>, to: string, from: string): void {
  gains.set(to, [...(gains.get(to) ?? []), from]);
}
