/** What Network Watcher saw, in the simulated Azure, which answers from its own model of the network. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/azure/verify.ts';
import type { ProbeSettings } from '../../src/config/settings-probe.ts';
import type { Evidence, Proof } from '../../src/plan/evidence.ts';
import type { ConnectAnswers, Plan } from '../../src/plan/plan.ts';
import { exampleNetworks, exampleProbe, exampleSubscriptions } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, plannedWith } from './house.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const { data } = exampleNetworks;
const byWatcher: ProbeSettings = { standsIn: null, timeoutMs: 500, watcher: exampleProbe };

async function carriedOut(more: Partial<ConnectAnswers>): Promise<Plan> {
  const plan = await plannedWith(house.arm, { ...answersFor([data]), ...more });
  expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  return plan;
}

function prove(plan: Plan, settings = byWatcher): Promise<Proof> {
  return verify(house.arm, plan, settings, { everyMs: 5, forMs: 5000 });
}

function observed({ evidence }: Proof, isClosed = false): string[] {
  return evidence
    .filter(({ closed, kind }) => kind === 'observed' && (closed === true) === isClosed)
    .map(({ code, good, of }: Evidence) => `${code} ${of?.split(' ')[0] ?? '-'} ${good}`);
}

const peering: Partial<ConnectAnswers> = { scenario: 'apps-by-peering' };
const endpoint: Partial<ConnectAnswers> = { scenario: 'apps-by-private-link', method: 'private-link' };

describe('a machine with Network Watcher', () => {
  it.each([
    ['apps by peering', peering],
    ['apps by Private Link', endpoint],
    ['every app', { ...peering, apps: '*' as const }],
    ['reading the database', { scenario: 'database-read' as const, apps: [] }],
  ])('sees that it works: %s', async (_what, answers) => {
    expect(observed(await prove(await carriedOut(answers)))).toEqual([
      'watcher-probe name true',
      'watcher-probe reach true',
    ]);
  });

  it('sees that nothing else is open behind an endpoint', async () => {
    const proof = await prove(await carriedOut(endpoint));

    expect(observed(proof, true)).toEqual(['closed - true']);
    expect(proof.evidence.at(-1)?.text).toMatch(/cannot open the database mendix-prod-db .* or the apps around/);
    expect(proof.evidence.filter(({ closed, good }) => closed === true && good !== true)).toEqual([]);
  });

  it('sees what is open although it should not be', async () => {
    const plan = await carriedOut(endpoint);
    // A second way that no reading shows: the model of what is read stays as it was.
    const { evidence } = await verify(
      { ...house.arm, begin: () => Promise.resolve({ poll: () => Promise.resolve({ body: reachable }) }) },
      plan,
      byWatcher,
    );

    expect(evidence.filter(({ closed, good }) => closed === true && good === false)).toHaveLength(3);
  });

  it.each([
    ['a record that leads elsewhere', 'record', 'watcher-probe name false'],
    ['a zone that is not linked', 'link', 'watcher-probe name false'],
    ['half a peering', 'peering', 'watcher-probe name true,watcher-probe reach false'],
  ])('names %s, and tries nothing else then', async (_what, broken, verdict) => {
    const plan = await carriedOut(peering);
    await breakIt(plan, broken);

    const proof = await prove(plan);

    expect(observed(proof).join()).toBe(verdict);
    expect(observed(proof, true).filter((line) => line.endsWith('true'))).toEqual([]);
  });

  it('is not asked about a network in which it does not stand', async () => {
    const plan = await plannedWith(house.arm, answersFor([hub]));

    expect(observed(await prove(plan))).toEqual([]);
    expect((await asked()).length).toBe(0);
  });

  it('asks for what the plan promises, and for what must stay closed, alone', async () => {
    await prove(await carriedOut(endpoint));

    expect((await asked()).toSorted()).toEqual([
      '192.168.0.10:443',
      '192.168.1.4:5432',
      '192.168.1.5:5432',
      'orders.azure.mendixapps.io:443',
    ]);
  });

  it.each([
    ['is missing', { ...exampleProbe, virtualMachine: `${exampleProbe.virtualMachine}-gone` }],
    ['has no watcher', { ...exampleProbe, networkWatcher: `${exampleProbe.networkWatcher}-gone` }],
  ])('that %s leaves it open', async (_what, watcher) => {
    const proof = await prove(await carriedOut(peering), { ...byWatcher, watcher });

    expect(proof.evidence.filter(({ good, kind }) => kind === 'observed' && good !== null)).toEqual([]);
    expect(observed(proof)).toHaveLength(1);
  });

  it('that may not be asked leaves it open, and says which right is missing', async () => {
    const plan = await carriedOut(peering);
    const scope = `/subscriptions/${exampleSubscriptions.analytics}`;
    await house.post('world', { arm: { roleAssignments: [{ scope, actions: ['*/read'] }] } });

    const { evidence } = await prove(plan);

    expect(evidence.find(({ code }) => code === 'watcher-probe')).toMatchObject({
      good: null,
      text: expect.stringContaining('connectivityCheck'),
    });
  });
});

const reachable = {
  connectionStatus: 'Reachable',
  hops: [{ address: '10.30.0.4', nextHopIds: [], issues: [] }],
};

async function asked(): Promise<string[]> {
  const requests =
    await house.get<{ path: string; body: { destination?: { address: string; port: number } } }[]>('requests');
  return requests
    .filter(({ path }) => path.includes('/connectivityCheck'))
    .map(({ body }) => `${body.destination?.address}:${body.destination?.port}`);
}

async function breakIt(plan: Plan, what: string): Promise<void> {
  const world = await house.world();
  function idOf(kind: string): string {
    return plan.steps.find((step) => step.kind === kind)?.resource.toLowerCase() ?? '';
  }
  switch (what) {
    case 'record':
      Object.assign(world.resources[idOf('dns-record')]?.properties ?? {}, { aRecords: [{ ipv4Address: '10.9.9.9' }] });
      break;
    case 'link':
      delete world.resources[idOf('dns-link')];
      break;
    default:
      Object.assign(world.resources[idOf('peering')]?.properties ?? {}, { peeringState: 'Disconnected' });
  }
  await house.post('world', { arm: { resources: world.resources } });
}

it('that comes to no end is left in time', async () => {
  const plan = await carriedOut(peering);
  const never = { ...house.arm, begin: () => Promise.resolve({ poll: () => Promise.resolve(null) }) };

  const { evidence } = await verify(never, plan, byWatcher, { everyMs: 5, forMs: 100 });

  expect(evidence.filter(({ kind }) => kind === 'observed')).toEqual([
    expect.objectContaining({ good: null, text: expect.stringContaining('in time') }),
  ]);
});
