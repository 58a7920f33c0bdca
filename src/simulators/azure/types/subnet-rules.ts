/** What Azure checks before it takes a subnet, alone or inside the body of its network; each rule throws. */
import { allocationsIn, subnetPrefixes } from '../allocations.ts';
import { isPrefix, overlaps, prefixesContain, prefixWithin } from '../address-space.ts';
import { badRequest, invalidReference } from '../arm-error.ts';
import { linkedResource } from '../linked.ts';
import { sameRegion } from '../location.ts';
import type { Write } from '../resource-type.ts';
import { routeTableTypeName, securityGroupTypeName } from '../type-names.ts';
import { keyOf, type Json, type Resource, type SubResource, type World } from '../world.ts';
import { prefixesOf } from './peering-state.ts';

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

/** The security group and the route table that a subnet names must exist, stand in its region and be joinable. */
export function checkAttachments(write: Write, subnet: Resource, location: string | undefined): void {
  for (const [property, type] of [
    ['networkSecurityGroup', securityGroupTypeName],
    ['routeTable', routeTableTypeName],
  ] as const) {
    const id = (subnet.properties[property] as Partial<SubResource> | null | undefined)?.id;
    if (id === undefined) {
      continue;
    }
    const attached = linkedResource(write, id, { type, verb: 'join/action' });
    if (attached === undefined || !sameRegion(attached.location, location)) {
      throw invalidReference(id, subnet.id);
    }
  }
}

/** What lives in the subnet limits what may change about it. */
export function refuseHarmfulChange(world: World, subnet: Resource, before: Resource): void {
  const users = allocationsIn(world, keyOf(before));
  const lost = users.find(({ address }) => address !== undefined && !prefixesContain(subnetPrefixes(subnet), address));
  if (lost !== undefined) {
    throw badRequest(
      'InUsePrefixCannotBeDeleted',
      `IpPrefix ${subnetPrefixes(before).join(', ')} on Subnet ${before.name} has active allocations and cannot be deleted.`,
    );
  }
  const linkService = users.find(({ holder }) => holder.properties['privateLinkService'] !== undefined);
  if (linkService !== undefined && subnet.properties['privateLinkServiceNetworkPolicies'] !== 'Disabled') {
    throw badRequest(
      'PrivateLinkServiceNetworkPoliciesCannotBeEnabledOnPrivateLinkServiceSubnet',
      `Private link service network policies cannot be enabled on private link service subnet ${subnet.id}.`,
    );
  }
  const [owner] = (before.properties['serviceAssociationLinks'] ?? []) as Json[];
  if (owner !== undefined && delegationsOf(subnet).join() !== delegationsOf(before).join()) {
    throw badRequest(
      'SubnetDelegationsCannotChangeWhenSubnetUsedByResource',
      `Delegations of subnet ${subnet.id} cannot be changed from [${delegationsOf(before).join()}] to [${delegationsOf(subnet).join()}] because it is being used by the resource ${String(owner['id'])}.`,
    );
  }
}

export function refuseSubnetInUse(subnet: Resource, users: readonly SubResource[]): void {
  const [owner] = (subnet.properties['serviceAssociationLinks'] ?? []) as SubResource[];
  const user = users[0] ?? owner;
  if (user !== undefined) {
    throw badRequest(
      'InUseSubnetCannotBeDeleted',
      `Subnet ${subnet.name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    );
  }
}

/** Names of the services that have the subnet for themselves. */
export function delegationsOf(subnet: Resource): string[] {
  return ((subnet.properties['delegations'] ?? []) as { properties?: { serviceName?: string } }[]).map(
    (delegation) => delegation.properties?.serviceName ?? '',
  );
}
