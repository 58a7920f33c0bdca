/** What the next plan of a case is held against: the last one that somebody was asked about, and that came to nothing. */
import { wasWritten } from './connect-status.ts';
import type { Transition } from './flow.ts';
import type { LastPlan } from './approval-state.ts';
import type { ConnectState } from './state.ts';

const onTheWay: ReadonlySet<ConnectState['at']> = new Set([
  'discovering',
  'asking',
  'surveying',
  'choosing',
  'stopped',
  'planned',
]);

/** Kept on the way from one plan to the next. */
export function keepLast(before: ConnectState, next: Transition): Transition {
  const { state } = next;
  const last = lastOf(before) ?? before.last;
  return last === undefined || state.flow !== 'connect' || !onTheWay.has(state.at) || state.last !== undefined
    ? next
    : { ...next, state: { ...state, last } };
}

function lastOf(state: ConnectState): LastPlan | undefined {
  return state.at === 'closed' && state.undo === undefined && !wasWritten(state)
    ? { plan: state.plan, approval: state.approval }
    : undefined;
}
