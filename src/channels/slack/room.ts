/** What the rooms of the receiving half work with. */
import type { SlackOptions, SlackOut } from './deps.ts';
import type { InFlight } from './in-flight.ts';
import type { Memory } from './memory.ts';

export interface Room {
  deps: SlackOptions;
  out: SlackOut;
  memory: Pick<Memory, 'direct' | 'rememberDirect'>;
  inFlight: InFlight;
}

/** What came of a request. */
export interface Outcome {
  /** For whoever did it; null when nothing is to be said. */
  words: string | null;
  /** What goes back in the answer itself, where it says the same. */
  body?: object;
}

export const nothing: Outcome = { words: null };

/** Slack, or our own store, is too slow for this now; the same again in a moment will do. */
export class NotNow extends Error {
  override readonly name = 'Busy';
}

/** Goes on after the answer is out, and a stop lets it finish. */
export function note({ deps, inFlight }: Pick<Room, 'deps' | 'inFlight'>, what: string, work: Promise<unknown>): void {
  void inFlight.track(work.catch((error: unknown) => deps.log(what, { reason: String(error) })));
}
