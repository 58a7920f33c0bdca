/** How long the executor waits between two looks, and for how long it goes on looking. */
import type { StepKind } from '../plan/plan.ts';

export interface Patience {
  /** How long something that passes by itself (another operation, throttling) is retried. */
  retryForMs: number;
  /** How long a resource may take to take effect after its operation has ended. */
  settleForMs: number;
  /** How long it waits for a network without a word: the lease of a process that died has ended by then. */
  quietForMs: number;
  /** How it looks whether somebody else has accepted a connection: one stretch after the other, then it gives up. */
  owner: readonly Stretch[];
}

export interface Stretch {
  forSeconds: number;
  everySeconds: number;
}

const day = 24 * 60 * 60;

/** Fourteen days in all. Each look costs two of the 1,000 steps that a run of the engine has: these are 740. */
const usualOwnerLooks: readonly Stretch[] = [
  { forSeconds: 600, everySeconds: 60 },
  { forSeconds: day, everySeconds: 1800 },
  { forSeconds: 13 * day, everySeconds: 3600 },
];

export const usualPatience: Patience = {
  retryForMs: 5 * 60_000,
  settleForMs: 5 * 60_000,
  quietForMs: 12_000,
  owner: usualOwnerLooks,
};

const shortestLookMs = 20;
/** Azure counts reads; once a second is far below its limits for the few operations of a plan. */
const longestLookMs = 1000;
const firstRetryMs = 100;
const longestRetryMs = 15_000;

const longestTailMs = 500;
/** Private DNS allows few readings, and its operations are long. */
const longestZoneTailMs = 700;
/** Of the time that it took so far. */
const tailShare = 0.05;
const longTailShare = 0.03;
const longestSlowLookMs = 15_000;

/**
 * Once it may be over any moment: a twentieth of the time so far, and from ten seconds on half a second, so that a whole
 * plan is late by little more than one part in a hundred.
 */
export function tailPauseMs(elapsedMs: number, kind: StepKind): number {
  const longest = kind.startsWith('dns-') && kind !== 'dns-servers' ? longestZoneTailMs : longestTailMs;
  return Math.max(shortestLookMs, longTailShare * elapsedMs, Math.min(longest, tailShare * elapsedMs));
}

/** When it takes longer than it ever did. */
export function slowLookMs(overtimeMs: number): number {
  return Math.min(longestSlowLookMs, Math.max(shortestLookMs, overtimeMs / 10));
}

/** The longer it takes already, the less a moment more matters: a quarter of the time so far, within bounds. */
export function lookPauseMs(elapsedMs: number): number {
  return Math.min(longestLookMs, Math.max(shortestLookMs, elapsedMs / 4));
}

/** Doubles from try to try. */
export function retryPauseMs(tries: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 10));
}
