import fc from 'fast-check';
import { expect, it } from 'vitest';
import { computeTarget, officeMinutesBetween } from '../../src/policy/office-clock.ts';
import {
  calendarOf,
  countOpenMinutes,
  dueByMinutes,
  nextBusinessDayEnd,
  type RawCalendar,
  type Windows,
} from './clock-cases.ts';

/** Whole hours, half hours, three quarters, half-hour summer time, summer time at midnight, and none. */
const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'America/Havana',
  'Africa/Casablanca',
  'UTC',
];

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Windows around the clock, those of the night included, where summer time begins and ends. */
const windows: fc.Arbitrary<Windows> = fc
  .uniqueArray(
    fc.nat({ max: 96 }).map((quarter) => quarter * 15),
    { minLength: 2, maxLength: 6 },
  )
  .map((edges) => edges.toSorted((one, other) => one - other))
  .map((edges) =>
    Array.from(
      { length: Math.floor(edges.length / 2) },
      (_, index) => [clock(edges[index * 2] ?? 0), clock(edges[index * 2 + 1] ?? 0)] as const,
    ),
  );

const day = fc.oneof({ weight: 2, arbitrary: windows }, { weight: 1, arbitrary: fc.constant([]) });

/** Within two days of a change of the clocks, or anywhere in three years; epoch minutes. */
function startsIn(zone: string): fc.Arbitrary<number> {
  const anywhere = fc.integer({ min: 28_400_000, max: 29_900_000 });
  return fc.tuple(anywhere, fc.integer({ min: -2880, max: 2880 }), fc.boolean()).map(([base, away, near]) => {
    const next = Temporal.Instant.fromEpochMilliseconds(base * 60_000)
      .toZonedDateTimeISO(zone)
      .getTimeZoneTransition('next');
    return near && next !== null ? Math.floor(next.epochMilliseconds / 60_000) + away : base;
  });
}

const situation = fc
  .constantFrom(...zones)
  .chain((zone) =>
    fc.tuple(
      fc.constant(zone),
      fc.array(day, { minLength: 7, maxLength: 7 }),
      startsIn(zone),
      fc.array(fc.nat({ max: 6 }), { maxLength: 3 }),
    ),
  );

type Situation = readonly [zone: string, days: readonly Windows[], start: number, holidaysAhead: readonly number[]];

function calendarIn([zone, days, start, holidaysAhead]: Situation): RawCalendar {
  const date = Temporal.Instant.fromEpochMilliseconds(start * 60_000)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  return {
    zone,
    // Monday is open in any case, so that there is always a due time.
    week: { ...Object.fromEntries(days.map((entry, index) => [String(index + 1), entry])), 1: [['08:00', '18:00']] },
    holidays: holidaysAhead.map((ahead) => date.add({ days: ahead }).toString()),
  };
}

function at(minute: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
}

it('agrees with a clock that steps through every minute', () => {
  fc.assert(
    fc.property(situation, fc.constantFrom('critical', 'high'), (given, severity) => {
      const raw = calendarIn(given);

      const due = computeTarget({
        severity,
        start: at(given[2]),
        calendar: calendarOf(raw),
        pauseOnHold: false,
        events: [],
      });

      const twin = dueByMinutes(raw, given[2], severity === 'critical' ? 120 : 480, () => false);
      expect(due).toMatchObject({ state: 'running', dueUtc: at(twin) });
    }),
    { numRuns: 40 },
  );
});

it('agrees with it about the next business day', () => {
  fc.assert(
    fc.property(situation, (given) => {
      const raw = calendarIn(given);

      const due = computeTarget({
        severity: 'medium',
        start: at(given[2]),
        calendar: calendarOf(raw),
        pauseOnHold: false,
        events: [],
      });

      expect(due).toMatchObject({ state: 'running', dueUtc: at(nextBusinessDayEnd(raw, given[2])) });
    }),
    { numRuns: 25 },
  );
});

it('agrees with it about pauses, in whatever order the events come', () => {
  const pauses = fc.array(fc.tuple(fc.nat({ max: 600 }), fc.integer({ min: 1, max: 3000 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(situation, pauses, fc.boolean(), (given, gaps, reversed) => {
      const raw = calendarIn(given);
      let minute = given[2];
      const spans = gaps.map(([before, length]) => {
        const from = minute + before;
        minute = from + length;
        return { from, to: minute };
      });
      const events = spans.flatMap(({ from, to }) => [
        { type: 'pause' as const, at: at(from) },
        { type: 'resume' as const, at: at(to) },
      ]);

      const due = computeTarget({
        severity: 'critical',
        start: at(given[2]),
        calendar: calendarOf(raw),
        pauseOnHold: true,
        // A resume and the next pause at one instant keep their order only when they come in order.
        events: reversed && gaps.every(([before]) => before > 0) ? events.toReversed() : events,
      });

      const twin = dueByMinutes(raw, given[2], 120, (tick) => spans.some(({ from, to }) => from <= tick && tick < to));
      expect(due).toMatchObject({ state: 'running', dueUtc: at(twin) });
    }),
    { numRuns: 25 },
  );
});

it('counts the office minutes between two instants as it does', () => {
  fc.assert(
    fc.property(situation, fc.nat({ max: 8000 }), (given, length) => {
      const raw = calendarIn(given);

      const minutes = officeMinutesBetween(calendarOf(raw), at(given[2]), at(given[2] + length));

      expect(minutes).toBe(countOpenMinutes(raw, given[2], given[2] + length));
    }),
    { numRuns: 25 },
  );
});
