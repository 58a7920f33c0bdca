/** How long the executor waits between two looks, and for how long it goes on looking. */

export interface Patience {
  /** How long something that passes by itself (another operation, throttling) is retried. */
  retryForMs: number;
  /** How long a resource may take to take effect after its operation has ended. */
  settleForMs: number;
  /** How long it waits for a network without a word: the lease of a process that died has ended by then. */
  quietForMs: number;
}

export const usualPatience: Patience = { retryForMs: 5 * 60_000, settleForMs: 5 * 60_000, quietForMs: 12_000 };

const shortestLookMs = 20;
/** Azure counts reads; once a second is far below its limits for the few operations of a plan. */
const longestLookMs = 1000;
const firstRetryMs = 100;
const longestRetryMs = 15_000;

/** The longer it takes already, the less a moment more matters: a quarter of the time so far, within bounds. */
export function lookPauseMs(elapsedMs: number): number {
  return Math.min(longestLookMs, Math.max(shortestLookMs, elapsedMs / 4));
}

/** Doubles from try to try. */
export function retryPauseMs(tries: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 10));
}
