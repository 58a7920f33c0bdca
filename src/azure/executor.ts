/**
 * Carries out an approved plan. Nothing is written before the world was read once more and would still give the same
 * plan; after that every step is one durable step of the engine, and what matters is in our own rows: a crash at any
 * point ends in the same world, without a second write.
 *
 * Where somebody else has to accept a connection, that may take days: everything that need not wait is done first, then
 * the networks are given back, and what is left is done in a second stretch that reads the world anew.
 */
import type { Durable } from '../engine/engine.ts';
import type { EventOf, PlanOutcome, StepReport } from '../flows/event.ts';
import { diffPlans } from '../plan/diff.ts';
import type { Plan, Planned, PlanStep } from '../plan/plan.ts';
import { planAgain } from '../plan/planner.ts';
import { notReadCodes } from '../plan/preflight.ts';
import type { Store } from '../store/store.ts';
import { fillAddresses } from './addresses.ts';
import type { Arm } from './arm.ts';
import { durableStep } from './durable-step.ts';
import { type GraphEnd, runGraph } from './graph.ts';
import { type Lease, leaseNetworks } from './lease.ts';
import { type Patience, usualPatience } from './pauses.ts';
import { runStep, type StepResult } from './run-step.ts';
import { openStepLog, readAnswer, type StepLog } from './step-log.ts';
import { survey } from './survey.ts';
import { waitForOwner } from './wait-for-owner.ts';

export interface ExecutorDeps {
  arm: Arm;
  store: Store;
  plan: Plan;
  planId: string;
  durable: Durable;
  report(event: EventOf<'step-changed'>): Promise<unknown>;
  now(): Temporal.Instant;
  /** Unique per process, so that two never hold the same network. */
  owner: string;
  patience?: Patience;
}

const tryAgain = 'Try again from here; what was done so far stays and is not done twice.';

export async function applyPlan(deps: ExecutorDeps): Promise<PlanOutcome> {
  const past = new Set<string>();
  for (;;) {
    const { now, waits } = stretchOf(deps.plan.steps, past);
    const failed = (await applyStretch(deps, now, past)) ?? (await waitForAll(deps, waits));
    if (failed !== null) {
      return failed;
    }
    if (waits.length === 0) {
      return { kind: 'complete' };
    }
    [...now, ...waits].forEach((step) => past.add(step.id));
  }
}

interface Stretch {
  now: readonly PlanStep[];
  waits: readonly PlanStep[];
}

/** What can be done without waiting for anybody, and for whom to wait then. */
function stretchOf(steps: readonly PlanStep[], past: ReadonlySet<string>): Stretch {
  const later = new Set<string>();
  const now: PlanStep[] = [];
  const waits: PlanStep[] = [];
  // In plan order, so what a step waits for has been judged before it.
  for (const step of steps.filter(({ id }) => !past.has(id))) {
    const isBlocked = step.after.some((id) => later.has(id));
    if (isBlocked || step.kind === 'endpoint-wait') {
      later.add(step.id);
    }
    if (!isBlocked) {
      (step.kind === 'endpoint-wait' ? waits : now).push(step);
    }
  }
  return { now, waits };
}

/** Null: done. What was done in an earlier pass or process needs no network and no reading. */
async function applyStretch(
  deps: ExecutorDeps,
  steps: readonly PlanStep[],
  past: ReadonlySet<string>,
): Promise<PlanOutcome | null> {
  const done = (await openStepLog(deps.store, deps.planId)).done();
  if (steps.every((step) => done.has(step.id))) {
    return null;
  }
  const lease = await leaseNetworks(deps.store, {
    plan: deps.plan,
    owner: deps.owner,
    quietForMs: (deps.patience ?? usualPatience).quietForMs,
    waiting: (network) => tellWaiting(deps, network),
  });
  try {
    const log = await openStepLog(deps.store, deps.planId);
    return (await checkWorld(deps, steps, log)) ?? (await runSteps(deps, { steps, past, log, lease }));
  } finally {
    await lease.release();
  }
}

/** Holds nothing meanwhile: no network, no place among the runs. Null: all have accepted. */
async function waitForAll(deps: ExecutorDeps, waits: readonly PlanStep[]): Promise<PlanOutcome | null> {
  const results = await Promise.all(
    waits.map(async (step) => ({
      step,
      result: await waitForOwner({
        ...deps,
        patience: deps.patience ?? usualPatience,
        step,
        tell: (report) => tell(deps, report),
      }),
    })),
  );
  const failed = results.find(({ result }) => !result.ok);
  return failed === undefined ? null : failureOf(failed.step, failed.result);
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
async function checkWorld(
  { arm, plan }: ExecutorDeps,
  steps: readonly PlanStep[],
  log: StepLog,
): Promise<PlanOutcome | null> {
  const left = steps.find((step) => !log.done().has(step.id));
  if (left === undefined) {
    return null;
  }
  const { answers, environment } = plan.madeFrom;
  const now = planAgain(plan, await survey(arm, environment, answers));
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

interface Running {
  steps: readonly PlanStep[];
  past: ReadonlySet<string>;
  log: StepLog;
  lease: Lease;
}

async function runSteps(deps: ExecutorDeps, { steps, past, log, lease }: Running): Promise<PlanOutcome | null> {
  const end = await runGraph(steps, {
    run: (step) => runOnce(deps, log, step),
    stopped: () => lease.lost(),
    done: past,
  });
  return outcomeOf(end);
}

function runOnce(deps: ExecutorDeps, log: StepLog, step: PlanStep): Promise<StepResult> {
  return durableStep(deps.durable, step.id, async () =>
    runStep({
      arm: deps.arm,
      step: await withAddresses(deps, step),
      record: log.of(step),
      report: (report) => tell(deps, report),
      now: () => deps.now(),
      patience: deps.patience ?? usualPatience,
    }),
  );
}

/** A name that leads to an endpoint gets its address when the endpoint has one. */
function withAddresses({ arm, plan, planId, store }: ExecutorDeps, step: PlanStep): Promise<PlanStep> {
  return fillAddresses(step, { arm, steps: plan.steps, answerOf: (id) => readAnswer(store, planId, id) });
}

function outcomeOf(end: GraphEnd): PlanOutcome | null {
  if (end.failed !== null) {
    return failureOf(end.failed.step, end.failed.result);
  }
  if (end.stopped !== null) {
    const { step, because } = end.stopped;
    return { kind: 'failed', step: step.id, code: 'LeaseLost', because, wayOut: tryAgain };
  }
  return null;
}

function failureOf(step: PlanStep, result: StepResult): PlanOutcome | null {
  return result.ok
    ? null
    : { kind: 'failed', step: step.id, code: result.code, because: result.because, wayOut: result.wayOut };
}

async function tell(deps: ExecutorDeps, step: StepReport): Promise<void> {
  await deps.report({ type: 'step-changed', planId: deps.planId, step });
}
