/** Bodies of the commonest resources of which the example world is made, in one region unless said otherwise. */
import type { Json } from '../world.ts';

const location = 'westeurope';

export function subscription(id: string, displayName: string, tenantId?: string): Json {
  const tenant = tenantId === undefined ? {} : { tenantId };
  return { id: `/subscriptions/${id}`, subscriptionId: id, displayName, state: 'Enabled', ...tenant };
}

/** `managedBy`: id of the managed application whose resources the group holds. */
export function group(id: string, managedBy?: string): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Resources/resourceGroups',
    location,
    ...(managedBy === undefined ? {} : { managedBy }),
    properties: { provisioningState: 'Succeeded' },
  };
}

export function managedApplication(id: string, managedResourceGroupId: string): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Solutions/applications',
    location,
    kind: 'MarketPlace',
    plan: { name: 'mxonazure', product: 'mendix-on-azure', publisher: 'mendixtechnologybv', version: '1.0.0' },
    properties: { managedResourceGroupId, managementMode: 'Managed', provisioningState: 'Succeeded' },
  };
}

/** A prefix, or a prefix with properties that differ from the usual ones. */
type SubnetPart = string | (Json & { addressPrefix: string });

interface NetworkMore {
  peerings?: Json[];
  dnsServers?: string[];
  location?: string;
}

export function network(id: string, prefix: string, subnets: Record<string, SubnetPart>, more: NetworkMore = {}): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/virtualNetworks',
    location: more.location ?? location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: [prefix] },
      dhcpOptions: { dnsServers: more.dnsServers ?? [] },
      enableDdosProtection: false,
      subnets: Object.entries(subnets).map(([name, part]) => ({
        name,
        properties: {
          delegations: [],
          privateEndpointNetworkPolicies: 'Disabled',
          privateLinkServiceNetworkPolicies: 'Enabled',
          ...(typeof part === 'string' ? { addressPrefix: part } : part),
        },
      })),
      virtualNetworkPeerings: more.peerings ?? [],
    },
  };
}

/** A subnet that a service has for itself. */
export function delegatedSubnet(addressPrefix: string, serviceName: string): Json & { addressPrefix: string } {
  return { addressPrefix, delegations: [{ name: 'delegation', properties: { serviceName } }] };
}

/** One half of a pair that is Connected, unless the state says otherwise. */
export function peering(name: string, remoteId: string, remotePrefix: string, peeringState = 'Connected'): Json {
  return {
    name,
    properties: {
      peeringState,
      remoteVirtualNetwork: { id: remoteId },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      peerCompleteVnets: true,
      remoteAddressSpace: { addressPrefixes: [remotePrefix] },
    },
  };
}

export function securityGroup(id: string, rules: Record<string, Json> = {}): Json {
  const any = { protocol: '*', sourcePortRange: '*', destinationPortRange: '*', sourceAddressPrefix: '*' };
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/networkSecurityGroups',
    location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      flushConnection: false,
      securityRules: Object.entries(rules).map(([name, rule]) => ({
        name,
        properties: { provisioningState: 'Succeeded', ...any, destinationAddressPrefix: '*', ...rule },
      })),
    },
  };
}

export function routeTable(id: string, routes: Record<string, Json>): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/routeTables',
    location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      disableBgpRoutePropagation: false,
      routes: Object.entries(routes).map(([name, route]) => ({
        name,
        properties: { provisioningState: 'Succeeded', hasBgpOverride: false, ...route },
      })),
    },
  };
}

/** A zone with its A records, linked to networks. */
export function privateZone(id: string, records: Record<string, string>, networks: readonly string[]): Json[] {
  return [
    { id, name: nameOf(id), type: 'Microsoft.Network/privateDnsZones', location: 'global', tags: {}, properties: {} },
    ...Object.entries(records).map(([name, ipv4Address]) => ({
      id: `${id}/A/${name}`,
      name,
      type: 'Microsoft.Network/privateDnsZones/A',
      properties: { ttl: 300, aRecords: [{ ipv4Address }] },
    })),
    ...networks.map((networkId) => ({
      id: `${id}/virtualNetworkLinks/${nameOf(networkId)}`,
      name: nameOf(networkId),
      type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
      location: 'global',
      tags: {},
      properties: {
        virtualNetwork: { id: networkId },
        registrationEnabled: false,
        resolutionPolicy: 'Default',
        virtualNetworkLinkState: 'Completed',
      },
    })),
  ];
}

export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
