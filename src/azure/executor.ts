/**
 * Carries out an approved plan. Nothing is written before the world was read once more and would still give the same
 * plan; after that every step is one durable step of the engine, and what matters is in our own rows: a crash at any
 * point ends in the same world, without a second write.
 *
 * Where somebody else has to accept a connection, that may take days: everything that need not wait is done first, then
 * the networks are given back, and what is left is done in a second stretch that reads the world anew.
 */
import type { PlanOutcome } from '../flows/event.ts';
import { diffPlans } from '../plan/diff.ts';
import type { Plan, Planned, PlanStep } from '../plan/plan.ts';
import { planAgain } from '../plan/planner.ts';
import { notReadCodes } from '../plan/preflight.ts';
import { fillAddresses } from './addresses.ts';
import { usualPatience } from './pauses.ts';
import { runStep } from './run-step.ts';
import type { StepResult } from './step-run.ts';
import { readAnswer, type StepLog } from './step-log.ts';
import { runStretch, tell, tryAgain, type WorkDeps } from './stretch.ts';
import { survey } from './survey.ts';
import { waitForOwner } from './wait-for-owner.ts';

export interface ExecutorDeps extends WorkDeps {
  plan: Plan;
}

export async function applyPlan(deps: ExecutorDeps): Promise<PlanOutcome> {
  const past = new Set<string>();
  for (;;) {
    const { now, waits } = nextOf(deps.plan.steps, past);
    const ended = (await applyNow(deps, now, past)) ?? (await waitForAll(deps, waits));
    if (ended !== null) {
      return ended;
    }
    if (waits.length === 0) {
      return { kind: 'complete' };
    }
    [...now, ...waits].forEach((step) => past.add(step.id));
  }
}

interface Next {
  now: readonly PlanStep[];
  waits: readonly PlanStep[];
}

/** What can be done without waiting for anybody, and for whom to wait then. */
function nextOf(steps: readonly PlanStep[], past: ReadonlySet<string>): Next {
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

function applyNow(
  deps: ExecutorDeps,
  steps: readonly PlanStep[],
  past: ReadonlySet<string>,
): Promise<PlanOutcome | null> {
  return runStretch(deps, {
    steps,
    past,
    checkWorld: (log) => checkWorld(deps, steps, log),
    run: async (run) => runStep({ ...run, step: await withAddresses(deps, run.step) }),
  });
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

/** A name that leads to an endpoint gets its address when the endpoint has one. */
function withAddresses({ arm, plan, planId, store }: ExecutorDeps, step: PlanStep): Promise<PlanStep> {
  return fillAddresses(step, { arm, steps: plan.steps, answerOf: (id) => readAnswer(store, planId, id) });
}

function failureOf(step: PlanStep, result: StepResult): PlanOutcome | null {
  return result.ok
    ? null
    : { kind: 'failed', step: step.id, code: result.code, because: result.because, wayOut: result.wayOut };
}
