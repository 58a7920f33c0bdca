/** Rules of a security group, each with its own PUT: checked alone and against the other rules of the group. */
import { isAddress, isPrefix } from '../address-space.ts';
import { badRequest } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { securityGroupTypeName } from '../type-names.ts';
import { type Json, keyOf, listOfType, type Resource, type World } from '../world.ts';

export const ruleTypeName = `${securityGroupTypeName}/securityRules`;

const rulesPerGroup = 1000;
const lowestPriority = 100;
const highestPriority = 4096;
const protocols = ['Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'];

export type SecurityRule = Resource<{
  priority: number;
  direction: 'Inbound' | 'Outbound';
  access: 'Allow' | 'Deny';
  protocol: string;
  [more: string]: unknown;
}>;

export const securityRules: ResourceType = {
  name: ruleTypeName,
  family: 'network',
  work: 'security-rule',
  put: putRule,
  remove: () => undefined,
};

function putRule(write: Write): Draft {
  const properties = (write.body['properties'] ?? {}) as Json;
  const others = rulesOf(write.arm.world, write.id.parentKey ?? '').filter((rule) => keyOf(rule) !== write.id.key);
  checkRules([...others, { id: write.fullId, name: write.id.name, type: ruleTypeName, properties }]);
  return { properties };
}

export function rulesOf(world: World, groupKey: string): SecurityRule[] {
  return listOfType(world, ruleTypeName, groupKey) as SecurityRule[];
}

/** All rules that a group would have; throws for the first that cannot be. */
export function checkRules(rules: readonly Resource[]): void {
  if (rules.length > rulesPerGroup) {
    throw badRequest(
      'SecurityRulesLimitReached',
      `A network security group holds at most ${rulesPerGroup} security rules.`,
    );
  }
  for (const [index, rule] of rules.entries()) {
    checkRule(rule);
    const clash = rules
      .slice(0, index)
      .find((other) => ['priority', 'direction'].every((name) => other.properties[name] === rule.properties[name]));
    if (clash !== undefined) {
      throw badRequest(
        'SecurityRuleConflict',
        `Security rule ${rule.name} conflicts with rule ${clash.name}. Rules cannot have the same Priority and Direction. To learn more about security rules, see aka.ms/nsgrules.`,
      );
    }
  }
}

function checkRule(rule: Resource): void {
  const { priority, direction, access, protocol } = rule.properties;
  if (!Number.isInteger(priority) || Number(priority) < lowestPriority || Number(priority) > highestPriority) {
    throw badRequest(
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(priority)} Allowed range ${lowestPriority}-${highestPriority}. Rule: ${rule.id}`,
    );
  }
  refuseOther(rule, 'Direction', direction, ['Inbound', 'Outbound']);
  refuseOther(rule, 'Access', access, ['Allow', 'Deny']);
  refuseOther(rule, 'Protocol', protocol, protocols);
  for (const side of ['source', 'destination'] as const) {
    checkSide(rule, side);
  }
}

function checkSide(rule: Resource, side: 'source' | 'destination'): void {
  const addresses = valuesOf(rule, `${side}AddressPrefix`);
  const groups = (rule.properties[`${side}ApplicationSecurityGroups`] ?? []) as unknown[];
  const wrong = addresses.find((address) => !isAddressOrTag(address));
  if (wrong !== undefined || (addresses.length === 0 && groups.length === 0)) {
    throw badRequest(
      'SecurityRuleInvalidAddressPrefix',
      `Security rule parameter ${side}AddressPrefix for rule with Id ${rule.id} specifies an invalid address prefix. Value provided: ${wrong ?? 'none'}`,
    );
  }
  const ports = valuesOf(rule, `${side}PortRange`);
  const wrongPort = ports.find((range) => !isPortRange(range));
  if (wrongPort !== undefined || ports.length === 0) {
    throw badRequest(
      'SecurityRuleInvalidPortRange',
      `Security rule has invalid Port range. Value provided: ${wrongPort ?? 'none'}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535. Rule: ${rule.id}`,
    );
  }
}

/** A rule has a single value or a list of them; the list's name is the single one's with an `s` or `es`. */
export function valuesOf(rule: Resource, name: string): string[] {
  const single = rule.properties[name];
  const list = (rule.properties[`${name}s`] ?? rule.properties[`${name}es`] ?? []) as string[];
  return typeof single === 'string' && single !== '' ? [single, ...list] : list;
}

function isAddressOrTag(value: string): boolean {
  return value === '*' || /^[a-z][\w.]*$/i.test(value) || isAddress(value) || (value.includes('/') && isPrefix(value));
}

function isPortRange(range: string): boolean {
  const ends = range.split('-');
  return (
    range === '*' ||
    (ends.length <= 2 &&
      ends.every((end) => /^\d{1,5}$/.test(end) && Number(end) <= 65_535) &&
      Number(ends[0]) <= Number(ends.at(-1)))
  );
}

function refuseOther(rule: Resource, what: string, value: unknown, allowed: readonly string[]): void {
  if (typeof value !== 'string' || !allowed.some((each) => each.toLowerCase() === value.toLowerCase())) {
    throw badRequest(
      'SecurityRuleParameterContainsUnsupportedValue',
      `Security rule parameter ${what} contains an unsupported value '${String(value)}' for rule with Id ${rule.id}. Allowed: ${allowed.join(', ')}.`,
    );
  }
}
