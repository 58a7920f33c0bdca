/**
 * The process dies at any point and another one goes on with the same rows. Here the executor does not die: everything
 * it could touch the world with is taken from it, which looks the same from outside and needs no second process.
 */
import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/azure/arm.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { exampleLinkServices } from '../../src/simulators/azure/example-world.ts';
import { readSteps } from '../../src/store/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, orders, plannedWith } from './house.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened), { speed: 400 });

interface Mortal {
  arm: Arm;
  store: Store;
  dead: Promise<void>;
}

const never = new Promise<never>(() => undefined);

/** Dies instead of its write number `at` to the store, counted from 1. */
function mortal(arm: Arm, real: Store, at: number): Mortal {
  let writes = 0;
  const { promise: dead, resolve: die } = Promise.withResolvers<void>();
  function alive<T>(work: () => Promise<T>): Promise<T> {
    return writes >= at ? never : work();
  }
  return {
    dead,
    arm: {
      load: () => arm.load(),
      network: (subscription) => alive(() => arm.network(subscription)),
      dns: (subscription) => alive(() => arm.dns(subscription)),
      list: (path, version) => alive(() => arm.list(path, version)),
      read: (id, version) => alive(() => arm.read(id, version)),
      ask: (path, version, question) => alive(() => arm.ask(path, version, question)),
      begin: (path, version, question) => alive(() => arm.begin(path, version, question)),
      put: (id, version, written) => alive(() => arm.put(id, version, written)),
      remove: (id, version) => alive(() => arm.remove(id, version)),
      resume: (family, subscription, serialized) => alive(() => arm.resume(family, subscription, serialized)),
    },
    store: {
      ...real,
      write(work) {
        writes += 1;
        if (writes >= at) {
          die();
          return never;
        }
        return real.write(work);
      },
    },
  };
}

/** Begins the plan and dies instead of write number `at`; what it had locked is free, as after its lease. */
async function dieBefore(plan: Plan, at: number): Promise<void> {
  const first = mortal(house.arm, store, at);
  void apply(house, store, plan, { arm: first.arm, store: first.store, owner: 'first' });
  await first.dead;
  await store.write((tx) => tx.updateTable('lock').set({ until: 0 }).execute());
}

// A place in the queue and two locks, then: begin of a peering and of the zone, their operations, ends, and so on to the last step's end.
describe('a process that dies', () => {
  it.each([3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 17])(
    'instead of its write number %i is followed by one that finishes, with no second write',
    async (at) => {
      const plan = await plannedWith(house.arm);
      await dieBefore(plan, at);

      const { outcome } = await apply(house, store, plan, { owner: 'second' });

      expect(outcome).toEqual({ kind: 'complete' });
      const writes = await house.writes();
      expect(writes.map((write) => write.status < 300)).toEqual([true, true, true, true, true]);
      expect(await house.post('resolve', { network: hub, name: orders })).toMatchObject({ status: 'answered' });
      expect(await house.post('reach', { from: hub, address: '192.168.0.10', port: 443 })).toMatchObject({
        open: true,
      });
      expect((await readSteps(store.read, 'plan-1')).map((row) => row.status)).toEqual([
        'done',
        'done',
        'done',
        'done',
        'done',
      ]);
    },
  );

  it.each([6, 9, 10, 11, 12, 13, 14, 15, 19, 23])(
    'instead of its write number %i, on the way over Private Link, is followed by one that finishes',
    async (at) => {
      const answers = { ...answersFor(), scenario: 'apps-by-private-link' as const, method: 'private-link' as const };
      const plan = await plannedWith(house.arm, answers);
      await dieBefore(plan, at);

      const { outcome } = await apply(house, store, plan, { owner: 'second' });

      expect(outcome).toEqual({ kind: 'complete' });
      const writes = await house.writes();
      expect(writes.filter((write) => write.status >= 300)).toEqual([]);
      expect(writes).toHaveLength(plan.steps.filter(({ body }) => body !== null).length);
      const { addresses } = await house.post<{ addresses: string[] }>('resolve', { network: hub, name: orders });
      expect(await house.post('reach', { from: hub, address: addresses[0], port: 443 })).toMatchObject({ open: true });
    },
  );

  it.each([3, 4, 5, 6, 7, 8, 9, 10, 11])(
    'instead of its write number %i, while an endpoint is half made, is followed by one that finishes',
    async (at) => {
      const service = { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory };
      const answers = { ...answersFor([], []), scenario: 'service-by-endpoint' as const, service };
      const plan = await plannedWith(house.arm, answers);
      await dieBefore(plan, at);

      const { outcome } = await apply(house, store, plan, { owner: 'second' });

      expect(outcome).toEqual({ kind: 'complete' });
      const writes = await house.writes();
      expect(writes).toHaveLength(plan.steps.filter(({ body }) => body !== null).length);
    },
  );

  it('goes on with the operation that was stored, not with a new one', async () => {
    const plan = await plannedWith(house.arm);
    await dieBefore(plan, 8);
    const stored = (await readSteps(store.read, 'plan-1')).flatMap((row) => row.operation ?? []);

    await apply(house, store, plan, { owner: 'second' });

    expect(stored.length).toBeGreaterThan(0);
    const asked = (await house.get<{ path: string }[]>('requests')).map((request) => request.path);
    for (const operation of stored) {
      const { state } = JSON.parse(operation) as { state: { config: { operationLocation: string } } };
      const { pathname } = new URL(state.config.operationLocation);
      expect(asked.some((path) => path.startsWith(pathname))).toBe(true);
    }
  });

  it('never asks another host, even when the stored operation names one', async () => {
    const plan = await plannedWith(house.arm);
    await dieBefore(plan, 8);
    await store.write(async (tx) => {
      for (const row of await tx.selectFrom('step').selectAll().execute()) {
        const operation = row.operation?.replaceAll('https://management.azure.com', 'https://evil.example') ?? null;
        await tx.updateTable('step').set({ operation }).where('step_id', '=', row.step_id).execute();
      }
    });

    const { outcome } = await apply(house, store, plan, { owner: 'second' });

    expect(outcome).toEqual({ kind: 'complete' });
    expect(await house.writes()).toHaveLength(5);
  });

  it('in the middle is told when what is left would now be something else', async () => {
    const plan = await plannedWith(house.arm);
    await dieBefore(plan, 5);
    const world = await house.world();
    const moved = Object.fromEntries(
      Object.entries(world.resources).map(([id, body]) => [
        id,
        JSON.parse(JSON.stringify(body).replaceAll('192.168.0.10', '192.168.0.44')),
      ]),
    );
    await house.post('world', { arm: { resources: moved } });

    const { outcome } = await apply(house, store, plan, { owner: 'second' });

    expect(outcome).toMatchObject({
      kind: 'failed',
      code: 'WorldMoved',
      because: expect.stringContaining('192.168.0.44'),
    });
  });
});
