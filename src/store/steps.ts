/** How far each step of a plan is, so that a restart goes on instead of beginning again. */
import type { Selectable } from 'kysely';
import type { Json } from '../plan/plan.ts';
import { instantTextOrNull } from './instant.ts';
import { fromJson, toJsonOrNull } from './json.ts';
import type { Reader, Tx } from './store.ts';
import type { StepStatus, Tables } from './tables.ts';

export interface StepRecord {
  stepId: string;
  status: StepStatus;
  request: Json;
  /** The SDK's serialized poller. */
  operation: string | null;
  etag: string | null;
  answer: Json;
  error: Json;
  startedAt: string | null;
  finishedAt: string | null;
}

/** What changes; the rest stays as it is. */
export type StepPatch = Partial<Omit<StepRecord, 'stepId'>>;

export async function readSteps(db: Reader, planId: string): Promise<StepRecord[]> {
  const rows = await db.selectFrom('step').selectAll().where('plan_id', '=', planId).orderBy('step_id').execute();
  return rows.map(toStep);
}

/** Whether a plan is in the middle of its work. */
export async function isAnyStepUnderWay(db: Reader): Promise<boolean> {
  const row = await db.selectFrom('step').select('plan_id').where('status', '=', 'running').limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function saveStep(tx: Tx, planId: string, stepId: string, patch: StepPatch): Promise<void> {
  const changed = toColumns(patch);
  await tx
    .insertInto('step')
    .values({ plan_id: planId, step_id: stepId, ...untouched, ...changed })
    .onConflict((conflict) => {
      const known = conflict.columns(['plan_id', 'step_id']);
      return Object.keys(changed).length === 0 ? known.doNothing() : known.doUpdateSet(changed);
    })
    .execute();
}

const untouched = {
  status: 'pending' as StepStatus,
  request: null,
  operation: null,
  etag: null,
  answer: null,
  error: null,
  started_at: null,
  finished_at: null,
};

function toColumns(patch: StepPatch) {
  return {
    ...(patch.status === undefined ? {} : { status: patch.status }),
    ...(patch.request === undefined ? {} : { request: toJsonOrNull(patch.request) }),
    ...(patch.operation === undefined ? {} : { operation: patch.operation }),
    ...(patch.etag === undefined ? {} : { etag: patch.etag }),
    ...(patch.answer === undefined ? {} : { answer: toJsonOrNull(patch.answer) }),
    ...(patch.error === undefined ? {} : { error: toJsonOrNull(patch.error) }),
    ...(patch.startedAt === undefined ? {} : { started_at: instantTextOrNull(patch.startedAt) }),
    ...(patch.finishedAt === undefined ? {} : { finished_at: instantTextOrNull(patch.finishedAt) }),
  };
}

function toStep(row: Selectable<Tables['step']>): StepRecord {
  return {
    stepId: row.step_id,
    status: row.status,
    request: fromJson(row.request) as Json,
    operation: row.operation,
    etag: row.etag,
    answer: fromJson(row.answer) as Json,
    error: fromJson(row.error) as Json,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
