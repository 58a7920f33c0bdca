/** Two replicas on one PostgreSQL: the survivor takes a plan over, and the one that wakes up changes nothing. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDurations } from '../../src/azure/durations.ts';
import { openStore } from '../../src/store/open.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres } from '../support/postgres.ts';
import { answersFor, apply, type House, hub, openHouse, plannedWith } from './house.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(postgres === null)('two replicas', () => {
  let house: House;
  let stores: Store[];

  beforeEach(async () => {
    house = await openHouse({ speed: 400 });
    const url = (await postgres?.url('replicas')) ?? '';
    const database = { kind: 'postgresql' as const, url };
    stores = [await openStore({ database, migrate: true }), await openStore({ database, migrate: false })];
  });

  afterEach(async () => {
    await house.close();
    await Promise.all(stores.map((store) => store.close()));
  });

  it('the survivor goes on where the other one was paused, which writes nothing when it wakes up', async () => {
    const [one, other] = stores as [Store, Store];
    const plan = await plannedWith(house.arm);
    const gate = Promise.withResolvers<void>();
    const atWrite = Promise.withResolvers<void>();
    let questions = 0;
    const paused = apply(house, one, plan, {
      owner: 'one',
      async mayWrite() {
        questions += 1;
        if (questions === 4) {
          atWrite.resolve();
        }
        if (questions >= 4) {
          await gate.promise;
        }
        return { ok: true };
      },
    });
    await atWrite.promise;
    // As a pause of ten seconds does.
    await other.write((tx) => tx.updateTable('lock').set({ until: 0 }).execute());
    const survivor = await apply(house, other, plan, { owner: 'other' });
    gate.resolve();
    const late = await paused;

    expect(survivor.outcome).toEqual({ kind: 'complete' });
    expect(late.outcome).toEqual({ kind: 'complete' });
    const writes = await house.writes();
    expect(writes).toHaveLength(5);
    expect(writes.filter(({ status }) => status >= 300)).toEqual([]);
    expect((await readSteps(one.read, 'plan-1')).every(({ status }) => status === 'done')).toBe(true);
  });

  it('plans that meet are served one after the other, and what one learns the other knows', async () => {
    const [one, other] = stores as [Store, Store];
    const plans = [
      await plannedWith(house.arm, answersFor([hub], ['orders'])),
      await plannedWith(house.arm, answersFor([hub], ['orders'])),
    ];

    const ended = await Promise.all(
      plans.map((plan, index) =>
        apply(house, index === 0 ? one : other, plan, { planId: `plan-${index}`, owner: `owner-${index}` }),
      ),
    );

    // The same was approved twice: who comes second finds it done, and says so.
    expect(ended.map(({ outcome }) => outcome.kind).toSorted()).toEqual(['complete', 'void']);
    expect((await house.writes()).filter(({ status }) => status >= 300)).toEqual([]);
    expect((await openDurations(other)).lowMs('dns-zone/create')).not.toBeNull();
    expect((await openDurations(one)).lowMs('dns-zone/create')).not.toBeNull();
  });
});
