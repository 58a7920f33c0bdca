/** Rows in our own tables that stand beside the state, so that others find a plan, an approval or a ticket by its id. */
import type { Projection } from '../flows/flow.ts';
import { putAlert, setThreadOver } from '../store/alerts.ts';
import { decideApproval, insertApproval } from '../store/approvals.ts';
import { insertFreeze, insertStop, liftFreezes, liftStops } from '../store/control.ts';
import { bringForward } from '../store/effect-work.ts';
import { insertOverride } from '../store/overrides.ts';
import { putFact, readFacts, swapFact } from '../store/facts.ts';
import { insertPlan } from '../store/plans.ts';
import type { Tx } from '../store/store.ts';
import { insertTicket, setTicket } from '../store/tickets.ts';
import { draftsKey, planTimesKey } from './case-facts.ts';
import { LostRace } from './lost-race.ts';

type ProjectionOf<Type extends Projection['type']> = Extract<Projection, { type: Type }>;

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
    case 'drafts-changed':
      return changeDrafts(tx, projection, at);
    case 'plan-took':
      return rememberTime(tx, projection, at);
    case 'alert-seen':
      return putAlert(tx, { id: projection.alertId, caseId, condition: projection.condition, at });
    case 'alert-thread':
      return setThreadOver(tx, caseId, projection.isOpen ? null : at);
    case 'verdict-overridden':
      return insertOverride(tx, { ...projection, id: projection.overrideId, caseId });
    case 'changes-stopped':
      return insertStop(tx, projection.stop);
    case 'changes-allowed':
      return liftAll(await liftStops(tx, { by: projection.by, at, reason: projection.reason }), 1);
    case 'freeze-begun':
      return insertFreeze(tx, projection.freeze);
    case 'plan-brought-forward':
      return bringForward(tx, caseId, at);
    case 'freezes-lifted':
      return liftAll(
        await liftFreezes(tx, projection.freezeIds, { by: projection.by, at, reason: projection.reason }),
        projection.freezeIds.length,
      );
    case 'ticket-expected':
      return insertTicket(tx, { ...projection, caseId, externalId: caseId, at });
    case 'ticket-known':
      await setTicket(tx, {
        caseId,
        ticketId: projection.ticketId,
        status: projection.status,
        updatedAt: projection.updatedAt,
        complete: projection.complete === true,
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
  const from = decision.from ?? (decision.status === 'voided' ? 'approved' : 'pending');
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

/** What was to be lifted was in force when it was decided; if it is not any more, it is decided anew. */
function liftAll(lifted: number, wanted: number): void {
  if (lifted < wanted) {
    throw new LostRace('Lifting a stop or a freeze: somebody else lifted it first. The case is loaded again.');
  }
}

/** One draft goes on in one case: of two that take it at once, the second one finds it taken. */
async function changeDrafts(tx: Tx, change: ProjectionOf<'drafts-changed'>, at: string): Promise<void> {
  const key = draftsKey(change.person);
  const isFirst = change.before.length === 0 && (await readFacts(tx, [key])).size === 0;
  const swapped = await swapFact(tx, key, { before: isFirst ? null : change.before, after: change.after, at });
  if (!swapped) {
    throw new LostRace(`Keeping the drafts of ${change.person}: they changed meanwhile. The case is loaded again.`);
  }
}

/** Enough for a median, and recent enough that Azure is still as fast. */
const timesKept = 25;

async function rememberTime(tx: Tx, { scenario, seconds }: ProjectionOf<'plan-took'>, at: string): Promise<void> {
  const known = (await readFacts(tx, [planTimesKey])).get(planTimesKey)?.value ?? {};
  const times = known as Readonly<Record<string, readonly number[]>>;
  const next = { ...times, [scenario]: [...(times[scenario] ?? []), seconds].slice(-timesKept) };
  await putFact(tx, planTimesKey, next, at);
}
