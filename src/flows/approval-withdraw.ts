/** Taking a request back: until the first write, by whoever asked and by whoever may decide. */
import { close, type Withdrawable } from './approval-close.ts';
import { whyNoSay } from './approval-decide.ts';
import { zoneOf } from './approval-words.ts';
import { progressText } from './connect-status.ts';
import type { EventOf } from './event.ts';
import { type Context, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import type { ConnectState } from './state.ts';
import { localTimeShort } from './time.ts';

/** Null: there is nothing to withdraw where the case stands. */
export function withdraw(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (!isWithdrawable(state)) {
    return tooLate(state, event, context);
  }
  const { person } = event;
  if (person !== state.requester && whyNoSay(state, person, context) !== null) {
    const asker = nameOf(context.directory, state.requester);
    return stay(
      state,
      refusedReply(`${asker} asked for this, so only ${asker}, or somebody who may decide about it, can withdraw it.`),
    );
  }
  return context.stale
    ? stay(state, staleReply('This card was renewed while you looked at it. Use the newest one.'))
    : close(state, { status: 'withdrawn', by: person, at: context.at, reason: '' }, context);
}

export function isWithdrawable(state: ConnectState): state is Withdrawable {
  return (
    state.at === 'awaiting-approval' ||
    state.at === 'approved' ||
    (state.at === 'failed' && state.begunAt === undefined)
  );
}

function tooLate(state: ConnectState, { person }: EventOf<'clicked'>, context: Context): Transition | null {
  if (state.at !== 'applying' && state.at !== 'verifying' && state.at !== 'failed') {
    return null;
  }
  const since = state.begunAt === undefined ? '' : ` ${localTimeShort(state.begunAt, zoneOf(person, context))}`;
  return stay(
    state,
    refusedReply(
      `It has begun${since}: ${progressText(state)}. What was begun is not cut off; when it is over, the card offers to undo it.`,
    ),
  );
}
