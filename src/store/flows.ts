/** Where each case stands. The row is also the case's lock and holds the head of its audit chain. */
import type { Selectable } from 'kysely';
import type { CaseState } from '../flows/state.ts';
import { isPostgres } from './dialect.ts';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import { inserted, updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface FlowChange {
  state: CaseState;
  revision: number;
  /** Instant of the event that led here. */
  at: string;
  /** Of the case's last audit entry. */
  auditSeq: number;
  auditHead: string;
}

export interface FlowRow extends FlowChange {
  caseId: string;
  kind: CaseState['flow'];
}

/**
 * Reads a case and, on PostgreSQL, holds it until the write ends: without that, writers on a busy case lose their
 * compare-and-swap again and again. Null when there is no such case yet; then `insertFlow` tells who was first.
 */
export async function lockFlow(tx: Tx, caseId: string): Promise<FlowRow | null> {
  const query = tx.selectFrom('flow').selectAll().where('case_id', '=', caseId);
  const row = await (isPostgres(tx) ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : toFlow(row);
}

/** False when the case exists. */
export async function insertFlow(tx: Tx, caseId: string, flow: FlowChange): Promise<boolean> {
  const result = await tx
    .insertInto('flow')
    .values({ case_id: caseId, ...toColumns(flow) })
    .onConflict((conflict) => conflict.column('case_id').doNothing())
    .executeTakeFirstOrThrow();
  return inserted(result);
}

/** False when the case has moved on from the expected revision: roll back and run again from the load. */
export async function updateFlow(tx: Tx, caseId: string, expectedRevision: number, next: FlowChange): Promise<boolean> {
  const result = await tx
    .updateTable('flow')
    .set(toColumns(next))
    .where('case_id', '=', caseId)
    .where('revision', '=', expectedRevision)
    .executeTakeFirstOrThrow();
  return updated(result);
}

export async function readFlow(db: Reader, caseId: string): Promise<FlowRow | null> {
  const row = await db.selectFrom('flow').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return row === undefined ? null : toFlow(row);
}

/** Newest first. */
export async function listFlows(db: Reader, kind: CaseState['flow'] | null = null): Promise<FlowRow[]> {
  const query = db.selectFrom('flow').selectAll().orderBy('at', 'desc').orderBy('case_id');
  const rows = await (kind === null ? query : query.where('kind', '=', kind)).execute();
  return rows.map(toFlow);
}

function toColumns(flow: FlowChange) {
  return {
    kind: flow.state.flow,
    state: JSON.stringify(flow.state),
    revision: flow.revision,
    at: instantText(flow.at),
    audit_seq: flow.auditSeq,
    audit_head: flow.auditHead,
  };
}

function toFlow(row: Selectable<Tables['flow']>): FlowRow {
  return {
    caseId: row.case_id,
    kind: row.kind as CaseState['flow'],
    state: fromJson(row.state) as CaseState,
    revision: row.revision,
    at: row.at,
    auditSeq: row.audit_seq,
    auditHead: row.audit_head,
  };
}
