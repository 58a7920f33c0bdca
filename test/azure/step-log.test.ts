import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStepLog } from '../../src/azure/step-log.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from './house.ts';

let store: Store;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ store, close } = await openTestStore());
});

afterEach(async () => {
  await close();
});

it('tells the same seconds as whoever reads the step again', async () => {
  const step = (await openStepLog(store, 'plan-1')).of({ id: 'peering/a/to-b' });

  // 49.5 ms, which the store keeps as 50: what is told is rounded from what is kept.
  await step.begin({}, Temporal.Instant.from('2026-06-10T08:00:00.0009Z'));
  await step.finish(null, null, Temporal.Instant.from('2026-06-10T08:00:00.0504Z'));

  const again = (await openStepLog(store, 'plan-1')).of({ id: 'peering/a/to-b' });
  expect([step.seconds, again.seconds]).toEqual([0.1, 0.1]);
});
