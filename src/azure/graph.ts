/**
 * Runs the steps of a plan: everything at once that may be, and at most one write in flight per virtual network, because
 * Azure refuses a second one. After a failure nothing new starts; what runs ends.
 */
import type { PlanStep, ResourceId } from '../plan/plan.ts';
import type { StepResult } from './step-run.ts';
import { referredBy, takenBy } from './taken.ts';

/** The plan cannot be carried out as written: a bug of the planner. */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError';
}

export interface GraphRun {
  run(step: PlanStep): Promise<StepResult>;
  /** Why no further step may start; null while it may. */
  stopped(): string | null;
  /** Steps that others wait for and that are done already. */
  done?: ReadonlySet<string>;
}

export interface GraphEnd {
  failed: { step: PlanStep; result: Extract<StepResult, { ok: false }> } | null;
  /** It was stopped from outside, before this step. */
  stopped: { step: PlanStep; because: string } | null;
}

export async function runGraph(steps: readonly PlanStep[], graph: GraphRun): Promise<GraphEnd> {
  const open = new Set(steps);
  const done = new Set(graph.done);
  const running = new Map<PlanStep, Promise<{ step: PlanStep; result: StepResult }>>();
  let failed: GraphEnd['failed'] = null;
  for (;;) {
    const stopped = failed === null ? graph.stopped() : null;
    if (failed === null && stopped === null) {
      for (const step of startable([...open], done, [...running.keys()])) {
        open.delete(step);
        running.set(
          step,
          graph.run(step).then((result) => ({ step, result })),
        );
      }
    }
    if (running.size === 0) {
      const [left] = open;
      if (left !== undefined && failed === null && stopped === null) {
        throw new InvalidPlanError(
          `Carrying out a plan: no step can start (${[...open].map((step) => step.id).join(', ')}). Make the plan again and report this.`,
        );
      }
      return { failed, stopped: left === undefined || stopped === null ? null : { step: left, because: stopped } };
    }
    const { step, result } = await Promise.race(running.values());
    running.delete(step);
    if (result.ok) {
      done.add(step.id);
    } else {
      failed ??= { step, result };
    }
  }
}

function startable(open: readonly PlanStep[], done: ReadonlySet<string>, running: readonly PlanStep[]): PlanStep[] {
  const busy = new Set(running.flatMap(held));
  const starting: PlanStep[] = [];
  for (const step of open) {
    const ready = step.after.every((id) => done.has(id));
    if (ready && !needed(step).some((id) => busy.has(id))) {
      starting.push(step);
      for (const id of held(step)) {
        busy.add(id);
      }
    }
  }
  return starting;
}

function held(step: PlanStep): ResourceId[] {
  return writes(step) ? takenBy(step) : [];
}

function needed(step: PlanStep): ResourceId[] {
  return writes(step) ? [...takenBy(step), ...referredBy(step)] : [];
}

function writes(step: PlanStep): boolean {
  return step.change === 'create' || step.change === 'update';
}
