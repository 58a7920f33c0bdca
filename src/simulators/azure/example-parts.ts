/** Bodies of the resources of which the example world is made, all in one region. */
import type { Json } from './world.ts';

const location = 'westeurope';

export function subscription(id: string, displayName: string): Json {
  return { id: `/subscriptions/${id}`, subscriptionId: id, displayName, state: 'Enabled' };
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

export function network(id: string, prefix: string, subnets: Record<string, string>, peerings: Json[] = []): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/virtualNetworks',
    location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: [prefix] },
      dhcpOptions: { dnsServers: [] },
      enableDdosProtection: false,
      subnets: Object.entries(subnets).map(([name, addressPrefix]) => ({
        name,
        properties: {
          addressPrefix,
          delegations: [],
          privateEndpointNetworkPolicies: 'Disabled',
          privateLinkServiceNetworkPolicies: 'Enabled',
        },
      })),
      virtualNetworkPeerings: peerings,
    },
  };
}

/** One half of a pair that is Connected. */
export function peering(name: string, remoteId: string, remotePrefix: string): Json {
  return {
    name,
    properties: {
      peeringState: 'Connected',
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

/** What a cluster makes for its ingress: one frontend, ports 80 and 443. */
export function internalLoadBalancer(id: string, subnetId: string, privateIPAddress: string): Json {
  const frontend = `${id}/frontendIPConfigurations/ingress`;
  const pool = `${id}/backendAddressPools/kubernetes`;
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/loadBalancers',
    location,
    sku: { name: 'Standard', tier: 'Regional' },
    tags: { 'aks-managed-cluster-name': 'mendix' },
    properties: {
      provisioningState: 'Succeeded',
      frontendIPConfigurations: [
        {
          id: frontend,
          name: 'ingress',
          type: 'Microsoft.Network/loadBalancers/frontendIPConfigurations',
          properties: {
            provisioningState: 'Succeeded',
            privateIPAddress,
            privateIPAllocationMethod: 'Dynamic',
            privateIPAddressVersion: 'IPv4',
            subnet: { id: subnetId },
          },
        },
      ],
      backendAddressPools: [{ id: pool, name: 'kubernetes', properties: { provisioningState: 'Succeeded' } }],
      loadBalancingRules: [80, 443].map((port) => rule(id, { frontend, pool, port })),
      probes: [],
      inboundNatRules: [],
      outboundRules: [],
    },
  };
}

function rule(balancerId: string, to: { frontend: string; pool: string; port: number }): Json {
  const name = `ingress-TCP-${to.port}`;
  return {
    id: `${balancerId}/loadBalancingRules/${name}`,
    name,
    properties: {
      provisioningState: 'Succeeded',
      frontendIPConfiguration: { id: to.frontend },
      backendAddressPool: { id: to.pool },
      protocol: 'Tcp',
      frontendPort: to.port,
      backendPort: to.port,
      enableFloatingIP: true,
      idleTimeoutInMinutes: 30,
    },
  };
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
