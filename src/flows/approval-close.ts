/** Ends a request that comes to nothing; nothing was written by then. */
import { approvalCards } from './approval-card.ts';
import { closedWish } from './approval-wish.ts';
import { saying, zoneOf } from './approval-words.ts';
import { standAgain } from './connect-undo.ts';
import { statusCard } from './connect-status.ts';
import { type Context, moveTo, nameOf, type Transition } from './flow.ts';
import type { PersonId } from '../policy/people.ts';
import { showText } from './message.ts';
import type { ApprovalState } from './approval-state.ts';
import type { ConnectAt, ConnectState, UndoState } from './state.ts';
import { localTime } from './time.ts';

/** Where nothing was written: before the decision, and between it and the first write. */
export type Withdrawable = ConnectAt<'awaiting-approval' | 'approved' | 'failed'>;

type Closing =
  | { status: 'denied' | 'withdrawn'; by: PersonId; at: string; reason: string }
  | { status: 'expired'; by: null; at: string; reason: '' };

/** The requester is told by a new message, because it is over; not when they ended it themselves. */
export function close(state: Withdrawable, decision: Closing, context: Context): Transition {
  const { status } = decision;
  const because = closingText(state, decision, context);
  const approval = { ...state.approval, decision };
  const next: ConnectAt<'closed'> = { ...baseOf(state), at: 'closed', why: status, because, approval };
  const wayOut = state.undo === undefined ? closingWayOut : undoWayOut;
  const told =
    decision.by === state.requester
      ? []
      : [showText(`closed-${context.revision}`, state.place, `${because} ${wayOut}`, { mention: [state.requester] })];
  const from = state.approval.decision === null ? 'pending' : 'approved';
  return moveTo(
    state.undo === undefined ? next : backFromUndo(state.undo, approval),
    [
      ...approvalCards(next, context),
      ...closedWish(next, context),
      statusCard(next, context),
      ...(state.undo === undefined ? [] : standAgain(state.undo.from, context)),
      ...told,
    ],
    [{ type: 'approval-decided', approvalId: approval.id, status, by: decision.by, reason: decision.reason, from }],
  );
}

/** Without what only one of the states has. */
function baseOf(state: Withdrawable): Omit<ConnectAt<'awaiting-approval'>, 'at'> {
  const { at: _at, ...rest } = state;
  if ('hold' in rest) {
    const { hold: _hold, ...base } = rest;
    return base;
  }
  if ('wayOut' in rest) {
    const { because: _because, code: _code, step: _step, wayOut: _wayOut, ...base } = rest;
    return base;
  }
  return rest;
}

/** An undo that comes to nothing leaves everything where it was. */
export function backFromUndo({ from }: UndoState, approval: ApprovalState): ConnectState {
  return { ...from, lastUndo: approval };
}

const closingWayOut =
  'Nothing was changed in Azure. Press “Change answers” on the card above, or write “change answers”, to make a new plan.';
const undoWayOut = 'The connection stays as it is. Write “undo” to ask again.';

function closingText(state: Withdrawable, decision: Closing, context: Context): string {
  if (decision.status === 'expired') {
    return `Nobody decided by ${localTime(state.approval.expiresAt, zoneOf(state.requester, context))}, so the request expired.`;
  }
  const by = nameOf(context.directory, decision.by);
  const what = state.undo === undefined ? 'the plan' : 'the undo';
  const said = decision.status === 'withdrawn' ? withdrawnText(state, by) : `${by} rejected ${what}`;
  return `${said}${saying(decision.reason)}.`;
}

function withdrawnText({ approval }: Withdrawable, by: string): string {
  return approval.decision === null
    ? `${by} withdrew the request`
    : `${by} withdrew it after the yes, before anything was written`;
}
