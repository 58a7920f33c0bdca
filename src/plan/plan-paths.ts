/**
 * Security rules and routes on the way. Peering and endpoints need none of their own, because Azure lets connected
 * networks talk to each other; only a rule or route that somebody made can stand in the way. On the customer's side the
 * plan may add a rule, when it was asked to; in the managed resource group it changes neither. A route cannot be mended
 * by another one: Azure has no next hop that means "the peering".
 */
import { prefixesOverlap } from './address-space.ts';
import type { DraftStep } from './draft-step.ts';
import { care, unknown } from './finding.ts';
import { longestName, nameBy } from './naming.ts';
import type { Finding, Json, ResourceId } from './plan.ts';
import type { Wish } from './scenario.ts';
import { blockingRule, covers, type Flow, priorityBefore, strayRoute } from './security-rules.ts';
import {
  type NetworkSeen,
  sameResource,
  type SecurityGroupSeen,
  type SecurityRuleSeen,
  type SubnetSeen,
} from './world.ts';

export interface Path {
  from: NetworkSeen;
  to: NetworkSeen;
  /** Prefixes in `to` that have to be reached. */
  target: readonly string[];
  port: number;
  /** Over a peering, or to a private endpoint: routes do not matter to an endpoint, nor do rules unless its subnet says so. */
  by: 'peering' | 'endpoint';
}

export interface PathPlan {
  findings: readonly Finding[];
  drafts: readonly DraftStep[];
}

export function planPaths(paths: readonly Path[], wish: Wish): PathPlan {
  const made = paths.flatMap((path) => [
    ...groupsAt(path.from, 'Outbound', path, wish).map((at) => planGroup(at, wish)),
    ...groupsAt(path.to, 'Inbound', path, wish).map((at) => planGroup(at, wish)),
    { findings: path.by === 'peering' ? checkRoutes(path, wish) : [], drafts: [] },
  ]);
  const drafts = made.flatMap((part) => part.drafts);
  return {
    findings: made.flatMap((part) => part.findings),
    drafts: drafts.filter((draft, index) => drafts.findIndex(({ resource }) => resource === draft.resource) === index),
  };
}

/** One security group and the subnets of the way that it guards. */
interface GroupAt {
  id: ResourceId;
  group: SecurityGroupSeen | null;
  network: NetworkSeen;
  subnets: readonly SubnetSeen[];
  flow: Flow;
  path: Path;
}

function groupsAt(network: NetworkSeen, direction: Flow['direction'], path: Path, { survey }: Wish): GroupAt[] {
  const guarded = (network.subnets ?? []).filter((subnet) => concerns(subnet, direction, path));
  const ids = guarded.flatMap(({ securityGroup }) => securityGroup ?? []);
  return ids
    .filter((id, index) => ids.findIndex((other) => sameResource(other, id)) === index)
    .map((id) => {
      const subnets = guarded.filter(({ securityGroup }) => securityGroup !== null && sameResource(securityGroup, id));
      const here = subnets.flatMap(({ prefixes }) => prefixes);
      const flow =
        direction === 'Outbound'
          ? { direction, from: here, to: path.target, port: path.port }
          : { direction, from: path.from.addressPrefixes, to: path.target, port: path.port };
      const group = survey.securityGroups?.find((seen) => sameResource(seen.id, id)) ?? null;
      return { id, group, network, subnets, flow, path };
    });
}

/** People may sit in any subnet; what they reach stands in one. */
function concerns(subnet: SubnetSeen, direction: Flow['direction'], path: Path): boolean {
  if (direction === 'Outbound') {
    return true;
  }
  const guards = path.by === 'peering' || /^enabled$|networksecuritygroup/i.test(subnet.endpointPolicies);
  return guards && prefixesOverlap(subnet.prefixes, path.target).length > 0;
}

function planGroup(at: GroupAt, wish: Wish): PathPlan {
  if (at.group === null) {
    return { findings: [groupUnread(at)], drafts: [] };
  }
  const name = nameBy(
    wish.naming,
    `${at.path.from.name}-to-${at.path.to.name}-${at.path.port}-${at.flow.direction === 'Outbound' ? 'out' : 'in'}`,
    longestName.rule,
  );
  const own = at.group.rules.find((rule) => rule.name.toLowerCase() === name.toLowerCase()) ?? null;
  const blocker = blockingRule(at.group.rules, at.flow);
  if (blocker === null) {
    return { findings: [], drafts: own !== null && covers(own, at.flow) ? [keepRule(at.id, own, at.group)] : [] };
  }
  const managed = isManaged(at.network, wish);
  const priority = priorityBefore(blocker, at.group.rules);
  if (managed || wish.answers.openSecurityRules !== true || priority === null) {
    return { findings: [blocked(at, blocker, managed ? managedWayOut : openWayOut(blocker, priority))], drafts: [] };
  }
  const step = ruleStep(at, { name, priority, own }, at.group);
  const wayOut = `The plan adds the rule ${name} before it (priority ${priority}). Ask the owner of the security group before you approve.`;
  return { findings: [{ ...blocked(at, blocker, wayOut), code: 'OpensSecurityRule' }], drafts: [step] };
}

function isManaged(network: NetworkSeen, { survey }: Wish): boolean {
  return survey.environment.network !== null && sameResource(network.id, survey.environment.network.id);
}

const managedWayOut =
  'Security groups in the managed resource group are not yours or mine to change: open a ticket and name the rule.';

