/** Bodies of what answers at an address: load balancers, network interfaces, link services, endpoints, databases. */
import type { Json } from '../world.ts';
import { nameOf } from './parts.ts';

const location = 'westeurope';

/** One frontend with the ports on which it listens. */
export interface FrontendPart {
  name: string;
  /** A private address and its subnet, or the id of a public address. */
  at: { subnetId: string; address: string } | { publicAddressId: string };
  ports: readonly number[];
}

export function loadBalancer(id: string, frontends: readonly FrontendPart[], tags: Json = {}): Json {
  const pool = `${id}/backendAddressPools/kubernetes`;
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/loadBalancers',
    location,
    sku: { name: 'Standard', tier: 'Regional' },
    tags,
    properties: {
      provisioningState: 'Succeeded',
      frontendIPConfigurations: frontends.map((part) => frontend(id, part)),
      backendAddressPools: [{ id: pool, name: 'kubernetes', properties: { provisioningState: 'Succeeded' } }],
      loadBalancingRules: frontends.flatMap(({ name, ports }) => ports.map((port) => rule(id, { name, pool, port }))),
      probes: [],
      inboundNatRules: [],
      outboundRules: [],
    },
  };
}

function frontend(balancerId: string, { name, at }: FrontendPart): Json {
  const address =
    'publicAddressId' in at
      ? { privateIPAllocationMethod: 'Dynamic', publicIPAddress: { id: at.publicAddressId } }
      : {
          privateIPAddress: at.address,
          privateIPAllocationMethod: 'Dynamic',
          privateIPAddressVersion: 'IPv4',
          subnet: { id: at.subnetId },
        };
  return {
    id: frontendId(balancerId, name),
    name,
    type: 'Microsoft.Network/loadBalancers/frontendIPConfigurations',
    properties: { provisioningState: 'Succeeded', ...address },
  };
}

export function frontendId(balancerId: string, name: string): string {
  return `${balancerId}/frontendIPConfigurations/${name}`;
}

function rule(balancerId: string, to: { name: string; pool: string; port: number }): Json {
  const name = `${to.name}-TCP-${to.port}`;
  return {
    id: `${balancerId}/loadBalancingRules/${name}`,
    name,
    properties: {
      provisioningState: 'Succeeded',
      frontendIPConfiguration: { id: frontendId(balancerId, to.name) },
      backendAddressPool: { id: to.pool },
      protocol: 'Tcp',
      frontendPort: to.port,
      backendPort: to.port,
      enableFloatingIP: true,
      idleTimeoutInMinutes: 30,
    },
  };
}

export function publicAddress(id: string, ipAddress: string): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/publicIPAddresses',
    location,
    sku: { name: 'Standard', tier: 'Regional' },
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      ipAddress,
      publicIPAddressVersion: 'IPv4',
      publicIPAllocationMethod: 'Static',
    },
  };
}

/** `more`: whom it belongs to, or whether it forwards. */
export function networkInterface(id: string, subnetId: string, privateIPAddress: string, more: Json = {}): Json {
  return {
    id,
    name: nameOf(id),
    type: 'Microsoft.Network/networkInterfaces',
    location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      ipConfigurations: [
        {
          name: 'ipconfig1',
          properties: {
            provisioningState: 'Succeeded',
            privateIPAddress,
            privateIPAllocationMethod: 'Dynamic',
            privateIPAddressVersion: 'IPv4',
            primary: true,
            subnet: { id: subnetId },
          },
        },
      ],
      enableIPForwarding: false,
      ...more,
    },
  };
}

export interface LinkServicePart {
  alias: string;
  frontendId: string;
  subnetId: string;
  natAddress: string;
  visibleTo: string[];
  autoApproves: string[];
}

