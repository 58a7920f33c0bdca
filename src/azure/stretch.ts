/**
 * What can be done of a plan or an undo without waiting for anybody else: under a lease, after a fresh reading and a last
 * question to the case, as a graph of durable steps. A process that loses its lease asks for it again and goes on from
 * what stands in our rows by then, as another process would.
 */
import type { Durable } from '../engine/engine.ts';
import type { EventOf, PlanOutcome, StepReport } from '../flows/event.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from './arm.ts';
import { durableStep } from './durable-step.ts';
import { openDurations } from './durations.ts';
import { type GraphEnd, runGraph } from './graph.ts';
import { leaseInTurn, passOn } from './in-turn.ts';
import type { Lease } from './lease.ts';
import { type Patience, usualPatience } from './pauses.ts';
import { openSiblings } from './siblings.ts';
import { spareTimes } from './spare-time.ts';
import { openStepLog, type StepLog } from './step-log.ts';
import { leaseLost, type Refusal, type StepResult, type StepRun } from './step-run.ts';
import { openZoneTurns } from './zone-turns.ts';

export interface WorkDeps {
  arm: Arm;
  store: Store;
  /** Of the plan or the undo; its rows and its place in the queue are kept under this. */
  planId: string;
  durable: Durable;
  report(event: EventOf<'step-changed'>): Promise<unknown>;
  /** Asks the case right before the first write of all; false: it says no, and knows why. */
  begin(): Promise<boolean>;
  /** Asked before every write: the stop switch. */
  mayWrite(): Promise<{ ok: true } | { ok: false; because: string }>;
  now(): Temporal.Instant;
  /** Unique per process, so that two never hold the same network. */
  owner: string;
  /** For whoever waits for the same network: “the plan of Rosa for mendix-acc”. */
  about: string;
  patience?: Patience;
}

export interface Stretch {
  steps: readonly PlanStep[];
  /** Done before it, and waited for by its steps. */
  past: ReadonlySet<string>;
  /** Reads everything once more. Null: what was approved is still right. */
  checkWorld(log: StepLog): Promise<PlanOutcome | null>;
  run(run: StepRun): Promise<StepResult>;
}

export const tryAgain = 'Try again from here; what was done so far stays and is not done twice.';

/** A lease that is lost again and again is trouble that waiting does not mend. */
const mostLeases = 5;

/** Null: done. What was done in an earlier pass or process needs no lease and no reading. */
export async function runStretch(deps: WorkDeps, stretch: Stretch): Promise<PlanOutcome | null> {
  await tellDone(deps, stretch.steps, await openStepLog(deps.store, deps.planId));
  for (let lease = 0; ; lease += 1) {
    const done = (await openStepLog(deps.store, deps.planId)).done();
    const left = stretch.steps.find((step) => !done.has(step.id));
    if (left === undefined) {
      return null;
    }
    const end = await runLeased(deps, stretch, lease);
    if (end !== leaseLost) {
      return end;
    }
    if (lease === mostLeases) {
      const because = 'Other processes took over the networks again and again.';
      return { kind: 'failed', step: left.id, code: leaseLost, because, wayOut: tryAgain };
    }
  }
}

/** A process that died right after it had stored that a step is done may have told nobody; who knows it already ignores it. */
async function tellDone(deps: WorkDeps, steps: readonly PlanStep[], log: StepLog): Promise<void> {
  for (const { change, id } of steps) {
    const step = log.of({ id });
    if (step.status === 'done' && (change === 'create' || change === 'update')) {
      await tell(deps, { id, state: 'done', seconds: step.seconds, note: null, code: null });
    }
  }
}

type End = PlanOutcome | null | typeof leaseLost;

async function runLeased(deps: WorkDeps, stretch: Stretch, turn: number): Promise<End> {
  const { about, durable, owner, planId, store } = deps;
  const { quietForMs } = deps.patience ?? usualPatience;
  const lease = await leaseInTurn({
    store,
    durable,
    // The first step names the stretch.
    name: `${stretch.steps[0]?.id ?? ''}/${turn}`,
    request: {
      steps: stretch.steps,
      waiter: planId,
      owner,
      about,
      quietForMs,
      waiting: (because) => tellWaiting(deps, stretch.steps, because),
    },
  });
  try {
    const log = await openStepLog(store, planId, lease.fence);
    const isFirst = log.started().size === 0;
    const no = isFirst ? await beforeFirstWrite(deps, stretch, log) : null;
    return no ?? (await runSteps(deps, stretch, { log, lease, turn, isFirst }));
  } finally {
    await passOn(deps, lease);
  }
}

/** Null: go. */
async function beforeFirstWrite(deps: WorkDeps, stretch: Stretch, log: StepLog): Promise<PlanOutcome | null> {
  const moved = await stretch.checkWorld(log);
  if (moved !== null) {
    return moved;
  }
  if (!(await deps.begin())) {
    return { kind: 'not-begun' };
  }
  const [first] = stretch.steps;
  const refusal = await askStop(deps);
  // Nothing was begun, so there is nothing that would have to be tried again.
  return refusal === null || first === undefined ? null : { kind: 'failed', step: first.id, ...refusal };
}

