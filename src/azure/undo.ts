/**
 * Takes back what a plan did. As on the way there: the networks are held, everything is read once more, only what was
 * approved is touched, and every step can be cut short at any point and goes on.
 */
import type { PlanOutcome } from '../flows/event.ts';
import { planUndo } from '../plan/plan-undo.ts';
import type { Plan, PlannedUndo, PlanStep, UndoPlan, UndoStep } from '../plan/plan.ts';
import { canonicalJson } from '../plan/hash.ts';
import type { ExecutorDeps } from './executor.ts';
import { runRemoval, runStep } from './run-step.ts';
import type { StepLog } from './step-log.ts';
import type { StepResult, StepRun } from './step-run.ts';
import { runStretch } from './stretch.ts';
import { survey } from './survey.ts';

/** `planId` is the undo's own, because a plan may be undone more than once. */
export interface UndoDeps extends ExecutorDeps {
  /** What was approved. */
  undo: UndoPlan;
}

export async function applyUndo(deps: UndoDeps): Promise<PlanOutcome> {
  const { plan, undo } = deps;
  const end = await runStretch(deps, {
    steps: undo.steps.map((step) => asStep(step, plan)),
    past: new Set(),
    checkWorld: (log) => checkWorld(deps, log),
    run: (run) => runBack(deps, run),
  });
  return end ?? { kind: 'complete' };
}

/** Null: what was approved is still right. What is back already is no difference. */
async function checkWorld({ arm, plan, undo }: UndoDeps, log: StepLog): Promise<PlanOutcome | null> {
  const left = undo.steps.find((step) => !log.done().has(step.id));
  if (left === undefined) {
    return null;
  }
  const { answers, environment } = plan.madeFrom;
  const carried = new Set(undo.steps.map((step) => step.id.replace(/^undo\//, '')));
  const now = planUndo(plan, await survey(arm, environment, answers), carried);
  const differences = differencesOf(undo, now, log.started());
  if (differences.length === 0) {
    return null;
  }
  const because = `What stands in Azure has changed since the approval: ${differences.join('; ')}.`;
  return log.started().size === 0
    ? { kind: 'void', differences }
    : {
        kind: 'failed',
        step: left.id,
        code: 'WorldMoved',
        because,
        wayOut: 'Ask for the undo again: it shows what is left.',
      };
}

function differencesOf(approved: UndoPlan, now: PlannedUndo, started: ReadonlySet<string>): string[] {
  if (now.kind === 'refused') {
    return now.findings.filter(({ level }) => level === 'stop').map(({ text }) => text.replace(/\.$/, ''));
  }
  const wanted = new Map(approved.steps.map((step) => [step.id, step]));
  return now.undo.steps
    .filter((step) => !started.has(step.id) && !isSame(step, wanted.get(step.id)))
    .map((step) => step.title ?? step.id);
}

function isSame(step: UndoStep, approved: UndoStep | undefined): boolean {
  return approved?.change === step.change && canonicalJson(approved.body) === canonicalJson(step.body);
}

/** The plan's own step tells what the write takes; what is sent is the undo's. */
function asStep(undo: UndoStep, plan: Plan): PlanStep {
  const done = plan.steps.find((step) => undo.id === `undo/${step.id}`);
  const title = undo.title ?? undo.id;
  const { id, kind, after, resource } = undo;
  return {
    id,
    kind,
    after,
    resource,
    title,
    change: 'update',
    before: null,
    body: done?.body ?? null,
    docs: done?.docs ?? '',
  };
}

function runBack({ undo }: UndoDeps, run: StepRun): Promise<StepResult> {
  const wanted = undo.steps.find(({ id }) => id === run.step.id);
  const back = wanted?.change === 'delete' ? runRemoval : runStep;
  return back({ ...run, step: { ...run.step, body: wanted?.body ?? null } });
}
