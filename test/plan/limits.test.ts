import { describe, expect, it } from 'vitest';
import { planConnection } from '../../src/plan/planner.ts';
import {
  endpoint,
  frontend,
  guarded,
  hubWithSubnets,
  linkService,
  managed,
  mendixGroup,
  rights,
  rule,
  securityGroup,
  subnet,
  subnetOf,
} from './parts.ts';
import {
  answersFor,
  byPeering,
  codesOf,
  findingsOf,
  hub,
  mendix,
  network,
  peered,
  planFor,
  suffix,
  type SurveyParts,
  surveyOf,
  zone,
} from './world.ts';

const full = 'stop LimitReached';

function byLink(parts: SurveyParts) {
  const survey = surveyOf({
    mendix: managed,
    networks: [hubWithSubnets],
    environment: { frontends: [frontend] },
    ...parts,
    more: { linkServices: [], endpoints: [], ...parts.more },
  });
  return planConnection({ ...answersFor([hub]), method: 'private-link' }, survey, byPeering);
}

describe('a plan that would exceed what Azure allows is refused', () => {
  it('links of a zone', () => {
    const linked = Array.from({ length: 1000 }, (_, index) => network(`n${index}`, '10.0.0.0/24'));
    const ownZone = zone(`orders.${suffix}`, { '@': '192.168.0.10' }, linked);

    expect(codesOf(planFor({ zones: [ownZone] }))).toContain(full);
    expect(codesOf(planFor({ zones: [{ ...ownZone, links: ownZone.links.slice(1) }] }))).not.toContain(full);
  });

  it('records of a zone', () => {
    const records = Object.fromEntries(Array.from({ length: 25_000 }, (_, index) => [`n${index}`, '10.1.1.1']));

    const [finding] = findingsOf(planFor({ zones: [zone(suffix, records, [hub])] }));

    expect(finding).toMatchObject({ level: 'stop', code: 'LimitReached' });
    expect(finding?.text).toContain('25000');
  });

  it('endpoints of a network', () => {
    const people = subnetOf(hubWithSubnets, 'people');
    const endpoints = Array.from({ length: 1000 }, (_, index) => endpoint(`pe-${index}`, people, 'x'));

    expect(codesOf(byLink({ more: { endpoints } }))).toContain(full);
  });

  it('endpoints of a private link service', () => {
    const service = linkService('pls');
    const connections = Array.from({ length: 1000 }, (_, index) => ({
      id: `${service.id}/privateEndpointConnections/c${index}`,
      endpoint: `e${index}`,
      state: 'Approved' as const,
    }));

    expect(codesOf(byLink({ more: { linkServices: [{ ...service, connections }] } }))).toContain(full);
  });

  it('rules of a security group', () => {
    const rules = [
      rule('deny', { priority: 4096 }),
      ...Array.from({ length: 999 }, (_, index) =>
        rule(`r${index}`, { access: 'Allow', destinations: ['1.1.1.1'], priority: 1000 + index }),
      ),
    ];
    const group = securityGroup('nsg', rules);
    const networks = [guarded(hubWithSubnets, 'people', { securityGroup: group.id })];
    const survey = surveyOf({ mendix: managed, networks, more: { securityGroups: [group] } });

    expect(codesOf(planConnection({ ...answersFor([hub]), openSecurityRules: true }, survey, byPeering))).toContain(
      full,
    );
  });
});

