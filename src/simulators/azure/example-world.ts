/**
 * The world that the simulator starts with. Who is who:
 *
 * | thing | where | why it is there |
 * |---|---|---|
 * | mendix-prod, mendix-acc | managed applications in `mendix`, subscription workloads | the environments; their networks are 192.168.0.0/22 and 192.168.4.0/22, their apps answer at .10. Only mendix-prod has a copy of its database; mendix-acc is peered with corp-vnet, where the name of its database is known, too |
 * | mendix-uat | 192.168.8.0/22 | has no internal load balancer; its database stands in a delegated subnet |
 * | mendix-pilot | 192.168.12.0/22 | the publisher's deny assignment leaves nothing open |
 * | hub-vnet 10.20.0.0/16 | `network-hub`, connectivity | can be peered with both; a DNS server that forwards to Azure stands at 10.20.0.4 |
 * | data-vnet 10.30.0.0/16 | `data-platform`, analytics | can be peered with both; from its machine probe-vm Network Watcher can try connections |
 * | legacy-vnet 192.168.2.0/24 | `legacy`, connectivity | overlaps mendix-prod |
 * | partner-vnet 10.40.0.0/16 | `partner`, connectivity | peered with spoke-7-vnet 192.168.0.0/20, which overlaps all environments: Azure refuses a further peering |
 * | corp-vnet, branch-vnet 10.60, 10.62 | `corp`, connectivity | ask their own DNS server in corp-vnet, which forwards to Azure |
 * | office-vnet 10.61.0.0/16 | `office`, connectivity | has a gateway, and asks a DNS server in the head office behind it (172.16.0.53) |
 * | retail-vnet 10.63.0.0/16 | `retail`, connectivity | links a zone azure.mendixapps.io already |
 * | depot-vnet 10.64.0.0/16 | `depot`, connectivity | has a dead half of a peering with mendix-prod |
 * | america-vnet 10.65.0.0/16 | `america`, connectivity | stands in another region |
 * | vault-vnet 10.66.0.0/16 | `vault`, connectivity | security rules and a route let nobody out; its endpoints obey both |
 * | compact-vnet 10.67.0.0/24 | `compact`, connectivity | one subnet is full, the other is delegated |
 * | governed-vnet 10.68.0.0/16 | `governed`, connectivity | a read-only lock |
 * | regulated-vnet 10.69.0.0/16 | `regulated`, connectivity | a policy wants a tag on every private endpoint |
 * | finance-vnet 10.70.0.0/16 | `finance`, finance | the bot may only read there; pls-erp in front of its ERP asks its owner |
 * | services-vnet 10.71.0.0/16 | `services`, analytics | pls-inventory lets the environments in without asking |
 * | contoso-vnet 192.168.0.0/22 | another directory | pls-crm, for everybody who knows its alias |
 *
 * A publisher's deny assignment covers each managed resource group, with the actions exempt that customers need. In the
 * public DNS, `billing` and `hr` exist under azure.mendixapps.io; `orders` does not.
 */
import { environmentGroups, environments, publisherDenies } from './example/environments.ts';
import {
  exampleDatabases,
  exampleForeign,
  exampleGateway,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
} from './example/ids.ts';
import { otherGroups, otherNetworks } from './example/networks.ts';
import { nameOf, subscription } from './example/parts.ts';
import { services } from './example/services.ts';
import type { Json } from './world.ts';
import type { ArmWorldFile } from './world-file.ts';

export {
  exampleAliases,
  exampleAppAddresses,
  exampleApplications,
  exampleDatabases,
  exampleForeign,
  exampleGateway,
  exampleGroups,
  exampleLinkServices,
  exampleLoadBalancers,
  exampleNetworks,
  exampleProbe,
  exampleSubscriptions,
} from './example/ids.ts';

export function exampleWorld(): Required<ArmWorldFile> {
  const parts = [
    ...subscriptions(),
    ...environmentGroups(),
    ...otherGroups(),
    ...environments(),
    ...otherNetworks(),
    ...services(),
  ];
  return {
    resources: Object.fromEntries(parts.map((body): [string, Json] => [String(body['id']).toLowerCase(), body])),
    denyAssignments: publisherDenies(),
    locks: [{ name: 'change-freeze', scope: exampleGroups.governed, level: 'ReadOnly' }],
    roleAssignments: [{ scope: `/subscriptions/${exampleSubscriptions.finance}`, actions: ['*/read'] }],
    policies: [
      {
        name: 'Private endpoints need a cost center',
        scope: exampleGroups.regulated,
        type: 'Microsoft.Network/privateEndpoints',
        requiredTag: 'cost-center',
      },
    ],
    unregistered: [],
    operations: [],
    publicDns: publicNames(),
    dnsServers: {
      '10.20.0.4': { network: exampleNetworks.hub, forwardsToAzure: true },
      '10.60.0.4': {
        network: exampleNetworks.corp,
        forwardsToAzure: true,
        records: { 'intranet.corp.example.com': ['10.60.1.20'] },
      },
      '172.16.0.53': { records: { '*.office.example.com': ['172.16.4.20'] } },
    },
    sites: [
      {
        name: 'the head office',
        gateway: exampleGateway,
        prefixes: ['172.16.0.0/16'],
        hosts: { '172.16.0.53': [53], '172.16.4.20': [443] },
      },
    ],
    listeners: {},
  };
}

function subscriptions(): Json[] {
  const { workloads, connectivity, analytics, finance } = exampleSubscriptions;
  return [
    subscription(workloads, 'Mendix workloads'),
    subscription(connectivity, 'Connectivity'),
    subscription(analytics, 'Analytics'),
    subscription(finance, 'Finance'),
    subscription(exampleForeign.subscription, 'Contoso shared services', exampleForeign.tenant),
  ];
}

/** A private database has a public name, too: it leads to a name that only its own zone answers with a private address. */
function publicNames(): Record<string, string[]> {
  const { mendixUat, mendixUatReplica, ...byEndpoint } = exampleDatabases;
  const inSubnet = [mendixUat, mendixUatReplica].map((id): [string, string[]] => [
    `${nameOf(id)}.postgres.database.azure.com`,
    [`${nameOf(id)}.mendix-uat.private.postgres.database.azure.com`],
  ]);
  const linked = Object.values(byEndpoint).flatMap((id): [string, string[]][] => [
    [`${nameOf(id)}.postgres.database.azure.com`, [`${nameOf(id)}.privatelink.postgres.database.azure.com`]],
    [`${nameOf(id)}.privatelink.postgres.database.azure.com`, ['20.61.104.9']],
  ]);
  return {
    'billing.azure.mendixapps.io': ['20.101.14.7'],
    'hr.azure.mendixapps.io': ['20.101.14.7'],
    'www.mendix.com': ['20.61.99.68'],
    'mendixprod.azurecr.io': ['mendixprod.privatelink.azurecr.io'],
    'mendixprodbackup.blob.core.windows.net': ['mendixprodbackup.privatelink.blob.core.windows.net'],
    ...Object.fromEntries([...linked, ...inSubnet]),
  };
}
