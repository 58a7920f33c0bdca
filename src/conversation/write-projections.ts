/** Rows in our own tables that stand beside the state, so that others find a plan, an approval or a ticket by its id. */
import type { Projection } from '../flows/flow.ts';
import { decideApproval, insertApproval } from '../store/approvals.ts';
import { insertOverride } from '../store/overrides.ts';
import { insertPlan } from '../store/plans.ts';
import type { Tx } from '../store/store.ts';
import { insertTicket, setTicket } from '../store/tickets.ts';
import { LostRace } from './lost-race.ts';

interface At {
  caseId: string;
  at: string;
}

export async function writeProjections(tx: Tx, projections: readonly Projection[], where: At): Promise<void> {
  for (const projection of projections) {
    await writeProjection(tx, projection, where);
  }
}

async function writeProjection(tx: Tx, projection: Projection, { caseId, at }: At): Promise<void> {
  switch (projection.type) {
    case 'plan-made':
      return insertPlan(tx, { id: projection.planId, caseId, plan: projection.plan, at });
    case 'approval-asked':
      return insertApproval(tx, { ...projection, id: projection.approvalId, caseId, askedAt: at });
    case 'approval-decided':
      return decide(tx, projection, at);
    case 'verdict-overridden':
      return insertOverride(tx, { ...projection, id: projection.overrideId, caseId });
    case 'ticket-expected':
      return insertTicket(tx, { caseId, externalId: caseId });
    case 'ticket-known':
      await setTicket(tx, {
        caseId,
        ticketId: projection.ticketId,
        status: projection.status,
        updatedAt: projection.updatedAt,
      });
      return;
    default: {
      const never: never = projection;
      return never;
    }
  }
}

/** A decision is a compare-and-swap on the row; an approval that was voided after its yes keeps that history. */
async function decide(tx: Tx, decision: Extract<Projection, { type: 'approval-decided' }>, at: string): Promise<void> {
  const from = decision.status === 'voided' ? 'approved' : 'pending';
  const won = await decideApproval(tx, decision.approvalId, {
    from,
    status: decision.status,
    by: decision.by,
    at,
    reason: decision.reason,
  });
  if (!won) {
    throw new LostRace(`Deciding ${decision.approvalId}: somebody else decided first. The case is loaded again.`);
  }
}
