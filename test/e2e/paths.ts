/** What people ask for, in their words, and what the plan on the page says; nothing stands in the way. */
import { exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { byLink, byPeering, planned, type Refusal, toMethod } from './refusal.ts';

/** A way to a plan, told like a way to a refusal. */
export const paths: readonly Refusal[] = [
  {
    what: 'two apps, and nothing but the apps',
    say: 'connect mendix-prod to data-vnet for apps orders and billing, isolated',
    press: byLink,
    reads: [
      '10 changes in 2 subscriptions',
      'orders.azure.mendixapps.io and billing.azure.mendixapps.io open from data-vnet, over one private address',
      'In Mendix workloads: 1 to create, 2 to change',
      'privateLinkServiceNetworkPolicies: Enabled → Disabled',
      'nothing else',
    ],
    buttons: planned,
  },
  {
    what: 'an app under a domain of the company’s own, from two networks',
    say: 'connect mendix-prod to hub-vnet and data-vnet for app shop.example.com',
    press: byPeering,
    reads: ['shop.example.com opens from hub-vnet and data-vnet', 'Create the private zone shop.example.com'],
    buttons: planned,
  },
  {
    what: 'a network by its resource id, and services in both directions',
    say: `connect mendix-prod to ${exampleNetworks.data} for app orders, both directions`,
    press: byPeering,
    reads: ['orders.azure.mendixapps.io opens from data-vnet', 'mendix-prod-vnet → 10.30.0.0/16 (data-vnet)'],
    buttons: planned,
  },
  {
    what: 'the gateway of the other network, in the right order',
    say: 'connect mendix-prod to office-vnet for app orders through its gateway',
    press: byPeering,
    reads: [
      'Peer office-vnet with mendix-prod-vnet and let it use the gateway',
      'Peer mendix-prod-vnet with office-vnet and send through its gateway',
      'what is behind the gateway of office-vnet',
    ],
    buttons: planned,
  },
  {
    what: 'a service whose owner has to accept',
    say: 'let apps in mendix-prod reach erp.corp.example via pls-erp',
    press: byLink,
    reads: [
      'Somebody else owns pls-erp',
      'that can take hours or days',
      'Waits for somebody else',
      'Tell the owner now',
    ],
    buttons: planned,
  },
  {
    what: 'a service by peering, at an address that no zone knows',
    say: 'let apps in mendix-prod reach wiki.corp.example at 10.20.1.7 in hub-vnet',
    press: byPeering,
    reads: ['the apps of mendix-prod reach wiki.corp.example', 'Let wiki.corp.example lead to 10.20.1.7'],
    buttons: planned,
  },
  {
    what: 'the database, by its copy',
    say: 'read access to the database of mendix-prod from data-vnet',
    press: toMethod,
    reads: [
      'mendix-prod-db-replica.postgres.database.azure.com can be read from data-vnet',
      'I make no database accounts, give no grants and handle no passwords',
      'Create the private zone privatelink.postgres.database.azure.com',
    ],
    buttons: planned,
  },
  {
    what: 'the database, in a subnet of its own',
    say: 'read access to the database of mendix-uat from data-vnet',
    press: toMethod,
    reads: ['Let mendix-uat-db-replica.postgres.database.azure.com lead to 192.168.9.69'],
    buttons: planned,
  },
  {
    what: 'a peering that is repaired, without names',
    say: 'repair the peering between mendix-prod and depot-vnet',
    press: toMethod,
    reads: ['2 changes in 2 subscriptions', 'both networks reach each other', 'Delete the dead peering of depot-vnet'],
    buttons: planned,
  },
];
