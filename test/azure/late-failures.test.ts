/**
 * A write that Azure accepts and whose operation fails later leaves something half made behind. That is our own doing and
 * not the world moving: another try makes it again, the undo takes it away, and a new plan takes it over.
 */
import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../src/plan/plan.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { apply, type Applied, type House, takeBack } from './house.ts';
import { proveNothingWrong, standingIn } from './round-trip.ts';
import { dead, doors, lastState, planFor, type Door } from './scenes.ts';

/** Done in one go, so that nothing can fail afterwards. */
const atOnce: ReadonlySet<PlanStep['kind']> = new Set(['dns-record', 'endpoint-approval'] as const);

const all = await doors();
const table = all.filter(({ kind }) => !atOnce.has(kind));
const oneOfEach = table.filter(({ kind }, index) => table.findIndex((door) => door.kind === kind) === index);

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const code = 'Conflict';

async function failLate(plan: Plan, { id }: Door, method = 'PUT'): Promise<Applied> {
  const step = plan.steps.find((known) => known.id === id);
  // Nothing that only begins like it, and nothing below it.
  await house.fault(`late:${code}`, `*${step?.resource ?? ''}`, method);
  return apply(house, store, plan);
}

async function stateOf(plan: Plan, { id }: Door): Promise<unknown> {
  const step = plan.steps.find((known) => known.id === id);
  const { resources } = await house.world();
  return resources[step?.resource.toLowerCase() ?? '']?.properties?.['provisioningState'];
}

describe('a change that Azure accepts and does not finish', () => {
  it.each(table)('$title: is told, and another try finishes', async (door) => {
    const plan = await planFor(house, door.scene);

    const failed = await failLate(plan, door);

    expect(failed.outcome).toMatchObject({ kind: 'failed', step: door.id, code });
    expect(lastState(failed, door.id)).toBe('failed');
    expect(await stateOf(plan, door)).toBe('Failed');
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    expect(await stateOf(plan, door)).toBe('Succeeded');
    await proveNothingWrong(house, plan);
  });

  it.each(oneOfEach)('$title: fails a second time, and the third try finishes', async (door) => {
    const plan = await planFor(house, door.scene);
    await failLate(plan, door);

    const again = await failLate(plan, door);

    expect(again.outcome).toMatchObject({ kind: 'failed', step: door.id, code });
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    await proveNothingWrong(house, plan);
  });

  it.each(table)('$title: what was done is undone, and the world is the first one', async (door) => {
    const before = dead(await standingIn(house));
    const plan = await planFor(house, door.scene);
    await failLate(plan, door);

    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    expect(dead(await standingIn(house))).toEqual(before);
  });

  it.each(table)('$title: what is left as it is a new plan takes over, and can take back', async (door) => {
    const before = dead(await standingIn(house));
    const plan = await planFor(house, door.scene);
    await failLate(plan, door);

    const next = await planFor(house, door.scene);

    expect(next.steps.find(({ id }) => id === door.id)?.body).not.toBeNull();
    expect((await apply(house, store, next, { planId: 'plan-2' })).outcome).toEqual({ kind: 'complete' });
    expect(await stateOf(next, door)).toBe('Succeeded');
    await proveNothingWrong(house, next);
    const changed = next.steps.find(({ id }) => id === door.id)?.change;
    if (changed === 'create') {
      expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
      expect(dead(await standingIn(house))).toEqual(before);
    }
  });
});

const deleted = table.filter(({ kind }) => kind === 'peering-repair');

it.each(deleted)('$title: a dead half that Azure does not finish deleting is deleted by another try', async (door) => {
  const plan = await planFor(house, door.scene);

  const failed = await failLate(plan, door, 'DELETE');

  expect(failed.outcome).toMatchObject({ kind: 'failed', step: door.id, code });
  expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  await proveNothingWrong(house, plan);
});

describe('an undo that Azure accepts and does not finish', () => {
  it.each(oneOfEach.filter(({ kind }) => kind !== 'peering-repair'))('$title: another try finishes', async (door) => {
    const before = dead(await standingIn(house));
    const plan = await planFor(house, door.scene);
    await apply(house, store, plan);
    const undone = plan.undo.find(({ id }) => id === `undo/${door.id}`);
    await house.fault(`late:${code}`, `*${undone?.resource ?? ''}`, undone?.change === 'delete' ? 'DELETE' : 'PUT');

    const failed = await takeBack(house, store, plan);

    expect(failed.outcome).toMatchObject({ kind: 'failed', step: `undo/${door.id}`, code });
    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    expect(dead(await standingIn(house))).toEqual(before);
  });
});
