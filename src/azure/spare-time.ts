/**
 * How much later each step may end without the whole plan ending later, by what such work usually takes. Who has time is
 * asked for seldom: the readings are left to what everybody waits for.
 */
import type { PlanStep } from '../plan/plan.ts';

/**
 * Milliseconds by step id; a step that is not named has none. In plan order, each step behind those it waits for.
 * `usualMs`: null when it is not known; then nobody has any, because the longest way is not known either.
 */
export function spareTimes(
  steps: readonly PlanStep[],
  usualMs: (step: PlanStep) => number | null,
): ReadonlyMap<string, number> {
  const took = new Map(steps.map((step) => [step.id, writes(step) ? usualMs(step) : 0]));
  if ([...took.values()].includes(null)) {
    return new Map();
  }
  const before = waysTo(steps, took);
  const behind = waysFrom(steps, took);
  const lengths = steps.map(({ id }) => (before.get(id) ?? 0) + (behind.get(id) ?? 0) - (took.get(id) ?? 0));
  const longest = Math.max(0, ...lengths);
  return new Map(steps.map(({ id }, index) => [id, longest - (lengths[index] ?? 0)]));
}

type Times = ReadonlyMap<string, number | null>;

/** The longest way to the end of each step, itself included. */
function waysTo(steps: readonly PlanStep[], took: Times): Map<string, number> {
  const ways = new Map<string, number>();
  for (const { after, id } of steps) {
    ways.set(id, Math.max(0, ...after.map((earlier) => ways.get(earlier) ?? 0)) + (took.get(id) ?? 0));
  }
  return ways;
}

/** The longest way from the start of each step to the end of all, itself included. */
function waysFrom(steps: readonly PlanStep[], took: Times): Map<string, number> {
  const ways = new Map<string, number>();
  for (const { after, id } of steps.toReversed()) {
    const own = (ways.get(id) ?? 0) + (took.get(id) ?? 0);
    ways.set(id, own);
    for (const earlier of after) {
      ways.set(earlier, Math.max(ways.get(earlier) ?? 0, own));
    }
  }
  return ways;
}

function writes({ change }: PlanStep): boolean {
  return change === 'create' || change === 'update';
}
