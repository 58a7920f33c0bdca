import { describe, expect, it } from 'vitest';
import { holdLock } from '../../../src/store/hold-lock.ts';
import { acquireLock, releaseLock, renewLock } from '../../../src/store/locks.ts';
import type { Store } from '../../../src/store/store.ts';
import type { UseStores } from './stores.ts';

const name = 'network/hub';

export function locksContract(stores: UseStores): void {
  describe('locks', () => {
    it('are never held by two', async () => {
      const { first, second } = stores();

      const fences = await Promise.all(
        Array.from({ length: 12 }, (_, index) => acquire(index % 2 === 0 ? first : second, `owner-${index}`, 60)),
      );

      expect(fences.filter((fence) => fence !== null)).toEqual([1]);
    });

    it('are taken over after their end, with a higher fence, and the old holder is told', async () => {
      const { first, second } = stores();
      const old = await acquire(first, 'one', 0.02);
      await untilExpired();

      const fence = await acquire(second, 'two', 60);
      const renewed = await first.write((tx) => renewLock(tx, { name, owner: 'one', fence: old ?? 0, ttlSeconds: 60 }));

      expect([old, fence]).toEqual([1, 2]);
      expect(renewed).toBe(false);
    });

    it('stay with who renews them', async () => {
      const { first, second } = stores();
      const fence = (await acquire(first, 'one', 0.02)) ?? 0;

      const renewed = await first.write((tx) => renewLock(tx, { name, owner: 'one', fence, ttlSeconds: 60 }));
      await untilExpired();

      expect(renewed).toBe(true);
      expect(await acquire(second, 'two', 60)).toBeNull();
    });

    it('are free at once when they are released, and a late renewal does not bring them back', async () => {
      const { first, second } = stores();
      const fence = (await acquire(first, 'one', 60)) ?? 0;
      await first.write((tx) => releaseLock(tx, { name, owner: 'one', fence }));

      const late = await first.write((tx) => renewLock(tx, { name, owner: 'one', fence, ttlSeconds: 60 }));

      expect(late).toBe(false);
      expect(await acquire(second, 'two', 60)).toBe(2);
    });

    it('are not released by who lost them', async () => {
      const { first, second } = stores();
      const old = (await acquire(first, 'one', 0.02)) ?? 0;
      await untilExpired();
      await acquire(second, 'two', 60);

      await first.write((tx) => releaseLock(tx, { name, owner: 'one', fence: old }));

      expect(await acquire(first, 'three', 60)).toBeNull();
    });
  });

  describe('holding a lock', () => {
    it('renews it for as long as it takes', async () => {
      const { first, second } = stores();
      const request = { name, owner: 'one', ttlSeconds: 3 };

      const held = await holdLock(first, request);
      const before = await endOf(first);
      await until(async () => (await endOf(first)) > before);

      expect(held?.fence).toBe(1);
      expect(held?.lost.aborted).toBe(false);
      expect(await holdLock(second, { ...request, owner: 'two' })).toBeNull();
      await held?.release();
      const next = await holdLock(second, { ...request, owner: 'two' });
      expect(next?.fence).toBe(2);
      expect(held?.lost.aborted).toBe(false);
      await next?.release();
    });

    it('tells when somebody took it over', async () => {
      const { first, second } = stores();
      const held = await holdLock(first, { name, owner: 'one', ttlSeconds: 0.3 });
      await second.write((tx) => tx.updateTable('lock').set({ owner: 'two', fence: 2 }).execute());

      await until(() => held?.lost.aborted === true);

      expect(String(held?.lost.reason)).toContain('Read what it protects again');
    });

    it('tells when the database has not answered until its end', async () => {
      const { first } = stores();
      const held = await holdLock(cutOff(first), { name, owner: 'one', ttlSeconds: 0.3 });

      await until(() => held?.lost.aborted === true);

      expect(String(held?.lost.reason)).toContain('was lost');
    });
  });
}

function acquire(store: Store, owner: string, ttlSeconds: number): Promise<number | null> {
  return store.write((tx) => acquireLock(tx, { name, owner, ttlSeconds }));
}

/** By the clock of this machine, which is the database's too. */
async function untilExpired(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 40));
}

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function endOf(store: Store): Promise<number> {
  const row = await store.read.selectFrom('lock').select('until').executeTakeFirstOrThrow();
  return row.until;
}

/** Takes the first write and no other. */
function cutOff(store: Store): Store {
  let writes = 0;
  return {
    ...store,
    write(work) {
      writes += 1;
      return writes === 1 ? store.write(work) : Promise.reject(new Error('The connection is gone.'));
    },
  };
}
