/**
 * Keeps a lease for as long as the work takes, so that nobody else takes up what is under way: a slow platform is not a
 * dead process. Work that never comes back is given up, or its lane would stand still for good.
 */
import { renewLease } from '../store/effect-leases.ts';
import type { Store } from '../store/store.ts';
import { instantText } from './instant-text.ts';

/** Short enough that another replica takes over while the person still looks. */
export const leaseMs = 10_000;
const renewMs = 3000;

interface Holder {
  store: Store;
  owner: string;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** @throws when the work does, and when it takes longer than `patienceMs` */
export async function holdLease<T>(
  holder: Holder,
  held: { id: string; patienceMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const renewal = setInterval(() => void renew(holder, held.id), renewMs);
  const timer = setTimeout(() => late.reject(tookTooLong(held.patienceMs)), held.patienceMs);
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    clearInterval(renewal);
    clearTimeout(timer);
  }
}

async function renew({ store, owner, now, log }: Holder, id: string): Promise<void> {
  try {
    await store.write((tx) => renewLease(tx, id, { owner, now: instantText(now()), leaseMs }));
  } catch (error) {
    log('Renewing a lease; it is tried again', { effect: id, reason: String(error) });
  }
}

function tookTooLong(patienceMs: number): Error {
  return new Error(`There was no answer within ${patienceMs / 1000} s. It is tried again.`);
}
