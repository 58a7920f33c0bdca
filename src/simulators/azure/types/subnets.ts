/** Subnets: a PUT replaces the whole body; one that is in use cannot go. */
import { allocationsIn } from '../allocations.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { endpointTypeName } from '../type-names.ts';
import { type Arm, type Json, keyOf, listOfType, type Resource, type SubResource, type World } from '../world.ts';
import { checkAttachments, checkSubnet, refuseHarmfulChange, refuseSubnetInUse } from './subnet-rules.ts';

export const subnetTypeName = 'Microsoft.Network/virtualNetworks/subnets';

const readOnly = new Set([
  'provisioningState',
  'ipConfigurations',
  'ipConfigurationProfiles',
  'privateEndpoints',
  'resourceNavigationLinks',
  'serviceAssociationLinks',
  'purpose',
]);

export const subnets: ResourceType = {
  name: subnetTypeName,
  family: 'network',
  work: 'subnet',
  put: putSubnet,
  remove: (arm, resource) => refuseSubnetInUse(resource, usersOf(arm.world, resource)),
  show: (arm, resource) => showSubnet(arm.world, resource),
};

function putSubnet(write: Write): Draft {
  const properties = subnetProperties(write.body, write.existing);
  const network = write.parent as Resource;
  const subnet: Resource = { id: write.fullId, name: write.id.name, type: subnetTypeName, properties };
  const siblings = subnetsOf(write.arm.world, keyOf(network)).filter((each) => keyOf(each) !== write.id.key);
  checkSubnet(subnet, network, siblings);
  checkAttachments(write, subnet, network.location);
  if (write.existing !== undefined) {
    refuseHarmfulChange(write.arm.world, subnet, write.existing);
  }
  return { properties };
}

export function subnetsOf(world: World, networkKey: string): Resource[] {
  return listOfType(world, subnetTypeName, networkKey);
}

/** What a body makes of a subnet: read-only properties are the service's own. */
export function subnetProperties(body: Json, existing: Resource | undefined): Json {
  const wanted = Object.entries((body['properties'] ?? {}) as Json).filter(([name]) => !readOnly.has(name));
  const kept = Object.entries(existing?.properties ?? {}).filter(([name]) => readOnly.has(name));
  return {
    delegations: [],
    privateEndpointNetworkPolicies: 'Disabled',
    privateLinkServiceNetworkPolicies: 'Enabled',
    ...Object.fromEntries(kept),
    ...Object.fromEntries(wanted),
  };
}

/** Addresses handed out in a subnet: those of this world's resources, and what the world says of others. */
export function usersOf(world: World, subnet: Resource): SubResource[] {
  const stored = (subnet.properties['ipConfigurations'] ?? []) as SubResource[];
  return [...stored, ...allocationsIn(world, keyOf(subnet)).map(({ id }) => ({ id }))];
}

export function showSubnet(world: World, subnet: Resource): Resource {
  const users = usersOf(world, subnet);
  const endpoints = listOfType(world, endpointTypeName)
    .filter((endpoint) => (endpoint.properties['subnet'] as SubResource).id.toLowerCase() === keyOf(subnet))
    .map(({ id }) => ({ id }));
  const { ipConfigurations: _, privateEndpoints: __, ...properties } = subnet.properties;
  return {
    ...subnet,
    properties: {
      ...properties,
      ...(users.length > 0 ? { ipConfigurations: users } : {}),
      ...(endpoints.length > 0 ? { privateEndpoints: endpoints } : {}),
    },
  };
}

/** Marks the subnets of a network as done. */
export function subnetsDone(arm: Arm, network: Resource): void {
  for (const subnet of subnetsOf(arm.world, keyOf(network))) {
    subnet.properties = { ...subnet.properties, provisioningState: 'Succeeded' };
  }
}
