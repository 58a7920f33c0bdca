/** More to plan with: subnets, load balancers, private link services, endpoints, databases, rights. */
import { endpointAddress } from './model/private-link.ts';
import type {
  DatabaseSeen,
  EndpointSeen,
  FrontendSeen,
  LinkServiceSeen,
  NetworkSeen,
  RightsSeen,
  SecurityGroupSeen,
  SecurityRuleSeen,
  SubnetSeen,
} from '../../src/plan/world.ts';
import { hub, mendix, network } from './world.ts';

export const mendixGroup = '/subscriptions/sub-mendix/resourceGroups/mrg-prod';
export const hubGroup = '/subscriptions/sub-hub/resourceGroups/network-hub';

export function subnet(of: NetworkSeen, name: string, prefix: string, more: Partial<SubnetSeen> = {}): SubnetSeen {
  return {
    id: `${of.id}/subnets/${name}`,
    name,
    prefixes: [prefix],
    linkServicePolicies: 'Enabled',
    endpointPolicies: 'Disabled',
    delegations: [],
    securityGroup: null,
    routeTable: null,
    used: 3,
    ...more,
  };
}

/** The environment's network as the cluster is set up: nodes, endpoints, and a subnet that the database has for itself. */
export const managed: NetworkSeen = {
  ...mendix,
  subnets: [
    subnet(mendix, 'aks-nodes', '192.168.0.0/24', { used: 20 }),
    subnet(mendix, 'private-endpoints', '192.168.1.0/26', { used: 4 }),
    subnet(mendix, 'database', '192.168.1.64/26', { delegations: ['Microsoft.DBforPostgreSQL/flexibleServers'] }),
  ],
};

export const hubWithSubnets: NetworkSeen = {
  ...hub,
  subnets: [
    subnet(hub, 'dns', '10.20.0.0/27'),
    subnet(hub, 'people', '10.20.2.0/24', { used: 40 }),
    subnet(hub, 'shared', '10.20.1.0/24'),
  ],
};

/** In a resource group of its own, so that it can have zones of its own. */
export const data: NetworkSeen = inOwnGroup(network('data-vnet', '10.30.0.0/16'), (of) => [
  subnet(of, 'ingest', '10.30.0.0/24'),
]);

export function inOwnGroup(
  seen: NetworkSeen,
  subnets: ((of: NetworkSeen) => SubnetSeen[]) | null = null,
  group = `rg-${seen.name}`,
): NetworkSeen {
  const moved = { ...seen, id: seen.id.replace(seen.resourceGroup, group), resourceGroup: group };
  return subnets === null ? moved : { ...moved, subnets: subnets(moved) };
}

/** A hub with a VPN gateway. */
export const hubWithGateway: NetworkSeen = {
  ...hub,
  subnets: [...(hubWithSubnets.subnets ?? []), subnet(hub, 'GatewaySubnet', '10.20.255.0/27', { used: 2 })],
};

const balancer = `${mendixGroup}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`;

export const frontend: FrontendSeen = {
  loadBalancer: balancer,
  id: `${balancer}/frontendIPConfigurations/ingress`,
  name: 'ingress',
  subnet: `${mendix.id}/subnets/aks-nodes`,
  privateAddress: '192.168.0.10',
  sku: 'Standard',
  ports: [80, 443],
};

export function linkService(name: string, more: Partial<LinkServiceSeen> = {}): LinkServiceSeen {
  return {
    id: `${mendixGroup}/providers/Microsoft.Network/privateLinkServices/${name}`,
    name,
    location: 'westeurope',
    alias: `${name}.6f1e9d1c-2f0d-4b5e-9a3e-0123456789ab.westeurope.azure.privatelinkservice`,
    frontends: [frontend.id ?? ''],
    natSubnets: [`${mendix.id}/subnets/private-endpoints`],
    visibleTo: ['sub-hub'],
    autoApproves: [],
    connections: [],
    ...more,
  };
}

/** An internal service of the company, behind a private link service of its own. */
export const erp: LinkServiceSeen = linkService('pls-erp', {
  id: `${hubGroup}/providers/Microsoft.Network/privateLinkServices/pls-erp`,
  frontends: [`${hubGroup}/providers/Microsoft.Network/loadBalancers/erp/frontendIPConfigurations/front`],
  natSubnets: [`${hub.id}/subnets/shared`],
  visibleTo: ['*'],
});

export function endpoint(name: string, at: SubnetSeen, target: string, more: Partial<EndpointSeen> = {}): EndpointSeen {
  const group = at.id.split('/providers/')[0] ?? '';
  return {
    id: `${group}/providers/Microsoft.Network/privateEndpoints/${name}`,
    name,
    location: 'westeurope',
    subnet: at.id,
    target,
    manual: true,
    state: 'Approved',
    address: endpointAddress(at),
    ...more,
  };
}

export function subnetOf(of: NetworkSeen, name: string): SubnetSeen {
  const found = of.subnets?.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`${of.name} has no subnet ${name}.`);
  }
  return found;
}

export function database(role: DatabaseSeen['role'], more: Partial<DatabaseSeen> = {}): DatabaseSeen {
  const name = role === 'primary' ? 'mx-prod-db' : 'mx-prod-db-replica';
  return {
    id: `${mendixGroup}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${name}`,
    name,
    fqdn: `${name}.postgres.database.azure.com`,
    role,
    access: 'private',
    address: role === 'primary' ? '192.168.1.20' : '192.168.1.21',
    ...more,
  };
}

export function rights(scope: string, more: Partial<RightsSeen> = {}): RightsSeen {
  return { scope, allowed: [{ actions: ['*'], notActions: [] }], denied: [], locks: [], ...more };
}

/** The publisher's deny assignment: all writing but what customers need. */
export const publisherDeny: RightsSeen['denied'][number] = {
  name: 'System deny assignment of managed application mendix-prod',
  actions: ['*'],
  except: [
    '*/read',
    'Microsoft.Network/virtualNetworks/peer/action',
    'Microsoft.Network/virtualNetworks/join/action',
    'Microsoft.Network/virtualNetworks/virtualNetworkPeerings/*',
    'Microsoft.Network/virtualNetworks/subnets/*',
    'Microsoft.Network/loadBalancers/frontendIPConfigurations/join/action',
    'Microsoft.Network/privateLinkServices/*',
    'Microsoft.Network/privateEndpoints/*',
    'Microsoft.Network/privateDnsZones/*',
  ],
};

export const allRights: RightsSeen[] = [rights(mendixGroup, { denied: [publisherDeny] }), rights(hubGroup)];

export function rule(name: string, more: Partial<SecurityRuleSeen> = {}): SecurityRuleSeen {
  return {
    name,
    priority: 4000,
    direction: 'Outbound',
    access: 'Deny',
    protocol: '*',
    sources: ['*'],
    destinations: ['*'],
    destinationPorts: ['*'],
    ...more,
  };
}

export function securityGroup(name: string, rules: readonly SecurityRuleSeen[], group = hubGroup): SecurityGroupSeen {
  return { id: `${group}/providers/Microsoft.Network/networkSecurityGroups/${name}`, name, rules };
}

/** The network with this security group or route table on one of its subnets. */
export function guarded(of: NetworkSeen, name: string, by: Partial<SubnetSeen>): NetworkSeen {
  return {
    ...of,
    subnets: (of.subnets ?? []).map((each) => (each.name === name ? Object.assign({}, each, by) : each)),
  };
}
