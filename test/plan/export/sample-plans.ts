/**
 * Plans with every kind of step and every kind of change, in the example world, written by hand: what an export must do
 * with a step does not depend on which scenario asked for it.
 */
import { hashSteps } from '../../../src/plan/hash.ts';
import type { Json, Plan, PlanStep, Scenario } from '../../../src/plan/plan.ts';
import { stepDocs } from '../../../src/plan/step-docs.ts';
import { undoSteps } from '../../../src/plan/undo.ts';
import {
  exampleGroups,
  exampleLoadBalancers,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';

const { hub, mendixProd } = exampleNetworks;
const hubGroup = `${exampleGroups.hub}/providers/Microsoft.Network`;
const managed = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network`;
const tags = { 'created-by': 'causeway', 'causeway-case': 'C-1' };
const name = 'orders.azure.mendixapps.io';

type Draft = Pick<PlanStep, 'kind' | 'resource' | 'body'> & Partial<PlanStep>;

/** Ids are the kind and the last name; the plan's order is that of the drafts. */
export function planOf(scenario: Scenario, drafts: readonly Draft[], more: Partial<Plan> = {}): Plan {
  const steps = drafts.map(
    (draft, index): PlanStep => ({
      id: draft.id ?? `${draft.kind}/${index + 1}`,
      after: [],
      change: 'create',
      title: `${draft.kind} of ${draft.resource.split('/').at(-1) ?? ''}`,
      before: null,
      docs: stepDocs[draft.kind],
      ...draft,
    }),
  );
  return {
    hash: hashSteps(steps),
    scenario,
    method: scenario === 'apps-by-peering' || scenario === 'database-read' ? 'peering' : 'private-link',
    environment: 'mendix-prod',
    because: [{ source: 'The guide', section: 'A section', note: 'It fits what was asked for.' }],
    findings: [{ level: 'care', code: 'Sample', text: 'Something to know.', wayOut: 'Look at it.' }],
    steps,
    undo: undoSteps(steps),
    reach: [{ from: ['hub-vnet'], to: ['10.20.1.4, port 443'] }],
    promises: { names: [{ name, address: '' }], from: [hub], port: 443 },
    madeFrom: {
      answers: { scenario, environment: 'mendix-prod', networks: [hub], apps: ['orders'], method: null },
      environment: {
        name: 'mendix-prod',
        subscription: exampleSubscriptions.workloads,
        managedResourceGroup: 'mrg-mendix-prod',
        domainSuffix: 'azure.mendixapps.io',
      },
      tags: {},
    },
    ...more,
  };
}

function peeringStep(from: string, to: string, more: Partial<PlanStep> = {}): Draft {
  return {
    kind: 'peering',
    resource: `${from}/virtualNetworkPeerings/causeway-to-${to.split('/').at(-1) ?? ''}`,
    body: {
      properties: {
        remoteVirtualNetwork: { id: to },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    },
    ...more,
  };
}

/** Zone, record and link, in the resource group of `group`. */
function nameSteps(group: string, zone: string, address: Json, network: string): Draft[] {
  const id = `${group}/privateDnsZones/${zone}`;
  return [
    { kind: 'dns-zone', resource: id, body: { location: 'global', tags }, id: 'zone' },
    {
      kind: 'dns-record',
      resource: `${id}/A/@`,
      body: { properties: { ttl: 300, aRecords: [{ ipv4Address: address }] } },
      id: 'record',
      after: ['zone'],
    },
    {
      kind: 'dns-link',
      resource: `${id}/virtualNetworkLinks/causeway-link`,
      body: { location: 'global', properties: { virtualNetwork: { id: network }, registrationEnabled: false } },
      id: 'link',
      after: ['zone', 'record'],
    },
  ];
}

function endpointStep(id: string, subnet: string, target: string, more: Partial<PlanStep> = {}): Draft {
  const connection = { name: 'causeway', properties: { privateLinkServiceId: target, requestMessage: 'For case C-1' } };
  return {
    kind: 'private-endpoint',
    resource: id,
    body: {
      location: 'westeurope',
      tags,
      properties: { subnet: { id: subnet }, manualPrivateLinkServiceConnections: [connection] },
    },
    ...more,
  };
}

const byPeering = planOf('apps-by-peering', [
  peeringStep(hub, mendixProd, { id: 'theirs' }),
  peeringStep(mendixProd, hub, { id: 'ours', after: ['theirs'] }),
  ...nameSteps(hubGroup, name, '192.168.0.10', hub),
]);

const subnet = `${mendixProd}/subnets/private-endpoints`;
const linkService = `${managed}/privateLinkServices/causeway-mendix-prod`;
const endpoint = `${hubGroup}/privateEndpoints/causeway-mendix-prod`;

const byPrivateLink = planOf('apps-by-private-link', [
  {
    kind: 'subnet-policy',
    change: 'update',
    id: 'policy',
    resource: subnet,
    before: { properties: { privateLinkServiceNetworkPolicies: 'Enabled' } },
    body: { properties: { privateLinkServiceNetworkPolicies: 'Disabled' } },
  },
  {
    kind: 'private-link-service',
    id: 'service',
    after: ['policy'],
    resource: linkService,
    body: {
      location: 'westeurope',
      tags,
      properties: {
        loadBalancerFrontendIpConfigurations: [
          { id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/ingress` },
        ],
        ipConfigurations: [
          {
            name: 'primary',
            properties: {
              subnet: { id: subnet },
              primary: true,
              privateIPAllocationMethod: 'Dynamic',
              privateIPAddressVersion: 'IPv4',
            },
          },
        ],
        visibility: { subscriptions: [exampleSubscriptions.connectivity] },
        autoApproval: { subscriptions: [] },
        enableProxyProtocol: false,
      },
    },
  },
  endpointStep(endpoint, `${hub}/subnets/shared`, linkService, { id: 'endpoint', after: ['service'] }),
  {
    kind: 'endpoint-approval',
    id: 'approval',
    after: ['endpoint'],
    resource: `${linkService}/privateEndpointConnections/causeway-mendix-prod`,
    body: {
      properties: {
        privateLinkServiceConnectionState: { status: 'Approved', description: 'Approved by Anna Approver, case C-1' },
      },
    },
  },
  ...nameSteps(hubGroup, name, { $addressOf: endpoint }, hub),
]);