describe('security rules', () => {
  function from(rules: Parameters<typeof securityGroup>[1]) {
    const group = securityGroup('nsg', rules);
    const networks = [guarded(hubWithSubnets, 'people', { securityGroup: group.id })];
    const survey = surveyOf({ mendix: managed, networks, more: { securityGroups: [group] } });
    return planConnection({ ...answersFor([hub]), openSecurityRules: true }, survey, byPeering);
  }

  it('that let the traffic through before it is denied are enough', () => {
    const open = rule('allow-mendix', {
      access: 'Allow',
      priority: 200,
      destinations: ['192.168.0.0/16'],
      destinationPorts: ['400-500'],
    });

    expect(codesOf(from([open, rule('deny')]))).toEqual([]);
  });

  it('that let only some of it through are not', () => {
    const open = rule('allow-one', {
      access: 'Allow',
      priority: 200,
      sources: ['10.20.2.4'],
      destinations: ['192.168.0.10'],
    });

    expect(codesOf(from([open, rule('deny')]))).toEqual(['care OpensSecurityRule']);
  });

  it('that speak of something else do not matter', () => {
    const others = [
      rule('udp', { protocol: 'Udp' }),
      rule('inbound', { direction: 'Inbound' }),
      rule('other-port', { destinationPorts: ['22'] }),
      rule('internet', { destinations: ['Internet'] }),
    ];

    expect(codesOf(from(others))).toEqual([]);
  });

  it('leave no room when every priority before the deny is taken', () => {
    const tight = [
      rule('deny', { priority: 101 }),
      rule('first', { priority: 100, access: 'Allow', destinations: ['1.1.1.1'] }),
    ];

    const planned = from(tight);

    expect(findingsOf(planned)[0]?.wayOut).toContain('No priority before 101 is free');
    expect(planned.kind === 'planned' ? planned.plan.steps.some(({ kind }) => kind === 'security-rule') : true).toBe(
      false,
    );
  });

  it('that could not be read are not taken for open', () => {
    const networks = [guarded(hubWithSubnets, 'people', { securityGroup: securityGroup('nsg', []).id })];

    expect(codesOf(planFor({ mendix: managed, networks }))).toEqual(['unknown SecurityGroupNotRead']);
  });
});

it('asks for the rights on what the subnets of the network refer to, before it writes the network', () => {
  const group = `${mendixGroup}/providers/Microsoft.Network/networkSecurityGroups/nsg-aks`;
  const ours = peered(guarded(managed, 'aks-nodes', { securityGroup: group }), hub);
  const allowed = [{ actions: ['*'], notActions: ['Microsoft.Network/networkSecurityGroups/join/action'] }];
  const survey = surveyOf({
    mendix: ours,
    networks: [peered(hubWithSubnets, mendix)],
    more: { endpoints: [], rights: [rights(mendixGroup, { allowed })] },
  });

  const planned = planConnection(
    { ...answersFor([hub], []), scenario: 'dns-servers', dnsServers: ['10.20.0.4'] },
    survey,
    byPeering,
  );

  expect(codesOf(planned)).toEqual(['stop LinkedAuthorizationFailed', 'care ForwardingNeeded']);
  expect(findingsOf(planned)[0]?.text).toContain(`Microsoft.Network/networkSecurityGroups/join/action on ${group}`);
});

describe('the subnet of an endpoint', () => {
  it.each([
    [
      'named for it',
      [
        ['big', '10.20.0.0/20', {}],
        ['private-endpoints', '10.20.32.0/27', {}],
      ],
      'private-endpoints',
    ],
    [
      'the largest otherwise',
      [
        ['small', '10.20.0.0/27', {}],
        ['big', '10.20.32.0/24', {}],
      ],
      'big',
    ],
    [
      'never one that is full',
      [
        ['endpoints', '10.20.0.0/29', { used: 3 }],
        ['other', '10.20.32.0/27', {}],
      ],
      'other',
    ],
    [
      'never a gateway’s',
      [
        ['GatewaySubnet', '10.20.0.0/24', {}],
        ['other', '10.20.32.0/27', {}],
      ],
      'other',
    ],
    [
      'never one that is delegated',
      [
        ['web', '10.20.0.0/24', { delegations: ['Microsoft.Web/serverFarms'] }],
        ['other', '10.20.32.0/27', {}],
      ],
      'other',
    ],
  ] as const)('is %s', (_what, subnets, chosen) => {
    const there = { ...hub, subnets: subnets.map(([name, prefix, more]) => subnet(hub, name, prefix, more)) };
    const planned = byLink({ networks: [there] });

    const step = planned.kind === 'planned' ? planned.plan.steps.find(({ kind }) => kind === 'private-endpoint') : null;
    expect(step?.body).toMatchObject({ properties: { subnet: { id: `${hub.id}/subnets/${chosen}` } } });
  });
});
