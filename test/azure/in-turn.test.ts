/** Plans that wait for a network, in the real engine with few slots: they keep nobody from working. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/azure/executor.ts';
import { leaseInTurn, passOn } from '../../src/azure/in-turn.ts';
import type { DurableEngine, Json, Workflow } from '../../src/engine/engine.ts';
import { openEngine } from '../../src/engine/openworkflow.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Store } from '../../src/store/store.ts';
import { ended, parked } from '../engine/waiting.ts';
import { answersFor, depsFor, type House, hub, openHouse, openTestStore, plannedWith } from './house.ts';
import { stepOf } from './one-step.ts';

let store: Store;
let closeStore: () => Promise<void>;
let dataDir: string;
let engine: DurableEngine | null = null;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'causeway-turns-'));
  ({ store, close: closeStore } = await openTestStore());
});

afterEach(async () => {
  await engine?.stop(2000);
  engine = null;
  await closeStore();
  await rm(dataDir, { recursive: true });
});

async function open(workflows: Record<string, Workflow>, concurrency: number): Promise<DurableEngine> {
  const database = { kind: 'sqlite' as const, file: join(dataDir, 'workflow.db') };
  engine = await openEngine({ database, workflows, concurrency });
  return engine;
}

const peering = stepOf('peering', `${hub}/virtualNetworkPeerings/p`, { body: {} });
const patience = 60_000;

describe('plans that wait for a network', () => {
  it(
    'stand aside, so that other work gets through, and are served in order as soon as it is free',
    async () => {
      const served: Json[] = [];
      const gate = Promise.withResolvers<void>();
      const held = Promise.withResolvers<void>();
      const bot = await open(
        {
          plan: async (durable, input) => {
            const name = input as string;
            const lease = await leaseInTurn({
              store,
              durable,
              name: 'stretch',
              request: {
                steps: [peering],
                waiter: name,
                owner: 'this process',
                about: `the plan ${name}`,
                quietForMs: 0,
                waiting: () => Promise.resolve(),
              },
            });
            await durable.once('work', async () => {
              served.push(name);
              held.resolve();
              await gate.promise;
            });
            await passOn({ durable }, lease);
            return name;
          },
          ticket: () => Promise.resolve('opened'),
        },
        2,
      );
      const holder = await bot.start('plan', 'holder', 'holder');
      await held.promise;
      const waiting: string[] = [];
      for (const name of ['one', 'two', 'three', 'four']) {
        waiting.push(await bot.start('plan', name, name));
      }
      await Promise.all(waiting.map((id) => parked(bot, id)));

      const ticket = await ended(bot, await bot.start('ticket', 'ticket', null));

      expect(ticket).toMatchObject({ status: 'completed', output: 'opened' });
      expect(served).toEqual(['holder']);
      gate.resolve();
      // Nobody waits for as long as until the next look of their own.
      const ends = await Promise.all([holder, ...waiting].map((id) => ended(bot, id)));
      expect(ends.map(({ status }) => status)).toEqual(Array(5).fill('completed'));
      expect(served).toEqual(['holder', 'one', 'two', 'three', 'four']);
    },
    patience,
  );

  it(
    'all come to their end with a single slot for all of them',
    async () => {
      const house: House = await openHouse();
      const plans = new Map<string, Plan>();
      for (const app of ['orders', 'billing', 'hr']) {
        plans.set(app, await plannedWith(house.arm, answersFor([hub], [app])));
      }
      const bot = await open(
        {
          plan: async (durable, input) => {
            const app = input as string;
            const plan = plans.get(app) as Plan;
            const deps = { ...depsFor(house, store, plan, []), durable, planId: app, owner: app };
            const { kind } = await applyPlan(deps);
            return kind;
          },
        },
        1,
      );

      const runs = await Promise.all([...plans.keys()].map((app) => bot.start('plan', app, app)));
      const ends = await Promise.all(runs.map((id) => ended(bot, id, 40)));

      // Who comes second finds the peering made, and says so.
      expect(ends.map(({ output }) => output as string).toSorted((one, other) => one.localeCompare(other))).toEqual([
        'complete',
        'void',
        'void',
      ]);
      await house.close();
    },
    patience,
  );
});
