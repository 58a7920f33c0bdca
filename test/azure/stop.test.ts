/** What is asked before anything is written: the case once, the stop switch before each write. */
import { beforeEach, describe, expect, it } from 'vitest';
import { readSteps } from '../../src/store/steps.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { apply, depsFor, type House, plannedWith, takeBack } from './house.ts';

let house: House;
let store: Store;
let plan: Plan;

openForEach((opened) => ({ house, store } = opened));

beforeEach(async () => {
  plan = await plannedWith(house.arm);
});

const stopped = 'Bob has stopped all changes: “a fire”.';

/** Allows so many questions and no more. */
function stopAfter(questions: number): () => Promise<{ ok: true } | { ok: false; because: string }> {
  let left = questions;
  return () => {
    left -= 1;
    return Promise.resolve(left >= 0 ? { ok: true } : { ok: false, because: stopped });
  };
}

async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries((await readSteps(store.read, 'plan-1')).map(({ stepId, status }) => [stepId, status]));
}

describe('the case', () => {
  it('is asked once, after the fresh reading and before the first write', async () => {
    const asked: number[] = [];
    async function begin(): Promise<boolean> {
      asked.push((await house.writes()).length);
      return true;
    }

    const { outcome } = await apply(house, store, plan, { begin });

    expect(outcome).toEqual({ kind: 'complete' });
    expect(asked).toEqual([0]);
  });

  it('that says no has nothing written, nothing noted, and the networks free', async () => {
    const { outcome, reports } = await apply(house, store, plan, { begin: () => Promise.resolve(false) });

    expect(outcome).toEqual({ kind: 'not-begun' });
    expect(reports).toEqual([]);
    expect(await house.writes()).toEqual([]);
    expect(await statuses()).toEqual({});
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  });

  it('is not asked a second time for what was begun', async () => {
    await house.fault('lro-fails', 'virtualNetworkPeerings');
    expect((await apply(house, store, plan)).outcome).toMatchObject({ kind: 'failed' });

    const { outcome } = await apply(house, store, plan, { begin: () => Promise.reject(new Error('asked again')) });

    expect(outcome).toEqual({ kind: 'complete' });
  });

  it('is not asked when the world has moved', async () => {
    const world = JSON.stringify(await house.world()).replaceAll('192.168.0.10', '192.168.0.44');
    await house.post('world', { arm: JSON.parse(world) as unknown });

    const { outcome } = await apply(house, store, plan, { begin: () => Promise.reject(new Error('asked')) });

    expect(outcome).toMatchObject({ kind: 'void' });
  });

  it('is asked before an undo as well', async () => {
    await apply(house, store, plan);

    const { outcome } = await takeBack(house, store, plan, 'undo-1', { begin: () => Promise.resolve(false) });

    expect(outcome).toEqual({ kind: 'not-begun' });
  });
});

describe('the stop switch', () => {
  it.each([0, 1, 2, 3, 4, 5])(
    'that is pulled after %i questions halts new writes and nothing else',
    async (questions) => {
      const { outcome } = await apply(house, store, plan, { mayWrite: stopAfter(questions) });

      expect(outcome).toMatchObject({
        kind: 'failed',
        code: 'Stopped',
        because: stopped,
        wayOut: expect.stringContaining('when changes are allowed again'),
      });
      const sent = (await house.writes()).length;
      // One question is asked before the first step, and one before each write.
      expect(sent).toBe(Math.max(0, questions - 1));
      const states = Object.values(await statuses());
      expect(states.filter((status) => status === 'done')).toHaveLength(sent);
      expect(states).not.toContain('running');
      expect(await running()).toBe(0);

      const again = await apply(house, store, plan);

      expect(again.outcome).toEqual({ kind: 'complete' });
      expect(await house.writes()).toHaveLength(5);
    },
  );

  it('that cannot be read halts as well', async () => {
    const { outcome } = await apply(house, store, plan, { mayWrite: () => Promise.reject(new Error('no database')) });

    expect(outcome).toMatchObject({ kind: 'failed', code: 'Stopped', because: expect.stringContaining('no database') });
    expect(await house.writes()).toEqual([]);
  });

  it('is asked anew when the SDK sends a write again by itself', async () => {
    let asked = 0;
    await house.fault('503', 'causeway-to-mendix-prod-vnet');

    await apply(house, store, plan, {
      mayWrite: () => {
        asked += 1;
        return Promise.resolve({ ok: true });
      },
    });

    expect(await house.writes()).toHaveLength(6);
    expect(asked).toBe(1 + 6);
  });

  it('halts an undo, and what was taken back stays so', async () => {
    await apply(house, store, plan);

    const { outcome } = await takeBack(house, store, plan, 'undo-1', { mayWrite: stopAfter(2) });

    expect(outcome).toMatchObject({ kind: 'failed', code: 'Stopped' });
    expect((await takeBack(house, store, plan, 'undo-2')).outcome).toEqual({ kind: 'complete' });
  });
});

async function running(): Promise<number> {
  const { operations } = await house.get<{ operations: { status: string }[] }>('world');
  return operations.filter(({ status }) => status === 'InProgress').length;
}

describe('a step that runs', () => {
  it('says since when', async () => {
    const reports = depsFor(house, store, plan, []);
    const seen: { state: string; startedAt?: string }[] = [];

    await apply(house, store, plan, {
      ...reports,
      report: ({ step }) => {
        seen.push(step);
        return Promise.resolve();
      },
    });

    const times = seen.filter(({ state }) => state === 'running').map(({ startedAt }) => startedAt ?? '');
    expect(times).toHaveLength(5);
    expect(times.every((time) => Temporal.Instant.from(time).epochMilliseconds > 0)).toBe(true);
  });
});
