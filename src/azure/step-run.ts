/** What carrying out one step takes, how it ends, and what is told about it on the way. */
import type { StepReport } from '../flows/event.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { Arm } from './arm.ts';
import type { Durations } from './durations.ts';
import type { Patience } from './pauses.ts';
import type { Siblings } from './siblings.ts';
import type { StepRecord } from './step-log.ts';
import { writeGuarded } from './write-guard.ts';
import type { ZoneTurns } from './zone-turns.ts';

export interface StepRun {
  arm: Arm;
  step: PlanStep;
  record: StepRecord;
  report(step: StepReport): Promise<void>;
  now(): Temporal.Instant;
  patience: Patience;
  /** Asked right before each request that changes something; null: go. */
  mayWrite(): Promise<Refusal | null>;
  durations: Durations;
  /** How much later this step may end without the plan ending later. */
  spareMs: number;
  /** Both shared by the steps of a plan. */
  siblings: Siblings;
  turns: ZoneTurns;
}

/** Why nothing may be written any more. */
export interface Refusal {
  code: string;
  because: string;
  wayOut: string;
}

export type StepResult =
  | { ok: true }
  /** Told to people as it is. */
  | { ok: false; code: string | null; because: string; wayOut: string };

/** Another process has what this one had: it takes the work from there, so nothing is noted and nobody is told. */
export const leaseLost = 'LeaseLost';

/** The step stopped for a reason that is ours to tell, not Azure's. */
export class StepStopped extends Error {
  override readonly name = 'StepStopped';
  readonly code: string;
  readonly wayOut: string;
  constructor(code: string, because: string, wayOut: string) {
    super(because);
    this.code = code;
    this.wayOut = wayOut;
  }
}

/** Every request of `work` that changes something is asked for first. */
export function writing<T>(run: StepRun, work: () => Promise<T>): Promise<T> {
  async function askFirst(): Promise<void> {
    const refusal = await run.mayWrite();
    if (refusal !== null) {
      throw new StepStopped(refusal.code, refusal.because, refusal.wayOut);
    }
  }
  return writeGuarded(askFirst, work, (sent) => run.record.noteSent(sent));
}

export async function tell(
  run: StepRun,
  state: StepReport['state'],
  note: string | null,
  code: string | null,
): Promise<void> {
  const { record, step } = run;
  const over = state === 'done' || state === 'failed';
  const since = record.startedAt === null ? {} : { startedAt: record.startedAt };
  await run.report({ id: step.id, state, seconds: over ? record.seconds : null, ...since, note, code });
}
