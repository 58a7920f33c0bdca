/** Holding a lock for as long as some work takes: renewed in good time, and known to be lost when that does not work. */
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, type HeldLock, type LockRequest, releaseLock, renewLock } from './locks.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

export interface Hold {
  readonly fence: number;
  /** Aborted, with a `StoreError` as reason, when the lock is no longer ours: stop before the next write. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Null when somebody else holds the lock. Ends with `release`, or when the lock is lost. */
export async function holdLock(store: Store, request: LockRequest): Promise<Hold | null> {
  // Taken before the database is asked, so that our time runs out no later than there.
  const asked = performance.now();
  const fence = await store.write((tx) => acquireLock(tx, request));
  if (fence === null) return null;
  const held = { ...request, fence };
  const lost = new AbortController();
  const released = new AbortController();
  const keeping = keep(store, held, asked, released.signal).then((end) => {
    if (end === 'lost') lost.abort(lockLost(request));
  });
  return {
    fence,
    lost: lost.signal,
    async release() {
      released.abort();
      await store.write((tx) => releaseLock(tx, held));
      await keeping;
    },
  };
}

type Renewable = HeldLock & { ttlSeconds: number };

async function keep(store: Store, held: Renewable, asked: number, released: AbortSignal): Promise<'released' | 'lost'> {
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
async function renew(store: Store, held: Renewable): Promise<boolean | null> {
  try {
    return await store.write((tx) => renewLock(tx, held));
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

function lockLost({ name, ttlSeconds }: LockRequest): StoreError {
  return new StoreError(
    `The lock ${name} was lost: it was not renewed within ${ttlSeconds} s, or somebody took it over. ` +
      'Read what it protects again before going on.',
  );
}
