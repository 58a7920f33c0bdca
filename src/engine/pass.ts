/**
 * One pass over a workflow body, from a claim of the run to the moment it ends or is put aside.
 *
 * The library puts a run aside by throwing through its body, which has three consequences that a body should not have
 * to know: a `catch` in the body swallows the wait; a step that runs beside the wait loses its result and runs a
 * second time; and a database that stumbles for a moment looks like a failed step. So what the library throws never
 * enters the body: the branch that called simply stops there, and the pass ends once nothing of it is busy.
 */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';

/** What the library throws in order to wait. The class is not exported. */
export interface Park extends Error {
  name: 'SleepSignalError';
  resumeAt: Date;
}

export function isPark(error: unknown): error is Park {
  return error instanceof Error && error.name === 'SleepSignalError';
}

export interface Pass {
  /** Calls into the library. When that throws, the pass is on its way to its end and this never settles. */
  call<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the pass with `reason` as soon as nothing is busy; never settles. */
  end(reason: unknown): Promise<never>;
  /** True when nothing is busy; false when something still was after `ms`. */
  quiet(ms: number): Promise<boolean>;
  /** Resolves when nothing is busy. */
  idle(): Promise<void>;
  /** Rejects with the reason when the pass has ended without a result. */
  readonly ended: Promise<never>;
}

export function openPass(): Pass {
  const busy = new Set<Promise<unknown>>();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  // A body that finished first leaves nobody who listens.
  ended.catch(() => {});
  let reason: unknown = null;

  async function idle(): Promise<void> {
    // After a call has settled, its branch needs a turn to make the next one.
    do {
      await Promise.allSettled(busy);
      await turn();
    } while (busy.size > 0);
  }

  function end(next: unknown): Promise<never> {
    if (reason === null) void idle().then(() => reject(reason));
    reason = reason === null ? next : graver(reason, next);
    return new Promise(() => {});
  }

  async function call<T>(work: () => Promise<T>): Promise<T> {
    // A function that throws before it returns a promise is no different from one that throws later.
    const working = (async () => work())();
    busy.add(working);
    try {
      return await working;
    } catch (error) {
      return end(error);
    } finally {
      busy.delete(working);
    }
  }

  async function quiet(ms: number): Promise<boolean> {
    const timer = new AbortController();
    const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
    const isQuiet = await Promise.race([idle().then(() => true), late]);
    timer.abort();
    return isQuiet;
  }

  return { call, end, quiet, idle, ended };
}

/** An error goes before a wait, and of two waits the one that is over first. */
function graver(left: unknown, right: unknown): unknown {
  if (!isPark(left)) return left;
  if (!isPark(right)) return right;
  return right.resumeAt < left.resumeAt ? right : left;
}
