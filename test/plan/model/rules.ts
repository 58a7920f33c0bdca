/** Rules of security groups. */
import type { SecurityRuleSeen, Survey } from '../../../src/plan/world.ts';
import { change, type Properties, refuse } from './base.ts';

export function writeRule(world: Survey, resource: string, properties: Properties): Survey {
  const [, parent = '', name = ''] = /^(.*)\/securityRules\/([^/]+)$/.exec(resource) ?? [];
  const rule: SecurityRuleSeen = {
    name,
    priority: properties['priority'] as number,
    direction: properties['direction'] as SecurityRuleSeen['direction'],
    access: properties['access'] as SecurityRuleSeen['access'],
    protocol: properties['protocol'] as string,
    sources: manyOf(properties, 'sourceAddressPrefix', 'sourceAddressPrefixes'),
    destinations: manyOf(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes'),
    destinationPorts: manyOf(properties, 'destinationPortRange', 'destinationPortRanges'),
  };
  return {
    ...world,
    securityGroups: change(world.securityGroups ?? [], parent, ({ rules }) => {
      const others = rules.filter((each) => each.name !== name);
      refuse(
        others.some((each) => each.direction === rule.direction && each.priority === rule.priority) &&
          'two rules of one priority',
      );
      return { rules: [...others, rule] };
    }),
  };
}

function manyOf(properties: Properties, one: string, many: string): string[] {
  return (properties[many] as string[] | undefined) ?? [properties[one] as string];
}
