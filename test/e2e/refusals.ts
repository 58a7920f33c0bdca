/** What can stand in the way of a connection: one world each, the way to it on the page, and what the person reads. */
import {
  exampleAliases,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
} from '../../src/simulators/azure/example-world.ts';
import { addPeering, byLink, byPeering, gone, planned, type Refusal, resource, stopped, toMethod } from './refusal.ts';

const { hub, data } = exampleNetworks;
const balancer = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`;
const crm = `${exampleGroups.contoso}/providers/Microsoft.Network/privateLinkServices/pls-crm`;

const addresses: readonly Refusal[] = [
  {
    what: 'ranges that overlap',
    say: 'connect mendix-prod to legacy-vnet for app orders',
    press: toMethod,
    reads: [
      'Not possible: the address ranges overlap',
      'mendix-prod-vnet and legacy-vnet overlap: 192.168.0.0/22 and 192.168.2.0/24',
    ],
    buttons: ['Use Private Link', 'Back', 'Cancel'],
  },
  {
    what: 'a network behind the other one that overlaps',
    say: 'connect mendix-acc to partner-vnet for app orders',
    press: toMethod,
    reads: ['partner-vnet is already peered with spoke-7-vnet', '192.168.4.0/22 and 192.168.0.0/20'],
    buttons: ['Use Private Link', 'Back', 'Cancel'],
  },
  {
    what: 'a peering that is left over from a network that is gone, and still overlaps',
    world: (world) => addPeering(world, hub, gone('old-vnet'), 'to-old', '192.168.0.0/24', 'Disconnected'),
    say: 'connect mendix-prod to hub-vnet for app orders',
    press: toMethod,
    reads: ['old-vnet', '192.168.0.0/24', 'Not possible: the address ranges overlap'],
    buttons: ['Use Private Link', 'Back', 'Cancel'],
  },
  {
    what: 'the database and ranges that overlap',
    say: 'read access to the database of mendix-prod from legacy-vnet',
    press: toMethod,
    reads: ['Neither method fits as asked', 'Give one of the two networks other addresses', 'ask for expert services'],
    buttons: ['Back', 'Cancel'],
  },
];

const environment: readonly Refusal[] = [
  {
    what: 'no internal load balancer',
    say: 'connect mendix-uat to hub-vnet for app orders',
    press: byPeering,
    reads: ['mendix-uat has no internal load balancer', 'Turn on “internal load balancer” for mendix-uat'],
    buttons: stopped,
  },
  {
    what: 'a Basic load balancer for another region',
    world: (world) => {
      resource(world, balancer)['sku'] = { name: 'Basic', tier: 'Regional' };
    },
    say: 'connect mendix-prod to america-vnet for app orders',
    press: byPeering,
    reads: ['of the Basic kind, which answers no network in another region (america-vnet)', 'Open a ticket'],
    buttons: stopped,
  },
  {
    what: 'no copy of the database',
    say: 'read access to the database of mendix-acc from data-vnet',
    press: toMethod,
    reads: ['mendix-acc has no read replica', 'Turn on the read replica for mendix-acc'],
    buttons: stopped,
  },
  {
    what: 'a service that has no Private Link service',
    say: 'let apps in mendix-prod reach wiki.corp.example',
    press: byLink,
    reads: ['no private link service yet', 'Steps for the owner of wiki.corp.example', '4. Send its resource id'],
    buttons: stopped,
  },
  {
    what: 'a service that the environment may not see',
    world: (world) => {
      resource(world, crm).properties['visibility'] = { subscriptions: [] };
    },
    say: `let apps in mendix-prod reach crm.contoso.example via ${exampleAliases.crm}`,
    press: byLink,
    reads: [
      'pls-crm is not visible to the subscription of mendix-prod',
      exampleAliases.crm,
      'visibility of the service',
    ],
    buttons: stopped,
  },
  {
    what: 'no room in any subnet',
    say: 'connect mendix-prod to compact-vnet for app orders, isolated',
    press: byLink,
    reads: ['No subnet of compact-vnet can take a private endpoint', 'Add a subnet with room'],
    buttons: stopped,
  },
  {
    what: 'a gateway that is not there',
    say: 'connect mendix-prod to hub-vnet for app orders through its gateway',
    press: byPeering,
    reads: ['hub-vnet has no gateway', 'leave the gateway out'],
    buttons: stopped,
  },
];

const names: readonly Refusal[] = [
  {
    what: 'a zone that would hide other names',
    say: 'connect mendix-prod to hub-vnet for all apps',
    press: byPeering,
    reads: [
      'answers for every name under it there',
      'billing.azure.mendixapps.io',
      'Name the apps instead of choosing every app',
    ],
    buttons: planned,
  },
  {
    what: 'own DNS servers, which take the linked zones away',
    say: 'use our DNS servers 10.60.0.4 for mendix-acc',
    press: toMethod,
    reads: [
      'stop answering unless the servers ask Azure’s resolver (168.63.129.16)',
      'privatelink.postgres.database.azure.com',
      'mendix-acc-db-endpoint',
      'weekly update of the node image',
    ],
    buttons: planned,
  },
  {
    what: 'own DNS servers that the environment cannot reach',
    say: 'use our DNS servers 10.20.0.4 for mendix-uat',
    press: toMethod,
    reads: [
      '10.20.0.4 lies neither in mendix-uat-vnet nor in a network that is peered with it',
      'Peer mendix-uat-vnet',
    ],
    buttons: stopped,
  },
  {
    what: 'people who ask DNS servers outside Azure',
    say: 'connect mendix-prod to office-vnet for app orders',
    press: byPeering,
    reads: [
      'once the points below are settled',
      'asks DNS servers outside Azure (172.16.0.53)',
      'Add a conditional forwarder for orders.azure.mendixapps.io',
    ],
    buttons: planned,
  },
];

const rights: readonly Refusal[] = [
  {
    what: 'what the publisher forbids',
    say: 'connect mendix-pilot to hub-vnet for app orders',
    press: byPeering,
    reads: [
      'System deny assignment of managed application mendix-pilot” forbids “Peer hub-vnet with mendix-pilot-vnet”',
      'Microsoft.Network/virtualNetworks/peer/action on mendix-pilot-vnet',
      exampleGroups.mendixPilotManaged,
    ],
    buttons: ['Change answers', 'Check again', 'Ask support', 'Cancel'],
    picture: 'connect-refused',
  },
  {
    what: 'rights that are missing, on what is written and on what it refers to',
    say: 'connect mendix-prod to finance-vnet for app orders',
    press: byPeering,
    reads: [
      'In finance I lack rights for “Peer finance-vnet with mendix-prod-vnet” and 3 more',
      'Microsoft.Network/privateDnsZones/write on orders.azure.mendixapps.io',
      'Microsoft.Network/virtualNetworks/peer/action on finance-vnet',
      exampleGroups.finance,
      'Ask the owner of finance',
    ],
    buttons: stopped,
  },
  {
    what: 'rights that could not be read',
    unread: 'resourceGroups/network-hub/providers/Microsoft.Authorization/permissions',
    say: 'connect mendix-prod to hub-vnet for app orders',
    press: byPeering,
    reads: ['Could not check', 'I could not read what I may do in network-hub', 'the first write will tell'],
    buttons: planned,
  },
  {
    what: 'a lock against writing',
    say: 'connect mendix-prod to governed-vnet for app orders',
    press: byPeering,
    reads: ['The lock “change-freeze” on governed forbids “Peer governed-vnet with mendix-prod-vnet” and 3 more'],
    buttons: stopped,
  },
  {
    what: 'a lock against deleting',
    world: ({ locks }) => {
      locks.push({ name: 'keep', scope: exampleGroups.hub, level: 'CanNotDelete' });
    },
    say: 'connect mendix-prod to hub-vnet for app orders',
    press: byPeering,
    reads: [
      'The lock “keep” on network-hub lets nothing be deleted',
      'could not be undone by a button',
      'Not by a button',
    ],
    buttons: planned,
  },
  {
    what: 'a policy of the organisation',
    say: 'connect mendix-prod to regulated-vnet for app orders, isolated',
    press: byLink,
    reads: ['The policy “Private endpoints need a cost center” refuses', 'Add the tag cost-center'],
    buttons: stopped,
  },
];

const limits: readonly Refusal[] = [
  {
    what: 'a network that has as many peerings as Azure allows',
    world: (world) => {
      for (let index = 0; index < 500; index += 1) {
        const range = `172.${16 + Math.floor(index / 256)}.${index % 256}.0/24`;
        addPeering(world, data, gone(`spoke-${index}-vnet`), `to-spoke-${index}`, range, 'Connected');
      }
    },
    say: 'connect mendix-prod to data-vnet for app orders',
    press: byPeering,
    reads: ['data-vnet has 500 peerings; Azure allows 500', 'or use Private Link'],
    buttons: stopped,
  },
  {
    what: 'rules and routes that stop the traffic',
    say: 'connect mendix-prod to vault-vnet for app orders',
    press: byPeering,
    reads: ['once the points below are settled', 'The rule deny-private', 'The route drop-mendix-prod', 'tick that'],
    buttons: planned,
  },
  {
    what: 'a half whose other side was deleted',
    say: 'connect mendix-prod to depot-vnet for app orders',
    press: byPeering,
    reads: ['whose other half was deleted', 'the plan deletes it and makes both halves new'],
    buttons: planned,
  },
  {
    what: 'a network that cannot be read',
    world: ({ roleAssignments }) => {
      roleAssignments.push({
        scope: `/subscriptions/${exampleSubscriptions.analytics}/resourceGroups/other`,
        actions: ['*'],
      });
    },
    say: `connect mendix-prod to ${data} for app orders`,
    press: byPeering,
    reads: [
      'I could not read the network data-vnet in resource group data-platform',
      'Microsoft.Network/virtualNetworks/read is missing',
      'role Reader',
    ],
    buttons: stopped,
  },
];

export const refusals: readonly Refusal[] = [...addresses, ...environment, ...names, ...rights, ...limits];
