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
const steadyLookMs = 1000;
/** But private DNS allows the fewest readings by far, its operations are long, and first plans often come together. */
const steadyZoneLookMs = 3000;
const longLookShare = 0.04;
const firstRetryMs = 100;
const longestRetryMs = 15_000;

/** For work of ten seconds three quarters of a second, for forty seconds twice that. */
const tailFactor = 7.5;
const longestTailShare = 0.25;
const longestSlowLookMs = 15_000;
/** Of the time that a step has to spare: what comes behind it wants its part, and the spare time is a guess. */
const spareShare = 1 / 8;
const longestSpareMs = 4000;

/**
 * Once it may be over any moment. How long work takes is the more uncertain the longer it is, so as many questions as a
 * plan may ask are best spread by the square root of it; a whole plan is then late by little more than one part in a
 * hundred.
 */
export function tailPauseMs(elapsedMs: number): number {
  return Math.max(shortestLookMs, Math.min(tailFactor * Math.sqrt(elapsedMs), longestTailShare * elapsedMs));
}

/** When it takes longer than it ever did. */
export function slowLookMs(overtimeMs: number): number {
  return Math.min(longestSlowLookMs, Math.max(shortestLookMs, overtimeMs / 10));
}

/** When nobody waits for just this step. */
export function sparePauseMs(spareMs: number): number {
  return Math.min(longestSpareMs, spareMs * spareShare);
}

/** The longer it takes already, the less a moment more matters: a quarter of the time so far, then a steady pace. */
export function lookPauseMs(elapsedMs: number, kind: StepKind): number {
  const steady = isOfZone(kind) ? steadyZoneLookMs : steadyLookMs;
  return Math.max(shortestLookMs, Math.min(elapsedMs / 4, Math.max(steady, elapsedMs * longLookShare)));
}

function isOfZone(kind: StepKind): boolean {
  return kind.startsWith('dns-') && kind !== 'dns-servers';
}

/** Doubles from try to try. */
export function retryPauseMs(tries: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 10));
}
