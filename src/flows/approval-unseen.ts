/**
 * What the watchdog found about an approval of this case: the requester is told in their thread, and what can be mended
 * is. One message tells it, and is edited when it is over.
 */
import { approvalCards } from './approval-card.ts';
import { withReaders } from './approval-copies.ts';
import { approvalTimer } from './approval-pass.ts';
import { bringForward, whyHeld } from './approval-start.ts';
import { zoneOf } from './approval-words.ts';
import { workMessage, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf } from './event.ts';
import { adminNames, type Context, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ApprovedState, ConnectAt, ConnectState } from './state.ts';
import { localTime } from './time.ts';

export function mendUnseen(state: ConnectState, event: EventOf<'approval-unseen'>, context: Context): Transition {
  if (!('approval' in state) || state.approval.id !== event.approvalId) {
    return stay(state);
  }
  const { why } = event;
  if (why.kind === 'copy-behind') {
    // Sent once more as they stand now; a copy that is gone is posted anew.
    return moveTo(state, approvalCards(state, context));
  }
  if (why.kind === 'freed') {
    return state.at === 'approved' ? freed(state, context) : stay(state);
  }
  if (state.at !== 'awaiting-approval') {
    return stay(state);
  }
  switch (why.kind) {
    case 'not-posted':
      return postAnew(state, why.because, context);
    case 'nobody-decides':
      return moveTo(state, [tell(state, nobodyText(state, context))]);
    case 'asked-cannot':
      return approvalTimer(state, 'approval-escalation', context);
    case 'over':
      return moveTo(state, [tell(state, overText(state, context))]);
    default: {
      const never: never = why;
      return never;
    }
  }
}

/** The freeze was lifted before its end, and nothing else speaks against writing now. */
function freed(state: ConnectAt<'approved'>, context: Context): Transition {
  return state.hold === null || whyHeld(state, context) !== null ? stay(state) : bringForward(state, context);
}

/** Also in channels and chats that the settings name only since then. */
function postAnew(state: ConnectAt<'awaiting-approval'>, because: string, context: Context): Transition {
  const { approval } = state;
  const copies = withReaders(approval.copies, workOf(state).id, approval.told, context);
  const next = { ...state, approval: { ...approval, copies } };
  const text = `Nobody can see your request for an approval yet: ${because} I try again by myself, and ${adminNames(context.directory)} can mend it. ${untilText(state, context)}`;
  return moveTo(next, [...approvalCards(next, context, approval.told), tell(state, text)]);
}

function nobodyText(state: ConnectAt<'awaiting-approval'>, context: Context): string {
  return `Nobody but you may decide about your request any more, because roles or rotations were changed. ${adminNames(context.directory)} can name somebody in the settings. ${untilText(state, context)}`;
}

function overText(state: ConnectAt<'awaiting-approval'>, context: Context): string {
  return `Your request for an approval can be seen and decided now. ${untilText(state, context)}`;
}

function untilText({ approval, requester }: ConnectAt<'awaiting-approval'>, context: Context): string {
  return `It waits until ${localTime(approval.expiresAt, zoneOf(requester, context))}; you can withdraw it.`;
}

function tell(state: ApprovedState, text: string): ShowMessage {
  return showText(workMessage('approval-unseen', workOf(state).id), state.place, text, {
    mention: [state.requester],
  });
}
