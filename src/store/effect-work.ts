/** Work goes to the durable engine: the relay offers what is due, the run claims it first and finishes it last. */
import type { Effect, WorkEffect } from '../flows/effect.ts';
import { type EffectEnd, endColumns, type StoredEffect, toEffect } from './effects.ts';
import { instantText } from './instant.ts';
import { updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';

export interface OpenWork extends StoredEffect {
  effect: WorkEffect;
}

/** Work that nobody has claimed and that is due, in the order in which it was asked for. */
export async function openWork(db: Reader, now: string, limit: number): Promise<OpenWork[]> {
  const rows = await db
    .selectFrom('effect')
    .selectAll()
    .where('kind', '=', 'work')
    .where('status', '=', 'open')
    .where((row) => row.or([row('due_at', 'is', null), row('due_at', '<=', instantText(now))]))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => toEffect(row) as OpenWork);
}

const plans: Effect['type'][] = ['apply-plan', 'apply-undo'];

/** Cases with a plan that is to be carried out later than now. */
export async function casesWithLaterPlans(db: Reader, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom('effect')
    .select('case_id')
    .distinct()
    .where('kind', '=', 'work')
    .where('status', '=', 'open')
    .where('due_at', '>', instantText(now))
    .where('type', 'in', plans)
    .execute();
  return rows.map(({ case_id }) => case_id);
}

/** A plan of this case that was put off is due now. */
export async function bringForward(tx: Tx, caseId: string, now: string): Promise<void> {
  await tx
    .updateTable('effect')
    .set({ due_at: instantText(now) })
    .where('kind', '=', 'work')
    .where('status', '=', 'open')
    .where('due_at', '>', instantText(now))
    .where('case_id', '=', caseId)
    .where('type', 'in', plans)
    .execute();
}

/** Whether work of these kinds that the same case asked for before is not over yet. */
export async function hasEarlierWork(db: Reader, id: string, types: WorkEffect['type'][]): Promise<boolean> {
  const row = await db
    .selectFrom('effect as own')
    .innerJoin('effect as earlier', 'earlier.case_id', 'own.case_id')
    .select('earlier.id')
    .where('own.id', '=', id)
    .where('earlier.kind', '=', 'work')
    .where('earlier.status', 'in', ['open', 'running'])
    .where('earlier.type', 'in', types)
    .whereRef('earlier.seq', '<', 'own.seq')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** True for one run only, however often that run asks: the first step of every run. */
export async function claimWork(tx: Tx, id: string, runId: string): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set((old) => ({ status: 'running' as const, run_id: runId, attempts: old('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('kind', '=', 'work')
    .where((row) =>
      row.or([row('status', '=', 'open'), row.and([row('status', '=', 'running'), row('run_id', '=', runId)])]),
    )
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** False when this run does not hold the work, or has finished it before. */
export async function finishWork(tx: Tx, id: string, end: EffectEnd & { runId: string }): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set(endColumns(end))
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('run_id', '=', end.runId)
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** Work that a run has claimed and not finished. */
export async function runningWork(db: Reader): Promise<OpenWork[]> {
  const rows = await db
    .selectFrom('effect')
    .selectAll()
    .where('kind', '=', 'work')
    .where('status', '=', 'running')
    .orderBy('seq')
    .execute();
  return rows.map((row) => toEffect(row) as OpenWork);
}

/** Takes work back from a run that will never finish it; false when the run has, or another one holds it. */
export async function reopenWork(tx: Tx, id: string, runId: string): Promise<boolean> {
  const result = await tx
    .updateTable('effect')
    .set({ status: 'open', run_id: null })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** When the next open work becomes due, which may be in the past; null when none waits for its time. */
export async function nextDueAt(db: Reader): Promise<string | null> {
  const row = await db
    .selectFrom('effect')
    .select((all) => all.fn.min('due_at').as('due_at'))
    .where('kind', '=', 'work')
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row?.due_at ?? null;
}
