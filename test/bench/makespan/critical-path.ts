/** The least time in which a plan can be done: what the simulator took for each step, along the longest way. */
import type { PlanStep } from '../../../src/plan/plan.ts';

interface Operation {
  resource: string;
  /** `settle`: what the service does by itself after an operation, such as putting a link into effect. */
  action: string;
  acceptedAt: string;
  completesAt: string;
}

/**
 * Milliseconds that the service itself worked on each step, by step id. `synchronous`: writes without an operation.
 * `settled`: with what follows an operation, for whoever waits for it.
 */
export async function workTimes(
  origin: string,
  steps: readonly PlanStep[],
  { settled, synchronous }: { settled: boolean; synchronous: ReadonlyMap<string, number> },
): Promise<Map<string, number>> {
  const { operations } = (await (await fetch(`${origin}/_sim/world`)).json()) as { operations: Operation[] };
  return new Map(
    steps.map((step) => {
      const resource = step.resource.toLowerCase();
      const own = operations.filter((each) => each.resource === resource && (settled || each.action !== 'settle'));
      return [step.id, own.length > 0 ? total(own) : writeMs(resource, synchronous)];
    }),
  );
}

/** Azure puts something of its own behind the name of a connection. */
function writeMs(resource: string, synchronous: ReadonlyMap<string, number>): number {
  const [, ms = 0] = [...synchronous].find(([path]) => path === resource || path.startsWith(`${resource}.`)) ?? [];
  return ms;
}

/** An operation and what the service does afterwards by itself follow each other without a gap. */
function total(operations: readonly Operation[]): number {
  return operations
    .map(({ acceptedAt, completesAt }) =>
      Temporal.Instant.from(acceptedAt).until(Temporal.Instant.from(completesAt)).total('milliseconds'),
    )
    .reduce((sum, ms) => sum + ms, 0);
}

export function criticalPathMs(steps: readonly PlanStep[], times: ReadonlyMap<string, number>): number {
  const ends = new Map<string, number>();
  // In plan order, so what a step waits for has its end already.
  for (const step of steps) {
    const start = Math.max(0, ...step.after.map((id) => ends.get(id) ?? 0));
    ends.set(step.id, start + (times.get(step.id) ?? 0));
  }
  return Math.max(0, ...ends.values());
}
