/** Rotations against walking along the wall clock, through every oddity that clocks have. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { personOnCall, type Rotation, rotationSchema } from '../../src/policy/on-call.ts';
import { rosterOf } from '../../src/policy/roster.ts';
import { walk, type Watch } from './rotation-twin.ts';
import { oddNights, plusDays, readWallClock, type WallClock } from './wall-clock.ts';
import { runs } from '../support/runs.ts';

const someTime = fc.constantFrom('00:00', '00:30', '01:45', '02:00', '02:15', '02:30', '03:00', '09:00', '23:45');
const person = fc.constantFrom('ann', 'bob', 'cas');

/** Days that are looked at, and how many of them lie before the odd night. */
const span = { daily: { days: 24, before: 6 }, weekly: { days: 70, before: 16 } } as const;

const situation = fc.constantFrom(...oddNights).chain(([zone, night]) =>
  fc.constantFrom('daily' as const, 'weekly' as const).chain((handover) => {
    const { before, days } = span[handover];
    const from = plusDays(night, -before);
    const date = fc.integer({ min: 1, max: before * 2 }).map((day) => plusDays(from, day));
    const moment = fc.tuple(date, someTime).map((parts) => parts.join('T'));
    const override = fc
      .tuple(fc.uniqueArray(moment, { minLength: 2, maxLength: 2 }), person)
      .map(([edges, who]) => ({ from: edges.toSorted()[0] ?? '', to: edges.toSorted()[1] ?? '', person: who }));
    return fc.record({
      from: fc.constant(from),
      rotation: fc.record({
        name: fc.constant('network'),
        zone: fc.constant(zone),
        start: fc
          .tuple(fc.integer({ min: 2, max: 4 }), someTime)
          .map(([day, time]) => `${plusDays(from, day)}T${time}`),
        handover: fc.constant(handover),
        people: fc.array(person, { minLength: 1, maxLength: 4 }),
        overrides: fc.array(override, { maxLength: 3 }),
        holidays: fc.array(date, { maxLength: 5 }),
      }),
      chosen: fc.array(fc.nat({ max: days * 48 }), { minLength: 3, maxLength: 3 }),
    });
  }),
);

it('agrees about who, until when and who is next', () => {
  fc.assert(
    fc.property(situation, ({ from, rotation, chosen }) => {
      const read: Rotation = rotationSchema.parse(rotation);
      const { days } = span[rotation.handover];
      const watch = walk(read, clockOf(read.zone, from, days), days);
      const changes = watch.people.flatMap((who, index) => (who === watch.people[index - 1] ? [] : [index - 1, index]));
      // A whole round must lie ahead of whatever is asked about.
      const asked = [...changes, ...chosen].filter((index) => index >= 0 && index <= days * 48);

      for (const index of new Set(asked)) {
        expect(seen(read, watch, index)).toEqual(expected(watch, index));
      }
    }),
    runs(40, 400),
  );
});

const clocks = new Map<string, WallClock>();

/** Reading one takes longer than everything else here. */
function clockOf(zone: string, from: string, days: number): WallClock {
  const key = `${zone} ${from} ${days}`;
  const clock = clocks.get(key) ?? readWallClock(zone, from, days);
  clocks.set(key, clock);
  return clock;
}

interface Seen {
  person: string | null;
  until: number | null;
  next: string | null;
  nextFrom: number | null;
}

function seen(rotation: Rotation, { steps }: Watch, index: number): Seen {
  const at = Temporal.Instant.fromEpochMilliseconds(steps[index] ?? 0);
  const end = steps.at(-1) ?? 0;
  const now = personOnCall(rotation, at);
  const next = rosterOf(rotation).next(at);
  const inSight = next !== null && next.from.epochMilliseconds <= end;
  return {
    person: now?.person ?? null,
    until: now === null || now.until.epochMilliseconds > end ? null : now.until.epochMilliseconds,
    next: inSight ? next.person : null,
    nextFrom: inSight ? next.from.epochMilliseconds : null,
  };
}

/** What lies beyond the last step is out of sight: null. */
function expected({ handovers, people, steps }: Watch, index: number): Seen {
  const now = people[index] ?? null;
  const change = people.findIndex((who, later) => later > index && who !== now);
  const next = people.findIndex((who, later) => later > index && who !== now && who !== null);
  const same = handovers.find((handover) => handover > (steps[index] ?? 0)) ?? null;
  return {
    person: now,
    until: now === null ? null : change >= 0 ? (steps[change] ?? null) : same,
    next: next >= 0 ? (people[next] ?? null) : null,
    nextFrom: next >= 0 ? (steps[next] ?? null) : null,
  };
}
