import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainTarget } from '../../src/policy/explain-target.ts';
import {
  type ClockEvent,
  type ClockInput,
  computeTarget,
  officeMinutesBetween,
  shareOfTarget,
} from '../../src/policy/office-clock.ts';
import { severities } from '../../src/policy/severity.ts';
import { runs } from '../support/runs.ts';
import { calendarOf } from './clock-cases.ts';
import { countMinutes, countOpenMinutes, type MinuteRequest } from './minute-clock.ts';

/** Whole, half and quarter hours; summer time of half an hour, at midnight, twice a year around Ramadan, and none. */
const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'America/Havana',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Beirut',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

type Windows = readonly (readonly [string, string])[];

/** Windows around the clock, those of the night included, where summer time begins and ends; some touch. */
const windows: fc.Arbitrary<Windows> = fc
  .uniqueArray(fc.nat({ max: 288 }), { minLength: 2, maxLength: 6 })
  .chain((edges) => fc.tuple(fc.constant(edges.toSorted((one, other) => one - other)), fc.boolean()))
  .map(([edges, touching]) => {
    const starts = edges.slice(0, -1).flatMap((_edge, index) => (touching || index % 2 === 0 ? [index] : []));
    return starts.map((index) => [clock((edges[index] ?? 0) * 5), clock((edges[index + 1] ?? 0) * 5)] as const);
  });

const day = fc.oneof({ weight: 2, arbitrary: windows }, { weight: 1, arbitrary: fc.constant([]) });

/** Within two days of a change of the clocks, or anywhere in three years; epoch minutes. */
function startsIn(zone: string): fc.Arbitrary<number> {
  const anywhere = fc.integer({ min: 28_400_000, max: 29_900_000 });
  return fc.tuple(anywhere, fc.integer({ min: -2880, max: 2880 }), fc.boolean()).map(([base, away, near]) => {
    const next = at(base).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return near && next !== null ? Math.floor(next.epochMilliseconds / 60_000) + away : base;
  });
}

function at(minute: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
}

const eventsAfter = fc.array(
  fc.record({
    after: fc.oneof(fc.nat({ max: 700 }), fc.nat({ max: 9000 })),
    type: fc.constantFrom('severity', 'pause', 'pause', 'resume', 'resume'),
    to: fc.constantFrom(...severities),
  }),
  { maxLength: 6 },
);

const requests: fc.Arbitrary<MinuteRequest> = fc.constantFrom(...zones).chain((zone) =>
  fc
    .record({
      start: startsIn(zone),
      days: fc.array(day, { minLength: 7, maxLength: 7 }),
      holidaysAhead: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }),
      severity: fc.constantFrom(...severities, 'critical', 'high', 'medium'),
      pauseOnHold: fc.boolean(),
      events: eventsAfter,
    })
    .map(({ start, days, holidaysAhead, severity, pauseOnHold, events }) => {
      const today = at(start).toZonedDateTimeISO(zone).toPlainDate();
      // One day is open in any case, so that there is always a due time.
      const week = {
        ...Object.fromEntries(days.map((entry, index) => [String(index + 1), entry])),
        3: days[2]?.length === 0 ? [['08:00', '18:00'] as const] : (days[2] ?? []),
      };
      const holidays = holidaysAhead.map((ahead) => today.add({ days: ahead }).toString());
      return {
        severity,
        startUtc: at(start).toString(),
        calendar: { zone, week, holidays },
        pauseOnHold,
        events: events.map(
          ({ after, type, to }) =>
            ({ at: at(start + after).toString(), type, to: type === 'severity' ? to : null }) as const,
        ),
      };
    }),
);

function inputOf({ severity, startUtc, calendar, pauseOnHold = false, events = [] }: MinuteRequest): ClockInput {
  return {
    severity: severities.find((known) => known === severity) ?? 'low',
    start: Temporal.Instant.from(startUtc),
    calendar: calendarOf(calendar),
    pauseOnHold,
    events: events.map(({ type, to, at: when }) => ({ type, to, at: Temporal.Instant.from(when) }) as ClockEvent),
  };
}

it('agrees with a clock that looks at every minute', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { state, dueUtc, dueLocal } = computeTarget(inputOf(request));

      expect({ dueUtc: dueUtc?.toString() ?? null, state, dueLocal }).toEqual(countMinutes(request));
    }),
    runs(25, 500),
  );
});

it('counts the office minutes between two instants as it does', () => {
  fc.assert(
    fc.property(requests, fc.nat({ max: 8000 }), ({ calendar, startUtc }, length) => {
      const start = Temporal.Instant.from(startUtc).epochMilliseconds / 60_000;

      const minutes = officeMinutesBetween(calendarOf(calendar), at(start), at(start + length));

      expect(minutes).toBe(countOpenMinutes(calendar, start, start + length));
    }),
    runs(20, 200),
  );
});

it('uses up a share of the time before all of it', () => {
  fc.assert(
    fc.property(requests, fc.constantFrom(0.5, 0.75, 0.9), (request, share) => {
      const input = { ...inputOf(request), pauseOnHold: false };
      const { dueUtc } = computeTarget(input);
      const warning = shareOfTarget(input, share);
      if (dueUtc === null || warning === null) {
        expect([dueUtc, warning]).toEqual([null, null]);
        return;
      }

      const all = officeMinutesBetween(input.calendar, input.start, dueUtc);
      expect(officeMinutesBetween(input.calendar, input.start, warning)).toBeCloseTo(all * share, 3);
    }),
    runs(20, 200),
  );
});

it('tells every due time in whole sentences', () => {
  fc.assert(
    fc.property(requests, fc.constantFrom(...zones), (request, zone) => {
      const { due, skipped } = explainTarget(inputOf(request), { zone, alone: true });

      expect(due).toMatch(/^(?:Due|Reasonable|The clock) .*\.$/);
      expect(skipped).toMatch(/^$|^Not counted: .*\.$/);
      expect(due + skipped).not.toMatch(/undefined|null/);
    }),
    runs(20, 200),
  );
});
