/**
 * The world that the simulator starts with. Who is who:
 *
 * | thing | where | why it is there |
 * |---|---|---|
 * | mendix-prod, mendix-acc | managed applications in `mendix`, subscription workloads | the environments; their networks are 192.168.0.0/22 and 192.168.4.0/22, their apps answer at .10 |
 * | hub-vnet 10.20.0.0/16 | `network-hub`, connectivity | can be peered with both; a DNS server that forwards to Azure stands at 10.20.0.4 |
 * | data-vnet 10.30.0.0/16 | `data-platform`, analytics | can be peered with both |
 * | legacy-vnet 192.168.2.0/24 | `legacy`, connectivity | overlaps mendix-prod |
 * | partner-vnet 10.40.0.0/16 | `partner`, connectivity | peered with spoke-7-vnet 192.168.0.0/20, which overlaps both environments: Azure refuses a further peering |
 *
 * A publisher's deny assignment covers each managed resource group, with the actions exempt that customers need. In the
 * public DNS, `billing` and `hr` exist under azure.mendixapps.io; `orders` does not.
 */
import { group, internalLoadBalancer, managedApplication, network, peering, subscription } from './example-parts.ts';
import type { DenyAssignment, Json } from './world.ts';
import type { ArmWorldFile } from './world-file.ts';

export const exampleSubscriptions = {
  workloads: '1c0a5b1e-7d2f-4a61-9b3e-000000000001',
  connectivity: '1c0a5b1e-7d2f-4a61-9b3e-000000000002',
  analytics: '1c0a5b1e-7d2f-4a61-9b3e-000000000003',
};

const { workloads, connectivity, analytics } = exampleSubscriptions;

export const exampleGroups = {
  mendix: groupId(workloads, 'mendix'),
  mendixProdManaged: groupId(workloads, 'mrg-mendix-prod'),
  mendixAccManaged: groupId(workloads, 'mrg-mendix-acc'),
  hub: groupId(connectivity, 'network-hub'),
  partner: groupId(connectivity, 'partner'),
  legacy: groupId(connectivity, 'legacy'),
  data: groupId(analytics, 'data-platform'),
};

export const exampleApplications = {
  mendixProd: `${exampleGroups.mendix}/providers/Microsoft.Solutions/applications/mendix-prod`,
  mendixAcc: `${exampleGroups.mendix}/providers/Microsoft.Solutions/applications/mendix-acc`,
};

export const exampleNetworks = {
  mendixProd: networkId(exampleGroups.mendixProdManaged, 'mendix-prod-vnet'),
  mendixAcc: networkId(exampleGroups.mendixAccManaged, 'mendix-acc-vnet'),
  hub: networkId(exampleGroups.hub, 'hub-vnet'),
  data: networkId(exampleGroups.data, 'data-vnet'),
  legacy: networkId(exampleGroups.legacy, 'legacy-vnet'),
  partner: networkId(exampleGroups.partner, 'partner-vnet'),
  spoke7: networkId(exampleGroups.partner, 'spoke-7-vnet'),
};

export const exampleLoadBalancers = {
  mendixProd: `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`,
  mendixAcc: `${exampleGroups.mendixAccManaged}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`,
};

/** Where the apps of each environment answer, on ports 80 and 443. */
export const exampleAppAddresses = { mendixProd: '192.168.0.10', mendixAcc: '192.168.4.10' };

export function exampleWorld(): Required<ArmWorldFile> {
  const parts = [...scopes(), ...environments(), ...otherNetworks()];
  return {
    resources: Object.fromEntries(parts.map((body): [string, Json] => [String(body['id']).toLowerCase(), body])),
    denyAssignments: [
      publisherDeny('mendix-prod', exampleGroups.mendixProdManaged),
      publisherDeny('mendix-acc', exampleGroups.mendixAccManaged),
    ],
    locks: [],
    operations: [],
    publicDns: {
      'billing.azure.mendixapps.io': ['20.101.14.7'],
      'hr.azure.mendixapps.io': ['20.101.14.7'],
      'www.mendix.com': ['20.61.99.68'],
    },
    dnsServers: { '10.20.0.4': { network: exampleNetworks.hub, forwardsToAzure: true } },
  };
}

function scopes(): Json[] {
  const { mendix, mendixProdManaged, mendixAccManaged, ...rest } = exampleGroups;
  return [
    subscription(workloads, 'Mendix workloads'),
    subscription(connectivity, 'Connectivity'),
    subscription(analytics, 'Analytics'),
    group(mendix),
    group(mendixProdManaged, exampleApplications.mendixProd),
    group(mendixAccManaged, exampleApplications.mendixAcc),
    ...Object.values(rest).map((id) => group(id)),
  ];
}

function environments(): Json[] {
  return [
    managedApplication(exampleApplications.mendixProd, exampleGroups.mendixProdManaged),
    managedApplication(exampleApplications.mendixAcc, exampleGroups.mendixAccManaged),
    network(exampleNetworks.mendixProd, '192.168.0.0/22', {
      'aks-nodes': '192.168.0.0/24',
      'private-endpoints': '192.168.1.0/26',
      database: '192.168.1.64/26',
    }),
    network(exampleNetworks.mendixAcc, '192.168.4.0/22', {
      'aks-nodes': '192.168.4.0/24',
      'private-endpoints': '192.168.5.0/26',
      database: '192.168.5.64/26',
    }),
    internalLoadBalancer(
      exampleLoadBalancers.mendixProd,
      `${exampleNetworks.mendixProd}/subnets/aks-nodes`,
      exampleAppAddresses.mendixProd,
    ),
    internalLoadBalancer(
      exampleLoadBalancers.mendixAcc,
      `${exampleNetworks.mendixAcc}/subnets/aks-nodes`,
      exampleAppAddresses.mendixAcc,
    ),
  ];
}

function otherNetworks(): Json[] {
  const { hub, data, legacy, partner, spoke7 } = exampleNetworks;
  return [
    network(hub, '10.20.0.0/16', { dns: '10.20.0.0/27', shared: '10.20.1.0/24', people: '10.20.2.0/24' }),
    network(data, '10.30.0.0/16', { ingest: '10.30.0.0/24' }),
    network(legacy, '192.168.2.0/24', { servers: '192.168.2.0/25' }),
    network(partner, '10.40.0.0/16', { shared: '10.40.0.0/24' }, [peering('to-spoke-7', spoke7, '192.168.0.0/20')]),
    network(spoke7, '192.168.0.0/20', { servers: '192.168.8.0/24' }, [peering('to-partner', partner, '10.40.0.0/16')]),
  ];
}

/** All writing is the publisher's, but for what a customer needs to connect private networks. */
function publisherDeny(environment: string, scope: string): DenyAssignment {
  const exempt = [
    'virtualNetworks/write',
    'virtualNetworks/peer/action',
    'virtualNetworks/join/action',
    'virtualNetworks/virtualNetworkPeerings/*',
    'virtualNetworks/subnets/write',
    'virtualNetworks/subnets/join/action',
    'loadBalancers/frontendIPConfigurations/join/action',
    'privateLinkServices/*',
    'privateEndpoints/*',
    'privateDnsZones/*',
  ];
  return {
    name: `System deny assignment of managed application ${environment}`,
    scope,
    actions: ['*'],
    notActions: ['*/read'],
    excludedActions: exempt.map((action) => `Microsoft.Network/${action}`),
  };
}

function groupId(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

function networkId(inGroup: string, name: string): string {
  return `${inGroup}/providers/Microsoft.Network/virtualNetworks/${name}`;
}
