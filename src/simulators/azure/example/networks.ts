/** The company's other networks: some fit, each of the others shows one thing that can stand in the way. */
import type { Json } from '../world.ts';
import { exampleGateway, exampleGroups, exampleNetworks, exampleProbe, resourceId } from './ids.ts';
import { networkInterface } from './link-parts.ts';
import { delegatedSubnet, group, network, peering, privateZone, routeTable, securityGroup } from './parts.ts';
import { probeMachine } from './probe.ts';

export function otherNetworks(): Json[] {
  return [...plainNetworks(), ...networksWithDnsServers(), ...vault(), ...compact(), ...zoneOfRetail(), ...probe()];
}

export function otherGroups(): Json[] {
  const {
    mendix: _mendix,
    mendixProdManaged: _prod,
    mendixAccManaged: _acc,
    mendixUatManaged: _uat,
    mendixPilotManaged: _pilot,
    ...rest
  } = exampleGroups;
  return Object.values(rest).map((id) => group(id));
}

function plainNetworks(): Json[] {
  const { hub, data, legacy, partner, spoke7, retail, depot, america, governed, regulated } = exampleNetworks;
  return [
    network(hub, '10.20.0.0/16', { dns: '10.20.0.0/27', shared: '10.20.1.0/24', people: '10.20.2.0/24' }),
    network(data, '10.30.0.0/16', { ingest: '10.30.0.0/24' }),
    network(legacy, '192.168.2.0/24', { servers: '192.168.2.0/25' }),
    network(
      partner,
      '10.40.0.0/16',
      { shared: '10.40.0.0/24' },
      { peerings: [peering('to-spoke-7', spoke7, '192.168.0.0/20')] },
    ),
    network(
      spoke7,
      '192.168.0.0/20',
      { servers: '192.168.8.0/24' },
      { peerings: [peering('to-partner', partner, '10.40.0.0/16')] },
    ),
    network(retail, '10.63.0.0/16', { shops: '10.63.1.0/24' }),
    network(
      depot,
      '10.64.0.0/16',
      { scanners: '10.64.1.0/24' },
      { peerings: [peering('to-mendix-prod', exampleNetworks.mendixProd, '192.168.0.0/22', 'Disconnected')] },
    ),
    network(america, '10.65.0.0/16', { people: '10.65.1.0/24' }, { location: 'eastus' }),
    network(governed, '10.68.0.0/16', { servers: '10.68.1.0/24' }),
    network(regulated, '10.69.0.0/16', { servers: '10.69.1.0/24' }),
  ];
}

/** corp-vnet and branch-vnet ask a server in corp-vnet; office-vnet asks one in the head office, behind its gateway. */
function networksWithDnsServers(): Json[] {
  const { corp, branch, office } = exampleNetworks;
  const gatewaySubnet = `${office}/subnets/GatewaySubnet`;
  return [
    network(
      corp,
      '10.60.0.0/16',
      { dns: '10.60.0.0/27', people: '10.60.1.0/24' },
      {
        dnsServers: ['10.60.0.4'],
        peerings: [
          peering('to-branch', branch, '10.62.0.0/16'),
          peering('to-mendix-acc', exampleNetworks.mendixAcc, '192.168.4.0/22'),
        ],
      },
    ),
    network(
      branch,
      '10.62.0.0/16',
      { people: '10.62.1.0/24' },
      { dnsServers: ['10.60.0.4'], peerings: [peering('to-corp', corp, '10.60.0.0/16')] },
    ),
    networkInterface(
      resourceId(exampleGroups.corp, 'networkInterfaces', 'corp-dns-1'),
      `${corp}/subnets/dns`,
      '10.60.0.4',
    ),
    network(
      office,
      '10.61.0.0/16',
      { GatewaySubnet: '10.61.255.0/27', people: '10.61.1.0/24' },
      { dnsServers: ['172.16.0.53'] },
    ),
    {
      id: exampleGateway,
      name: 'office-gateway',
      type: 'Microsoft.Network/virtualNetworkGateways',
      location: 'westeurope',
      tags: {},
      properties: {
        provisioningState: 'Succeeded',
        gatewayType: 'Vpn',
        vpnType: 'RouteBased',
        sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
        ipConfigurations: [
          {
            id: `${exampleGateway}/ipConfigurations/default`,
            name: 'default',
            properties: { privateIPAllocationMethod: 'Dynamic', subnet: { id: gatewaySubnet } },
          },
        ],
      },
    },
  ];
}

/** Rules and routes that keep people away from every other private network. */
function vault(): Json[] {
  const nsg = resourceId(exampleGroups.vault, 'networkSecurityGroups', 'vault-people-nsg');
  const routes = resourceId(exampleGroups.vault, 'routeTables', 'vault-people-routes');
  return [
    securityGroup(nsg, {
      'deny-private': {
        priority: 200,
        direction: 'Outbound',
        access: 'Deny',
        destinationAddressPrefix: '192.168.0.0/16',
        description: 'No way from here to other private networks.',
      },
      'allow-people': {
        priority: 300,
        direction: 'Inbound',
        access: 'Allow',
        protocol: 'Tcp',
        destinationPortRange: '443',
        sourceAddressPrefix: 'VirtualNetwork',
      },
    }),
    routeTable(routes, { 'drop-mendix-prod': { addressPrefix: '192.168.0.0/22', nextHopType: 'None' } }),
    network(exampleNetworks.vault, '10.66.0.0/16', {
      people: { addressPrefix: '10.66.1.0/24', networkSecurityGroup: { id: nsg }, routeTable: { id: routes } },
      endpoints: { addressPrefix: '10.66.2.0/24', privateEndpointNetworkPolicies: 'Enabled' },
    }),
  ];
}

/** What lets Network Watcher try connections from data-vnet. */
function probe(): Json[] {
  const at = { subnetId: `${exampleNetworks.data}/subnets/ingest`, address: '10.30.0.200' };
  return probeMachine(exampleProbe.virtualMachine, exampleProbe.networkWatcher, at);
}

/** No subnet has a place for an endpoint: one is full, the other is somebody's own. */
function compact(): Json[] {
  const full = `${exampleNetworks.compact}/subnets/machines`;
  return [
    network(exampleNetworks.compact, '10.67.0.0/24', {
      machines: '10.67.0.0/29',
      websites: delegatedSubnet('10.67.0.32/27', 'Microsoft.Web/serverFarms'),
    }),
    ...['10.67.0.4', '10.67.0.5', '10.67.0.6'].map((address, index) =>
      networkInterface(resourceId(exampleGroups.compact, 'networkInterfaces', `machine-${index + 1}`), full, address),
    ),
  ];
}

/** retail-vnet links a zone of the suffix already, with one app in it. */
function zoneOfRetail(): Json[] {
  const zone = resourceId(exampleGroups.retail, 'privateDnsZones', 'azure.mendixapps.io');
  return privateZone(zone, { billing: '20.101.14.7' }, [exampleNetworks.retail]);
}