function openWayOut(blocker: SecurityRuleSeen, priority: number | null): string {
  return priority === null
    ? `No priority before ${blocker.priority} is free; ask the owner of the security group to make room and to add an allow rule.`
    : 'Let me change security rules on your side (go back and tick that), or ask the owner of the security group to add an allow rule before it.';
}

function blocked(at: GroupAt, rule: SecurityRuleSeen, wayOut: string): Finding {
  const where = at.subnets.map(({ name }) => name).join(', ');
  return care(
    'BlockedBySecurityRule',
    `The rule ${rule.name} of the security group ${at.group?.name ?? ''} (subnet ${where} of ${at.network.name}) stops traffic from ${at.path.from.name} to ${wordsOf(at.path.target)} port ${at.path.port}.`,
    wayOut,
  );
}

/** People write an address without the length of its prefix. */
function wordsOf(prefixes: readonly string[]): string {
  return prefixes.map((prefix) => prefix.replace(/\/32$/, '')).join(', ');
}

function groupUnread(at: GroupAt): Finding {
  return unknown(
    'SecurityGroupNotRead',
    `I could not read the security group ${at.id.split('/').at(-1) ?? ''} of ${at.network.name}, so a rule of it may stop the traffic to ${wordsOf(at.path.target)}.`,
    'Ask for the role Reader on it for the bot’s identity and plan again, or try the connection afterwards.',
  );
}

function ruleStep(
  at: GroupAt,
  rule: { name: string; priority: number; own: SecurityRuleSeen | null },
  group: SecurityGroupSeen,
): DraftStep {
  const { direction, from, to, port } = at.flow;
  return {
    kind: 'security-rule',
    change: rule.own === null ? 'create' : 'update',
    resource: `${at.id}/securityRules/${rule.own?.name ?? rule.name}`,
    needs: [],
    title: `Let ${at.path.from.name} reach ${wordsOf(to)} port ${port} through the security group ${group.name}`,
    before: rule.own === null ? null : bodyOf(rule.own),
    body: bodyOf({
      name: rule.name,
      priority: rule.priority,
      direction,
      access: 'Allow',
      protocol: 'Tcp',
      sources: [...from],
      destinations: [...to],
      destinationPorts: [String(port)],
    }),
  };
}

function keepRule(group: ResourceId, rule: SecurityRuleSeen, { name }: SecurityGroupSeen): DraftStep {
  return {
    kind: 'security-rule',
    change: 'keep',
    resource: `${group}/securityRules/${rule.name}`,
    needs: [],
    title: `The security group ${name} lets the connection through already (${rule.name})`,
    before: bodyOf(rule),
    body: null,
  };
}

function bodyOf(rule: SecurityRuleSeen): Json {
  const { priority, direction, access, protocol } = rule;
  return {
    properties: {
      priority,
      direction,
      access,
      protocol,
      sourcePortRange: '*',
      ...oneOrMany('sourceAddressPrefix', 'sourceAddressPrefixes', rule.sources),
      ...oneOrMany('destinationAddressPrefix', 'destinationAddressPrefixes', rule.destinations),
      ...oneOrMany('destinationPortRange', 'destinationPortRanges', rule.destinationPorts),
    },
  };
}

function oneOrMany(one: string, many: string, values: readonly string[]): Record<string, Json> {
  const [first] = values;
  return values.length === 1 && first !== undefined ? { [one]: first } : { [many]: values };
}

function checkRoutes({ from, to, target }: Path, { survey }: Wish): Finding[] {
  const peered = to.addressPrefixes.find((prefix) => prefixesOverlap([prefix], target).length > 0);
  return (from.subnets ?? []).flatMap((subnet) => {
    if (subnet.routeTable === null || peered === undefined) {
      return [];
    }
    const id = subnet.routeTable;
    const table = survey.routeTables?.find((seen) => sameResource(seen.id, id));
    if (table === undefined) {
      return [
        unknown(
          'RouteTableNotRead',
          `I could not read the route table ${id.split('/').at(-1) ?? ''} of ${from.name}, so a route of it may lead the traffic to ${wordsOf(target)} astray.`,
          'Ask for the role Reader on it for the bot’s identity and plan again, or try the connection afterwards.',
        ),
      ];
    }
    const stray = strayRoute(table.routes, peered, target[0] ?? '');
    return stray === null ? [] : [routeFinding(subnet, from, table.name, stray)];
  });
}

function routeFinding(
  subnet: SubnetSeen,
  from: NetworkSeen,
  table: string,
  route: { name: string; prefix: string; nextHop: string; nextHopAddress: string | null },
): Finding {
  const hop = route.nextHopAddress === null ? route.nextHop : `${route.nextHop} ${route.nextHopAddress}`;
  const drops = route.nextHop.toLowerCase() === 'none';
  return care(
    drops ? 'RouteDropsTraffic' : 'RouteLeadsElsewhere',
    `The route ${route.name} of the table ${table} (subnet ${subnet.name} of ${from.name}) ${drops ? 'drops everything' : 'sends everything'} for ${route.prefix}${drops ? '' : ` to ${hop}`}, before the peering is asked.`,
    drops
      ? `Ask the owner of the table to delete the route; Azure has no route that leads to a peering instead.`
      : 'Make sure that what stands there passes the traffic on and its answers back, or ask the owner of the table to delete the route.',
  );
}
