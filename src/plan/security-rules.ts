/** Which rule of a security group, or which route, stands in the way of one kind of traffic. */
import { prefixCovers, prefixesOverlap } from './address-space.ts';
import type { RouteSeen, SecurityRuleSeen } from './world.ts';

/** Traffic over TCP between connected private networks. */
export interface Flow {
  direction: SecurityRuleSeen['direction'];
  from: readonly string[];
  to: readonly string[];
  port: number;
}

/**
 * The rule that denies some of the flow, unless a rule before it lets all of it through; null when none does. Azure's own
 * rules at the end let connected networks talk to each other.
 */
export function blockingRule(rules: readonly SecurityRuleSeen[], flow: Flow): SecurityRuleSeen | null {
  const byPriority = rules
    .filter((rule) => rule.direction === flow.direction && speaksOf(rule, flow.port))
    .toSorted((left, right) => left.priority - right.priority);
  for (const rule of byPriority) {
    if (rule.access === 'Allow' && covers(rule, flow)) {
      return null;
    }
    if (rule.access === 'Deny' && touches(rule, flow)) {
      return rule;
    }
  }
  return null;
}

/** The rule that denies all of the flow, when no rule before it lets some of it through; null when none does. */
export function closingRule(rules: readonly SecurityRuleSeen[], flow: Flow): SecurityRuleSeen | null {
  const [first] = rules
    .filter((rule) => rule.direction === flow.direction && speaksOf(rule, flow.port))
    .filter((rule) => (rule.access === 'Allow' ? touches(rule, flow) : covers(rule, flow)))
    .toSorted((left, right) => left.priority - right.priority);
  return first?.access === 'Deny' ? first : null;
}

/** The rule lets all of the flow through, whatever stands before it. */
export function covers(rule: SecurityRuleSeen, flow: Flow): boolean {
  return (
    flow.from.every((prefix) => rule.sources.some((source) => holds(source, prefix))) &&
    flow.to.every((prefix) => rule.destinations.some((destination) => holds(destination, prefix)))
  );
}

/** The largest priority number below the rule's that is free in its direction; null when there is none. */
export function priorityBefore(rule: SecurityRuleSeen, rules: readonly SecurityRuleSeen[]): number | null {
  const taken = new Set(rules.filter(({ direction }) => direction === rule.direction).map(({ priority }) => priority));
  for (let priority = rule.priority - 1; priority >= 100; priority -= 1) {
    if (!taken.has(priority)) {
      return priority;
    }
  }
  return null;
}

/** The route that takes the traffic away from a peering: as specific as the peered prefix, or more so. */
export function strayRoute(routes: readonly RouteSeen[], peered: string, target: string): RouteSeen | null {
  return (
    routes.find(
      (route) => prefixCovers(peered, route.prefix) && prefixesOverlap([route.prefix], [target]).length > 0,
    ) ?? null
  );
}

function touches(rule: SecurityRuleSeen, flow: Flow): boolean {
  return (
    rule.sources.some((source) => flow.from.some((prefix) => meets(source, prefix))) &&
    rule.destinations.some((destination) => flow.to.some((prefix) => meets(destination, prefix)))
  );
}

function speaksOf(rule: SecurityRuleSeen, port: number): boolean {
  return /^(?:\*|tcp|any)$/i.test(rule.protocol) && rule.destinationPorts.some((range) => portIn(range, port));
}

function portIn(range: string, port: number): boolean {
  const [first = '', last = first] = range.split('-');
  return range === '*' || (Number(first) <= port && port <= Number(last));
}

/** Peered networks belong to the tag VirtualNetwork; other tags stand for public addresses. */
const everything = /^(?:\*|any|virtualnetwork|0\.0\.0\.0\/0)$/i;

function holds(outer: string, prefix: string): boolean {
  return everything.test(outer) || prefixCovers(asPrefix(outer), prefix);
}

function meets(one: string, prefix: string): boolean {
  return everything.test(one) || prefixesOverlap([asPrefix(one)], [prefix]).length > 0;
}

function asPrefix(text: string): string {
  return text.includes('/') ? text : `${text}/32`;
}
