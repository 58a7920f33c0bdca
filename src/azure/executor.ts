/**
 * Carries out an approved plan. Nothing is written before the world was read once more and would still give the same
 * plan; after that every step is one durable step of the engine, and what matters is in our own rows: a crash at any
 * point ends in the same world, without a second write.
 */
import type { Durable } from '../engine/engine.ts';
import type { EventOf, PlanOutcome, StepReport } from '../flows/event.ts';
import { diffPlans } from '../plan/diff.ts';
import type { Plan, Planned, PlanStep } from '../plan/plan.ts';
import { planConnection } from '../plan/planner.ts';
import { notReadCodes } from '../plan/preflight.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from './arm.ts';
import { explainFailure } from './errors.ts';
import { type GraphEnd, runGraph } from './graph.ts';
import { type Lease, leaseNetworks } from './lease.ts';
import { type Patience, usualPatience } from './pauses.ts';
import { runStep, type StepResult } from './run-step.ts';
import { openStepLog, type StepLog } from './step-log.ts';
import { survey } from './survey.ts';

export interface ExecutorDeps {
  arm: Arm;
  store: Store;
  plan: Plan;
  planId: string;
  durable: Durable;
  report(event: EventOf<'step-changed'>): Promise<void>;
  now(): Temporal.Instant;
  /** Unique per process, so that two never hold the same network. */
  owner: string;
  patience?: Patience;
}

const tryAgain = 'Try again from here; what was done so far stays and is not done twice.';

export async function applyPlan(deps: ExecutorDeps): Promise<PlanOutcome> {
  const lease = await leaseNetworks(deps.store, {
    plan: deps.plan,
    owner: deps.owner,
    quietForMs: (deps.patience ?? usualPatience).quietForMs,
    waiting: (network) => tellWaiting(deps, network),
  });
  try {
    const log = await openStepLog(deps.store, deps.planId);
    return (await checkWorld(deps, log)) ?? (await runSteps(deps, log, lease));
  } finally {
    await lease.release();
  }
}

async function tellWaiting(deps: ExecutorDeps, network: string): Promise<void> {
  const first = deps.plan.steps.find((step) => step.body !== null);
  if (first !== undefined) {
    await tell(deps, {
      id: first.id,
      state: 'waiting',
      seconds: null,
      note: `Another plan is changing ${network}; I wait for it.`,
      code: null,
    });
  }
}

/**
 * Read in every pass and never remembered, because it must be fresh. Null: the approved plan is still right. What this
 * plan has begun to write itself is no difference.
 */
async function checkWorld({ arm, plan }: ExecutorDeps, log: StepLog): Promise<PlanOutcome | null> {
  const left = plan.steps.find((step) => !log.done().has(step.id));
  if (left === undefined) {
    return null;
  }
  const { answers, environment, tags } = plan.madeFrom;
  const now = planConnection(answers, await survey(arm, environment, answers.networks), plan, tags);
  const unread = newlyUnread(plan, now);
  if (unread.length > 0) {
    const because = `Before writing I read everything once more, and could not: ${unread.join(' ')}`;
    return { kind: 'failed', step: left.id, code: 'NotRead', because, wayOut: tryAgain };
  }
  const differences = diffPlans(plan, now, log.started());
  if (differences.length === 0) {
    return null;
  }
  return log.started().size === 0
    ? { kind: 'void', differences }
    : {
        kind: 'failed',
        step: left.id,
        code: 'WorldMoved',
        because: `What stands in Azure has changed since the approval: ${differences.join('; ')}.`,
        wayOut: 'Make the plan again: it keeps what was done and shows what is left.',
      };
}

/** What could be read for the approval and cannot be read now says nothing about the world. */
function newlyUnread(plan: Plan, now: Planned): string[] {
  const before = new Set(plan.findings.map((finding) => finding.text));
  const findings = now.kind === 'planned' ? now.plan.findings : now.findings;
  return findings
    .filter((finding) => (finding.code === 'NotRead' || notReadCodes.has(finding.code)) && !before.has(finding.text))
    .map((finding) => finding.text);
}

async function runSteps(deps: ExecutorDeps, log: StepLog, lease: Lease): Promise<PlanOutcome> {
  const end = await runGraph(deps.plan.steps, {
    run: (step) => runOnce(deps, log, step),
    stopped: () => lease.lost(),
  });
  return outcomeOf(end);
}

async function runOnce(deps: ExecutorDeps, log: StepLog, step: PlanStep): Promise<StepResult> {
  const outcome = await deps.durable.once(`step/${step.id}`, () =>
    runStep({
      arm: deps.arm,
      step,
      record: log.of(step),
      report: (report) => tell(deps, report),
      now: () => deps.now(),
      patience: deps.patience ?? usualPatience,
    }),
  );
  if (outcome.ok) {
    return outcome.value;
  }
  const { because, wayOut } = explainFailure(new Error(outcome.error.message));
  return { ok: false, code: outcome.error.code ?? null, because, wayOut };
}

function outcomeOf(end: GraphEnd): PlanOutcome {
  if (end.failed !== null) {
    const { step, result } = end.failed;
    return { kind: 'failed', step: step.id, code: result.code, because: result.because, wayOut: result.wayOut };
  }
  if (end.stopped !== null) {
    const { step, because } = end.stopped;
    return { kind: 'failed', step: step.id, code: 'LeaseLost', because, wayOut: tryAgain };
  }
  return { kind: 'complete' };
}

async function tell(deps: ExecutorDeps, step: StepReport): Promise<void> {
  await deps.report({ type: 'step-changed', planId: deps.planId, step });
}
