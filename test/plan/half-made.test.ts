import { describe, expect, it } from 'vitest';
import { isNamedBy, ownNaming } from '../../src/plan/naming.ts';
import type { Finding, Planned } from '../../src/plan/plan.ts';
import { planConnection } from '../../src/plan/planner.ts';
import type { Survey } from '../../src/plan/world.ts';
import { endpoint, erp, managed, subnetOf } from './parts.ts';
import {
  answersFor,
  byPeering,
  findingsOf,
  hub,
  made,
  mendix,
  network,
  peered,
  plannedFor,
  planFor,
  surveyOf,
  zone,
} from './world.ts';

const failed = { failed: true } as const;
const orders = 'orders.azure.mendixapps.io';

function changesOf(planned: Planned): Record<string, string> {
  return planned.kind === 'planned'
    ? Object.fromEntries(planned.plan.steps.map(({ change, id }) => [id.split('/')[0] ?? '', change]))
    : {};
}

function findingIn(planned: Planned, code: string): Finding | undefined {
  return findingsOf(planned).find((finding) => finding.code === code);
}

describe('what an earlier try of ours left half made', () => {
  it('is made again, as in the plan that left it', () => {
    const first = plannedFor();
    const left = planFor({
      networks: [peered(hub, mendix, { ...failed, state: 'Initiated' })],
      zones: [zone(orders, {}, [], { ...made, ...failed })],
    });

    expect(left).toMatchObject({ kind: 'planned', plan: { hash: first.hash } });
    expect(findingIn(left, 'HalfMade')).toMatchObject({ level: 'care', text: expect.stringContaining('half made') });
  });

  it('is, of a zone link, only the link', () => {
    const seen = zone(orders, { '@': '192.168.0.10' }, [hub], made);
    const links = seen.links.map((link) => Object.assign({}, link, { ...made, ...failed, state: 'InProgress' }));

    expect(changesOf(planFor({ zones: [{ ...seen, links }] }))).toMatchObject({
      'dns-zone': 'keep',
      'dns-record': 'keep',
      'dns-link': 'create',
    });
  });

  const service = { fqdn: 'erp.corp.example', privateLinkService: erp.id };
  const wish = { ...answersFor([]), apps: [], scenario: 'service-by-endpoint' as const, service };
  const subnet = subnetOf(managed, 'private-endpoints');

  function withEndpoint(more: Parameters<typeof endpoint>[3]): Survey {
    const there = endpoint('causeway-erp-corp-example', subnet, erp.id, { ...failed, address: null, ...more });
    return surveyOf({ mendix: managed, networks: [], more: { endpoints: [there], linkServices: [erp] } });
  }

  it.each(['Pending', 'Rejected', 'Disconnected'] as const)('is an endpoint whose connection is %s', (state) => {
    const planned = planConnection(wish, withEndpoint({ ...made, state }), byPeering);

    expect(changesOf(planned)).toMatchObject({ 'private-endpoint': 'create' });
    expect(JSON.stringify(planned)).not.toContain('causeway-erp-corp-example-2');
  });

  it('is no endpoint that works although its last change failed', () => {
    const planned = planConnection(
      wish,
      withEndpoint({ ...made, state: 'Approved', address: '192.168.1.9' }),
      byPeering,
    );

    expect(changesOf(planned)).toMatchObject({ 'private-endpoint': 'keep' });
    expect(findingIn(planned, 'LastChangeFailed')).toMatchObject({ level: 'care' });
  });
});

describe('what somebody else left', () => {
  it('is used as it is, and said', () => {
    const planned = planFor({ zones: [zone(orders, {}, [hub], { tags: { owner: 'net' }, ...failed })] });

    expect(changesOf(planned)).toMatchObject({ 'dns-zone': 'adopt' });
    expect(findingIn(planned, 'LastChangeFailed')?.text).toContain(orders);
  });

  it('is, of a peering, written again as it is, because nothing passes it', () => {
    const theirs = peered(hub, mendix, {
      ...failed,
      name: 'to-mendix',
      state: 'Initiated',
      allowForwardedTraffic: true,
    });
    const planned = planFor({ networks: [theirs] });
    const step = planned.kind === 'planned' ? planned.plan.steps.find(({ id }) => id.includes('to-mendix')) : undefined;

    expect(step).toMatchObject({ change: 'update', title: expect.stringContaining('again as it is') });
    expect(step?.body).toEqual(step?.before);
    const undo = planned.kind === 'planned' ? planned.plan.undo : [];
    expect(undo.filter(({ id }) => id.includes('to-mendix')).map(({ change }) => change)).toEqual(['restore']);
  });

  it('is, of a network, said with the command for its owner', () => {
    const planned = planFor({ networks: [{ ...hub, ...failed }] });

    expect(findingIn(planned, 'PlaceFailed')?.wayOut).toContain(`az network vnet update --ids ${hub.id}`);
  });

  it('is not said of a network beside it', () => {
    expect(
      findingIn(planFor({ more: { neighbours: [network('spoke-7', '10.9.0.0/16', failed)] } }), 'PlaceFailed'),
    ).toBe(undefined);
  });
});

describe('a name', () => {
  it.each([
    ['causeway-to-hub', ownNaming.pattern, true],
    ['Causeway-to-hub-2', ownNaming.pattern, true],
    ['to-hub', ownNaming.pattern, false],
    ['net-hub-mx', 'net-{name}-mx', true],
    ['net-hub-mx-2', 'net-{name}-mx', true],
    ['net-hub', 'net-{name}-mx', false],
    ['hub', '{name}', false],
  ])('%s is ours by the pattern %s: %s', (name, pattern, isOurs) => {
    expect(isNamedBy({ pattern, tags: {} }, name)).toBe(isOurs);
  });
});
