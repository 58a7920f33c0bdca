/**
 * The three doors after a failure, at each change of each scenario: try again finishes, undo brings back the first world,
 * and what was left as it is a new plan takes over.
 */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { exampleLinkServices } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { apply, type Applied, type House, takeBack } from './house.ts';
import { proveNothingWrong, standingIn } from './round-trip.ts';
import { dead, doors, lastState, planFor, writesIn } from './scenes.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const table = await doors();

/** Azure refuses the change once; what is denied is never tried again by itself. */
async function failAt(plan: Plan, id: string): Promise<Applied> {
  const step = plan.steps.find((known) => known.id === id);
  const path = step?.kind === 'endpoint-approval' ? '/privateEndpointConnections/' : (step?.resource ?? '');
  // What is made again is deleted first.
  const method = step?.kind === 'peering-repair' ? 'DELETE' : 'PUT';
  await house.post('faults', [{ match: { method, path }, fault: 'authorization-failed', times: 1 }]);
  return apply(house, store, plan);
}

describe('a change that Azure refuses', () => {
  it.each(table)('$title: is told, and another try finishes', async ({ scene, id }) => {
    const plan = await planFor(house, scene);

    const failed = await failAt(plan, id);

    expect(failed.outcome).toMatchObject({ kind: 'failed', step: id, code: 'AuthorizationFailed' });
    expect(lastState(failed, id)).toBe('failed');
    expect(failed.reports.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    await proveNothingWrong(house, plan);
  });

  it.each(table)('$title: what was done is undone, and the world is the first one', async ({ scene, id }) => {
    const before = dead(await standingIn(house));
    const plan = await planFor(house, scene);
    await failAt(plan, id);

    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    expect(dead(await standingIn(house))).toEqual(before);
  });

  const lasts = table.filter(
    ({ scene, index }) => index === Math.max(...table.filter((one) => one.scene === scene).map((one) => one.index)),
  );

  it.each(lasts)('$title: what is left as it is a new plan takes over', async ({ scene, id }) => {
    const plan = await planFor(house, scene);
    await failAt(plan, id);

    const next = await planFor(house, scene);

    expect(writesIn(next).length).toBeLessThanOrEqual(writesIn(plan).length);
    expect((await apply(house, store, next, { planId: 'plan-2' })).outcome).toEqual({ kind: 'complete' });
    await proveNothingWrong(house, next);
  });

  it('that is the owner’s no can be undone, and the world is the first one', async () => {
    const before = await standingIn(house);
    const service = { fqdn: 'erp.corp.example', privateLinkService: exampleLinkServices.erp };
    const answers = { scenario: 'service-by-endpoint' as const, networks: [], apps: [], service };
    const plan = await planFor(house, { name: 'another team’s service', answers });
    const endpoint = plan.steps.find(({ kind }) => kind === 'private-endpoint')?.resource;
    const { outcome } = await apply(house, store, plan, {
      report: async ({ step }) => {
        if (step.state === 'waiting') {
          await house.post('owner', { connection: endpoint, decision: 'reject', description: 'Not for production.' });
        }
      },
    });

    expect(outcome).toMatchObject({
      code: 'ConnectionRejected',
      because: expect.stringContaining('Not for production.'),
    });
    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    expect(await standingIn(house)).toEqual(before);
  });
});
