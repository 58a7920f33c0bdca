/** A gate, whichever database stands behind the engine. */
import { describe, expect, it } from 'vitest';
import type { DurableEngine, GateOptions, Workflow } from '../../../src/engine/engine.ts';
import { engines, type NewDatabase } from '../engines.ts';
import { ended, parked, until } from '../waiting.ts';

/** Our own table, of one row. */
function decisionTable() {
  const row: { decision: { by: string } | null; looks: number } = { decision: null, looks: 0 };
  return {
    row,
    look() {
      row.looks += 1;
      return Promise.resolve(row.decision);
    },
  };
}

function approval(table: ReturnType<typeof decisionTable>, options: Omit<GateOptions, 'signal'> = {}): Workflow {
  return (durable) => durable.gate('approval', () => table.look(), { signal: 'approval:plan-1', ...options });
}

export function gateContract(database: NewDatabase): void {
  describe('a gate that waits for a decision', () => {
    const { open, logged } = engines();

    it('that came before it was reached, though its wake-up found nobody', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table) });
      table.row.decision = { by: 'ann' };

      const early = await engine.wake('approval:plan-1', 'click-1');
      const run = await ended(engine, await engine.start('approval', 'plan-1', null));

      expect(early).toBe(false);
      expect(run.output).toEqual({ by: 'ann' });
    });

    it('that comes while it is asleep', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table) });
      const id = await engine.start('approval', 'plan-1', null);
      await parked(engine, id);

      table.row.decision = { by: 'ann' };
      const woken = await engine.wake('approval:plan-1', 'click-1');

      expect(woken).toBe(true);
      expect(await ended(engine, id)).toMatchObject({ status: 'completed', output: { by: 'ann' } });
    });

    it('that another run made, which wakes it', async () => {
      const table = decisionTable();
      const engine = await open(await database(), {
        approval: approval(table),
        decide: async (durable) => {
          table.row.decision = { by: 'ann' };
          await durable.wake('nobody is here');
          await durable.wake('approval:plan-1');
          return null;
        },
      });
      const id = await engine.start('approval', 'plan-1', null);
      await parked(engine, id);

      await engine.start('decide', 'plan-1', null);

      expect(await ended(engine, id)).toMatchObject({ status: 'completed', output: { by: 'ann' } });
    });

    it('that comes between its look and its wait', async () => {
      const table = decisionTable();
      let early: boolean | undefined;
      const engine: DurableEngine = await open(await database(), {
        approval: (durable) =>
          durable.gate(
            'approval',
            async () => {
              const found = await table.look();
              // The click is committed after the look has read, and its wake-up finds nobody.
              table.row.decision = { by: 'ann' };
              early ??= await engine.wake('approval:plan-1', 'click-1');
              return found;
            },
            { signal: 'approval:plan-1' },
          ),
      });

      const run = await ended(engine, await engine.start('approval', 'plan-1', null));

      expect(early).toBe(false);
      expect(run.output).toEqual({ by: 'ann' });
    });

    it('and takes two wake-ups for one', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table) });
      const id = await engine.start('approval', 'plan-1', null);
      await parked(engine, id);
      table.row.decision = { by: 'ann' };

      const answers = await Promise.all([1, 2].map(() => engine.wake('approval:plan-1', 'click-1')));
      await ended(engine, id);
      answers.push(await engine.wake('approval:plan-1', 'click-1'));

      expect(answers).toEqual([true, true, true]);
      expect(await engine.list({})).toHaveLength(1);
    });

    it('and goes on waiting after a wake-up without one', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table) });
      const id = await engine.start('approval', 'plan-1', null);
      await parked(engine, id);

      await engine.wake('approval:plan-1', 'a false alarm');
      const looks = table.row.looks;
      await until(() => table.row.looks > looks + 1, { what: 'another look' });
      await parked(engine, id);
      table.row.decision = { by: 'ann' };
      await engine.wake('approval:plan-1', 'click-1');

      expect((await ended(engine, id)).output).toEqual({ by: 'ann' });
    });

    it('and hears a key again that was spent on a run that was canceled', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table) });
      const first = await engine.start('approval', 'plan-1', null);
      await parked(engine, first);
      await engine.cancel(first);

      const toNobody = await engine.wake('approval:plan-1', 'click-1');
      const second = await engine.start('approval', 'plan-1/again', null);
      await parked(engine, second);
      table.row.decision = { by: 'ann' };
      const toSecond = await engine.wake('approval:plan-1', 'click-1');

      expect([toNobody, toSecond]).toEqual([false, true]);
      expect((await ended(engine, second)).output).toEqual({ by: 'ann' });
    });

    it('until its time is over', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table, { timeoutSeconds: 1 }) });

      const run = await ended(engine, await engine.start('approval', 'plan-1', null));

      expect(run).toMatchObject({ status: 'completed', output: null });
      expect(table.row.looks).toBeGreaterThan(1);
    });

    it('and finds it without any wake-up at the next look', async () => {
      const table = decisionTable();
      const engine = await open(await database(), { approval: approval(table, { lookEverySeconds: 0.05 }) });
      const id = await engine.start('approval', 'plan-1', null);
      await parked(engine, id);

      table.row.decision = { by: 'ann' };

      expect((await ended(engine, id)).output).toEqual({ by: 'ann' });
    });

    it('with a look that fails at first', async () => {
      const table = decisionTable();
      table.row.decision = { by: 'ann' };
      const engine = await open(await database(), {
        approval: (durable) =>
          durable.gate(
            'approval',
            async () => {
              const found = await table.look();
              if (table.row.looks === 1) throw new Error('our table is out of reach');
              return found;
            },
            { signal: 'approval:plan-1' },
          ),
      });

      const run = await ended(engine, await engine.start('approval', 'plan-1', null));

      expect(run).toMatchObject({ status: 'completed', output: { by: 'ann' } });
      expect(logged.join()).toContain('our table is out of reach');
    });

    it('at an address of its own', async () => {
      const table = decisionTable();
      const engine = await open(await database(), {
        async twice(durable) {
          const wait = { signal: 'approval:plan-1' };
          await Promise.all(['one', 'two'].map((name) => durable.gate(name, () => table.look(), wait)));
          return null;
        },
      });

      const run = await ended(engine, await engine.start('twice', 'k', null));

      expect(run.status).toBe('failed');
      expect(run.error).toContain('"approval:plan-1"');
    });
  });
}
