/**
 * Locks that all replicas share, on the database's clock. A lock that is not renewed ends by itself; each holder gets a
 * higher fence than the one before. Whoever takes a lock over reads the locked thing before writing it: the old holder
 * may not know yet.
 */
import { databaseClock } from './dialect.ts';
import { updated } from './row-count.ts';
import type { Tx } from './store.ts';

export interface LockRequest {
  name: string;
  /** Unique per holder. */
  owner: string;
  ttlSeconds: number;
  /** What it is held for; told to whoever waits. */
  about?: string;
}

export interface HeldLock {
  name: string;
  owner: string;
  fence: number;
}

/** The fence; null when somebody else holds the lock. */
export async function acquireLock(
  tx: Tx,
  { about = '', name, owner, ttlSeconds }: LockRequest,
): Promise<number | null> {
  const clock = databaseClock(tx);
  const row = await tx
    .insertInto('lock')
    .values((value) => ({ name, owner, until: value(clock, '+', ttlSeconds * 1000), fence: 1, about }))
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((old) => ({
          owner: old.ref('excluded.owner'),
          about: old.ref('excluded.about'),
          until: old.ref('excluded.until'),
          fence: old('lock.fence', '+', 1),
        }))
        .where('lock.until', '<', clock),
    )
    .returning('fence')
    .executeTakeFirst();
  return row?.fence ?? null;
}

/** False when the lock was taken over meanwhile. */
export async function renewLock(tx: Tx, held: HeldLock & { ttlSeconds: number }): Promise<boolean> {
  const result = await tx
    .updateTable('lock')
    .set((value) => ({ until: value(databaseClock(tx), '+', held.ttlSeconds * 1000) }))
    .where('name', '=', held.name)
    .where('owner', '=', held.owner)
    .where('fence', '=', held.fence)
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** By the database's clock: whether every one of them is ours yet, with the fence under which it was taken. */
export async function areStillHeld(tx: Tx, locks: readonly HeldLock[]): Promise<boolean> {
  const names = locks.map(({ name }) => name);
  const rows = await tx
    .selectFrom('lock')
    .select(['name', 'owner', 'fence'])
    .where('name', 'in', names.length === 0 ? [''] : names)
    .where('until', '>=', databaseClock(tx))
    .execute();
  const held = new Map(rows.map((row) => [row.name, row]));
  return locks.every(({ name, owner, fence }) => held.get(name)?.owner === owner && held.get(name)?.fence === fence);
}

/** The row stays, so that fences go on growing; it loses its owner, so that a late renewal does not revive it. */
export async function releaseLock(tx: Tx, held: HeldLock): Promise<void> {
  await tx
    .updateTable('lock')
    .set({ until: 0, owner: '' })
    .where('name', '=', held.name)
    .where('owner', '=', held.owner)
    .where('fence', '=', held.fence)
    .execute();
}
