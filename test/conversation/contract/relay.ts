import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkHandlers } from '../../../src/conversation/handlers.ts';
import { Busy } from '../../../src/conversation/inbox.ts';
import { createRelay, type Relay } from '../../../src/conversation/relay.ts';
import { effectWorkflows } from '../../../src/conversation/run-work.ts';
import type { DurableEngine } from '../../../src/engine/engine.ts';
import { openEngine } from '../../../src/engine/openworkflow.ts';
import type { EngineDatabase } from '../../../src/engine/storage.ts';
import type { WorkEffect } from '../../../src/flows/effect.ts';
import { claimWork } from '../../../src/store/effect-work.ts';
import type { Store } from '../../../src/store/store.ts';
import { caseIn, effectRow, eventRow, type House, houses, soon, type UseGround } from '../house.ts';

const apply: WorkEffect = { kind: 'work', type: 'apply-plan', planId: 'p1' };

export function relayContract(ground: UseGround): void {
  const openHouse = houses(ground);
  const opened: { relay: Relay; engine: DurableEngine }[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ relay, engine }) => stop(relay, engine)));
  });

  async function stop(relay: Relay, engine: DurableEngine): Promise<void> {
    await relay.stop();
    await engine.stop(100);
  }

  async function openRelay(
    house: House,
    database: EngineDatabase,
    work: Partial<WorkHandlers>,
    more: { store?: Store; inbox?: Pick<House['inbox'], 'deliver'> } = {},
  ): Promise<{ relay: Relay; engine: DurableEngine }> {
    const { store = house.store, inbox = house.inbox } = more;
    function log(message: string, details: Record<string, unknown>): void {
      house.logged.push(`${message} ${JSON.stringify(details)}`);
    }
    const deps = { store, inbox, now: () => house.clock.now(), log };
    const engine = await openEngine({
      database,
      workflows: effectWorkflows({ ...deps, work: work as WorkHandlers }),
      concurrency: 2,
      log: (message, cause) => log(message, { cause: String(cause) }),
    });
    const relay = createRelay({ ...deps, engine });
    opened.push({ relay, engine });
    relay.wake();
    return { relay, engine };
  }

  async function openCase(): Promise<{ house: House; caseId: string; ask: (effect: WorkEffect) => Promise<string> }> {
    const house = openHouse();
    await house.say('help');
    const caseId = await caseIn(house);
    return { house, caseId, ask: async (effect) => (await house.askIn(caseId, effect))[0] ?? '' };
  }

  function statusOf(house: House, id: string): Promise<string> {
    return effectRow(house.store, id).then((row) => row.status);
  }

  describe('work', () => {
    it('gets one run, although several replicas look again and again, and is finished once', async () => {
      const { house, caseId, ask } = await openCase();
      const database = ground().engineDatabase();
      let times = 0;
      const work: Partial<WorkHandlers> = {
        'apply-plan': async ({ effect }, durable) => {
          await durable.once('write', () => Promise.resolve(++times));
          return { type: 'plan-finished', planId: effect.planId, outcome: { kind: 'complete' } };
        },
      };
      const one = await openRelay(house, database, work);
      const two = await openRelay(house, database, work, { store: ground().second });

      const id = await ask(apply);
      for (let look = 0; look < 20; look += 1) {
        one.relay.wake();
        two.relay.wake();
        await Promise.resolve();
      }

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
      await expect.poll(async () => (await one.engine.list({}))[0]?.status, soon).toBe('completed');
      expect(await one.engine.list({})).toHaveLength(1);
      expect(times).toBe(1);
      expect(await effectRow(house.store, id)).toMatchObject({ attempts: 1, outcome: '"plan-finished"' });
      expect(await eventRow(house.store, `${id}/result`)).toMatchObject({ type: 'plan-finished', case_id: caseId });
    });

    it('waits until it is due', async () => {
      const { house, ask } = await openCase();
      const dueAt = house.clock.now().add({ seconds: 60 }).toString();
      const { relay, engine } = await openRelay(house, ground().engineDatabase(), {
        timer: ({ effect }) => Promise.resolve({ type: 'timer', name: effect.name, about: effect.about }),
      });
      const id = await ask({ kind: 'work', type: 'timer', name: 'response-due', about: '7', dueAt });
      house.clock.pass(59);
      relay.wake();
      const now = await ask({
        ...apply,
        type: 'timer',
        name: 'response-due',
        about: 'now',
        dueAt: '2026-01-01T00:00:00Z',
      });
      relay.wake();
      await expect.poll(() => statusOf(house, now), soon).toBe('done');
      expect(await statusOf(house, id)).toBe('open');
      expect(await engine.list({})).toHaveLength(1);

      house.clock.pass(2);
      relay.wake();

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
      expect(await eventRow(house.store, `${id}/result`)).toMatchObject({ type: 'timer' });
    });

    it('that throws is told to its case as failed', async () => {
      const { house, ask } = await openCase();
      const { relay } = await openRelay(house, ground().engineDatabase(), {
        'apply-plan': () => Promise.reject(new Error('The plan is not stored.')),
      });
      const id = await ask(apply);

      relay.wake();

      await expect.poll(() => statusOf(house, id), soon).toBe('failed');
      expect(JSON.parse((await eventRow(house.store, `${id}/result`))?.body ?? '')).toEqual({
        type: 'effect-failed',
        effect: id,
        of: 'apply-plan',
        because: 'The plan is not stored.',
      });
    });

    it('goes on when its progress cannot be told', async () => {
      const { house, ask } = await openCase();
      const { relay } = await openRelay(
        house,
        ground().engineDatabase(),
        {
          'apply-plan': async ({ effect }, _durable, report) => {
            await report('step/1', { type: 'timer', name: 'response-due', about: 'progress' });
            return { type: 'plan-finished', planId: effect.planId, outcome: { kind: 'complete' } };
          },
        },
        {
          inbox: {
            deliver: (delivery) =>
              delivery.event.type === 'timer'
                ? Promise.reject(new Busy('The case is busy.'))
                : house.inbox.deliver(delivery),
          },
        },
      );
      const id = await ask(apply);

      relay.wake();

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
    });

    it('whose result cannot be stored at once is finished when it can', async () => {
      const { house, ask } = await openCase();
      let refusals = 1;
      const { relay } = await openRelay(
        house,
        ground().engineDatabase(),
        { 'apply-plan': () => Promise.resolve({ type: 'plan-finished', planId: 'p1', outcome: { kind: 'complete' } }) },
        {
          inbox: {
            deliver: (delivery) =>
              refusals-- > 0 ? Promise.reject(new Busy('The case is busy.')) : house.inbox.deliver(delivery),
          },
        },
      );
      const id = await ask(apply);

      relay.wake();

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
      expect(await effectRow(house.store, id)).toMatchObject({ attempts: 1 });
    });
  });

  describe('a run that is lost', () => {
    const finishing: Partial<WorkHandlers> = {
      'apply-plan': () => Promise.resolve({ type: 'plan-finished', planId: 'p1', outcome: { kind: 'complete' } }),
    };

    it('with the whole database of the engine is replaced by another one', async () => {
      const { house, ask } = await openCase();
      const before = await openRelay(house, ground().engineDatabase(), {
        'apply-plan': async (_stored, durable) => {
          await durable.sleep('for an hour', 3600);
          return null;
        },
      });
      const id = await ask(apply);
      before.relay.wake();
      await expect.poll(async () => (await before.engine.list({}))[0]?.status, soon).toBe('parked');
      await stop(before.relay, before.engine);

      await openRelay(house, ground().engineDatabase(), finishing);

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
      expect(await effectRow(house.store, id)).toMatchObject({ attempts: 2, outcome: '"plan-finished"' });
    });

    it('because it ended without finishing its work is replaced, though its key was used', async () => {
      const { house, ask } = await openCase();
      const database = ground().engineDatabase();
      const before = await openRelay(house, database, finishing);
      await before.relay.stop();
      const id = await ask(apply);
      const dead = await before.engine.start('effect', id, 'no such effect');
      await expect.poll(async () => (await before.engine.read(dead))?.status, soon).toBe('completed');
      await house.store.write((tx) => claimWork(tx, id, dead));
      await before.engine.stop(100);

      await openRelay(house, database, finishing, { store: ground().second });

      await expect.poll(() => statusOf(house, id), soon).toBe('done');
    });

    it('before it could claim its work is replaced after a while', async () => {
      const { house, ask } = await openCase();
      const { relay, engine } = await openRelay(house, ground().engineDatabase(), finishing);
      const id = 'case-late/1/0';
      const dead = await engine.start('effect', id, 'no such effect');
      await expect.poll(async () => (await engine.read(dead))?.status, soon).toBe('completed');
      await ask(apply);
      await house.store.write((tx) => tx.updateTable('effect').set({ id }).where('type', '=', 'apply-plan').execute());
      relay.wake();
      await expect.poll(async () => (await engine.list({})).length, soon).toBeGreaterThanOrEqual(1);

      await expect
        .poll(() => {
          house.clock.pass(61);
          relay.wake();
          return statusOf(house, id);
        }, soon)
        .toBe('done');
    });

    it('again and again is told as failed in the end', async () => {
      const { house, ask } = await openCase();
      const id = await ask(apply);
      await house.store.write((tx) =>
        tx
          .updateTable('effect')
          .set({ status: 'running', run_id: randomUUID(), attempts: 5 })
          .where('id', '=', id)
          .execute(),
      );

      await openRelay(house, ground().engineDatabase(), finishing);

      await expect.poll(() => statusOf(house, id), soon).toBe('failed');
      expect(await eventRow(house.store, `${id}/result`)).toMatchObject({ type: 'effect-failed' });
    });
  });
}
