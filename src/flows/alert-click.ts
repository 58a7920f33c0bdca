/** What the buttons of an alert do, and the words for them; everything else in its thread is about the triage. */
import { alertCard, isTriaged } from './alert-card.ts';
import { advanceAlertDesk, triageAlert } from './alert-desk.ts';
import type { AlertState } from './alert-state.ts';
import { routedBy, show } from './alert-show.ts';
import { alertForms } from './alert-typed.ts';
import { takeAlert } from './digest-click.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, nameOf, refusedReply, staleReply, stay, type Transition, whyOnlyHelp } from './flow.ts';
import { supportChannelFor } from './routing.ts';
import { answerTyped, matchForm } from './typed.ts';

type Click = EventOf<'clicked'>;

export function clickAlert(state: AlertState, event: Click, context: Context): Transition {
  if (event.verb === takeAlert) {
    return answerTyped(takeUp(state, event, context), { ...event, type: 'said', text: '', files: [] }, context);
  }
  if (event.verb !== 'triage-alert' && event.verb !== 'leave-alert') {
    return state.desk === undefined
      ? stay(state, staleReply('This card has moved on: it is about an alert by now. Write “triage this”.'))
      : advanceAlertDesk(state, event, context);
  }
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const { desk } = state;
  if (desk !== undefined && isTriaged(state)) {
    return stay(
      state,
      staleReply(`${nameOf(context.directory, desk.requester)} looks after it already, in this thread.`),
    );
  }
  if (event.verb === 'triage-alert') {
    return triageAlert(state, event, context);
  }
  return state.at === 'resolved'
    ? stay(state, staleReply('It is resolved already; there is nothing to leave.'))
    : show({ ...state, leftBy: event.person }, context);
}

/** From the digest, which was answered before this case heard of it: what does not go is told to whoever pressed. */
function takeUp(state: AlertState, event: Click, context: Context): Transition {
  const because = whyOnlyHelp(context.directory, event.person) ?? whyNotTaken(state);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const channel = supportChannelFor(context.directory, routedBy(state)) ?? { ...event.place, thread: null };
  const next: AlertState = { ...state, channel, card: { at: context.at, isBehind: false } };
  return moveTo(next, [alertCard(next, channel, context, [])]);
}

function whyNotTaken({ at, channel, latest }: AlertState): string | null {
  if (channel !== null) {
    return `The card of “${latest.rule}” stands in the channel already; go on there.`;
  }
  return at === 'resolved' ? `“${latest.rule}” is resolved by now.` : null;
}

/** Once somebody triages, words belong to the triage. */
export function hearAlert(state: AlertState, event: EventOf<'said'>, context: Context): Transition {
  const command = isTriaged(state) ? null : matchForm(event.text, alertForms);
  if (command === null) {
    return advanceAlertDesk(state, event, context);
  }
  const click: Click = { ...event, type: 'clicked', message: 'alert', verb: command.verb, inputs: command.inputs };
  return answerTyped(clickAlert(state, click, context), event, context);
}
