import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapsThatForbidPeering } from '../../src/plan/preflight-addresses.ts';
import { planConnection } from '../../src/plan/planner.ts';
import {
  answersFor,
  byPeering,
  codesOf,
  findingsOf,
  hub,
  mendix,
  network,
  peered,
  peering,
  planFor,
  suffix,
  surveyOf,
} from './world.ts';

const spoke = network('spoke-7', '192.168.0.0/20');

describe('address ranges', () => {
  it('that overlap stop the plan, with both prefixes and Private Link as the way out', () => {
    const [finding] = findingsOf(planFor({ networks: [network('legacy', '192.168.2.0/24')] }));

    expect(finding).toMatchObject({
      level: 'stop',
      code: 'VnetAddressSpacesOverlap',
      wayOut: expect.stringContaining('Private Link'),
    });
    expect(finding?.text).toContain('192.168.0.0/22 and 192.168.2.0/24');
  });

  it.each([
    ['Connected', 'Azure would refuse the peering.'],
    ['Disconnected', 'although that one is disconnected'],
  ] as const)('of a network that the hub is peered with already stop it too, when that is %s', (state, text) => {
    const [finding] = findingsOf(planFor({ networks: [peered(hub, spoke, { state })] }));

    expect(finding).toMatchObject({ level: 'stop', code: 'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet' });
    expect(finding?.text).toContain('spoke-7');
    expect(finding?.text).toContain(text);
  });

  it('of a network that the environment is peered with already stop it too', () => {
    const ours = peered(mendix, network('other-hub', '10.20.4.0/24'));

    expect(codesOf(planFor({ mendix: ours }))).toEqual(['stop VnetAddressSpaceOverlapsWithAlreadyPeeredVnet']);
  });

  it('that a peered network has got since then count as well', () => {
    const stale = peering(hub, spoke, { remotePrefixes: ['10.77.0.0/16'], remotePrefixesNow: ['192.168.0.0/20'] });

    expect(codesOf(planFor({ networks: [{ ...hub, peerings: [stale] }] }))).toEqual([
      'stop VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
    ]);
  });

  it('of two networks of one plan must not overlap each other', () => {
    const planned = planFor({ networks: [hub, network('twin', '10.20.8.0/24')] });

    expect(codesOf(planned)).toEqual(['stop VnetAddressSpaceOverlapsWithAlreadyPeeredVnet']);
  });

  it('of the peering with each other are no obstacle', () => {
    expect(codesOf(planFor({ mendix: peered(mendix, hub), networks: [peered(hub, mendix)] }))).toEqual([]);
  });

  it('that cannot be read are said to be unknown', () => {
    expect(codesOf(planFor({ networks: [network('odd', 'soon')] }))).toContain('unknown AddressPrefixNotRead');
  });

  it('forbid a peering whichever network is called ours', () => {
    const prefix = fc.tuple(fc.constantFrom(10, 192), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 8, max: 24 }));
    const nets = fc.array(prefix, { minLength: 3, maxLength: 3 });

    fc.assert(
      fc.property(nets, (picked) => {
        const [one, two, three] = picked.map(([a, b, length], index) =>
          network(`n${index}`, `${a}.${b}.0.0/${length}`),
        );
        if (one === undefined || two === undefined || three === undefined) {
          return;
        }
        const theirs = peered(two, three);
        expect(overlapsThatForbidPeering(one, theirs).length > 0).toBe(
          overlapsThatForbidPeering(theirs, one).length > 0,
        );
      }),
    );
  });
});

describe('peerings that are there', () => {
  it.each([
    ['the hub', { networks: [peered(hub, mendix, { state: 'Disconnected' as const })] }],
    ['the environment', { mendix: peered(mendix, hub, { state: 'Disconnected' as const }) }],
  ])('and dead, half of %s, are mended before anything else', (_whose, parts) => {
    const planned = planFor(parts);

    expect(codesOf(planned)).toEqual(['care RemotePeeringIsDisconnected']);
    const steps = planned.kind === 'planned' ? planned.plan.steps : [];
    expect(steps[0]).toMatchObject({ kind: 'peering-repair', change: 'update', after: [] });
    expect(steps[1]).toMatchObject({ kind: 'peering', change: 'create', after: [steps[0]?.id] });
  });

  it('may be no more than Azure allows', () => {
    const peerings = Array.from({ length: 500 }, (_, index) =>
      peering(hub, network(`n${index}`, `172.16.${index % 250}.0/24`), { name: `p${index}` }),
    );

    expect(codesOf(planFor({ networks: [{ ...hub, peerings }] }))).toEqual(['stop PeeringLimitReached']);
  });
});

