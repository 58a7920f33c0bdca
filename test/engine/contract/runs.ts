/** The durable engine, whichever database stands behind it. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunQuery } from '../../../src/engine/engine.ts';
import { engines, type NewDatabase } from '../engines.ts';
import { ended, parked, until } from '../waiting.ts';

export function runContract(database: NewDatabase): void {
  describe('the durable engine', () => {
    const { open, logged } = engines();

    it('carries input to output, through the results of its steps', async () => {
      const engine = await open(await database(), {
        async greet(durable, input) {
          const name = await durable.once('name', () => Promise.resolve({ input, unicode: 'Zoë 🦉' }));
          return { name, run: durable.runId };
        },
      });

      const id = await engine.start('greet', 'first', { who: ['you'] });
      const run = await ended(engine, id);

      expect(run).toMatchObject({ workflow: 'greet', key: 'first', status: 'completed', error: null });
      expect(run.output).toEqual({
        name: { ok: true, value: { input: { who: ['you'] }, unicode: 'Zoë 🦉' } },
        run: id,
      });
      expect(Temporal.Instant.compare(run.createdAt, run.finishedAt ?? run.createdAt)).toBeLessThanOrEqual(0);
    });

    it('starts one run for a key, however often it is asked', async () => {
      let bodies = 0;
      const engine = await open(await database(), { count: () => Promise.resolve(++bodies) });

      const first = await engine.start('count', 'effect/7', null);
      const besides = await Promise.all([1, 2, 3].map(() => engine.start('count', 'effect/7', null)));
      await ended(engine, first);
      const later = await engine.start('count', 'effect/7', null);
      const other = await ended(engine, await engine.start('count', 'effect/8', null));

      expect([...besides, later]).toEqual([first, first, first, first]);
      expect(other.id).not.toBe(first);
      expect(bodies).toBe(2);
    });

    it('refuses a workflow that is not registered', async () => {
      const engine = await open(await database(), { known: () => Promise.resolve(null) });

      await expect(engine.start('unknown', 'k', null)).rejects.toThrow(/"unknown".*known/);
    });

    it('leaves a run alone whose workflow only another version knows', async () => {
      const shared = await database();
      const newer = await open(shared, {
        brandNew: (durable) => durable.gate('gate', () => Promise.resolve(null), { signal: 'go' }),
      });
      const id = await newer.start('brandNew', 'k', null);
      await parked(newer, id);
      await newer.stop(1000);

      const older = await open(shared, { other: () => Promise.resolve(null) });
      await older.wake('go', 'k');
      const run = await until(async () => {
        const found = await older.read(id);
        return found?.error ? found : null;
      });

      expect(run).toMatchObject({ status: 'queued', finishedAt: null });
      expect(run.error).toContain('brandNew');
    });

    it('does not repeat steps that have a result when the body is called again', async () => {
      const calls: string[] = [];
      let decision: string | null = null;
      const engine = await open(await database(), {
        async steps(durable) {
          calls.push('body');
          const first = await durable.once('first', () => Promise.resolve(calls.push('first')));
          await durable.gate('gate', () => Promise.resolve(decision), { signal: 'go' });
          const second = await durable.once('second', () => Promise.resolve(calls.push('second')));
          return [first, second];
        },
      });

      const id = await engine.start('steps', 'k', null);
      await parked(engine, id);
      decision = 'go on';
      await engine.wake('go', 'click-1');
      const run = await ended(engine, id);

      expect(calls).toEqual(['body', 'first', 'body', 'second']);
      expect(run.output).toEqual([
        { ok: true, value: 2 },
        { ok: true, value: 4 },
      ]);
    });

    it('hands what a step throws to its caller, once', async () => {
      const thrown = [
        new Error('no such zone'),
        Object.assign(new Error('busy'), { code: 'Conflict' }),
        Object.assign(new Error('odd'), { code: 409 }),
        'just text',
        new Error('text that no database takes: \0 and \uD83D'),
      ];
      let tries = 0;
      const engine = await open(await database(), {
        async failing(durable) {
          const outcomes = [];
          for (const [index, error] of thrown.entries()) {
            const outcome = await durable.once<null>(`step ${index}`, () => {
              tries += 1;
              return Promise.reject(error);
            });
            outcomes.push(outcome.ok ? null : outcome.error);
          }
          await durable.sleep('another pass', 0.01);
          return outcomes;
        },
      });

      const run = await ended(engine, await engine.start('failing', 'k', null));

      expect(run.output).toEqual([
        { message: 'no such zone' },
        { message: 'busy', code: 'Conflict' },
        { message: 'odd' },
        { message: 'just text' },
        { message: 'text that no database takes: \uFFFD and \uFFFD' },
      ]);
      expect(tries).toBe(thrown.length);
    });

    it.each([
      ['throws', () => Promise.reject(new Error('a mistake')), 'a mistake'],
      [
        'names two steps alike',
        async (durable: { once(name: string, run: () => Promise<null>): Promise<unknown> }) => {
          await durable.once('twin', () => Promise.resolve(null));
          await durable.once('twin', () => Promise.resolve(null));
          return null;
        },
        '"twin"',
      ],
    ])('ends as failed when the body %s', async (_what, body, error) => {
      const engine = await open(await database(), { broken: body });

      const run = await ended(engine, await engine.start('broken', 'k', null));

      expect(run.status).toBe('failed');
      expect(run.error).toContain(error);
      expect(logged.join()).toContain(error);
    });

    it('ends a run that is canceled after the step in flight', async () => {
      const calls: string[] = [];
      const step = Promise.withResolvers<null>();
      const engine = await open(await database(), {
        async doomed(durable) {
          await durable.once('in flight', () => {
            calls.push('in flight');
            return step.promise;
          });
          await durable.once('next', () => Promise.resolve(calls.push('next')));
          return null;
        },
      });
      const id = await engine.start('doomed', 'k', null);
      await until(() => calls.length === 1);

      await engine.cancel(id);
      step.resolve(null);
      await until(() => logged.length > 0, { what: 'the step to end' });

      expect(await engine.read(id)).toMatchObject({ status: 'canceled' });
      expect(calls).toEqual(['in flight']);
      await expect(engine.cancel(id)).resolves.toBeUndefined();
      await expect(engine.cancel('no-such-run')).resolves.toBeUndefined();
    });

    it('lists runs by workflow and status, newest first', async () => {
      const engine = await open(await database(), {
        quick: () => Promise.resolve('done'),
        waiting: (durable) => durable.sleep('long', 3600).then(() => null),
      });
      const first = await engine.start('quick', 'a', null);
      await ended(engine, first);
      const second = await engine.start('quick', 'b', null);
      await ended(engine, second);
      const third = await engine.start('waiting', 'c', null);
      await parked(engine, third);

      async function ids(query: RunQuery): Promise<string[]> {
        return (await engine.list(query)).map((run) => run.id);
      }

      expect(await ids({ workflow: 'quick' })).toEqual([second, first]);
      expect(await ids({ status: 'parked' })).toEqual([third]);
      expect(await ids({ status: 'running' })).toEqual([]);
      expect(await ids({ limit: 1 })).toEqual([third]);
      expect(await engine.read('no-such-run')).toBeNull();
    });

    it('deletes what ended before a time, with its steps and signals, and nothing else', async () => {
      const engine = await open(await database(), {
        gated: async (durable) => durable.gate('gate', () => Promise.resolve(isOpen ? 'open' : null), { signal: 'go' }),
        waiting: (durable) => durable.sleep('long', 3600).then(() => null),
      });
      let isOpen = false;
      const gated = await engine.start('gated', 'a', null);
      const waiting = await engine.start('waiting', 'b', null);
      await parked(engine, gated);
      await parked(engine, waiting);
      isOpen = true;
      await engine.wake('go', 'opened');
      const { finishedAt } = await ended(engine, gated);
      if (finishedAt === null) throw new Error('A run that ended has a time.');

      expect(await engine.deleteFinished(finishedAt)).toBe(0);
      expect(await engine.deleteFinished(finishedAt.add({ milliseconds: 1 }))).toBe(1);
      expect(await engine.read(gated)).toBeNull();
      expect(await engine.read(waiting)).toMatchObject({ status: 'parked' });
      expect(await engine.wake('go', 'opened')).toBe(false);
    });

    it('works through a backlog far larger than its slots', async () => {
      const engine = await open(await database(), { one: () => Promise.resolve(1) }, { concurrency: 2 });
      const ids = await Promise.all(Array.from({ length: 60 }, (_, index) => engine.start('one', `k${index}`, index)));

      await Promise.all(ids.map((id) => ended(engine, id)));

      expect(await engine.deleteFinished(Temporal.Now.instant().add({ seconds: 5 }))).toBe(60);
    });

    it('is ready after its first look and no more once stopped', async () => {
      const engine = await open(await database(), { one: () => Promise.resolve(1) });

      await until(() => engine.ready(), { what: 'the engine to be ready' });
      await engine.stop(1000);

      expect(engine.ready()).toBe(false);
    });

    it('does not wait for a step without end when it stops', async () => {
      const engine = await open(await database(), {
        endless: (durable) => durable.once('never', () => new Promise<null>(() => {})).then(() => null),
      });
      const id = await engine.start('endless', 'k', null);
      await until(async () => (await engine.read(id))?.status === 'running');

      await engine.stop(50);
      await delay(1);

      expect(engine.ready()).toBe(false);
    });
  });
}
