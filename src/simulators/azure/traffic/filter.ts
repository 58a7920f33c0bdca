/** Security rules in the order of their priority, first those of the group, then the ones that every group has. */
import { prefixesContain } from '../address-space.ts';
import { peeringsOf, prefixesOf } from '../types/peering-state.ts';
import { defaultRules } from '../types/security-groups.ts';
import { rulesOf, valuesOf } from '../types/security-rules.ts';
import { find, keyOf, type Resource, type SubResource, type World } from '../world.ts';
import { sitesOf } from './gateways.ts';

export interface Packet {
  source: string;
  destination: string;
  port: number;
}

/** Why a subnet or interface of this network lets no such packet pass; undefined when it does. */
export function filteredBy(
  world: World,
  at: { network: Resource; guarded: Resource | undefined },
  direction: 'Inbound' | 'Outbound',
  packet: Packet,
): string | undefined {
  const id = (at.guarded?.properties['networkSecurityGroup'] as Partial<SubResource> | null | undefined)?.id;
  const group = find(world, id);
  if (group === undefined) {
    return undefined;
  }
  const rules = [...rulesOf(world, keyOf(group)), ...defaultRules]
    .filter((rule) => rule.properties.direction.toLowerCase() === direction.toLowerCase())
    .toSorted((left, right) => left.properties.priority - right.properties.priority);
  const decisive = rules.find((rule) => matches(world, at.network, rule, packet));
  if (decisive === undefined || decisive.properties.access.toLowerCase() === 'allow') {
    return undefined;
  }
  return `security rule ${decisive.name} (priority ${decisive.properties.priority}) of ${group.name} denies ${direction.toLowerCase()} traffic from ${packet.source} to ${packet.destination} on port ${packet.port} at ${at.guarded?.name ?? ''}`;
}

function matches(world: World, network: Resource, rule: Resource, packet: Packet): boolean {
  const protocol = String(rule.properties['protocol']).toLowerCase();
  return (
    (protocol === '*' || protocol === 'tcp') &&
    valuesOf(rule, 'destinationPortRange').some((range) => portIn(range, packet.port)) &&
    valuesOf(rule, 'sourcePortRange').some((range) => portIn(range, clientPort)) &&
    valuesOf(rule, 'sourceAddressPrefix').some((prefix) => addressIn(world, network, prefix, packet.source)) &&
    valuesOf(rule, 'destinationAddressPrefix').some((prefix) => addressIn(world, network, prefix, packet.destination))
  );
}

/** Any port from the range in which clients open connections. */
const clientPort = 50_000;

function portIn(range: string, port: number): boolean {
  const [first = '', last = first] = range.split('-');
  return range === '*' || (Number(first) <= port && port <= Number(last));
}

/** Tags that this world has no addresses for, such as those of Azure's services, hold none of its addresses. */
function addressIn(world: World, network: Resource, prefix: string, address: string): boolean {
  switch (prefix.toLowerCase()) {
    case '*':
    case 'any':
      return true;
    case 'virtualnetwork':
      return prefixesContain(nearPrefixes(world, network), address);
    case 'internet':
      return !prefixesContain(nearPrefixes(world, network), address);
    case 'azureloadbalancer':
      return address === '168.63.129.16';
    default:
      return prefixesContain([prefix.includes('/') ? prefix : `${prefix}/32`], address);
  }
}

/** What the tag VirtualNetwork means in a network: itself, the networks peered with it, and what its gateways lead to. */
function nearPrefixes(world: World, network: Resource): string[] {
  const peered = peeringsOf(world, keyOf(network))
    .filter(
      ({ properties }) => properties.peeringState === 'Connected' && properties.allowVirtualNetworkAccess !== false,
    )
    .flatMap(({ properties }) => properties.remoteAddressSpace.addressPrefixes);
  const remote = sitesOf(world, keyOf(network)).flatMap(({ prefixes }) => prefixes);
  return ['168.63.129.16/32', ...prefixesOf(network), ...peered, ...remote];
}
