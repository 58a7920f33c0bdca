/** How far each step of a plan is, in our own table: written before and after everything that Azure is told. */
import type { Json, PlanStep } from '../plan/plan.ts';
import { instantText } from '../store/instant.ts';
import { readSteps, saveStep, type StepPatch, type StepRecord as StepRow } from '../store/steps.ts';
import type { Store, Tx } from '../store/store.ts';
import type { SentRequest } from './write-guard.ts';

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
  /** ISO 8601; null before it began. */
  readonly startedAt: string | null;
  /** From start to end; null while it runs. */
  readonly seconds: number | null;
  /** Azure took a write of this step, now or in an earlier try: what stands there is ours. */
  readonly hasWritten: boolean;
  /** What was sent, or is about to be: more than the step's body where Azure takes only the whole. */
  readonly request: Json;
  begin(request: Json, at: Temporal.Instant): Promise<void>;
  /** What is about to be sent, and what stands there now as far as Azure lets that be a condition. */
  keepRequest(request: Json, etag: string | null): Promise<void>;
  /** Under which ids Azure knows what was sent; kept with whatever is kept next. */
  noteSent(sent: SentRequest): void;
  keepOperation(operation: string): Promise<void>;
  forgetOperation(): Promise<void>;
  finish(etag: string | null, answer: Json, at: Temporal.Instant): Promise<void>;
  fail(failure: StepFailureNote, at: Temporal.Instant): Promise<void>;
}

export interface StepLog {
  of(step: Pick<PlanStep, 'id'>): StepRecord;
  /** Steps that this plan has begun to write, in this process or in an earlier one. */
  started(): ReadonlySet<string>;
  done(): ReadonlySet<string>;
}

/** What is kept of a step's answer; read afresh, because a step that runs beside may have ended since. */
export async function readAnswer(store: Store, planId: string, stepId: string): Promise<Json> {
  const rows = await readSteps(store.read, planId);
  return rows.find((row) => row.stepId === stepId)?.answer ?? null;
}

/** In the same transaction as each change of a row: throws when the row is no longer ours to change. */
export type StepFence = (tx: Tx) => Promise<void>;

export async function openStepLog(store: Store, planId: string, fence?: StepFence): Promise<StepLog> {
  const rows = new Map((await readSteps(store.read, planId)).map((row) => [row.stepId, row]));
  return {
    of: (step) => recordOf({ store, planId, fence }, step.id, rows.get(step.id) ?? null),
    started: () => idsOf(rows, (row) => row.status !== 'pending'),
    done: () => idsOf(rows, (row) => row.status === 'done'),
  };
}

function idsOf(rows: ReadonlyMap<string, StepRow>, matches: (row: StepRow) => boolean): Set<string> {
  return new Set([...rows.values()].filter(matches).map((row) => row.stepId));
}

interface Book {
  store: Store;
  planId: string;
  fence: StepFence | undefined;
}

function saving({ store, planId, fence }: Book, stepId: string): (patch: StepPatch) => Promise<void> {
  return (patch) =>
    store.write(async (tx) => {
      await fence?.(tx);
      await saveStep(tx, planId, stepId, patch);
    });
}

function recordOf(book: Book, stepId: string, row: StepRow | null): StepRecord {
  let operation = row?.status === 'running' ? row.operation : null;
  let request = row?.request ?? null;
  let startedAt = row?.startedAt ?? null;
  let finishedAt = row?.status === 'done' && row.finishedAt !== null ? Temporal.Instant.from(row.finishedAt) : null;
  const requests: Json[] = sentBefore(row);
  const save = saving(book, stepId);
  async function end(at: Temporal.Instant, patch: StepPatch): Promise<void> {
    const stored = instantText(at);
    finishedAt = Temporal.Instant.from(stored);
    operation = null;
    await save({ ...patch, operation: null, finishedAt: stored });
  }
  return {
    status: row?.status ?? 'pending',
    get operation() {
      return operation;
    },
    get request() {
      return request;
    },
    get hasWritten() {
      return requests.some(isTakenWrite);
    },
    get startedAt() {
      return startedAt;
    },
    get seconds() {
      return startedAt === null || finishedAt === null ? null : secondsBetween(startedAt, finishedAt);
    },
    async begin(wanted, at) {
      // A step that a crash cut short goes on counting from its first start; one that had failed starts anew.
      const goesOn = row?.status === 'running';
      // As it is stored: whoever reads it again gets the same seconds.
      startedAt = goesOn ? (startedAt ?? instantText(at)) : instantText(at);
      request = goesOn ? (request ?? wanted) : wanted;
      const answer = requests.length === 0 ? {} : { answer: withSent(null, requests) };
      await save({ status: 'running', request, operation, error: null, ...answer, startedAt, finishedAt: null });
    },
    async keepRequest(sent, etag) {
      request = sent;
      await save({ request, etag });
    },
    noteSent: (known) => void requests.push({ ...known }),
    async keepOperation(serialized) {
      operation = serialized;
      await save({ operation, answer: withSent(null, requests) });
    },
    async forgetOperation() {
      if (operation !== null) {
        operation = null;
        await save({ operation });
      }
    },
    finish: (etag, answer, at) => end(at, { status: 'done', etag, answer: withSent(answer, requests), error: null }),
    fail: ({ code, because, wayOut }, at) =>
      end(at, { status: 'failed', error: withSent({ code, because, wayOut }, requests) }),
  };
}

/** Beside what Azure answered: with these ids its own logs tell the rest. */
function withSent(answer: Json, sent: readonly Json[]): Json {
  if (sent.length === 0) {
    return answer;
  }
  return { ...(isRecord(answer) ? answer : {}), azureRequests: [...sent] };
}

/** What an earlier process, or a try that failed, sent for this step. */
function sentBefore(row: StepRow | null): Json[] {
  switch (row?.status) {
    case 'running':
      return sentIn(row.answer);
    case 'failed':
      return sentIn(row.error);
    case 'pending':
    case 'done':
    case undefined:
    default:
      return [];
  }
}

function sentIn(kept: Json): Json[] {
  const known = isRecord(kept) ? kept['azureRequests'] : null;
  return Array.isArray(known) ? [...known] : [];
}

function isTakenWrite(sent: Json): boolean {
  const status = isRecord(sent) && sent['method'] === 'PUT' ? sent['status'] : null;
  return typeof status === 'number' && status < 300;
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function secondsBetween(from: string, to: Temporal.Instant): number {
  return Math.max(0, Math.round(Temporal.Instant.from(from).until(to).total('milliseconds') / 100) / 10);
}
