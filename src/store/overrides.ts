/** What people changed about verdicts, and why: so that a support lead sees where the rules and the people differ. */
import type { ListedOverride, Rating, VerdictOverride } from '../flows/override.ts';
import { instantText } from './instant.ts';
import type { Reader, Tx } from './store.ts';

export interface NewOverride {
  /** `case/revision` */
  id: string;
  caseId: string;
  override: VerdictOverride;
  /** Digest of the tables by which the rules had judged. */
  tablesVersion: string;
}

export async function insertOverride(tx: Tx, { id, caseId, override, tablesVersion }: NewOverride): Promise<void> {
  await tx
    .insertInto('override')
    .values({
      id,
      case_id: caseId,
      at: instantText(override.at),
      person: override.by,
      from_scope: override.from.scope,
      from_route: override.from.route,
      from_severity: override.from.severity,
      to_scope: override.to.scope,
      to_route: override.to.route,
      to_severity: override.to.severity,
      reason: override.reason,
      tables_version: tablesVersion,
    })
    .execute();
}

/** Newest first. */
export async function listOverrides(db: Reader, limit: number): Promise<ListedOverride[]> {
  const rows = await db
    .selectFrom('override')
    .leftJoin('ticket', 'ticket.case_id', 'override.case_id')
    .selectAll('override')
    .select('ticket.ticket_id')
    .orderBy('override.at', 'desc')
    .orderBy('override.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    override: {
      by: row.person,
      at: row.at,
      reason: row.reason,
      from: { scope: row.from_scope, route: row.from_route, severity: row.from_severity } as Rating,
      to: { scope: row.to_scope, route: row.to_route, severity: row.to_severity } as Rating,
    },
    tablesVersion: row.tables_version,
    ticketId: row.ticket_id,
  }));
}
