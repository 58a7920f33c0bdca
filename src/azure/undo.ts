/**
 * Takes back what a plan did. As on the way there: the networks are held, everything is read once more, only what was
 * approved is touched, and every step can be cut short at any point and goes on.
 */
import type { PlanOutcome } from '../flows/event.ts';
import { planUndo } from '../plan/plan-undo.ts';
import type { Plan, PlannedUndo, PlanStep, UndoPlan, UndoStep } from '../plan/plan.ts';
import { canonicalJson } from '../plan/hash.ts';
import type { ExecutorDeps } from './executor.ts';
import { durableStep } from './durable-step.ts';
import { runGraph } from './graph.ts';
import { leaseNetworks } from './lease.ts';
import { usualPatience } from './pauses.ts';
import { runRemoval, runStep, type StepResult } from './run-step.ts';
import { openStepLog, type StepLog } from './step-log.ts';
import { survey } from './survey.ts';

export interface UndoDeps extends ExecutorDeps {
  /** What was approved. */
  undo: UndoPlan;
  /** Under this its steps are kept, because a plan may be undone more than once. */
  undoId: string;
}

const tryAgain = 'Try again from here; what was taken back so far is not done twice.';

export async function applyUndo(deps: UndoDeps): Promise<PlanOutcome> {
  const lease = await leaseNetworks(deps.store, {
    plan: deps.plan,
    owner: deps.owner,
    quietForMs: (deps.patience ?? usualPatience).quietForMs,
    waiting: (network) => tellWaiting(deps, network),
  });
  try {
    const log = await openStepLog(deps.store, deps.undoId);
    const moved = await checkWorld(deps, log);
    if (moved !== null) {
      return moved;
    }
    const steps = deps.undo.steps.map((undo) => asStep(undo, deps.plan));
    const end = await runGraph(steps, { run: (step) => runOnce(deps, log, step), stopped: () => lease.lost() });
    if (end.failed !== null) {
      const { code, because, wayOut } = end.failed.result;
      return { kind: 'failed', step: end.failed.step.id, code, because, wayOut };
    }
    return end.stopped === null
      ? { kind: 'complete' }
      : {
          kind: 'failed',
          step: end.stopped.step.id,
          code: 'LeaseLost',
          because: end.stopped.because,
          wayOut: tryAgain,
        };
  } finally {
    await lease.release();
  }
}

async function tellWaiting(deps: UndoDeps, network: string): Promise<void> {
  const { planId, undo } = deps;
  const [first] = undo.steps;
  if (first !== undefined) {
    const note = `Another plan is changing ${network}; I wait for it.`;
    await deps.report({
      type: 'step-changed',
      planId,
      step: { id: first.id, state: 'waiting', seconds: null, note, code: null },
    });
  }
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

function runOnce(deps: UndoDeps, log: StepLog, step: PlanStep): Promise<StepResult> {
  const undo = deps.undo.steps.find(({ id }) => id === step.id);
  const run = undo?.change === 'delete' ? runRemoval : runStep;
  return durableStep(deps.durable, step.id, () =>
    run({
      arm: deps.arm,
      step: { ...step, body: undo?.body ?? null },
      record: log.of(step),
      report: async (changed) => {
        await deps.report({ type: 'step-changed', planId: deps.planId, step: changed });
      },
      now: () => deps.now(),
      patience: deps.patience ?? usualPatience,
    }),
  );
}
