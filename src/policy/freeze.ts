/**
 * Times in which plans wait or need a second approval: windows of a calendar from the settings' `freezes`, and freezes
 * that an administrator ordered on the spot.
 */
import type { PersonId } from './people.ts';

/** `wait`: approved, but nothing is written before the end. `second-approval`: one more person has to say yes. */
export type FreezeMode = 'wait' | 'second-approval';

export interface FreezeWindow {
  name: string;
  /** IANA name; `from` and `until` are local to it. */
  zone: string;
  /** Null: once. */
  every: 'year' | 'quarter' | null;
  /**
   * `2026-12-18T18:00` for once; `12-18T18:00` for every year; for every quarter `03-17T00:00` is the 17th of its third
   * month. A day that a month does not have is its last one. An end before the beginning is in the next year or quarter.
   */
  from: string;
  until: string;
  /** Null: all. */
  environments: readonly string[] | null;
  mode: FreezeMode;
  reason: string;
}

/** Ordered by an administrator; instants are ISO 8601. */
export interface AdHocFreeze {
  id: string;
  by: PersonId;
  at: string;
  reason: string;
  environments: readonly string[] | null;
  mode: FreezeMode;
  from: string;
  /** Null: until somebody ends it. */
  until: string | null;
}

export interface Freeze {
  mode: FreezeMode;
  /** The first instant at which nothing of this mode or a stricter one holds any more; null: no end is known. */
  until: Temporal.Instant | null;
  /** Part of a sentence. */
  why: string;
  /** Who ordered it, when it was not the calendar alone. */
  by: readonly PersonId[];
}

interface Asked {
  /** Name of it. */
  environment: string;
  at: Temporal.Instant;
}

/** What holds here and now; of several the strictest, to its own end. Null: no freeze. */
export function freezeAt(
  windows: readonly FreezeWindow[],
  adHoc: readonly AdHocFreeze[],
  { environment, at }: Asked,
): Freeze | null {
  const concerned = [...windows, ...adHoc].filter(
    ({ environments }) => environments === null || environments.includes(environment),
  );
  const holding = heldBy(concerned, at);
  const mode = holding.some(({ freeze }) => freeze.mode === 'wait') ? 'wait' : 'second-approval';
  const decisive = concerned.filter((freeze) => mode === 'second-approval' || freeze.mode === 'wait');
  const now = heldBy(decisive, at).map(({ freeze }) => freeze);
  return now.length === 0
    ? null
    : {
        mode,
        until: endOf(decisive, at),
        why: now.map((freeze) => ('name' in freeze ? `“${freeze.name}”: ${freeze.reason}` : freeze.reason)).join('; '),
        by: now.flatMap((freeze) => ('by' in freeze ? [freeze.by] : [])),
      };
}

type AnyFreeze = FreezeWindow | AdHocFreeze;

interface Held {
  freeze: AnyFreeze;
  until: Temporal.Instant | null;
}

function heldBy(freezes: readonly AnyFreeze[], at: Temporal.Instant): Held[] {
  return freezes.flatMap((freeze): Held[] => {
    const stretch = stretchesNear(freeze, at).find(({ from, until }) => isBetween(at, from, until));
    return stretch === undefined ? [] : [{ freeze, until: stretch.until }];
  });
}

/** Calendars that leave no gap have no end; nobody reads further ahead than this. */
const mostStretches = 100;

/** One freeze may begin before another one ends, so the end is looked for from end to end. */
function endOf(freezes: readonly AnyFreeze[], at: Temporal.Instant): Temporal.Instant | null {
  let end = at;
  for (let stretch = 0; stretch < mostStretches; stretch += 1) {
    const ends = heldBy(freezes, end).map(({ until }) => until);
    if (ends.length === 0) {
      return end;
    }
    for (const until of ends) {
      if (until === null) {
        return null;
      }
      end = Temporal.Instant.compare(until, end) > 0 ? until : end;
    }
  }
  return null;
}

interface Stretch {
  from: Temporal.Instant;
  until: Temporal.Instant | null;
}

/** All that may hold at this instant: of a window that comes again, those that begin in this period and the one before. */
function stretchesNear(freeze: AnyFreeze, at: Temporal.Instant): Stretch[] {
  if (!('every' in freeze)) {
    const { from, until } = freeze;
    return [{ from: Temporal.Instant.from(from), until: until === null ? null : Temporal.Instant.from(until) }];
  }
  const { every, from, until, zone } = freeze;
  if (every === null) {
    return [{ from: firstInstant(from, zone), until: lastInstant(until, zone) }];
  }
  const months = every === 'year' ? 12 : 3;
  const { year, month } = at.toZonedDateTimeISO(zone);
  const begin = Temporal.PlainYearMonth.from({ year, month: month - ((month - 1) % months) });
  return [begin.subtract({ months }), begin].map((period) => ({
    from: firstInstant(localIn(period, from), zone),
    until: lastInstant(localIn(until > from ? period : period.add({ months }), until), zone),
  }));
}

/** `03-31T18:00` in the quarter that begins in April: the 30th of June at 18:00. */
function localIn(period: Temporal.PlainYearMonth, written: string): string {
  const [month, day, time] = [written.slice(0, 2), written.slice(3, 5), written.slice(6)];
  const date = period.add({ months: Number(month) - 1 }).toPlainDate({ day: Number(day) });
  return `${date.toString()}T${time}`;
}

/** When the clock shows this time, or a later one, for the first time. */
function firstInstant(local: string, zone: string): Temporal.Instant {
  return instantOf(local, zone, 'earlier');
}

/** When the clock shows this time for the last time, or jumps over it. */
function lastInstant(local: string, zone: string): Temporal.Instant {
  return instantOf(local, zone, 'later');
}

function instantOf(written: string, zone: string, disambiguation: 'earlier' | 'later'): Temporal.Instant {
  const local = Temporal.PlainDateTime.from(written);
  const found = local.toZonedDateTime(zone, { disambiguation });
  if (found.toPlainDateTime().equals(local)) {
    return found.toInstant();
  }
  const before = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? found).toInstant();
}

function isBetween(at: Temporal.Instant, from: Temporal.Instant, until: Temporal.Instant | null): boolean {
  return Temporal.Instant.compare(from, at) <= 0 && (until === null || Temporal.Instant.compare(at, until) < 0);
}
