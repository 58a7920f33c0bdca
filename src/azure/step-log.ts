/** How far each step of a plan is, in our own table: written before and after everything that Azure is told. */
import type { Json, PlanStep } from '../plan/plan.ts';
import { readSteps, saveStep, type StepPatch, type StepRecord as StepRow } from '../store/steps.ts';
import type { Store } from '../store/store.ts';

export interface StepFailureNote {
  code: string | null;
  because: string;
  wayOut: string;
}

export interface StepRecord {
  /** As it was when the executor began. */
  readonly status: StepRow['status'];
  /** The operation that Azure accepted and that has not ended yet, as far as is known. */
  readonly operation: string | null;
  /** From start to end; null while it runs. */
  readonly seconds: number | null;
  /** What was sent, or is about to be: more than the step's body where Azure takes only the whole. */
  readonly request: Json;
  begin(request: Json, at: Temporal.Instant): Promise<void>;
  keepRequest(request: Json): Promise<void>;
  keepOperation(operation: string): Promise<void>;
  forgetOperation(): Promise<void>;
  finish(etag: string | null, answer: Json, at: Temporal.Instant): Promise<void>;
  fail(failure: StepFailureNote, at: Temporal.Instant): Promise<void>;
}

export interface StepLog {
  of(step: PlanStep): StepRecord;
  /** Steps that this plan has begun to write, in this process or in an earlier one. */
  started(): ReadonlySet<string>;
  done(): ReadonlySet<string>;
}

/** What is kept of a step's answer; read afresh, because a step that runs beside may have ended since. */
export async function readAnswer(store: Store, planId: string, stepId: string): Promise<Json> {
  const rows = await readSteps(store.read, planId);
  return rows.find((row) => row.stepId === stepId)?.answer ?? null;
}

export async function openStepLog(store: Store, planId: string): Promise<StepLog> {
  const rows = new Map((await readSteps(store.read, planId)).map((row) => [row.stepId, row]));
  return {
    of: (step) => recordOf(store, planId, step.id, rows.get(step.id) ?? null),
    started: () => idsOf(rows, (row) => row.status !== 'pending'),
    done: () => idsOf(rows, (row) => row.status === 'done'),
  };
}

function idsOf(rows: ReadonlyMap<string, StepRow>, matches: (row: StepRow) => boolean): Set<string> {
  return new Set([...rows.values()].filter(matches).map((row) => row.stepId));
}

function recordOf(store: Store, planId: string, stepId: string, row: StepRow | null): StepRecord {
  let operation = row?.status === 'running' ? row.operation : null;
  let request = row?.request ?? null;
  let startedAt = row?.startedAt ?? null;
  let finishedAt: Temporal.Instant | null = null;
  async function save(patch: StepPatch): Promise<void> {
    await store.write((tx) => saveStep(tx, planId, stepId, patch));
  }
  async function end(at: Temporal.Instant, patch: StepPatch): Promise<void> {
    finishedAt = at;
    operation = null;
    await save({ ...patch, operation: null, finishedAt: at.toString() });
  }
  return {
    status: row?.status ?? 'pending',
    get operation() {
      return operation;
    },
    get request() {
      return request;
    },
    get seconds() {
      return startedAt === null || finishedAt === null ? null : secondsBetween(startedAt, finishedAt);
    },
    async begin(wanted, at) {
      // A step that a crash cut short goes on counting from its first start; one that had failed starts anew.
      const goesOn = row?.status === 'running';
      startedAt = goesOn ? (startedAt ?? at.toString()) : at.toString();
      request = goesOn ? (request ?? wanted) : wanted;
      await save({ status: 'running', request, operation, error: null, startedAt, finishedAt: null });
    },
    async keepRequest(sent) {
      request = sent;
      await save({ request });
    },
    async keepOperation(serialized) {
      operation = serialized;
      await save({ operation });
    },
    async forgetOperation() {
      if (operation !== null) {
        operation = null;
        await save({ operation });
      }
    },
    finish: (etag, answer, at) => end(at, { status: 'done', etag, answer, error: null }),
    fail: ({ code, because, wayOut }, at) => end(at, { status: 'failed', error: { code, because, wayOut } }),
  };
}

function secondsBetween(from: string, to: Temporal.Instant): number {
  return Math.max(0, Math.round(Temporal.Instant.from(from).until(to).total('milliseconds') / 100) / 10);
}
