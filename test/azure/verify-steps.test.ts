/** One line for each thing that a plan wrote, from a reading that shows it, lacks it, or says nothing about it. */
import { describe, expect, it } from 'vitest';
import { stepEvidence } from '../../src/azure/verify-steps.ts';
import type { Survey } from '../../src/plan/world.ts';
import { mendix, surveyOf } from '../plan/world.ts';
import { stepOf } from './one-step.ts';

const group = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network';
const service = `${group}/privateLinkServices/apps`;
const endpoint = `${group}/privateEndpoints/pe`;
const rules = `${group}/networkSecurityGroups/people`;
const table = `${group}/routeTables/people`;
const subnet = {
  id: `${mendix.id}/subnets/nodes`,
  name: 'nodes',
  prefixes: ['192.168.0.0/24'],
  linkServicePolicies: 'Disabled' as const,
  endpointPolicies: 'Disabled',
  delegations: [],
  securityGroup: null,
  routeTable: table,
  used: 0,
};

const seen: Survey = {
  ...surveyOf({ mendix: { ...mendix, subnets: [subnet], dnsServers: ['10.20.0.4'] } }),
  linkServices: [
    {
      id: service,
      name: 'apps',
      location: 'westeurope',
      alias: 'apps.guid.westeurope.azure.privatelinkservice',
      frontends: [`${group}/loadBalancers/internal/frontendIPConfigurations/ingress`],
      natSubnets: [subnet.id],
      visibleTo: ['*'],
      autoApproves: [],
      connections: [],
    },
  ],
  endpoints: [
    {
      id: endpoint,
      name: 'pe',
      location: 'westeurope',
      subnet: subnet.id,
      target: service,
      manual: true,
      state: 'Approved',
      address: '10.20.1.4',
    },
  ],
  securityGroups: [
    {
      id: rules,
      name: 'people',
      rules: [
        {
          name: 'to-mendix',
          priority: 200,
          direction: 'Outbound',
          access: 'Allow',
          protocol: 'Tcp',
          sources: ['*'],
          destinations: ['192.168.0.10'],
          destinationPorts: ['443'],
        },
      ],
    },
  ],
  routeTables: [
    {
      id: table,
      name: 'people',
      routes: [{ name: 'to-mendix', prefix: '192.168.0.0/22', nextHop: 'VnetLocal', nextHopAddress: null }],
    },
  ],
};

const steps = {
  'subnet-policy': stepOf('subnet-policy', subnet.id),
  'link-service': stepOf('private-link-service', service),
  endpoint: stepOf('private-endpoint', endpoint),
  'dns-servers': stepOf('dns-servers', mendix.id, {
    body: { properties: { dhcpOptions: { dnsServers: ['10.20.0.4'] } } },
  }),
  'security-rule': stepOf('security-rule', `${rules}/securityRules/to-mendix`),
  route: stepOf('route', `${table}/routes/to-mendix`),
  'route-table': stepOf('route-table', subnet.id, { body: { properties: { routeTable: { id: table } } } }),
};

describe('what a plan wrote', () => {
  it.each(Object.entries(steps))('%s is as planned', (code, step) => {
    const evidence = stepEvidence(step, seen);

    expect(evidence[0]).toMatchObject({ kind: 'read', code, good: true });
    expect(evidence.every(({ good }) => good === true)).toBe(true);
  });

  it.each(Object.entries(steps))('%s is not as planned when the reading shows something else', (_code, step) => {
    const bare: Survey = {
      ...seen,
      environment: {
        ...seen.environment,
        network: { ...mendix, subnets: [{ ...subnet, linkServicePolicies: 'Enabled', routeTable: null }] },
      },
      linkServices: [],
      endpoints: [],
      securityGroups: (seen.securityGroups ?? []).map((each) => Object.assign({}, each, { rules: [] })),
      routeTables: (seen.routeTables ?? []).map((each) => Object.assign({}, each, { routes: [] })),
    };

    expect(stepEvidence(step, bare)[0]?.good).toBe(false);
  });

  it.each(Object.entries(steps))('%s is unknown when it was not read', (_code, step) => {
    const { linkServices: _1, endpoints: _2, securityGroups: _3, routeTables: _4, ...rest } = seen;
    const blind: Survey = { ...rest, environment: { ...seen.environment, network: null }, networks: [] };

    expect(stepEvidence(step, blind)[0]?.good).toBeNull();
  });

  it.each(['Pending', 'Rejected', 'Disconnected'] as const)('an endpoint that is %s is not as planned', (state) => {
    const endpoints = (seen.endpoints ?? []).map((each) => Object.assign({}, each, { state }));

    expect(stepEvidence(steps.endpoint, { ...seen, endpoints })).toContainEqual(
      expect.objectContaining({ code: 'endpoint-connection', good: false, text: expect.stringContaining(state) }),
    );
  });

  it.each([
    ['Approved', true],
    ['Pending', false],
  ] as const)('a connection that its service calls %s says so from that side as well', (state, good) => {
    const linkServices = (seen.linkServices ?? []).map((each) =>
      Object.assign({}, each, { connections: [{ id: `${service}/privateEndpointConnections/pe.1`, endpoint, state }] }),
    );

    expect(stepEvidence(stepOf('endpoint-approval', endpoint), { ...seen, linkServices })).toEqual([
      {
        kind: 'read',
        code: 'service-connection',
        good,
        text: `The Private Link service apps says about pe: ${state}.`,
      },
    ]);
    expect(stepEvidence(stepOf('endpoint-approval', endpoint), seen)).toEqual([]);
  });
});
