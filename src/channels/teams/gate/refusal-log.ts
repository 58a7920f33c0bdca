/** Tells of refused requests without letting a flood of them flood the log. */
import type { Refusal } from './refusal.ts';

type Log = (message: string, details: Readonly<Record<string, unknown>>) => void;

const quietMs = 60_000;

/** Logs the first refusal for each reason at once, then at most one a minute, with the number that went unsaid. */
export function openRefusalLog(log: Log, now: () => Temporal.Instant): (refusal: Refusal) => void {
  /** By reason, of which there are about twenty. */
  const told = new Map<string, { atMs: number; unsaid: number }>();
  return ({ status, because }) => {
    const last = told.get(because);
    const time = now().epochMilliseconds;
    if (last !== undefined && Math.abs(time - last.atMs) < quietMs) {
      last.unsaid += 1;
      return;
    }
    told.set(because, { atMs: time, unsaid: 0 });
    log('A request to the Teams endpoint was refused', { status, because, before: last?.unsaid ?? 0 });
  };
}
