/** Who is on call, found by walking along the wall clock: slow, plain, and without a date library. */
import type { Rotation } from '../../src/policy/on-call.ts';
import { naiveMs, plusDays, type WallClock } from './wall-clock.ts';

export interface Watch {
  steps: readonly number[];
  /** Who is on call at each step. */
  people: readonly (string | null)[];
  handovers: readonly number[];
}

export function walk(rotation: Rotation, clock: WallClock, days: number): Watch {
  const handovers = scheduleOf(rotation, days).map((local) => momentOf(local, clock));
  const overrides = rotation.overrides.map(({ from, to, person }) => ({
    from: momentOf(from, clock),
    to: momentOf(to, clock),
    person,
  }));
  const people = clock.steps.map((step) => {
    const override = overrides.findLast(({ from, to }) => from <= step && step < to);
    const turns = handovers.filter((handover) => handover <= step).length;
    return override?.person ?? (turns === 0 ? null : (rotation.people[(turns - 1) % rotation.people.length] ?? null));
  });
  return { steps: clock.steps, people, handovers };
}

/** Every handover as a local time, with holidays moved out of the way; the first one stays. */
function scheduleOf({ start, handover, holidays = [] }: Rotation, days: number): string[] {
  const [first = '', time = ''] = start.split('T');
  const apart = handover === 'weekly' ? 7 : 1;
  return Array.from({ length: Math.floor(days / apart) }, (_, turn) => {
    let date = plusDays(first, turn * apart);
    const closed = turn > 0 ? holidays : [];
    while (closed.includes(date)) {
      date = plusDays(date, 1);
    }
    return `${date}T${time}`;
  });
}

/** The first time that it is shown; when it is jumped over, as long after the jump as it would have been. */
function momentOf(local: string, { shown, steps }: WallClock): number {
  const exact = shown.indexOf(local);
  if (exact >= 0) {
    return steps[exact] ?? Number.NaN;
  }
  const before = shown.findIndex((text, index) => text < local && local < (shown[index + 1] ?? ''));
  return (steps[before] ?? Number.POSITIVE_INFINITY) + naiveMs(local) - naiveMs(shown[before] ?? local);
}
