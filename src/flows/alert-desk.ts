/** The triage that somebody began from an alert: a support case in the alert's thread, beside the alert's own card. */
import { triage } from '../policy/triage.ts';
import { alertCard, factsOf, wordsOf } from './alert-card.ts';
import type { AlertState } from './alert-state.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, refusedReply, stay, type Transition } from './flow.ts';
import type { SupportAt } from './state.ts';
import { reask } from './support-ask.ts';
import { advanceSupport } from './support.ts';
import { localDayTime } from './time.ts';

/** Always with the form first: what an alert proposes is confirmed by a person before the rules judge. */
export function triageAlert(state: AlertState, event: EventOf<'clicked' | 'said'>, context: Context): Transition {
  const answers = factsOf(state, context);
  const begun: SupportAt<'asking'> = {
    flow: 'support',
    at: 'asking',
    requester: event.person,
    place: event.place,
    words: wordsOf(state),
    answers,
    since: localDayTime(state.since, context.directory.calendar.zone),
    raisedAt: context.at,
    about: { environment: state.environment ?? '', plans: [], proofs: [alertLine(state, context)] },
    verdict: triage(answers),
  };
  const { leftBy: _left, ...rest } = state;
  return beside(rest, reask(begun), context);
}

/** What Azure told, for the desk; it leaves only with the consent of whoever opens the ticket. */
function alertLine({ fired, latest, since, worst }: AlertState, { directory }: Context): string {
  const about = latest.targets.length === 0 ? '' : `, about ${latest.targets.join(', ')}`;
  const times = fired === 1 ? 'fired' : `fired ${fired} times`;
  return `Alert of Azure Monitor, ${worst}: “${latest.rule}” ${times} since ${localDayTime(since, directory.calendar.zone)}${about}`;
}

export function advanceAlertDesk(state: AlertState, event: Event, context: Context): Transition {
  return state.desk === undefined ? stay(state) : beside(state, advanceSupport(state.desk, event, context), context);
}

/** The alert's card says who looks after it, whenever that has changed. */
function beside(state: AlertState, next: Transition, context: Context): Transition {
  if (next.state.flow !== 'support') {
    const because =
      'This stays a problem for support here. To set up a connection, write to me in a new message, such as “connect mendix-prod to hub-vnet”.';
    return stay(state, refusedReply(because));
  }
  const after: AlertState = { ...state, desk: next.state };
  const isNews = state.desk?.at !== after.desk?.at && after.channel !== null;
  const cards = isNews && after.channel !== null ? [alertCard(after, after.channel, context, [])] : [];
  const card = cards.length === 0 ? after.card : { at: context.at, isBehind: false };
  return { ...next, state: { ...after, card }, effects: [...next.effects, ...cards] };
}
