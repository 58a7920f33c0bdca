/** Plans that meet on a network or a zone, and processes that lose what they held. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Lease, leaseFor, type LeaseRequest } from '../../src/azure/lease.ts';
import { usualPatience } from '../../src/azure/pauses.ts';
import type { PlanStep } from '../../src/plan/plan.ts';
import { exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, plannedWith } from './house.ts';
import { stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const group = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network';

function peeringOf(network: string): PlanStep {
  return stepOf('peering', `${group}/virtualNetworks/${network}/virtualNetworkPeerings/p`, { body: {} });
}

const record = stepOf('dns-record', `${group}/privateDnsZones/corp.example/A/@`, { body: {} });
const link = stepOf('dns-link', `${group}/privateDnsZones/Corp.Example/virtualNetworkLinks/l`, { body: {} });

function ask(waiter: string, steps: readonly PlanStep[], more: Partial<LeaseRequest> = {}): Promise<Lease> {
  return leaseFor(store, {
    steps,
    waiter,
    owner: `process of ${waiter}`,
    about: `the plan ${waiter}`,
    quietForMs: 0,
    waiting: () => Promise.resolve(),
    ...more,
  });
}

/** Asks, and waits until it has been told that it has to wait. */
async function queue(waiter: string, steps: readonly PlanStep[]): Promise<{ lease: Promise<Lease>; told: string }> {
  const told = Promise.withResolvers<string>();
  const lease = ask(waiter, steps, { waiting: (because) => Promise.resolve(told.resolve(because)) });
  return { lease, told: await told.promise };
}

describe('a lease', () => {
  it('holds networks and zones, whatever the case of their letters, and says who has them', async () => {
    const first = await ask('one', [peeringOf('hub'), record]);

    const network = await queue('two', [peeringOf('HUB')]);
    const zone = await queue('three', [link]);
    await (await ask('four', [peeringOf('spoke')])).release();
    await first.release();

    expect(network.told).toBe('the plan one is changing hub; I wait for it');
    expect(zone.told).toBe('the plan one is changing corp.example; I wait for it');
    await Promise.all([network, zone].map(async ({ lease }) => (await lease).release()));
  });

  it('is not needed for what is kept as it is', async () => {
    const first = await ask('one', [peeringOf('hub')]);

    await (await ask('two', [{ ...peeringOf('hub'), change: 'keep', body: null }])).release();

    await first.release();
  });

  it('goes to those who wait in the order in which they came', async () => {
    const served: string[] = [];
    const first = await ask('0', [peeringOf('hub')]);
    const waiting: Promise<unknown>[] = [];
    for (const name of ['1', '2', '3', '4']) {
      const { lease } = await queue(name, [peeringOf('hub')]);
      waiting.push(
        lease.then(async (held) => {
          served.push(name);
          await held.release();
        }),
      );
    }
    await first.release();
    await Promise.all(waiting);

    expect(served).toEqual(['1', '2', '3', '4']);
  });

  it('is taken as a whole, and who needs much is not overtaken for ever', async () => {
    const hubHeld = await ask('0', [peeringOf('hub')]);
    const both = await queue('both', [peeringOf('hub'), peeringOf('spoke')]);
    const spoke = await queue('spoke', [peeringOf('spoke')]);

    // Nobody holds it yet; but who came first wants it.
    expect(spoke.told).toBe('the plan both is changing spoke; I wait for it');
    await hubHeld.release();
    const held = await both.lease;
    await held.release();
    await (await spoke.lease).release();
  });

  it('that somebody took over is known at the next question, and inside a write', async () => {
    const held = await ask('one', [peeringOf('hub'), record]);
    expect(await held.check()).toBeNull();

    await store.write((tx) => tx.updateTable('lock').set({ owner: 'else', fence: 9 }).execute());

    expect(await held.check()).toMatchObject({ code: 'LeaseLost' });
    await expect(store.write((tx) => held.fence(tx))).rejects.toMatchObject({ code: 'LeaseLost' });
  });
});

describe('a process that is paused past its lease', () => {
  it('writes nothing when it wakes up, and tells what the other one has done', async () => {
    const plan = await plannedWith(house.arm);
    const paused = Promise.withResolvers<void>();
    const atWrite = Promise.withResolvers<void>();
    let questions = 0;
    const first = apply(house, store, plan, {
      owner: 'first',
      async mayWrite() {
        questions += 1;
        // The second question is that of the first write: everything was read and decided.
        if (questions > 1) {
          atWrite.resolve();
          await paused.promise;
        }
        return { ok: true };
      },
    });
    await atWrite.promise;
    await store.write((tx) => tx.updateTable('lock').set({ until: 0 }).execute());

    const second = await apply(house, store, plan, { owner: 'second' });
    const rows = await readSteps(store.read, 'plan-1');
    paused.resolve();
    const late = await first;

    expect(second.outcome).toEqual({ kind: 'complete' });
    expect(late.outcome).toEqual({ kind: 'complete' });
    expect(late.reports.map(({ state }) => state)).not.toContain('failed');
    expect(await house.writes()).toHaveLength(5);
    expect(await readSteps(store.read, 'plan-1')).toEqual(rows);
  });

  it('and finds the other one at work leaves it alone until it is done', async () => {
    const plan = await plannedWith(house.arm);
    const gate = Promise.withResolvers<void>();
    const atWrite = Promise.withResolvers<void>();
    let questions = 0;
    async function hold(): Promise<{ ok: true }> {
      questions += 1;
      if (questions === 2) {
        atWrite.resolve();
        await gate.promise;
      }
      return { ok: true };
    }
    const first = apply(house, store, plan, { owner: 'first', mayWrite: hold });
    await atWrite.promise;
    await store.write((tx) => tx.updateTable('lock').set({ until: 0 }).execute());
    const second = apply(house, store, plan, {
      owner: 'second',
      mayWrite: async () => {
        gate.resolve();
        await wait(5);
        return { ok: true };
      },
    });

    expect((await Promise.all([first, second])).map(({ outcome }) => outcome.kind)).toEqual(['complete', 'complete']);
    const writes = await house.writes();
    expect(writes).toHaveLength(5);
    expect(writes.filter(({ status }) => status >= 300)).toEqual([]);
  });
});

describe('two plans for one zone', () => {
  it('are carried out one after the other', async () => {
    const patience = { ...usualPatience, quietForMs: 0 };
    const acc = { ...answersFor([hub]), environment: 'mendix-acc' };
    const at = {
      name: 'mendix-acc',
      subscription: '',
      managedResourceGroup: 'mrg-mendix-acc',
      domainSuffix: 'azure.mendixapps.io',
    };
    const plans = await Promise.all([
      plannedWith(house.arm, answersFor([exampleNetworks.retail], ['orders'])),
      plannedWith(
        house.arm,
        { ...acc, networks: [exampleNetworks.retail], apps: ['billing'] },
        {
          ...at,
          subscription: exampleNetworks.mendixAcc.split('/')[2] ?? '',
        },
      ),
    ]);
    const zones = plans.map(({ steps }) => steps.find(({ kind }) => kind === 'dns-zone')?.resource);
    expect(zones[0]).toBe(zones[1]);

    const ended = await Promise.all(
      plans.map((plan, index) => apply(house, store, plan, { planId: `p${index}`, owner: `o${index}`, patience })),
    );

    expect(ended[0]?.outcome).toEqual({ kind: 'complete' });
    expect(ended.flatMap(({ reports }) => reports).filter(({ state }) => state === 'waiting')).toHaveLength(1);
  });
});
