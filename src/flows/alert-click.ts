/** What the buttons of an alert do, and the words for them; everything else in its thread is about the triage. */
import { isTriaged } from './alert-card.ts';
import { advanceAlertDesk, triageAlert } from './alert-desk.ts';
import type { AlertState } from './alert-state.ts';
import { show } from './alert-show.ts';
import { alertForms } from './alert-typed.ts';
import type { EventOf } from './event.ts';
import { type Context, nameOf, refusedReply, staleReply, stay, type Transition, whyOnlyHelp } from './flow.ts';
import { answerTyped, matchForm } from './typed.ts';

type Click = EventOf<'clicked'>;

export function clickAlert(state: AlertState, event: Click, context: Context): Transition {
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

/** Once somebody triages, words belong to the triage. */
export function hearAlert(state: AlertState, event: EventOf<'said'>, context: Context): Transition {
  const command = isTriaged(state) ? null : matchForm(event.text, alertForms);
  if (command === null) {
    return advanceAlertDesk(state, event, context);
  }
  const click: Click = { ...event, type: 'clicked', message: 'alert', verb: command.verb, inputs: command.inputs };
  return answerTyped(clickAlert(state, click, context), event, context);
}
