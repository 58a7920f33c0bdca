/** Branches of one run side by side, whichever database stands behind the engine. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { engines, type NewDatabase } from '../engines.ts';
import { ended, parked, until } from '../waiting.ts';

export function branchContract(database: NewDatabase): void {
  describe('branches of one run side by side', () => {
    const { open } = engines();

    it('do not repeat a step that runs while another fails', async () => {
      let slow = 0;
      const engine = await open(await database(), {
        both: (durable) =>
          Promise.all([
            durable.once('slow', async () => {
              slow += 1;
              await delay(50);
              return 'done';
            }),
            durable.once<null>('failing', () => Promise.reject(new Error('refused'))),
          ]),
      });

      const run = await ended(engine, await engine.start('both', 'k', null));

      expect(run.output).toEqual([
        { ok: true, value: 'done' },
        { ok: false, error: { message: 'refused' } },
      ]);
      expect(slow).toBe(1);
    });

    it('do not repeat a step that runs while another branch begins to wait', async () => {
      const calls: string[] = [];
      const engine = await open(await database(), {
        async both(durable) {
          await Promise.all([
            durable.sleep('nap', 0.1),
            durable.once('slow', async () => {
              await delay(50);
              return calls.push('slow');
            }),
          ]);
          return calls.length;
        },
      });

      const run = await ended(engine, await engine.start('both', 'k', null));

      expect(run.output).toBe(1);
      expect(calls).toEqual(['slow']);
    });

    it('do not repeat a step that runs while the look of a gate fails', async () => {
      let slow = 0;
      let looks = 0;
      const engine = await open(await database(), {
        both: (durable) =>
          Promise.all([
            durable.once('slow', async () => {
              await delay(50);
              return (slow += 1);
            }),
            durable.gate(
              'gate',
              () => {
                looks += 1;
                return looks === 1 ? Promise.reject(new Error('our table is out of reach')) : Promise.resolve('open');
              },
              { signal: 'go' },
            ),
          ]),
      });

      const run = await ended(engine, await engine.start('both', 'k', null));

      expect(run.output).toEqual([{ ok: true, value: 1 }, 'open']);
      expect(slow).toBe(1);
    });

    it('do not repeat a step that runs while the body throws', async () => {
      let slow = 0;
      const engine = await open(await database(), {
        both: (durable) =>
          Promise.all([
            durable.once('slow', async () => {
              await delay(50);
              return (slow += 1);
            }),
            Promise.reject(new Error('a mistake')),
          ]),
      });

      const run = await ended(engine, await engine.start('both', 'k', null));

      expect(run).toMatchObject({ status: 'failed', error: 'a mistake' });
      expect(slow).toBe(1);
    });

    it('go on after a short wait while a long step still runs', async () => {
      const calls: string[] = [];
      const longStep = Promise.withResolvers<null>();
      const engine = await open(await database(), {
        async both(durable) {
          await Promise.all([
            durable.once('long', async () => {
              calls.push('long');
              return longStep.promise;
            }),
            (async () => {
              await durable.sleep('nap', 0.1);
              await durable.once('after the nap', () => Promise.resolve(calls.push('after the nap')));
            })(),
          ]);
          await durable.sleep('another pass', 0.01);
          return null;
        },
      });
      const id = await engine.start('both', 'k', null);

      await until(() => calls.length === 2, { what: 'the step after the nap' });
      longStep.resolve(null);
      await ended(engine, id);

      expect(calls).toEqual(['long', 'after the nap']);
    });

    it('let a decision through while a long step still runs', async () => {
      const calls: string[] = [];
      let decision: string | null = null;
      const longStep = Promise.withResolvers<null>();
      const engine = await open(await database(), {
        async both(durable) {
          const [, decided] = await Promise.all([
            durable.once('long', () => longStep.promise),
            durable
              .gate('gate', () => Promise.resolve(decision), { signal: 'go' })
              .then((found) => {
                calls.push(String(found));
                return found;
              }),
          ]);
          await durable.sleep('another pass', 0.01);
          return decided;
        },
      });
      const id = await engine.start('both', 'k', null);
      await until(async () => (await engine.read(id))?.status === 'running');

      decision = 'approved';
      await until(() => calls.length > 0, { what: 'the gate to open' });
      longStep.resolve(null);

      expect((await ended(engine, id)).output).toBe('approved');
    });

    it('wake for a signal while another branch sleeps, and rest again', async () => {
      let bodies = 0;
      const woken: number[] = [];
      let decision: string | null = null;
      const engine = await open(await database(), {
        both(durable) {
          bodies += 1;
          return Promise.all([
            durable.sleep('nap', 3600),
            durable
              .gate('gate', () => Promise.resolve(decision), { signal: 'go' })
              .then(() => durable.once('at once', () => Promise.resolve(woken.push(bodies)))),
          ]).then(() => null);
        },
      });
      const id = await engine.start('both', 'k', null);
      await parked(engine, id);

      decision = 'approved';
      await engine.wake('go', 'click-1');
      await until(() => woken.length > 0, { what: 'the branch that was woken' });
      await parked(engine, id);

      expect(woken).toEqual([2]);
      // The library's own sleep costs some 120 passes a second here.
      expect(bodies).toBeLessThan(6);
    });

    it('may catch what they like without catching a wait', async () => {
      const caught: unknown[] = [];
      const engine = await open(await database(), {
        async careless(durable) {
          try {
            await durable.sleep('nap', 0.05);
          } catch (error) {
            caught.push(error);
          }
          return 'awake';
        },
      });

      const run = await ended(engine, await engine.start('careless', 'k', null));

      expect(run.output).toBe('awake');
      expect(caught).toEqual([]);
    });
  });
}
