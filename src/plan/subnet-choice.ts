/** Which subnet takes a new endpoint, or lends its addresses to a private link service. */
import { sizeOf } from './address-space.ts';
import { limits } from './limits.ts';
import type { NetworkSeen, SubnetSeen } from './world.ts';

/** Azure keeps these for one kind of resource each. */
const reservedNames: ReadonlySet<string> = new Set([
  'gatewaysubnet',
  'azurefirewallsubnet',
  'azurefirewallmanagementsubnet',
  'azurebastionsubnet',
  'routeserversubnet',
]);

/** People name a subnet after what it is for. */
const endpointWords = /endpoint|private-?link|\bpe\b|\bpls?\b/i;

/** Addresses that are left, as far as Azure lists those that are taken. */
export function freeAddresses(subnet: SubnetSeen): bigint {
  const left = allAddresses(subnet) - BigInt(limits.reservedPerSubnet + subnet.used);
  return left > 0n ? left : 0n;
}

function allAddresses(subnet: SubnetSeen): bigint {
  return subnet.prefixes.reduce((sum, prefix) => sum + sizeOf(prefix), 0n);
}

export function mayHost(subnet: SubnetSeen): boolean {
  return subnet.delegations.length === 0 && !reservedNames.has(subnet.name.toLowerCase());
}

/** Best first: named for it, then the largest, then by name. */
export function endpointSubnets(network: NetworkSeen): SubnetSeen[] {
  return hostsOf(network).toSorted(
    (left, right) => rank(right, left, (subnet) => Number(endpointWords.test(subnet.name))) || byRoom(left, right),
  );
}

/** Best first: open to link services already, then not the subnet of the apps themselves, then as for endpoints. */
export function linkServiceSubnets(network: NetworkSeen, appSubnet: string | null): SubnetSeen[] {
  return hostsOf(network).toSorted(
    (left, right) =>
      rank(right, left, (subnet) => Number(subnet.linkServicePolicies === 'Disabled')) ||
      rank(right, left, (subnet) => Number(subnet.id.toLowerCase() !== appSubnet?.toLowerCase())) ||
      rank(right, left, (subnet) => Number(endpointWords.test(subnet.name))) ||
      byRoom(left, right),
  );
}

function hostsOf(network: NetworkSeen): SubnetSeen[] {
  return (network.subnets ?? []).filter((subnet) => mayHost(subnet) && freeAddresses(subnet) > 0n);
}

function rank(one: SubnetSeen, other: SubnetSeen, by: (subnet: SubnetSeen) => number): number {
  return by(one) - by(other);
}

/** By size, not by what is free: an address taken between approval and work must not move the plan elsewhere. */
function byRoom(left: SubnetSeen, right: SubnetSeen): number {
  const [one, other] = [allAddresses(left), allAddresses(right)];
  return one === other ? (left.name < right.name ? -1 : 1) : one > other ? -1 : 1;
}
