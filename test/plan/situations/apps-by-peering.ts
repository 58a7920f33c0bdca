/** People in other networks open apps over peering. */
import {
  allRights,
  data,
  frontend,
  guarded,
  hubWithGateway,
  hubWithSubnets,
  managed,
  rule,
  securityGroup,
  subnet,
} from '../parts.ts';
import { answersFor, hub, made, mendix, network, peered, suffix, surveyOf, zone } from '../world.ts';
import type { Situation } from './situation.ts';

const exact = `orders.${suffix}`;
const spoke = network('spoke-3', '10.33.0.0/16');
const pointToPoint = { addressesOverlap: false } as const;
const hubPeered = peered(hub, mendix);
const grown = { ...mendix, addressPrefixes: ['192.168.0.0/22', '192.168.8.0/24'] };
const wildZone = zone(suffix, { '*': '192.168.4.10', billing: '192.168.4.10' }, [hub]);
const guardedHub = guarded(hubWithSubnets, 'people', { securityGroup: securityGroup('nsg-people', []).id });
const denying = securityGroup('nsg-people', [rule('deny-everything')]);

export const appsByPeering: readonly Situation[] = [
  { name: 'One app, nothing there yet', answers: answersFor([hub]), survey: surveyOf() },
  {
    name: 'Two apps from two networks, each with a resource group of its own',
    answers: answersFor([hub, data], ['orders', 'billing']),
    survey: surveyOf({ networks: [hub, data] }),
  },
  { name: 'Every app: the wildcard is an explicit choice', answers: answersFor([hub], '*'), survey: surveyOf() },
  {
    name: 'An app under a domain of the company’s own',
    answers: answersFor([hub], ['shop.example.com']),
    survey: surveyOf(),
  },
  {
    name: 'An app under a domain of the company’s own, whose zone is linked already',
    answers: answersFor([hub], ['shop.example.com']),
    survey: surveyOf({ zones: [zone('example.com', { www: '10.20.9.9' }, [hub, data])] }),
  },
  {
    name: 'A zone of the suffix is linked already',
    answers: answersFor([hub]),
    survey: surveyOf({ zones: [zone(suffix, { billing: '10.1.1.1' }, [hub])] }),
  },
  {
    name: 'Two environments of one suffix: an exact record beside the other one’s wildcard',
    answers: answersFor([hub]),
    survey: surveyOf({ zones: [wildZone] }),
  },
  {
    name: 'Two environments of one suffix: never two wildcards',
    answers: answersFor([hub], '*'),
    survey: surveyOf({ zones: [wildZone] }),
  },
  {
    name: 'The record leads elsewhere today',
    answers: answersFor([hub]),
    survey: surveyOf({ zones: [zone(exact, { '@': '192.168.0.99' }, [hub, data], made)] }),
  },
  {
    name: 'Everything stands already',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: peered(mendix, hub),
      networks: [hubPeered],
      zones: [zone(exact, { '@': '192.168.0.10' }, [hub], made)],
    }),
  },
  {
    name: 'Half of the peering stands',
    answers: answersFor([hub]),
    survey: surveyOf({ networks: [peered(hub, mendix, { name: 'to-mendix', state: 'Initiated' })] }),
  },
  {
    name: 'A dead half on the other side',
    answers: answersFor([hub]),
    survey: surveyOf({ networks: [peered(hub, mendix, { state: 'Disconnected' })] }),
  },
  {
    name: 'A dead half on our side',
    answers: answersFor([hub]),
    survey: surveyOf({ mendix: peered(mendix, hub, { state: 'Disconnected' }) }),
  },
  {
    name: 'Both halves are dead',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: peered(mendix, hub, { state: 'Disconnected' }),
      networks: [peered(hub, mendix, { state: 'Disconnected' })],
    }),
  },
  {
    name: 'The environment’s network has grown since',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: peered(grown, hub),
      networks: [peered(hub, mendix, { remotePrefixes: mendix.addressPrefixes })],
      zones: [zone(exact, { '@': '192.168.0.10' }, [hub], made)],
    }),
    model: 'forth-only',
  },
  {
    name: 'The peering blocks all traffic today',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: peered(mendix, hub),
      networks: [peered(hub, mendix, { allowVirtualNetworkAccess: false })],
    }),
  },
  {
    name: 'The environment uses the hub’s gateway',
    answers: { ...answersFor([hub]), useGateway: true },
    survey: surveyOf({ mendix: managed, networks: [hubWithGateway] }),
  },
  {
    name: 'The gateway is added to a peering that stands, and spokes gain reach through it',
    answers: { ...answersFor([hub]), useGateway: true },
    survey: surveyOf({
      mendix: peered(managed, hub),
      networks: [peered(peered(hubWithGateway, mendix), spoke, { allowGatewayTransit: true })],
      more: { neighbours: [peered(spoke, hub, { useRemoteGateways: true })] },
    }),
  },
  {
    name: 'The hub has no gateway',
    answers: { ...answersFor([hub]), useGateway: true },
    survey: surveyOf({ mendix: managed, networks: [hubWithSubnets] }),
  },
  {
    name: 'The environment uses the gateway of somebody else already',
    answers: { ...answersFor([hub]), useGateway: true },
    survey: surveyOf({
      mendix: peered(managed, network('old-hub', '10.99.0.0/16'), { useRemoteGateways: true }),
      networks: [hubWithGateway],
    }),
  },
  {
    name: 'A spoke behind forwarded traffic gains reach too, and its range overlaps',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: peered(mendix, hub, { allowForwardedTraffic: true, state: 'Initiated' }),
      networks: [peered(hub, spoke, { allowForwardedTraffic: true })],
      more: {
        neighbours: [
          {
            ...peered(spoke, hub, { allowForwardedTraffic: true }),
            peerings: [
              ...peered(spoke, hub, { allowForwardedTraffic: true }).peerings,
              ...peered(spoke, network('lab', '192.168.3.0/24'), { allowForwardedTraffic: true }).peerings,
            ],
          },
        ],
      },
    }),
    model: false,
  },
  {
    name: 'The network asks its own DNS servers, which stand in it',
    answers: answersFor([hub]),
    survey: surveyOf({ networks: [{ ...hub, dnsServers: ['10.20.0.4'] }] }),
  },
  {
    name: 'The network asks DNS servers in a peered network: the zone is linked there',
    answers: answersFor([data]),
    survey: surveyOf({
      networks: [{ ...peered(data, hub), dnsServers: ['10.20.0.4', '10.20.0.5'] }],
      more: { neighbours: [peered(hub, data)] },
    }),
  },
  {
    name: 'The network asks DNS servers outside Azure',
    answers: answersFor([hub]),
    survey: surveyOf({ networks: [{ ...hub, dnsServers: ['172.30.1.1'] }] }),
  },
  {
    name: 'A rule of the network’s own stops the traffic',
    answers: answersFor([hub]),
    survey: surveyOf({ mendix: managed, networks: [guardedHub], more: { securityGroups: [denying] } }),
  },
  {
    name: 'A rule of the network’s own stops the traffic, and rules may be opened',
    answers: { ...answersFor([hub]), openSecurityRules: true },
    survey: surveyOf({ mendix: managed, networks: [guardedHub], more: { securityGroups: [denying] } }),
  },
  {
    name: 'A rule in the managed resource group stops the traffic: not ours to change',
    answers: { ...answersFor([hub]), openSecurityRules: true },
    survey: surveyOf({
      mendix: guarded(managed, 'aks-nodes', {
        securityGroup:
          '/subscriptions/sub-mendix/resourceGroups/mrg-prod/providers/Microsoft.Network/networkSecurityGroups/nsg-aks',
      }),
      networks: [hubWithSubnets],
      more: {
        securityGroups: [
          securityGroup(
            'nsg-aks',
            [rule('deny-hub', { direction: 'Inbound', priority: 200, sources: ['10.0.0.0/8'] })],
            '/subscriptions/sub-mendix/resourceGroups/mrg-prod',
          ),
        ],
      },
    }),
  },
  {
    name: 'A route drops the traffic before the peering is asked',
    answers: answersFor([hub]),
    survey: surveyOf({
      mendix: managed,
      networks: [
        guarded(hubWithSubnets, 'people', {
          routeTable: hub.id.replace(/virtualNetworks.*/, 'routeTables/rt-people'),
        }),
      ],
      more: {
        routeTables: [
          {
            id: hub.id.replace(/virtualNetworks.*/, 'routeTables/rt-people'),
            name: 'rt-people',
            routes: [{ name: 'no-192', prefix: '192.168.0.0/22', nextHop: 'None', nextHopAddress: null }],
          },
        ],
      },
    }),
  },
  {
    name: 'The ranges overlap: the rules choose Private Link',
    answers: answersFor([network('legacy', '192.168.2.0/24')]),
    survey: surveyOf({
      mendix: managed,
      environment: { frontends: [frontend] },
      networks: [withSubnet()],
    }),
  },
  {
    name: 'The ranges overlap, but peering was asked for',
    answers: { ...answersFor([network('legacy', '192.168.2.0/24')]), method: 'peering' },
    survey: surveyOf({ networks: [network('legacy', '192.168.2.0/24')] }),
  },
  {
    name: 'A network that the hub is peered with overlaps, by a peering that is left over',
    answers: { ...answersFor([hub]), method: 'peering' },
    survey: surveyOf({
      networks: [peered(hub, network('spoke-7', '192.168.0.0/20'), { state: 'Disconnected' })],
    }),
  },
  {
    name: 'No internal load balancer',
    answers: answersFor([hub]),
    survey: surveyOf({ address: null }),
  },
  {
    name: 'Another region and a Basic load balancer',
    answers: answersFor([hub]),
    facts: pointToPoint,
    survey: surveyOf({
      networks: [{ ...hub, location: 'northeurope' }],
      environment: { frontends: [{ ...frontend, sku: 'Basic' }] },
    }),
  },
  {
    name: 'Another directory',
    answers: answersFor([hub]),
    survey: surveyOf({ mendix: { ...mendix, tenant: 'tenant-a' }, networks: [{ ...hub, tenant: 'tenant-b' }] }),
  },
  {
    name: 'Names by the settings',
    answers: answersFor([hub]),
    survey: surveyOf(),
    naming: { pattern: 'net-{name}-mx', tags: { 'cost-centre': '4711' } },
  },
  {
    name: 'All rights are there, and the deny assignment leaves open what is needed',
    answers: answersFor([hub]),
    survey: surveyOf({ more: { rights: allRights } }),
  },
];

function withSubnet() {
  const legacy = network('legacy', '192.168.2.0/24');
  return { ...legacy, subnets: [subnet(legacy, 'servers', '192.168.2.0/25')] };
}
