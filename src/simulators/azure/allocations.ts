/** Which addresses of a subnet are taken, and by what: load balancers, network interfaces and gateways. */
import { isReserved, nextFree, prefixesContain } from './address-space.ts';
import { badRequest } from './arm-error.ts';
import { gatewayTypeName, interfaceTypeName } from './type-names.ts';
import { frontendsIn } from './types/load-balancers.ts';
import { type Json, keyOf, listOfType, type Resource, type SubResource, type World } from './world.ts';

export interface Allocation {
  /** Of the IP configuration that holds the address. */
  id: string;
  /** Undefined where Azure does not say. */
  address: string | undefined;
  /** The load balancer, network interface or gateway. */
  holder: Resource;
}

export function subnetPrefixes(subnet: Resource): string[] {
  const { addressPrefix, addressPrefixes } = subnet.properties as {
    addressPrefix?: string;
    addressPrefixes?: string[];
  };
  return addressPrefixes ?? (addressPrefix === undefined ? [] : [addressPrefix]);
}

export function allocationsIn(world: World, subnetKey: string): Allocation[] {
  const holders = [interfaceTypeName, gatewayTypeName].flatMap((type) => listOfType(world, type));
  return [
    ...frontendsIn(world, subnetKey).map(({ id, address, balancer }) => ({ id, address, holder: balancer })),
    ...holders.flatMap((holder) => allocationsOf(holder, subnetKey)),
  ];
}

export interface AddressWish {
  /** Id of the resource that asks. */
  by: string;
  /** Absent: any. */
  address?: string;
  /** Given out a moment ago, in the same request. */
  besides?: readonly string[];
}

/** The next free address of a subnet, or the wanted one. */
export function allocate(world: World, subnet: Resource, wish: AddressWish): string {
  const { by, address: wanted, besides = [] } = wish;
  const taken = allocationsIn(world, keyOf(subnet)).filter((each) => each.address !== undefined);
  const prefixes = subnetPrefixes(subnet);
  if (wanted === undefined) {
    return nextFree(prefixes, new Set([...besides, ...taken.map((each) => each.address ?? '')])) ?? refuseFull(subnet);
  }
  if (!prefixesContain(prefixes, wanted)) {
    throw badRequest(
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${wanted} does not belong to the range of subnet prefix ${prefixes.join(', ')}.`,
    );
  }
  if (isReserved(prefixes, wanted)) {
    throw badRequest(
      'PrivateIPAddressInReservedRange',
      `Private static IP address ${wanted} falls within reserved IP range of subnet prefix ${prefixes.join(', ')}.`,
    );
  }
  const other = taken.find((each) => each.address === wanted);
  if (other !== undefined) {
    throw badRequest(
      'PrivateIPAddressIsAllocated',
      `IP configuration of ${by} is using the private IP address ${wanted} which is already allocated to resource ${other.id}.`,
    );
  }
  return wanted;
}

function refuseFull(subnet: Resource): never {
  throw badRequest(
    'SubnetIsFull',
    `Subnet ${subnet.name} with address prefix ${subnetPrefixes(subnet).join(', ')} does not have enough capacity for 1 IP addresses.`,
  );
}

function allocationsOf(holder: Resource, subnetKey: string): Allocation[] {
  const configurations = (holder.properties['ipConfigurations'] ?? []) as { id: string; properties: Json }[];
  return configurations
    .filter(({ properties }) => (properties['subnet'] as SubResource | undefined)?.id.toLowerCase() === subnetKey)
    .map(({ id, properties }) => ({ id, address: properties['privateIPAddress'] as string | undefined, holder }));
}
