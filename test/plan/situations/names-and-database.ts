/** Own DNS servers, names by a private zone, direct read access to the database. */
import type { ConnectAnswers } from '../../../src/plan/plan.ts';
import type { NetworkSeen, ZoneSeen } from '../../../src/plan/world.ts';
import { data, database, endpoint, hubWithSubnets, managed, mendixGroup, rights, subnetOf } from '../parts.ts';
import { answersFor, hub, mendix, network, peered, surveyOf, type SurveyParts, zone } from '../world.ts';
import type { Situation } from './situation.ts';

const connected = { mendix: peered(managed, hub), networks: [peered(hubWithSubnets, mendix)] };
const registry = endpoint('pe-registry', subnetOf(managed, 'private-endpoints'), 'registry');
const otherGroup = '/subscriptions/sub-mendix/resourceGroups/mrg-acc';
const linked = managedZone([mendix]);

function managedZone(networks: readonly NetworkSeen[]): ZoneSeen {
  return zone('privatelink.azurecr.io', { registry: '192.168.1.8' }, networks, {
    id: `${mendixGroup}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`,
  });
}

function servers(addresses: readonly string[], more: Partial<ConnectAnswers> = {}): ConnectAnswers {
  return { ...answersFor([], []), scenario: 'dns-servers', dnsServers: addresses, ...more };
}

function withEndpoints(parts: SurveyParts = {}) {
  return surveyOf({ ...connected, zones: [linked], ...parts, more: { endpoints: [registry], ...parts.more } });
}

export const dnsServers: readonly Situation[] = [
  { name: 'Servers in a peered network', answers: servers(['10.20.0.4', '10.20.0.5']), survey: withEndpoints() },
  {
    name: 'Servers in a peered network that uses the zones already',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ zones: [managedZone([mendix, hub])] }),
  },
  {
    name: 'Servers in two peered networks, one of which uses the zones already',
    answers: servers(['10.20.0.4', '10.30.0.4']),
    survey: withEndpoints({
      mendix: peered(connected.mendix, data),
      networks: [...connected.networks, peered(data, mendix)],
      zones: [managedZone([mendix, hub])],
    }),
  },
  {
    name: 'The servers’ network has a zone of that name, and the company’s own takes the names',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ zones: [linked, zone('privatelink.azurecr.io', { other: '10.20.1.8' }, [hub])] }),
  },
  {
    name: 'The servers’ network has a zone of that name, which says something else',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ zones: [linked, zone('privatelink.azurecr.io', { registry: '10.20.1.8' }, [hub])] }),
  },
  {
    name: 'The servers’ network has the zone of another environment',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({
      zones: [
        linked,
        {
          ...zone('privatelink.azurecr.io', {}, [hub]),
          id: `${otherGroup}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`,
        },
      ],
      more: {
        rights: [
          rights(mendixGroup),
          rights(otherGroup, {
            denied: [{ name: 'publisher', actions: ['*'], except: ['*/read', 'Microsoft.Network/privateDnsZones/*'] }],
          }),
        ],
      },
    }),
  },
  {
    name: 'The bot may not link the managed zones',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({
      more: {
        rights: [
          rights(mendixGroup, {
            denied: [{ name: 'publisher', actions: ['*'], except: ['*/read', 'Microsoft.Network/virtualNetworks/*'] }],
          }),
        ],
      },
    }),
  },
  {
    name: 'The environment uses a zone of the company, too',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({
      zones: [
        linked,
        zone('corp.example.com', { erp: '192.168.1.9' }, [mendix]),
        zone('example.com', { 'erp.corp': '10.20.1.9' }, [hub]),
      ],
    }),
  },
  {
    name: 'One server inside Azure and one outside, behind the gateway',
    answers: servers(['10.20.0.4', '172.30.1.1']),
    survey: withEndpoints({ mendix: peered(managed, hub, { useRemoteGateways: true }) }),
  },
  { name: 'Servers inside the environment’s network', answers: servers(['192.168.3.4']), survey: withEndpoints() },
  {
    name: 'Other servers are set today',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ mendix: { ...connected.mendix, dnsServers: ['10.20.0.9'] } }),
  },
  {
    name: 'The servers are set already',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ mendix: { ...connected.mendix, dnsServers: ['10.20.0.4'] } }),
  },
  {
    name: 'The network of the servers is not peered',
    answers: servers(['10.20.0.4'], { networks: [hub.id] }),
    survey: withEndpoints({ mendix: managed, networks: [hubWithSubnets] }),
  },
  {
    name: 'The peering to the servers is dead',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({ mendix: peered(managed, hub, { state: 'Disconnected' }), networks: [] }),
  },
  { name: 'A server that lies nowhere', answers: servers(['172.30.1.1']), survey: withEndpoints() },
  {
    name: 'A server behind the gateway that the environment uses',
    answers: servers(['172.30.1.1']),
    survey: withEndpoints({ mendix: peered(managed, hub, { useRemoteGateways: true }) }),
  },
  {
    name: 'More servers than Azure takes',
    answers: servers(Array.from({ length: 21 }, (_, index) => `10.20.0.${index + 4}`)),
    survey: withEndpoints(),
  },
  { name: 'No address at all', answers: servers(['dns.example.com']), survey: withEndpoints() },
  {
    name: 'The managed endpoints could not be read',
    answers: servers(['10.20.0.4']),
    survey: surveyOf({ ...connected, zones: [linked] }),
  },
  {
    name: 'The bot may not write the network',
    answers: servers(['10.20.0.4']),
    survey: withEndpoints({
      more: {
        rights: [rights(mendixGroup, { denied: [{ name: 'publisher', actions: ['*'], except: ['*/read'] }] })],
      },
    }),
  },
  {
    name: 'By a private zone: no own servers, the name of one service',
    answers: servers([], { service: { fqdn: 'erp.corp.example.com', privateLinkService: null } }),
    survey: withEndpoints({ zones: [linked, zone('corp.example.com', { erp: '10.20.1.9', crm: '10.20.1.7' }, [hub])] }),
  },
  {
    name: 'By a private zone: nothing leads to the address',
    answers: servers([], { service: { fqdn: 'erp.corp.example.com', privateLinkService: null, address: '10.77.0.9' } }),
    survey: withEndpoints(),
  },
];

