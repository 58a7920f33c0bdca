/** Network security groups: a PUT replaces all rules; one that a subnet or an interface uses cannot go. */
import { badRequest } from '../arm-error.ts';
import { membersDone, readMembers, replaceMembers } from '../embedded.ts';
import { regionOf } from '../location.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { interfaceTypeName, securityGroupTypeName } from '../type-names.ts';
import { type Arm, type Json, keyOf, listOfType, type Resource, type SubResource, type World } from '../world.ts';
import { checkRules, rulesOf, ruleTypeName } from './security-rules.ts';
import { subnetTypeName } from './subnets.ts';

export const securityGroups: ResourceType = {
  name: securityGroupTypeName,
  family: 'network',
  work: 'security-group',
  put: putGroup,
  remove: refuseGroupInUse,
  finished: membersDone,
  removed: (arm, group) => replaceMembers(arm, group, []),
  show: showGroup,
};

/** The rules that every group has after its own, from the first to the last. */
export const defaultRules = [
  defaultRule('AllowVnetInBound', 65_000, 'Inbound', ['VirtualNetwork', 'VirtualNetwork']),
  defaultRule('AllowAzureLoadBalancerInBound', 65_001, 'Inbound', ['AzureLoadBalancer', '*']),
  defaultRule('DenyAllInBound', 65_500, 'Inbound', ['*', '*']),
  defaultRule('AllowVnetOutBound', 65_000, 'Outbound', ['VirtualNetwork', 'VirtualNetwork']),
  defaultRule('AllowInternetOutBound', 65_001, 'Outbound', ['*', 'Internet']),
  defaultRule('DenyAllOutBound', 65_500, 'Outbound', ['*', '*']),
];

function putGroup(write: Write): Draft {
  const location = regionOf(write);
  const { securityRules = [], flushConnection = false } = (write.body['properties'] ?? {}) as Record<string, unknown>;
  const wanted = readMembers(write.fullId, ruleTypeName, securityRules as Json[]);
  checkRules(wanted);
  const properties = { resourceGuid: write.existing?.properties['resourceGuid'] ?? write.arm.newId(), flushConnection };
  replaceMembers(write.arm, { id: write.fullId, name: write.id.name, type: securityGroupTypeName, properties }, wanted);
  return { properties, top: { location, tags: write.body['tags'] ?? {} } };
}

function refuseGroupInUse(arm: Arm, group: Resource): void {
  const [user] = usersOf(arm.world, group);
  if (user !== undefined) {
    throw badRequest(
      'InUseNetworkSecurityGroupCannotBeDeleted',
      `Network security group ${group.id} cannot be deleted because it is in use by the following resources: ${user.id}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    );
  }
}

function usersOf(world: World, group: Resource): Resource[] {
  return [subnetTypeName, interfaceTypeName]
    .flatMap((type) => listOfType(world, type))
    .filter(
      (user) =>
        (user.properties['networkSecurityGroup'] as Partial<SubResource> | null | undefined)?.id?.toLowerCase() ===
        keyOf(group),
    );
}

function showGroup(arm: Arm, group: Resource): Resource {
  const users = usersOf(arm.world, group);
  const subnets = users.filter((user) => user.type === subnetTypeName).map(({ id }) => ({ id }));
  const interfaces = users.filter((user) => user.type === interfaceTypeName).map(({ id }) => ({ id }));
  return {
    ...group,
    properties: {
      ...group.properties,
      securityRules: rulesOf(arm.world, keyOf(group)),
      defaultSecurityRules: defaultRules.map(({ name, type, properties }) => ({
        id: `${group.id}/defaultSecurityRules/${name}`,
        name,
        type,
        properties,
      })),
      ...(subnets.length > 0 ? { subnets } : {}),
      ...(interfaces.length > 0 ? { networkInterfaces: interfaces } : {}),
    },
  };
}

function defaultRule(
  name: string,
  priority: number,
  direction: 'Inbound' | 'Outbound',
  [sourceAddressPrefix, destinationAddressPrefix]: [string, string],
) {
  return {
    id: name,
    name,
    type: `${securityGroupTypeName}/defaultSecurityRules`,
    properties: {
      provisioningState: 'Succeeded',
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix,
      destinationAddressPrefix,
      access: name.startsWith('Deny') ? ('Deny' as const) : ('Allow' as const),
      priority,
      direction,
    },
  };
}
