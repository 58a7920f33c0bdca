/** The table of resource types. A new one is a file in types/ and a line here. */
import type { ResourceType } from './resource-type.ts';
import { endpointConnections } from './types/endpoint-connections.ts';
import { flexibleServers } from './types/flexible-servers.ts';
import { loadBalancers } from './types/load-balancers.ts';
import { managedApplications } from './types/managed-applications.ts';
import { networkInterfaces } from './types/network-interfaces.ts';
import { networkWatchers } from './types/network-watchers.ts';
import { peerings } from './types/peerings.ts';
import { privateDnsZones } from './types/private-dns-zones.ts';
import { privateEndpoints } from './types/private-endpoints.ts';
import { privateLinkServices } from './types/private-link-services.ts';
import { publicAddresses } from './types/public-addresses.ts';
import { addressRecords } from './types/record-sets.ts';
import { routeTables } from './types/route-tables.ts';
import { routes } from './types/routes.ts';
import { securityGroups } from './types/security-groups.ts';
import { securityRules } from './types/security-rules.ts';
import { subnets } from './types/subnets.ts';
import { machineExtensions, virtualMachines } from './types/virtual-machines.ts';
import { virtualNetworkGateways } from './types/virtual-network-gateways.ts';
import { virtualNetworkLinks } from './types/virtual-network-links.ts';
import { virtualNetworks } from './types/virtual-networks.ts';

const types: readonly ResourceType[] = [
  virtualNetworks,
  subnets,
  peerings,
  virtualNetworkGateways,
  loadBalancers,
  publicAddresses,
  networkInterfaces,
  securityGroups,
  securityRules,
  routeTables,
  routes,
  privateLinkServices,
  endpointConnections,
  privateEndpoints,
  privateDnsZones,
  addressRecords,
  virtualNetworkLinks,
  managedApplications,
  flexibleServers,
  networkWatchers,
  virtualMachines,
  machineExtensions,
];

const byName = new Map(types.map((type) => [type.name.toLowerCase(), type]));

/** In any case; undefined for a type that the simulator knows nothing about. */
export function typeNamed(name: string): ResourceType | undefined {
  return byName.get(name.toLowerCase());
}
