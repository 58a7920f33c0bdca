/** How one approval looks to the watchdog: where it can be seen, and who may decide about it. */
import { whyHeld } from './approval-start.ts';
import { decidersFor, freezeNow, needsNow } from './approval-terms.ts';
import { headlineOf, workOf } from './connect-work.ts';
import type { Context } from './flow.ts';
import type { ApprovedState } from './state.ts';
import type { WatchedApproval } from './watch-state.ts';

/** Where one copy stands. `behind`: it shows something old, or its place takes nothing any more. */
export type CopyStanding = 'seen' | 'behind' | 'waiting' | 'failed';

export function lookAt(
  state: ApprovedState,
  { because, caseId, standings }: { caseId: string; standings: readonly CopyStanding[]; because: string },
  context: Context,
): WatchedApproval {
  const { approval, place, requester } = state;
  const work = workOf(state);
  const votes = approval.votes.map(({ person }) => person);
  const needs = needsNow(approval.needs, freezeNow(state, context));
  return {
    id: approval.id,
    caseId,
    isPending: state.at === 'awaiting-approval',
    requester,
    place,
    what: `${headlineOf(work)} for ${work.environment}`,
    risk: approval.risk,
    askedAt: approval.askedAt,
    expiresAt: approval.expiresAt,
    asked: approval.asked !== null && votes.includes(approval.asked) ? null : approval.asked,
    deciders: decidersFor({ state, needs, votes }, context),
    posted: standings.includes('seen') ? 'yes' : standings.includes('waiting') ? 'waiting' : 'no',
    because,
    isBehind: standings.includes('behind'),
  };
}

/** True when it was approved, waits for the end of a freeze, and nothing speaks against it any more. */
export function isFreed(state: ApprovedState, context: Context): boolean {
  return state.at === 'approved' && state.hold !== null && whyHeld(state, context) === null;
}
