/** Subnets: a PUT replaces the whole body; one that is in use cannot go. */
import { isPrefix, overlaps, prefixWithin } from '../address-space.ts';
import { badRequest } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { type Arm, type Json, keyOf, listOfType, type Resource, type SubResource, type World } from '../world.ts';
import { frontendsIn } from './load-balancers.ts';
import { prefixesOf } from './peering-state.ts';

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
  remove: (arm, resource) => refuseSubnetInUse(arm.world, resource),
  show: (arm, resource) => showSubnet(arm.world, resource),
};

function putSubnet(write: Write): Draft {
  const properties = subnetProperties(write.body, write.existing);
  const network = write.parent as Resource;
  const siblings = subnetsOf(write.arm.world, keyOf(network)).filter((subnet) => keyOf(subnet) !== write.id.key);
  checkSubnet({ id: write.fullId, name: write.id.name, type: subnetTypeName, properties }, network, siblings);
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

export function checkSubnet(subnet: Resource, network: Resource, siblings: Resource[]): void {
  const prefixes = subnetPrefixes(subnet);
  if (prefixes.length === 0 || !prefixes.every(isPrefix)) {
    throw badRequest(
      'InvalidAddressPrefixFormat',
      `Address prefix ${prefixes.join(', ')} of resource ${subnet.id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  if (!prefixes.every((prefix) => prefixWithin(prefix, prefixesOf(network)))) {
    throw badRequest(
      'NetcfgInvalidSubnet',
      `Subnet '${subnet.name}' is not valid in virtual network '${network.name}'.`,
    );
  }
  const clash = siblings.find((sibling) => overlaps(prefixes, subnetPrefixes(sibling)).length > 0);
  if (clash !== undefined) {
    throw badRequest(
      'NetcfgSubnetRangesOverlap',
      `Subnet '${subnet.name}' is not valid because its IP address range overlaps with that of an existing subnet '${clash.name}' in virtual network '${network.name}'.`,
    );
  }
}

export function refuseSubnetInUse(world: World, subnet: Resource): void {
  const user = usersOf(world, subnet)[0];
  if (user !== undefined) {
    throw badRequest(
      'InUseSubnetCannotBeDeleted',
      `Subnet ${subnet.name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    );
  }
}

/** Addresses handed out in a subnet: those of its load balancers, and what the world says of network interfaces. */
function usersOf(world: World, subnet: Resource): SubResource[] {
  const stored = (subnet.properties['ipConfigurations'] ?? []) as SubResource[];
  const interfaces = stored.filter((user) => !/\/frontendipconfigurations\//i.test(user.id));
  return [...interfaces, ...frontendsIn(world, keyOf(subnet)).map(({ id }) => ({ id }))];
}

function subnetPrefixes(subnet: Resource): string[] {
  const { addressPrefix, addressPrefixes } = subnet.properties as {
    addressPrefix?: string;
    addressPrefixes?: string[];
  };
  return addressPrefixes ?? (addressPrefix === undefined ? [] : [addressPrefix]);
}

export function showSubnet(world: World, subnet: Resource): Resource {
  const users = usersOf(world, subnet);
  const { ipConfigurations: _, ...properties } = subnet.properties;
  return { ...subnet, properties: { ...properties, ...(users.length > 0 ? { ipConfigurations: users } : {}) } };
}

/** Marks the subnets of a network as done. */
export function subnetsDone(arm: Arm, network: Resource): void {
  for (const subnet of subnetsOf(arm.world, keyOf(network))) {
    subnet.properties = { ...subnet.properties, provisioningState: 'Succeeded' };
  }
}
