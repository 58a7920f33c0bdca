/** Security groups and route tables of subnets: what may block a connection or lead it astray. */
import type { NetworkSecurityGroup, Route, RouteTable, SecurityRule } from '@azure/arm-network';
import type { ResourceId } from '../plan/plan.ts';
import { addressOf } from '../plan/resource-id.ts';
import type { NetworkSeen, RouteSeen, RouteTableSeen, SecurityGroupSeen, SecurityRuleSeen } from '../plan/world.ts';
import { mapFew } from './collect.ts';
import type { Group } from './read-private-link.ts';
import { listOrNote, type Reading } from './reading.ts';
import { failedMark, given } from './seen.ts';

export async function readSecurityGroups(
  reading: Reading,
  networks: readonly NetworkSeen[],
): Promise<SecurityGroupSeen[]> {
  const ids = referred(networks, 'securityGroup');
  const found = await mapFew(groupsOf(ids), async (group) => {
    const client = await reading.arm.network(group.subscription);
    return listOrNote<NetworkSecurityGroup>(reading, `the security groups of ${group.name}`, () =>
      client.networkSecurityGroups.list(group.name),
    );
  });
  return only(
    ids,
    found.flatMap((each) => each ?? []),
  ).map(securityGroupSeen);
}

export async function readRouteTables(reading: Reading, networks: readonly NetworkSeen[]): Promise<RouteTableSeen[]> {
  const ids = referred(networks, 'routeTable');
  const found = await mapFew(groupsOf(ids), async (group) => {
    const client = await reading.arm.network(group.subscription);
    return listOrNote<RouteTable>(reading, `the route tables of ${group.name}`, () =>
      client.routeTables.list(group.name),
    );
  });
  return only(
    ids,
    found.flatMap((each) => each ?? []),
  ).map(routeTableSeen);
}

function referred(networks: readonly NetworkSeen[], what: 'securityGroup' | 'routeTable'): ResourceId[] {
  const ids = networks.flatMap((network) => (network.subnets ?? []).flatMap((subnet) => subnet[what] ?? []));
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}

/** A list of each group that holds some of them takes fewer calls than one for each. */
function groupsOf(ids: readonly ResourceId[]): Group[] {
  const groups = ids.map(addressOf).map(({ subscription, resourceGroup: name }) => ({ subscription, name }));
  return [...new Map(groups.map((group) => [`${group.subscription}/${group.name}`.toLowerCase(), group])).values()];
}

function only<Item extends { id?: string }>(ids: readonly ResourceId[], items: readonly Item[]): Item[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return items.filter(({ id }) => wanted.has(id?.toLowerCase() ?? ''));
}

function securityGroupSeen(group: NetworkSecurityGroup): SecurityGroupSeen {
  const id = given(group.id, 'a security group without id');
  return { id, name: group.name ?? addressOf(id).name, rules: (group.securityRules ?? []).map(ruleSeen) };
}

function ruleSeen(rule: SecurityRule): SecurityRuleSeen {
  return {
    name: rule.name ?? '',
    priority: rule.priority ?? 0,
    direction: rule.direction === 'Outbound' ? 'Outbound' : 'Inbound',
    access: rule.access === 'Allow' ? 'Allow' : 'Deny',
    protocol: rule.protocol ?? '*',
    sources: both(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
    destinations: both(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
    destinationPorts: both(rule.destinationPortRange, rule.destinationPortRanges),
    ...failedMark(rule),
  };
}

/** Azure keeps one value and several values in fields of their own. */
function both(one: string | undefined, several: readonly string[] | undefined): string[] {
  return [...(one === undefined || one === '' ? [] : [one]), ...(several ?? [])];
}

function routeTableSeen(table: RouteTable): RouteTableSeen {
  const id = given(table.id, 'a route table without id');
  return { id, name: table.name ?? addressOf(id).name, routes: (table.routes ?? []).map(routeSeen) };
}

function routeSeen(route: Route): RouteSeen {
  return {
    name: route.name ?? '',
    prefix: route.addressPrefix ?? '',
    nextHop: route.nextHopType ?? '',
    nextHopAddress: route.nextHopIpAddress ?? null,
  };
}
