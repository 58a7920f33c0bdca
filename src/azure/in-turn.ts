/**
 * Where several plans want the same network, one works and the others wait, maybe for hours. After a moment a plan that
 * waits stands in the engine and holds none of its slots, so that those who wait never keep others from working. Whoever
 * gives a network back wakes the next in line; each looks by itself as well, and its place in the queue outlasts that.
 */
import type { Durable } from '../engine/engine.ts';
import type { Store } from '../store/store.ts';
import { isTurn, type Lease, leaseFor, type LeaseRequest, turnComes } from './lease.ts';

/** How long a plan asks by itself, after people were told that it waits. */
const momentMs = 3000;

/** A run of the engine has 1,000 steps and each look costs two: these are 60 for the first hour, 300 for a day. */
const firstLookSeconds = 60;
const longestLookSeconds = 900;
const looksEach = 10;
/** Of the place in the queue, beyond the next look. */
const graceSeconds = 60;

interface Waiting {
  store: Store;
  durable: Durable;
  request: LeaseRequest;
  /** Unique in the run. */
  name: string;
}

export async function leaseInTurn(waiting: Waiting): Promise<Lease> {
  const { durable, name, request, store } = waiting;
  // Stored, like each wait, so that a later pass takes the same way through them.
  const came = await durable.once(`turn/${name}`, () => turnComes(store, request, request.quietForMs + momentMs));
  if (came.ok && !came.value) {
    await stand(waiting);
  }
  return leaseFor(store, request);
}

async function stand({ durable, name, request, store }: Waiting): Promise<void> {
  for (let waits = 0; ; waits += 1) {
    const lookEverySeconds = Math.min(longestLookSeconds, firstLookSeconds * 2 ** waits);
    const isNext = await durable.gate(
      `turn/${name}/wait/${waits}`,
      async () => ((await isTurn(store, request, lookEverySeconds + graceSeconds)) ? true : null),
      { signal: signalOf(request.waiter), lookEverySeconds, timeoutSeconds: looksEach * lookEverySeconds },
    );
    if (isNext !== null) {
      return;
    }
  }
}

/** Gives the networks back. */
export async function passOn({ durable }: Pick<Waiting, 'durable'>, lease: Lease): Promise<void> {
  const next = await lease.release();
  await Promise.all(next.map((waiter) => durable.wake(signalOf(waiter))));
}

function signalOf(waiter: string): string {
  return `turn/${waiter}`;
}
