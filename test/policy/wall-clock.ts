/**
 * What the clock on the wall shows, quarter of an hour by quarter of an hour, asked of Intl: a second opinion on local
 * times that shares nothing with Temporal.
 */

const stepMs = 15 * 60_000;

export interface WallClock {
  /** Epoch milliseconds of every step. */
  steps: readonly number[];
  /** What it shows then, such as `2026-03-29T03:00`. */
  shown: readonly string[];
}

/** @param from A local date; the clock starts at its midnight in UTC. */
export function readWallClock(zone: string, from: string, days: number): WallClock {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const start = Date.parse(`${from}T00:00Z`);
  const steps = Array.from({ length: (days * 86_400_000) / stepMs }, (_, index) => start + index * stepMs);
  return { steps, shown: steps.map((step) => format.format(step).replace(' ', 'T')) };
}

/** Counts minutes as if no clock ever changed. */
export function naiveMs(local: string): number {
  return Date.parse(`${local}Z`);
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The nights in which something odd happens to the clocks; each is the first date that is not like the others. */
export const oddNights: readonly (readonly [zone: string, date: string])[] = [
  ['Europe/Amsterdam', '2026-03-29'],
  ['Europe/Amsterdam', '2026-10-25'],
  ['America/New_York', '2026-11-01'],
  // Half an hour only.
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  // There was no 30 December.
  ['Pacific/Apia', '2011-12-30'],
  // 02:45 becomes 03:45.
  ['Pacific/Chatham', '2026-09-27'],
  // Midnight does not exist.
  ['America/Santiago', '2026-09-06'],
  // Midnight comes twice.
  ['America/Havana', '2026-11-01'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Asia/Kathmandu', '2026-06-15'],
];