describe('the environment', () => {
  it('without internal load balancer stops it and names the one switch', () => {
    const [finding] = findingsOf(planFor({ address: null }));

    expect(finding).toMatchObject({
      level: 'stop',
      code: 'InternalLoadBalancerMissing',
      wayOut: expect.stringContaining('in the Mendix portal'),
    });
  });

  it('with a Basic load balancer cannot be reached from another region', () => {
    const survey = surveyOf({ networks: [{ ...hub, location: 'northeurope' }] });
    const frontends = survey.environment.frontends.map((frontend) => Object.assign({}, frontend, { sku: 'Basic' }));

    const planned = planConnection(
      answersFor([hub]),
      { ...survey, environment: { ...survey.environment, frontends } },
      byPeering,
    );

    expect(codesOf(planned)).toEqual(['stop BasicLoadBalancerAcrossRegions']);
  });

  it('with several internal addresses asks for care', () => {
    const survey = surveyOf();
    const [first] = survey.environment.frontends;
    const frontends = [
      ...survey.environment.frontends,
      ...(first === undefined ? [] : [{ ...first, name: 'second', privateAddress: '192.168.0.20' }]),
    ];

    const planned = planConnection(
      answersFor([hub]),
      { ...survey, environment: { ...survey.environment, frontends } },
      byPeering,
    );

    expect(codesOf(planned)).toEqual(['care SeveralInternalAddresses']);
    expect(planned).toMatchObject({ plan: { promises: { names: [{ address: '192.168.0.10' }] } } });
  });

  it('whose network was not found stops it', () => {
    expect(codesOf(planFor({ mendix: null }))).toContain('stop EnvironmentNetworkNotRead');
  });
});

describe('what was asked', () => {
  it.each([
    ['a text that is no resource id', 'hub-vnet', 'MalformedResourceId'],
    ['the id of something else', hub.id.replace('virtualNetworks', 'loadBalancers'), 'MalformedResourceId'],
    ['a network that could not be read', hub.id.replace('hub-vnet', 'gone'), 'NetworkNotRead'],
    ['the environment’s own network', mendix.id, 'SameNetwork'],
  ])('%s is refused', (_what, id, code) => {
    const planned = planConnection({ ...answersFor([]), networks: [id] }, surveyOf({ networks: [] }), byPeering);

    expect(codesOf(planned)).toContain(`stop ${code}`);
  });

  it('names at least one network and one app', () => {
    const planned = planConnection(answersFor([], []), surveyOf({ networks: [] }), byPeering);

    expect(codesOf(planned)).toEqual(['stop NoNetwork', 'stop NoApps']);
  });

  it.each(['or ders', 'orders..acme', '-orders', 'x'.repeat(64), 'bücher', '@', ''])('“%s” is no app name', (app) => {
    const [finding] = findingsOf(planFor({}, [app]));

    expect(finding).toMatchObject({ level: 'stop', code: 'NotADnsName', wayOut: expect.stringContaining(suffix) });
  });
});

it('warns of a network that asks its own DNS servers, with the record to add there', () => {
  const [finding] = findingsOf(planFor({ networks: [{ ...hub, dnsServers: ['10.20.0.4'] }] }));

  expect(finding).toMatchObject({ level: 'care', code: 'OwnDnsServers' });
  expect(finding?.wayOut).toContain(`orders.${suffix} → 192.168.0.10`);
});

it('never takes for checked what it could not read', () => {
  const planned = planFor({ unread: ['the private zones of subscription Connectivity (AuthorizationFailed)'] });

  expect(findingsOf(planned)).toEqual([expect.objectContaining({ level: 'unknown', code: 'NotRead' })]);
});

it('puts the worst first', () => {
  const planned = planFor({
    unread: ['something'],
    networks: [{ ...network('legacy', '192.168.2.0/24'), dnsServers: ['192.168.2.4'] }],
  });

  expect(findingsOf(planned).map((finding) => finding.level)).toEqual(['stop', 'care', 'unknown']);
});
