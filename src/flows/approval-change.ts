/**
 * Whoever decides asks for a change: a question in the requester's thread, while plan and request wait as they are. The
 * requester changes the answers, which ends the request and leads to a new plan, or says why it stays as it is.
 */
import { approvalCards } from './approval-card.ts';
import { besideCopy } from './approval-copies.ts';
import { ifOpen } from './approval-decide.ts';
import { closedWish, wishCard } from './approval-wish.ts';
import { quoted, zoneOf } from './approval-words.ts';
import { showForm } from './connect-begin.ts';
import { statusCard } from './connect-status.ts';
import { workMessage, workOf } from './connect-work.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, invalidReply, moveTo, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { ChangeWish } from './approval-state.ts';
import type { ConnectAt, ConnectState } from './state.ts';
import { localTime } from './time.ts';

type Click = EventOf<'clicked'>;
type Waiting = ConnectAt<'awaiting-approval'>;

export function askChange(state: ConnectState, event: Click, context: Context): Transition {
  return ifOpen(state, event, context, (waiting) => {
    const what = event.inputs['reason']?.trim() ?? '';
    if (what === '') {
      return stay(waiting, invalidReply([{ input: 'reason', message: 'Say what should be different.' }]));
    }
    const message = workMessage(`change-${context.revision}`, workOf(waiting).id);
    const change: ChangeWish = { by: event.person, at: context.at, what, message, answer: null };
    // An older question is answered by the newer one.
    const before = closedWish(waiting, context, 'This was asked for anew below.');
    return shown({ ...waiting, approval: { ...waiting.approval, change } }, context, [...before]);
  });
}

function shown(next: Waiting, context: Context, more: readonly ShowMessage[]): Transition {
  const { change } = next.approval;
  return moveTo(next, [
    ...more,
    ...(change === null ? [] : [wishCard(next, change, context)]),
    statusCard(next, context),
    ...approvalCards(next, context),
  ]);
}

/** The requester says why nothing changes; whoever asked is told by mention, where they decide. */
export function keepPlan(state: ConnectState, event: Click, context: Context): Transition {
  const change = state.at === 'awaiting-approval' ? state.approval.change : null;
  if (state.at !== 'awaiting-approval' || change === null || change.answer !== null) {
    return stay(state, staleReply('Nobody asks for a change here now.'));
  }
  if (event.person !== state.requester) {
    const asker = nameOf(context.directory, state.requester);
    return stay(state, refusedReply(`${asker} asked for this plan, so only ${asker} can answer that.`));
  }
  const answer = event.inputs['reason']?.trim().replace(/\.$/, '') ?? '';
  if (answer === '') {
    return stay(state, invalidReply([{ input: 'reason', message: 'Say why it should stay as it is.' }]));
  }
  const next: Waiting = { ...state, approval: { ...state.approval, change: { ...change, answer } } };
  return shown(next, context, tellAsker(next, answer, context));
}

function tellAsker(state: Waiting, answer: string, context: Context): ShowMessage[] {
  const { change, copies, expiresAt } = state.approval;
  const by = change?.by ?? null;
  const asker = nameOf(context.directory, state.requester);
  return copies
    .filter(({ reader }, index) => index === 0 || reader === by)
    .map((copy) => {
      const until = localTime(expiresAt, zoneOf(by, context));
      const text = `${asker} answers about ${workOf(state).environment}: keep it as it is: ${quoted(answer)}. Please decide on the card above; it expires ${until}.`;
      return showText(besideCopy(`answer-${context.revision}`, copy), copy.place, text, {
        mention: copy.reader === null && by !== null ? [by] : [],
      });
    });
}

/** The answers change, so what was asked about is not what is wanted any more. Null: nobody asked for a change. */
export function changeAfterWish(state: Waiting, context: Context): Transition | null {
  const { approval, plan } = state;
  if (approval.change === null || state.undo !== undefined) {
    return null;
  }
  const by = nameOf(context.directory, approval.change.by);
  const because = `${nameOf(context.directory, state.requester)} changes the answers, because ${by} asked for a change.`;
  const decision = { status: 'voided' as const, by: state.requester, at: context.at, reason: because };
  const next: ConnectAt<'closed'> = {
    ...state,
    at: 'closed',
    why: 'voided',
    because,
    approval: { ...approval, decision },
  };
  const form = showForm(state, context);
  return {
    ...form,
    state: form.state.flow === 'connect' ? { ...form.state, last: { plan, approval: next.approval } } : form.state,
    effects: [
      ...approvalCards(next, context),
      ...closedWish(next, context, 'You change the answers.'),
      ...form.effects,
    ],
    projections: [
      ...form.projections,
      {
        type: 'approval-decided',
        approvalId: approval.id,
        status: 'voided',
        by: state.requester,
        reason: because,
        from: 'pending',
      },
    ],
  };
}