const postgres = 'privatelink.postgres.database.azure.com';

function toDatabase(more: Partial<ConnectAnswers> = {}): ConnectAnswers {
  return { ...answersFor([hub], []), scenario: 'database-read', ...more };
}

function databaseWorld(parts: SurveyParts = {}) {
  return surveyOf({
    mendix: managed,
    networks: [hubWithSubnets],
    ...parts,
    more: { databases: [database('primary'), database('replica')], ...parts.more },
  });
}

export const databaseRead: readonly Situation[] = [
  { name: 'A replica with a private endpoint', answers: toDatabase(), survey: databaseWorld() },
  {
    name: 'The network links a zone of that name already',
    answers: toDatabase(),
    survey: databaseWorld({ zones: [zone(postgres, { 'other-db': '10.20.1.30' }, [hub, data])] }),
  },
  {
    name: 'The networks are peered already',
    answers: toDatabase(),
    survey: databaseWorld({ mendix: peered(managed, hub), networks: [peered(hubWithSubnets, mendix)] }),
  },
  {
    name: 'A replica with a subnet of its own',
    answers: toDatabase(),
    survey: databaseWorld({
      more: {
        databases: [
          database('primary', { delegatedSubnet: `${mendix.id}/subnets/database` }),
          database('replica', { delegatedSubnet: `${mendix.id}/subnets/database`, address: '192.168.1.70' }),
        ],
      },
    }),
  },
  {
    name: 'No replica',
    answers: toDatabase(),
    survey: databaseWorld({ more: { databases: [database('primary')] } }),
  },
  {
    name: 'The servers could not be read',
    answers: toDatabase(),
    survey: surveyOf({ mendix: managed, networks: [hubWithSubnets] }),
  },
  {
    name: 'The address of the replica could not be read',
    answers: toDatabase(),
    survey: databaseWorld({ more: { databases: [database('replica', { address: null })] } }),
  },
  {
    name: 'A replica that is public',
    answers: toDatabase(),
    survey: databaseWorld({ more: { databases: [database('replica', { access: 'public' })] } }),
  },
  {
    name: 'Several replicas',
    answers: toDatabase(),
    survey: databaseWorld({
      more: {
        databases: [
          database('replica', { name: 'b-replica' }),
          database('replica', { name: 'a-replica', fqdn: 'a-replica.postgres.database.azure.com' }),
        ],
      },
    }),
  },
  {
    name: 'The linked zone is the managed one',
    answers: toDatabase(),
    survey: databaseWorld({
      zones: [
        zone(postgres, { 'mx-prod-db': '192.168.1.20' }, [mendix, hub], {
          id: `${mendixGroup}/providers/Microsoft.Network/privateDnsZones/${postgres}`,
        }),
      ],
      environment: { subscription: 'sub-mendix', managedResourceGroup: 'mrg-prod' },
    }),
  },
  {
    name: 'The ranges overlap: neither method is left',
    answers: { ...answersFor([network('legacy', '192.168.2.0/24')], []), scenario: null },
    facts: { directDatabaseAccess: true },
    survey: databaseWorld({ networks: [network('legacy', '192.168.2.0/24')] }),
  },
  {
    name: 'Private Link was asked for',
    answers: toDatabase({ method: 'private-link' }),
    survey: databaseWorld(),
  },
];
