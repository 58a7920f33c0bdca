/** Freezes of the calendar against looking at the wall clock. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freezeAt, type FreezeMode, type FreezeWindow } from '../../src/policy/freeze.ts';
import { oddNights, plusDays, readWallClock, type WallClock } from './wall-clock.ts';
import { runs } from '../support/runs.ts';

/** From the first time that the clock shows the beginning to the last time that it shows the end, or jumps over them. */
function stretchOf({ from, until }: { from: string; until: string }, { shown, steps }: WallClock): [number, number] {
  const first = shown.findIndex((text) => text >= from);
  const last = shown.includes(until) ? shown.lastIndexOf(until) : shown.findIndex((text) => text > until);
  return [steps[first] ?? Number.POSITIVE_INFINITY, steps[last] ?? Number.POSITIVE_INFINITY];
}

const days = 10;
const clocks = new Map(
  oddNights.map(([zone, night]) => [`${zone} ${night}`, readWallClock(zone, plusDays(night, -4), days)]),
);
const someTime = fc.constantFrom(
  '00:00',
  '00:15',
  '01:30',
  '02:00',
  '02:15',
  '02:30',
  '02:45',
  '03:00',
  '12:00',
  '23:45',
);

const situation = fc.constantFrom(...oddNights).chain(([zone, night]) => {
  const moment = fc
    .tuple(fc.integer({ min: -2, max: 2 }), someTime)
    .map(([day, time]) => `${plusDays(night, day)}T${time}`);
  const window = fc.record({
    edges: fc.uniqueArray(moment, { minLength: 2, maxLength: 2 }).map((edges) => edges.toSorted()),
    every: fc.constantFrom(null, 'year' as const, 'quarter' as const),
    mode: fc.constantFrom<FreezeMode>('wait', 'second-approval'),
    environments: fc.constantFrom<string[] | null>(null, ['mendix-prod'], ['mendix-acc']),
  });
  return fc.record({
    zone: fc.constant(zone),
    key: fc.constant(`${zone} ${night}`),
    windows: fc.array(window, { minLength: 1, maxLength: 3 }),
  });
});

type Drawn = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

function windowOf({ edges, every, mode, environments }: Drawn['windows'][number], zone: string): FreezeWindow {
  const [from = '', until = ''] = edges;
  function write(moment: string): string {
    if (every === null) {
      return moment;
    }
    return every === 'year' ? moment.slice(5) : `${monthInQuarter(moment)}${moment.slice(7)}`;
  }
  return { name: 'x', zone, every, from: write(from), until: write(until), environments, mode, reason: 'y' };
}

function monthInQuarter(moment: string): string {
  return `0${((Number(moment.slice(5, 7)) - 1) % 3) + 1}`;
}

it('agrees with looking at the wall clock all the time, through every oddity that clocks have', () => {
  fc.assert(
    fc.property(situation, ({ key, windows, zone }) => {
      const clock = clocks.get(key) ?? { steps: [], shown: [] };
      const written = windows.map((window) => windowOf(window, zone));
      const stretches = windows
        .filter(({ environments }) => environments?.includes('mendix-prod') ?? true)
        .map(({ edges: [from = '', until = ''], mode }) => ({ mode, stretch: stretchOf({ from, until }, clock) }));
      function modeAt(step: number): FreezeMode | null {
        const held = stretches.filter(({ stretch: [from, until] }) => from <= step && step < until);
        return held.some(({ mode }) => mode === 'wait') ? 'wait' : held.length > 0 ? 'second-approval' : null;
      }

      const asked = [...clock.steps.entries()].filter(
        ([index, step]) =>
          index % 11 === 0 ||
          modeAt(step) !== modeAt(clock.steps[index - 1] ?? step) ||
          modeAt(step) !== modeAt(clock.steps[index + 1] ?? step),
      );
      for (const [index, step] of asked) {
        const at = Temporal.Instant.fromEpochMilliseconds(step);
        const found = freezeAt(written, [], { environment: 'mendix-prod', at });
        const mode = modeAt(step);
        if (found?.mode !== mode && !(found === null && mode === null)) {
          throw new Error(`${at.toString()} (${clock.shown[index]}): ${found?.mode ?? 'free'}, not ${mode ?? 'free'}`);
        }
        if (found !== null) {
          const end = clock.steps.find(
            (later) => later > step && modeAt(later) !== 'wait' && (mode === 'wait' || modeAt(later) === null),
          );
          expect(found.until?.epochMilliseconds).toBe(end);
        }
      }
    }),
    runs(40, 400),
  );
});
