/** People in other networks open apps over Private Link. */
import type { ConnectAnswers } from '../../../src/plan/plan.ts';
import {
  data,
  endpoint,
  frontend,
  guarded,
  hubGroup,
  hubWithSubnets,
  inOwnGroup,
  linkService,
  managed,
  mendixGroup,
  publisherDeny,
  rights,
  rule,
  securityGroup,
  subnet,
  subnetOf,
} from '../parts.ts';
import { answersFor, hub, made, network, peered, suffix, zone } from '../world.ts';
import { privateLinkWorld } from './private-link-world.ts';
import type { Situation } from './situation.ts';

const exact = `orders.${suffix}`;
const shared = subnetOf(hubWithSubnets, 'people');
const apps = linkService('causeway-mendix-prod-apps');

function byLink(networks = [hub], names: readonly string[] | '*' = ['orders']): ConnectAnswers {
  return { ...answersFor(networks, names), method: 'private-link' };
}

const ready = guarded(managed, 'private-endpoints', { linkServicePolicies: 'Disabled' });
const ownEndpoint = endpoint('causeway-mendix-prod-apps-hub-vnet', shared, apps.id);
const connected = linkService('causeway-mendix-prod-apps', {
  connections: [
    {
      id: `${apps.id}/privateEndpointConnections/${ownEndpoint.name}.guid`,
      endpoint: ownEndpoint.id,
      state: 'Approved',
    },
  ],
});

export const appsByPrivateLink: readonly Situation[] = [
  {
    name: 'One app, only the apps may be reachable: the rules choose Private Link',
    answers: answersFor([hub]),
    facts: { isolation: true },
    survey: privateLinkWorld(),
  },
  {
    name: 'Two networks, each with an endpoint and zones of its own',
    answers: byLink([hub, data], ['orders', 'billing']),
    survey: privateLinkWorld({ networks: [hubWithSubnets, data] }),
  },
  {
    name: 'Two networks of one resource group cannot have two answers in one zone',
    answers: byLink([hub, network('twin-vnet', '10.21.0.0/16')]),
    survey: privateLinkWorld({ networks: [hubWithSubnets, twin()] }),
  },
  {
    name: 'Two networks of one resource group that are peered share one endpoint',
    answers: byLink([hub, twin()]),
    survey: privateLinkWorld({ networks: [peered(hubWithSubnets, twin()), peered(twin(), hub)] }),
  },
  {
    name: 'Overlapping ranges are no obstacle',
    answers: byLink([network('legacy', '192.168.2.0/24')]),
    survey: privateLinkWorld({ networks: [legacy()] }),
  },
  {
    name: 'A private link service of somebody else stands on the frontend and accepts by itself',
    answers: byLink(),
    survey: privateLinkWorld({
      mendix: ready,
      more: { linkServices: [linkService('pls-ingress', { autoApproves: ['sub-hub'] })] },
    }),
  },
  {
    name: 'A private link service of somebody else stands on the frontend and we accept',
    answers: byLink(),
    survey: privateLinkWorld({ mendix: ready, more: { linkServices: [linkService('pls-ingress')] } }),
  },
  {
    name: 'The frontend has a private link service that could not be read',
    answers: byLink(),
    survey: privateLinkWorld({ environment: { frontends: [{ ...frontend, linkService: linkService('pls-x').id }] } }),
    model: false,
  },
  {
    name: 'Everything stands already',
    answers: byLink(),
    survey: privateLinkWorld({
      mendix: ready,
      zones: [zone(exact, { '@': ownEndpoint.address ?? '' }, [hub], made)],
      more: { linkServices: [connected], endpoints: [ownEndpoint] },
    }),
  },
  {
    name: 'The endpoint stands and waits to be accepted',
    answers: byLink(),
    survey: privateLinkWorld({
      mendix: ready,
      more: {
        linkServices: [
          linkService('causeway-mendix-prod-apps', {
            connections: connected.connections.map((each) => Object.assign({}, each, { state: 'Pending' as const })),
          }),
        ],
        endpoints: [{ ...ownEndpoint, state: 'Pending' }],
      },
    }),
    model: 'forth-only',
  },
  {
    name: 'An earlier endpoint was rejected',
    answers: byLink(),
    survey: privateLinkWorld({
      mendix: ready,
      more: { linkServices: [apps], endpoints: [{ ...ownEndpoint, state: 'Rejected' }] },
    }),
  },
  {
    name: 'The load balancer is a Basic one',
    answers: byLink(),
    survey: privateLinkWorld({ environment: { frontends: [{ ...frontend, sku: 'Basic' }] } }),
  },
  {
    name: 'No internal load balancer',
    answers: byLink(),
    survey: privateLinkWorld({ environment: { frontends: [] } }),
  },
  {
    name: 'No method fits: only the apps may be reachable, and the load balancer is public',
    answers: answersFor([hub]),
    facts: { isolation: true },
    survey: privateLinkWorld({ environment: { frontends: [{ ...frontend, privateAddress: null }] } }),
  },
  {
    name: 'The subnets of the network could not be read',
    answers: byLink(),
    survey: privateLinkWorld({ networks: [hub], unread: [`the subnets of hub-vnet (AuthorizationFailed)`] }),
  },
  {
    name: 'No subnet of the network has room',
    answers: byLink(),
    survey: privateLinkWorld({
      networks: [
        {
          ...hub,
          subnets: [
            subnet(hub, 'full', '10.20.0.0/29', { used: 3 }),
            subnet(hub, 'GatewaySubnet', '10.20.255.0/27'),
            subnet(hub, 'sql', '10.20.4.0/24', { delegations: ['Microsoft.Sql/managedInstances'] }),
          ],
        },
      ],
    }),
  },
  {
    name: 'Eight private link services stand on the load balancer',
    answers: byLink(),
    survey: privateLinkWorld({
      more: {
        linkServices: Array.from({ length: 8 }, (_, index) =>
          linkService(`pls-${index}`, {
            frontends: [`${frontend.loadBalancer}/frontendIPConfigurations/front-${index}`],
          }),
        ),
      },
    }),
  },
  {
    name: 'A rule stops people from reaching the endpoint, and rules may be opened',
    answers: { ...byLink(), openSecurityRules: true },
    survey: privateLinkWorld({
      networks: [guarded(hubWithSubnets, 'shared', { securityGroup: securityGroup('nsg', []).id })],
      more: {
        securityGroups: [
          securityGroup('nsg', [rule('no-web', { priority: 120, destinationPorts: ['80', '440-450'] })]),
        ],
      },
    }),
  },
  {
    name: 'A domain of the company’s own, whose zone is shared with a network that cannot reach the endpoint',
    answers: byLink([hub], ['shop.example.com']),
    survey: privateLinkWorld({ zones: [zone('example.com', { '*': '10.9.9.9' }, [hub, data])] }),
  },
  {
    name: 'The deny assignment leaves no private link services open',
    answers: byLink(),
    survey: privateLinkWorld({
      more: {
        rights: [
          rights(mendixGroup, {
            denied: [
              { ...publisherDeny, except: publisherDeny.except.filter((action) => !action.includes('privateLink')) },
            ],
          }),
          rights(hubGroup),
        ],
      },
    }),
  },
];

function twin() {
  const seen = network('twin-vnet', '10.21.0.0/16');
  return { ...seen, subnets: [subnet(seen, 'endpoints', '10.21.0.0/24')] };
}

function legacy() {
  return inOwnGroup(network('legacy', '192.168.2.0/24'), (of) => [subnet(of, 'servers', '192.168.2.0/25')]);
}
