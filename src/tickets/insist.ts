/**
 * Work that the desk does not take just now is tried again later, for a day: a desk that is down for an hour loses
 * nothing. The pauses are the engine's, so a restart in the middle goes on where it was.
 */
import type { Durable } from '../engine/engine.ts';
import { ZendeskError } from './zendesk-error.ts';

/**
 * Called before each pause, with what went wrong and after how many tries. The engine goes through a run's steps anew
 * after each pause, so the same try is told again: whoever hears it keeps it under its number.
 */
export type Waiting = (because: string, seconds: number, tries: number) => Promise<void>;

const firstPauseSeconds = 5;
const longestPauseSeconds = 300;
const patienceSeconds = 24 * 60 * 60;

export interface Insistence {
  /** Unique within the run. */
  name: string;
  /** What may have been done although no answer came is not doubled before this is over; 0 where a look tells. */
  quietSeconds: number;
  waiting?: Waiting | undefined;
  /** Whether something else has to be done first; asked before each try. Where nobody can tell, it is waited for. */
  isBehind?: () => Promise<boolean>;
}

type Try<Value> =
  | { kind: 'done'; value: Value }
  | { kind: 'later'; because: string; seconds: number }
  | { kind: 'behind' };

/** @throws {Error} for what will not pass, and when the day is over; `work` looks before it writes. */
export async function insist<Value>(
  durable: Durable,
  { isBehind = () => Promise.resolve(false), name, quietSeconds, waiting }: Insistence,
  work: () => Promise<Value>,
): Promise<Value> {
  let waited = 0;
  for (let tries = 1; ; tries += 1) {
    const step = tries === 1 ? name : `${name}/${tries}`;
    const outcome = await durable.once(step, async () =>
      JSON.stringify((await isBehind().catch(() => true)) ? { kind: 'behind' } : await tryOnce(work, quietSeconds)),
    );
    if (!outcome.ok) {
      throw new Error(outcome.error.message);
    }
    // The same after a restart as before it: what came out of the step is what was stored.
    const tried = JSON.parse(outcome.value) as Try<Value>;
    if (tried.kind === 'done') {
      return tried.value;
    }
    const { because, isTold, seconds } = pauseAfter(tried, tries);
    if (waited + seconds > patienceSeconds) {
      throw new Error(because);
    }
    waited += seconds;
    if (isTold) {
      await waiting?.(because, seconds, tries);
    }
    await durable.sleep(`${name}/pause/${tries}`, seconds);
  }
}

interface Pause {
  because: string;
  seconds: number;
  isTold: boolean;
}

/** Two wishes of one moment follow each other in a second, and nobody has to hear of that. */
const worthTellingSeconds = 8;

function pauseAfter(tried: Exclude<Try<unknown>, { kind: 'done' }>, tries: number): Pause {
  if (tried.kind === 'behind') {
    const seconds = Math.min(longestPauseSeconds, 2 ** (tries - 1));
    const because = 'what was asked for before it has to get there first.';
    return { because, seconds, isTold: seconds >= worthTellingSeconds };
  }
  const pause = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (tries - 1));
  return { because: tried.because, seconds: Math.max(tried.seconds, pause), isTold: true };
}

async function tryOnce<Value>(work: () => Promise<Value>, quietSeconds: number): Promise<Try<Value>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    if (error instanceof ZendeskError && error.mayPass()) {
      const quiet = error.mayHaveHappened ? quietSeconds : 0;
      const seconds = Math.max(Math.ceil((error.retryAfterMs ?? 0) / 1000), quiet);
      return { kind: 'later', because: error.message, seconds };
    }
    throw error;
  }
}