/** The service and the interface with the address that its callers seem to have. */
export function linkService(id: string, part: LinkServicePart): Json[] {
  const nic = `${id.replace('/privateLinkServices/', '/networkInterfaces/')}.nic.5b0c1f6e`;
  const subnet = { id: part.subnetId };
  return [
    {
      id,
      name: nameOf(id),
      type: 'Microsoft.Network/privateLinkServices',
      location,
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        alias: part.alias,
        fqdns: [],
        visibility: { subscriptions: part.visibleTo },
        autoApproval: { subscriptions: part.autoApproves },
        enableProxyProtocol: false,
        accessMode: 'Default',
        loadBalancerFrontendIpConfigurations: [{ id: part.frontendId }],
        ipConfigurations: [
          {
            id: `${id}/ipConfigurations/nat`,
            name: 'nat',
            type: 'Microsoft.Network/privateLinkServices/ipConfigurations',
            properties: {
              privateIPAllocationMethod: 'Dynamic',
              privateIPAddressVersion: 'IPv4',
              primary: true,
              subnet,
            },
          },
        ],
        networkInterfaces: [{ id: nic }],
      },
    },
    networkInterface(nic, part.subnetId, part.natAddress, { privateLinkService: { id } }),
  ];
}

/** An endpoint of a service of Azure, as a cluster makes them for what it uses; approved long ago. */
export function serviceEndpoint(
  id: string,
  at: { subnetId: string; address: string },
  target: string,
  group: string,
): Json[] {
  const nic = `${id.replace('/privateEndpoints/', '/networkInterfaces/')}.nic.7c1d2e3f`;
  const state = { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' };
  return [
    {
      id,
      name: nameOf(id),
      type: 'Microsoft.Network/privateEndpoints',
      location,
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        subnet: { id: at.subnetId },
        networkInterfaces: [{ id: nic }],
        ipConfigurations: [],
        customDnsConfigs: [],
        customNetworkInterfaceName: '',
        privateLinkServiceConnections: [
          {
            id: `${id}/privateLinkServiceConnections/${nameOf(id)}`,
            name: nameOf(id),
            type: 'Microsoft.Network/privateEndpoints/privateLinkServiceConnections',
            properties: {
              provisioningState: 'Succeeded',
              privateLinkServiceId: target,
              groupIds: [group],
              privateLinkServiceConnectionState: state,
            },
          },
        ],
        manualPrivateLinkServiceConnections: [],
      },
    },
    networkInterface(nic, at.subnetId, at.address, { privateEndpoint: { id } }),
  ];
}

interface DatabasePart {
  /** Id of the server of which it is a copy. */
  replicaOf?: string;
  /** Whether it has copies. */
  primary?: boolean;
  /** How its network reaches it. */
  by: { endpointId: string } | { subnetId: string; zoneId: string };
}

export function flexibleServer(id: string, part: DatabasePart): Json {
  const name = nameOf(id);
  const role = part.replicaOf === undefined ? (part.primary === true ? 'Primary' : 'None') : 'AsyncReplica';
  return {
    id,
    name,
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    location,
    sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' },
    tags: {},
    properties: {
      fullyQualifiedDomainName: `${name}.postgres.database.azure.com`,
      state: 'Ready',
      version: '16',
      administratorLogin: 'mxadmin',
      replicationRole: role,
      replicaCapacity: part.replicaOf === undefined ? 5 : 0,
      replica: { role, capacity: part.replicaOf === undefined ? 5 : 0 },
      ...(part.replicaOf === undefined ? {} : { sourceServerResourceId: part.replicaOf }),
      ...accessOf(id, part.by),
    },
  };
}

function accessOf(id: string, by: DatabasePart['by']): Json {
  if ('subnetId' in by) {
    return {
      network: {
        publicNetworkAccess: 'Disabled',
        delegatedSubnetResourceId: by.subnetId,
        privateDnsZoneArmResourceId: by.zoneId,
      },
      privateEndpointConnections: [],
    };
  }
  const name = `${nameOf(by.endpointId)}.7c1d2e3f`;
  return {
    network: { publicNetworkAccess: 'Disabled' },
    privateEndpointConnections: [
      {
        id: `${id}/privateEndpointConnections/${name}`,
        name,
        type: 'Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections',
        properties: {
          provisioningState: 'Succeeded',
          groupIds: ['postgresqlServer'],
          privateEndpoint: { id: by.endpointId },
          privateLinkServiceConnectionState: { status: 'Approved', description: 'Auto-Approved', actionsRequired: '' },
        },
      },
    ],
  };
}
