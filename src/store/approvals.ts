/** Who was asked for what, and what was decided: once, however many click at the same moment. */
import type { Selectable } from 'kysely';
import { instantText } from './instant.ts';
import { updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface NewApproval {
  id: string;
  caseId: string;
  planId: string;
  /** What the decision is bound to. */
  planHash: string;
  requestedBy: string;
  askedAt: string;
  expiresAt: string;
}

export type ApprovalStatus = Tables['approval']['status'];

export interface Approval extends NewApproval {
  status: ApprovalStatus;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
}

export interface Decision {
  /** What it must be now; an approved plan can still be voided when the world has moved. */
  from: Extract<ApprovalStatus, 'pending' | 'approved'>;
  status: Exclude<ApprovalStatus, 'pending'>;
  /** Null when nobody decided, such as when it expired. */
  by: string | null;
  at: string;
  reason: string;
}

export async function insertApproval(tx: Tx, approval: NewApproval): Promise<void> {
  await tx
    .insertInto('approval')
    .values({
      id: approval.id,
      case_id: approval.caseId,
      plan_id: approval.planId,
      plan_hash: approval.planHash,
      status: 'pending',
      requested_by: approval.requestedBy,
      asked_at: instantText(approval.askedAt),
      expires_at: instantText(approval.expiresAt),
      decided_by: null,
      decided_at: null,
      reason: null,
    })
    .execute();
}

/** False when it was decided before; `readApproval` says how. */
export async function decideApproval(tx: Tx, id: string, decision: Decision): Promise<boolean> {
  const result = await tx
    .updateTable('approval')
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: instantText(decision.at),
      reason: decision.reason,
    })
    .where('id', '=', id)
    .where('status', '=', decision.from)
    .executeTakeFirstOrThrow();
  return updated(result);
}

export async function readApproval(db: Reader, id: string): Promise<Approval | null> {
  const row = await db.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toApproval(row);
}

/** Oldest first. */
export async function listPendingApprovals(db: Reader): Promise<Approval[]> {
  const rows = await db
    .selectFrom('approval')
    .selectAll()
    .where('status', '=', 'pending')
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  return rows.map(toApproval);
}

function toApproval(row: Selectable<Tables['approval']>): Approval {
  return {
    id: row.id,
    caseId: row.case_id,
    planId: row.plan_id,
    planHash: row.plan_hash,
    status: row.status,
    requestedBy: row.requested_by,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  };
}