const ownEndpoint = `${managed}/privateEndpoints/causeway-erp`;

const toService = planOf('service-by-endpoint', [
  endpointStep(ownEndpoint, subnet, 'erp.2f0f7d7c-0000-4000-8000-000000000001.westeurope.azure.privatelinkservice', {
    id: 'endpoint',
  }),
  { kind: 'endpoint-wait', change: 'adopt', id: 'wait', after: ['endpoint'], resource: ownEndpoint, body: null },
  ...nameSteps(managed, 'erp.corp.example', { $addressOf: ownEndpoint }, mendixProd),
]);

const ownServers = planOf('dns-servers', [
  peeringStep(hub, mendixProd, { id: 'theirs' }),
  peeringStep(mendixProd, hub, { id: 'ours', after: ['theirs'] }),
  {
    kind: 'dns-servers',
    change: 'update',
    id: 'servers',
    after: ['ours'],
    resource: mendixProd,
    before: { properties: { dhcpOptions: { dnsServers: [] } } },
    body: { properties: { dhcpOptions: { dnsServers: ['10.20.0.4', '10.20.0.5'] } } },
  },
]);

const databaseZone = `${hubGroup}/privateDnsZones/privatelink.postgres.database.azure.com`;

const toDatabase = planOf('database-read', [
  peeringStep(hub, mendixProd, { id: 'theirs' }),
  peeringStep(mendixProd, hub, { id: 'ours', after: ['theirs'] }),
  { kind: 'dns-zone', change: 'adopt', id: 'zone', resource: databaseZone, before: { location: 'global' }, body: null },
  {
    kind: 'dns-record',
    id: 'record',
    after: ['zone'],
    resource: `${databaseZone}/A/mendix-prod-replica`,
    body: { properties: { ttl: 300, aRecords: [{ ipv4Address: '192.168.1.70' }] } },
  },
  {
    kind: 'dns-link',
    change: 'keep',
    id: 'link',
    after: ['record'],
    resource: `${databaseZone}/virtualNetworkLinks/hub`,
    before: { properties: { virtualNetwork: { id: hub } } },
    body: null,
  },
]);

const { data } = exampleNetworks;
const keptEndpoint = `${hubGroup}/privateEndpoints/kept`;
const oldZone = `${hubGroup}/privateDnsZones/azure.mendixapps.io`;
const routeTable = `${hubGroup}/routeTables/hub-routes`;

/** Kinds and changes that no plan above has. */
const mending = planOf('apps-by-peering', [
  peeringStep(hub, mendixProd, { id: 'theirs' }),
  { ...peeringStep(mendixProd, hub, { id: 'repair', change: 'update', after: ['theirs'] }), kind: 'peering-repair' },
  peeringStep(hub, data, { id: 'sync', change: 'update', before: peeringStep(hub, data).body }),
  peeringStep(data, hub, { id: 'open', change: 'update', before: closed(peeringStep(data, hub).body) }),
  endpointStep(keptEndpoint, `${hub}/subnets/shared`, linkService, { id: 'kept', change: 'keep', body: null }),
  { kind: 'dns-zone', change: 'keep', id: 'zone', resource: oldZone, before: { location: 'global' }, body: null },
  {
    kind: 'dns-record',
    change: 'update',
    id: 'record',
    after: ['zone'],
    resource: `${oldZone}/A/*`,
    before: { properties: { ttl: 3600, aRecords: [{ ipv4Address: '10.0.0.9' }] } },
    body: { properties: { ttl: 300, aRecords: [{ ipv4Address: { $addressOf: keptEndpoint } }] } },
  },
  {
    kind: 'security-rule',
    id: 'rule',
    resource: `${hubGroup}/networkSecurityGroups/hub-nsg/securityRules/causeway-apps`,
    body: {
      properties: {
        priority: 200,
        direction: 'Outbound',
        access: 'Allow',
        protocol: 'Tcp',
        sourceAddressPrefix: '*',
        sourcePortRange: '*',
        destinationAddressPrefixes: ['192.168.0.0/22', '192.168.4.0/22'],
        destinationPortRange: '443',
        description: 'Apps of mendix-prod, case C-1',
      },
    },
  },
  {
    kind: 'route',
    id: 'route',
    resource: `${routeTable}/routes/causeway-apps`,
    body: {
      properties: { addressPrefix: '192.168.0.0/22', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.20.0.36' },
    },
  },
  {
    kind: 'route-table',
    change: 'update',
    id: 'attach',
    after: ['route'],
    resource: `${hub}/subnets/people`,
    before: { properties: { routeTable: null } },
    body: { properties: { routeTable: { id: routeTable } } },
  },
]);

function closed(body: Json): Json {
  return JSON.parse(
    JSON.stringify(body).replace('"allowVirtualNetworkAccess":true', '"allowVirtualNetworkAccess":false'),
  ) as Json;
}

export const samplePlans: Readonly<Record<string, Plan>> = {
  'apps-by-peering': byPeering,
  'apps-by-private-link': byPrivateLink,
  'service-by-endpoint': toService,
  'dns-servers': ownServers,
  'database-read': toDatabase,
  mending,
};