/** What the fresh reading found; it goes on beside operations that an earlier process began, and before every write. */
type World = Promise<{ moved: PlanOutcome | null; error?: Error }>;

function look(stretch: Stretch, log: StepLog): World {
  return stretch.checkWorld(log).then(
    (moved) => ({ moved }),
    (error: unknown) => ({ moved: null, error: error instanceof Error ? error : new Error(String(error)) }),
  );
}

/** What Azure has half made looks like something else, so a difference counts only once that has ended. */
async function lookAgain(stretch: Stretch, log: StepLog, ended: Promise<unknown>): World {
  const found = await look(stretch, log);
  if (found.moved === null && found.error === undefined) {
    return found;
  }
  await ended;
  return look(stretch, log);
}

async function refusalOf(world: World): Promise<Refusal | null> {
  const { error, moved } = await world;
  if (moved === null && error === undefined) {
    return null;
  }
  const because = moved?.kind === 'failed' ? moved.because : 'What stands in Azure could not be read once more.';
  return { code: 'WorldMoved', because, wayOut: moved?.kind === 'failed' ? moved.wayOut : tryAgain };
}

/** Fails closed. */
async function askStop(deps: WorkDeps): Promise<Refusal | null> {
  const answer = await deps.mayWrite().catch((error: unknown) => ({
    ok: false as const,
    because: `I cannot read whether changes are allowed just now: ${error instanceof Error ? error.message : String(error)}`,
  }));
  return answer.ok
    ? null
    : { code: 'Stopped', because: answer.because, wayOut: 'Try again from here when changes are allowed again.' };
}

interface Held {
  log: StepLog;
  lease: Lease;
  /** How often the lease was lost before. */
  turn: number;
  /** Nothing was begun yet, and the world was read just now. */
  isFirst: boolean;
}

async function runSteps(deps: WorkDeps, stretch: Stretch, held: Held): Promise<End> {
  const { isFirst, lease, log, turn } = held;
  const records = new Map(stretch.steps.map((step) => [step.id, log.of(step)]));
  const flying = new Map(
    [...records].filter(([, { status }]) => status === 'running').map(([id]) => [id, Promise.withResolvers<void>()]),
  );
  const landed = Promise.all([...flying.values()].map(({ promise }) => promise));
  const world: World = isFirst ? Promise.resolve({ moved: null }) : lookAgain(stretch, log, landed);
  const durations = await openDurations(deps.store);
  const spare = spareTimes(stretch.steps, ({ change, kind }) => durations.usualMs(`${kind}/${change}`));
  const shared = {
    arm: deps.arm,
    now: () => deps.now(),
    patience: deps.patience ?? usualPatience,
    report: (report: StepReport) => tell(deps, report),
    durations,
    siblings: openSiblings(),
    turns: openZoneTurns(),
  };
  async function mayWrite(step: PlanStep): Promise<Refusal | null> {
    // Whoever writes anew waits for the reading, which must not wait for it.
    flying.get(step.id)?.resolve();
    // The lease last: it is the one that time may have taken while the others were asked.
    return (await refusalOf(world)) ?? (await askStop(deps)) ?? (await lease.check());
  }
  async function run(step: PlanStep): Promise<StepResult> {
    const record = records.get(step.id) ?? log.of(step);
    // Only what an earlier process had under way goes on at once, behind what is done.
    const goesOn = flying.has(step.id) || record.status === 'done';
    const refusal = goesOn ? null : await refusalOf(world);
    if (refusal !== null) {
      return { ok: false, ...refusal };
    }
    // A step that was cut off by a lost lease runs again under another name: its outcome is stored.
    const name = turn === 0 ? step.id : `${step.id}/${turn}`;
    const result = await durableStep(deps.durable, name, () =>
      stretch.run({ ...shared, step, spareMs: spare.get(step.id) ?? 0, record, mayWrite: () => mayWrite(step) }),
    );
    flying.get(step.id)?.resolve();
    return result;
  }
  const end = await runGraph(stretch.steps, { run, stopped: () => lease.lost(), done: stretch.past });
  // What was not even looked at any more, after a failure, is not waited for.
  flying.forEach(({ resolve }) => resolve());
  const { error, moved } = await world;
  if (error !== undefined) {
    throw error;
  }
  return moved ?? endOf(end);
}

function endOf({ failed, stopped }: GraphEnd): End {
  if (failed !== null) {
    const { code, because, wayOut } = failed.result;
    return code === leaseLost ? leaseLost : { kind: 'failed', step: failed.step.id, code, because, wayOut };
  }
  return stopped === null ? null : leaseLost;
}

async function tellWaiting(deps: WorkDeps, steps: readonly PlanStep[], because: string): Promise<void> {
  const first = steps.find((step) => step.body !== null);
  if (first !== undefined) {
    await tell(deps, { id: first.id, state: 'waiting', seconds: null, note: because, code: null });
  }
}

export async function tell({ planId, report }: Pick<WorkDeps, 'planId' | 'report'>, step: StepReport): Promise<void> {
  await report({ type: 'step-changed', planId, step });
}
