/** Holding locks for as long as some work takes: renewed in good time, and known to be lost when that does not work. */
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, areStillHeld, type HeldLock, type LockRequest, releaseLock, renewLock } from './locks.ts';
import type { Store, Tx } from './store.ts';
import { StoreError } from './store-error.ts';

export interface Hold {
  /** Aborted, with a `StoreError` as reason, when a lock is no longer ours: stop before the next write. */
  readonly lost: AbortSignal;
  /** By the database's clock, inside a write of the caller's: a process that was paused finds out here, before its own clock tells. */
  isStillOurs(tx: Tx): Promise<boolean>;
  release(): Promise<void>;
}

/** Null when somebody else holds the lock. Ends with `release`, or when the lock is lost. */
export async function holdLock(
  store: Store,
  request: LockRequest,
): Promise<(Hold & { readonly fence: number }) | null> {
  // Taken before the database is asked, so that our time runs out no later than there.
  const asked = performance.now();
  const fence = await store.write((tx) => acquireLock(tx, request));
  if (fence === null) return null;
  return { ...keepLocks(store, [{ ...request, fence }], { ttlSeconds: request.ttlSeconds, asked }), fence };
}

/** `asked`: on the process's own clock, before the database was asked for the locks. */
export function keepLocks(
  store: Store,
  locks: readonly HeldLock[],
  { ttlSeconds, asked }: { ttlSeconds: number; asked: number },
): Hold {
  const lost = new AbortController();
  const released = new AbortController();
  const keeping = keep(store, { locks, ttlSeconds }, asked, released.signal).then((end) => {
    if (end === 'lost') lost.abort(lockLost(locks, ttlSeconds));
  });
  return {
    lost: lost.signal,
    isStillOurs: async (tx) => !lost.signal.aborted && areStillHeld(tx, locks),
    async release() {
      released.abort();
      await store.write(async (tx) => {
        for (const lock of locks) await releaseLock(tx, lock);
      });
      await keeping;
    },
  };
}

interface Kept {
  locks: readonly HeldLock[];
  ttlSeconds: number;
}

async function keep(store: Store, held: Kept, asked: number, released: AbortSignal): Promise<'released' | 'lost'> {
  const ttlMs = held.ttlSeconds * 1000;
  let ours = asked + ttlMs;
  while (true) {
    await pause(Math.min(ttlMs / 3, ours - performance.now()), released);
    const now = performance.now();
    const answer = released.aborted || now >= ours ? null : await firstOf(renew(store, held), pause(ours - now));
    if (released.aborted) return 'released';
    if (answer === false || performance.now() >= ours) return 'lost';
    if (answer === true) ours = now + ttlMs;
  }
}

/** Null when the database did not answer; then it is asked again while there is time. */
async function renew(store: Store, { locks, ttlSeconds }: Kept): Promise<boolean | null> {
  try {
    return await store.write(async (tx) => {
      let isOurs = true;
      for (const lock of locks) isOurs = (await renewLock(tx, { ...lock, ttlSeconds })) && isOurs;
      return isOurs;
    });
  } catch {
    return null;
  }
}

async function firstOf(answer: Promise<boolean | null>, tooLate: Promise<void>): Promise<boolean | null> {
  return Promise.race([answer, tooLate.then(() => null)]);
}

/** Ends early, and quietly, when `until` is aborted; does not keep the process alive. */
async function pause(ms: number, until?: AbortSignal): Promise<void> {
  const options = { ref: false, ...(until === undefined ? {} : { signal: until }) };
  await sleep(Math.max(ms, 0), undefined, options).catch(() => undefined);
}

function lockLost(locks: readonly HeldLock[], ttlSeconds: number): StoreError {
  return new StoreError(
    `The lock ${locks.map(({ name }) => name).join(', ')} was lost: it was not renewed within ${ttlSeconds} s, or somebody took it over. ` +
      'Read what it protects again before going on.',
  );
}
