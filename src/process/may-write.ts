/**
 * The stop switch as the executor asks for it, right before every write to Azure. It fails closed: as long as the
 * database does not say that changes are allowed, nothing is written.
 */
import { type Directory, findPerson, nameOf } from '../flows/flow.ts';
import { localDateTime } from '../flows/time.ts';
import { readStop } from '../store/control.ts';
import type { Store } from '../store/store.ts';

export type MayWrite = { ok: true } | { ok: false; because: string };

/** The database answers within milliseconds, or it is not there. */
const patienceMs = 10_000;

export async function mayWrite(store: Pick<Store, 'read'>, directory: () => Directory): Promise<MayWrite> {
  try {
    const stop = await withinPatience(readStop(store));
    if (stop === null) {
      return { ok: true };
    }
    const known = directory();
    const at = localDateTime(stop.at, findPerson(known, stop.by)?.zone ?? 'UTC');
    const by = nameOf(known, stop.by);
    return {
      ok: false,
      because: `${by} stopped all changes on ${at}: “${stop.reason}”. What was running was seen to its end.`,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      because: `I cannot read whether changes are allowed, so I write nothing (${reason}).`,
    };
  }
}

async function withinPatience<Value>(answer: Promise<Value>): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('the database does not answer')), patienceMs);
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
