/** The table of resource types. A new one is a file in types/ and a line here. */
import type { ResourceType } from './resource-type.ts';
import { loadBalancers } from './types/load-balancers.ts';
import { managedApplications } from './types/managed-applications.ts';
import { peerings } from './types/peerings.ts';
import { privateDnsZones } from './types/private-dns-zones.ts';
import { addressRecords } from './types/record-sets.ts';
import { subnets } from './types/subnets.ts';
import { virtualNetworkLinks } from './types/virtual-network-links.ts';
import { virtualNetworks } from './types/virtual-networks.ts';

const types: readonly ResourceType[] = [
  virtualNetworks,
  subnets,
  peerings,
  loadBalancers,
  privateDnsZones,
  addressRecords,
  virtualNetworkLinks,
  managedApplications,
];

const byName = new Map(types.map((type) => [type.name.toLowerCase(), type]));

/** In any case; undefined for a type that the simulator knows nothing about. */
export function typeNamed(name: string): ResourceType | undefined {
  return byName.get(name.toLowerCase());
}
