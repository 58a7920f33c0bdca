/** What every scenario has to show: what resolves, a proof without a no, a second time without a write, and the way back. */
import { expect } from 'vitest';
import { verify } from '../../src/azure/verify.ts';
import type { EnvironmentAt, Plan } from '../../src/plan/plan.ts';
import type { Store } from '../../src/store/store.ts';
import { type House, mendixProd, plannedWith, takeBack } from './house.ts';

export interface Resolved {
  status: string;
  addresses: string[];
}

export function resolveIn(house: House, network: string, name: string): Promise<Resolved> {
  return house.post('resolve', { network, name });
}

/** Nothing that was read or computed may say no; what nobody could know may stay open. */
export async function proveNothingWrong(house: House, plan: Plan): Promise<void> {
  const { evidence } = await verify(house.arm, plan);
  expect(evidence.filter(({ good }) => good === false)).toEqual([]);
  expect(evidence.filter(({ good }) => good === true).length).toBeGreaterThan(0);
}

/** The same request again writes nothing, and the way back leads to the world as it was. */
export async function repeatAndGoBack(
  { house, store }: { house: House; store: Store },
  plan: Plan,
  before: unknown,
  at: EnvironmentAt = mendixProd,
): Promise<void> {
  const again = await plannedWith(house.arm, plan.madeFrom.answers, at);
  expect(again.steps.filter(({ change }) => change === 'create' || change === 'update')).toEqual([]);
  expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  expect(await standingIn(house)).toEqual(before);
}

/** The world without what changes by itself. */
export async function standingIn(house: House): Promise<unknown> {
  const volatile = new Set(['etag', 'resourceGuid', 'provisioningState']);
  const { resources } = await house.world();
  return JSON.parse(JSON.stringify(resources, (key, value: unknown) => (volatile.has(key) ? undefined : value)));
}
