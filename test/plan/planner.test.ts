import { describe, expect, it } from 'vitest';
import type { ConnectAnswers, Method, Plan, Scenario } from '../../src/plan/plan.ts';
import { planAgain, planConnection } from '../../src/plan/planner.ts';
import { frontend, hubWithSubnets, managed } from './parts.ts';
import {
  answersFor,
  byPeering,
  codesOf,
  hub,
  hubZones,
  linesOf,
  mendix,
  network,
  peered,
  planFor,
  plannedFor,
  suffix,
  surveyOf,
} from './world.ts';

const data = network('data-vnet', '10.30.0.0/16');
const exact = `orders.${suffix}`;

describe('a plan for one app', () => {
  it('peers both ways and gives the app a zone of exactly its own name', () => {
    const plan = plannedFor();

    expect(linesOf(plan)).toEqual([
      'create peering/hub-vnet/causeway-to-mendix-vnet',
      'create peering/mendix-vnet/causeway-to-hub-vnet after peering/hub-vnet/causeway-to-mendix-vnet',
      `create dns-zone/${exact}`,
      `create dns-record/${exact}/@ after dns-zone/${exact}`,
      `create dns-link/${exact}/causeway-hub-vnet after dns-zone/${exact}, dns-record/${exact}/@`,
    ]);
  });

  it('sends bodies that hold everything a PUT replaces', () => {
    const bodies = plannedFor().steps.map((step) => step.body);

    expect(bodies).toEqual([
      {
        properties: {
          remoteVirtualNetwork: { id: mendix.id },
          allowVirtualNetworkAccess: true,
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
      },
      expect.objectContaining({ properties: expect.objectContaining({ remoteVirtualNetwork: { id: hub.id } }) }),
      { location: 'global', tags: { 'created-by': 'causeway', 'causeway-case': 'C-1' } },
      { properties: { ttl: 300, aRecords: [{ ipv4Address: '192.168.0.10' }] } },
      {
        location: 'global',
        tags: { 'created-by': 'causeway', 'causeway-case': 'C-1' },
        properties: { virtualNetwork: { id: hub.id }, registrationEnabled: false },
      },
    ]);
  });

  it('puts zone and link where the network that uses them is', () => {
    const resources = plannedFor().steps.map((step) => step.resource);

    expect(resources.slice(2)).toEqual([
      `${hubZones}/${exact}`,
      `${hubZones}/${exact}/A/@`,
      `${hubZones}/${exact}/virtualNetworkLinks/causeway-hub-vnet`,
    ]);
  });

  it('says who gains reach, what is promised and from where', () => {
    const plan = plannedFor();

    expect(plan.reach).toEqual([
      {
        from: ['hub-vnet'],
        to: ['192.168.0.0/22 (mendix-vnet), all ports that its security groups allow'],
        addresses: ['192.168.0.0/22'],
        ports: null,
      },
      {
        from: ['mendix-vnet'],
        to: ['10.20.0.0/16 (hub-vnet), all ports that its security groups allow'],
        addresses: ['10.20.0.0/16'],
        ports: null,
      },
    ]);
    expect(plan.promises).toEqual({ names: [{ name: exact, address: '192.168.0.10' }], from: [hub.id], port: 443 });
  });

  it('names the way back in the opposite order', () => {
    const undo = plannedFor().undo.map(
      (step) => `${step.change} ${step.id}${step.after.length === 0 ? '' : ` after ${step.after.join(', ')}`}`,
    );

    expect(undo).toEqual([
      `delete undo/dns-link/${exact}/causeway-hub-vnet`,
      `delete undo/dns-record/${exact}/@ after undo/dns-link/${exact}/causeway-hub-vnet`,
      `delete undo/dns-zone/${exact} after undo/dns-record/${exact}/@, undo/dns-link/${exact}/causeway-hub-vnet`,
      'delete undo/peering/mendix-vnet/causeway-to-hub-vnet',
      'delete undo/peering/hub-vnet/causeway-to-mendix-vnet after undo/peering/mendix-vnet/causeway-to-hub-vnet',
    ]);
  });

  it('says why it makes no zone of the whole suffix', () => {
    expect(plannedFor().because.map((ground) => ground.note)).toEqual([
      expect.stringContaining('would hide every other name'),
    ]);
  });

  it('is the same twice, and with ids spelled differently', () => {
    const shouting = { ...hub, id: hub.id.replace('resourceGroups', 'RESOURCEGROUPS') };

    expect(plannedFor().hash).toBe(plannedFor().hash);
    expect(plannedFor({ networks: [shouting] }).hash).toBe(plannedFor().hash);
  });

  it('has another hash when anything that is written is different', () => {
    const hashes = [
      plannedFor(),
      plannedFor({ address: '192.168.0.11' }),
      plannedFor({}, ['billing']),
      plannedFor({ mendix: peered(mendix, hub) }),
    ].map((plan) => plan.hash);

    expect(new Set(hashes).size).toBe(4);
  });
});

describe('a plan for several apps and networks', () => {
  it('gives each app its zone, and each network its link where it is', () => {
    const plan = plannedFor({ networks: [hub, data] }, ['orders', 'billing']);

    expect(linesOf(plan).filter((line) => line.includes('peering/'))).toEqual([
      'create peering/hub-vnet/causeway-to-mendix-vnet',
      'create peering/data-vnet/causeway-to-mendix-vnet',
      'create peering/mendix-vnet/causeway-to-hub-vnet after peering/hub-vnet/causeway-to-mendix-vnet',
      'create peering/mendix-vnet/causeway-to-data-vnet after peering/data-vnet/causeway-to-mendix-vnet',
    ]);
    expect(plan.steps.filter((step) => step.kind === 'dns-zone')).toHaveLength(2);
    expect(
      plan.steps.filter((step) => step.kind === 'dns-link').map((step) => step.resource.split('/').slice(-3).join('/')),
    ).toEqual(
      [
        `${exact}/virtualNetworkLinks/causeway-hub-vnet`,
        `${exact}/virtualNetworkLinks/causeway-data-vnet`,
        `billing.${suffix}/virtualNetworkLinks/causeway-hub-vnet`,
        `billing.${suffix}/virtualNetworkLinks/causeway-data-vnet`,
      ].map((path) => path),
    );
  });

  it('tells networks of one name in two groups apart', () => {
    const twin = {
      ...network('hub-vnet', '10.50.0.0/16'),
      id: hub.id.replace('network-hub', 'network-twin'),
      resourceGroup: 'network-twin',
    };
    const plan = plannedFor({ networks: [hub, twin] });

    expect(new Set(plan.steps.map((step) => step.id)).size).toBe(plan.steps.length);
    expect(plan.steps.filter((step) => step.kind === 'peering').map((step) => step.resource.split('/').at(-1))).toEqual(
      ['causeway-to-mendix-vnet', 'causeway-to-mendix-vnet', 'causeway-to-hub-vnet', 'causeway-to-hub-vnet-2'],
    );
  });

  it('asks for an app once when it was named twice', () => {
    expect(plannedFor({}, ['orders', 'Orders']).hash).toBe(plannedFor().hash);
  });
});

describe('what is planned', () => {
  const service = { fqdn: 'erp.example.com', privateLinkService: null };

  it.each<[string, Partial<ConnectAnswers>, Method, string]>([
    ['apps, by the method', {}, 'peering', 'apps-by-peering'],
    ['apps, by the other method', {}, 'private-link', 'apps-by-private-link'],
    ['what was asked for by name', { scenario: 'apps-by-private-link' }, 'peering', 'apps-by-private-link'],
    [
      'a service, when one was named',
      { service: { ...service, address: '10.20.1.9' } },
      'peering',
      'service-by-endpoint',
    ],
    ['own DNS servers, when some were named', { dnsServers: ['192.168.3.4'] }, 'peering', 'dns-servers'],
  ])('is %s', (_what, more, method, scenario) => {
    const survey = surveyOf({
      mendix: managed,
      networks: [hubWithSubnets],
      environment: { frontends: [frontend] },
      more: { linkServices: [], endpoints: [] },
    });

    const planned = planConnection({ ...answersFor([hub]), ...more }, survey, { method, because: [] });

    expect(planned).toMatchObject({ kind: 'planned', plan: { scenario } });
  });

  it.each<[Scenario, Method, string]>([
    ['apps-by-peering', 'private-link', 'ScenarioAndMethodDiffer'],
    ['apps-by-private-link', 'peering', 'ScenarioAndMethodDiffer'],
    ['database-read', 'private-link', 'DatabaseNeedsPeering'],
  ])('is nothing when %s and %s exclude each other', (scenario, method, code) => {
    const answers = { ...answersFor([hub]), scenario, method };

    expect(codesOf(planConnection(answers, surveyOf(), byPeering))).toEqual([`stop ${code}`]);
  });

  it('carries the tags of the settings and the case on everything that takes tags', () => {
    const naming = { pattern: 'net-{name}', tags: { owner: 'platform', 'created-by': 'somebody' } };
    const survey = surveyOf({
      mendix: managed,
      networks: [hubWithSubnets],
      environment: { frontends: [frontend] },
      more: { linkServices: [], endpoints: [] },
    });

    const planned = planConnection(
      { ...answersFor([hub]), method: 'private-link' },
      survey,
      byPeering,
      { 'causeway-case': 'C-1' },
      naming,
    );

    const tagged = planIn(planned).steps.flatMap(({ kind, body }) => {
      const { tags } = (body ?? {}) as { tags?: unknown };
      return tags === undefined ? [] : [[kind, tags]];
    });
    const tags = { owner: 'platform', 'created-by': 'causeway', 'causeway-case': 'C-1' };
    expect(tagged).toEqual(
      ['private-link-service', 'private-endpoint', 'dns-zone', 'dns-link'].map((kind) => [kind, tags]),
    );
  });
});

it('keeps what it was made from, so that it can be made again', () => {
  const first = plannedFor();
  const { answers, tags } = first.madeFrom;

  const again = planConnection(answers, surveyOf(), byPeering, tags);

  expect(planIn(again)).toEqual(first);
  expect(planIn(planAgain(first, surveyOf()))).toEqual(first);
});

function planIn(planned: ReturnType<typeof planFor>): Plan {
  if (planned.kind !== 'planned') {
    throw new Error(JSON.stringify(planned.findings));
  }
  return planned.plan;
}
