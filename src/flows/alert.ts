/**
 * The thread of one alert rule in one environment: fired, perhaps a thousand times, and resolved. However much comes in,
 * there is one card, which is edited at most every few seconds. A verdict is never made here: whoever presses “Triage
 * this” begins a support case beside it, with what the alert says filled in.
 */
import { alertSeverities, type AlertSeverity } from '../policy/alert-facts.ts';
import { isTriaged } from './alert-card.ts';
import { clickAlert, hearAlert } from './alert-click.ts';
import { advanceAlertDesk } from './alert-desk.ts';
import { later, routedBy, show } from './alert-show.ts';
import type { AlertFacts, AlertNotice, AlertState } from './alert-state.ts';
import { tellOfNowhere } from './alert-unknown.ts';
import { tellWorse, worseRang } from './alert-worse.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, moveTo, type Projection, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { supportPlaceFor } from './routing.ts';
import { localDayTime } from './time.ts';

type Told = EventOf<'alert-told'>;

export function beginAlert(event: Told, context: Context): Transition {
  const since = event.alert.firedAt ?? context.at;
  const begun: AlertState = {
    flow: 'alert',
    at: 'resolved',
    environment: event.environment,
    channel: null,
    latest: event.alert,
    worst: event.alert.severity,
    since,
    fired: 0,
    open: 0,
    resolvedAt: null,
    card: null,
  };
  return told(begun, event, context);
}

export function advanceAlert(state: AlertState, event: Event, context: Context): Transition {
  if (event.type === 'alert-told') {
    return told(state, event, context);
  }
  if (event.type === 'timer' && event.name === 'alert-card') {
    return worseRang(state, event, context) ?? (state.card?.isBehind === true ? show(state, context) : stay(state));
  }
  if (event.type === 'clicked') {
    return clickAlert(state, event, context);
  }
  return event.type === 'said' ? hearAlert(state, event, context) : advanceAlertDesk(state, event, context);
}

const unknownFacts: AlertFacts = { hasFired: false, hasResolved: false, othersOpen: 0 };

function told(state: AlertState, event: Told, context: Context): Transition {
  const facts = context.facts.alert ?? unknownFacts;
  const next = counted(state, event.alert, facts, context);
  const projections: Projection[] = [
    { type: 'alert-seen', alertId: event.alert.id, condition: event.alert.condition },
    { type: 'alert-thread', isOpen: next.at === 'open' },
  ];
  // What was over before it was heard of is kept, and nobody is called for it.
  if (next.fired === 0) {
    return moveTo(next, [], projections);
  }
  const shown = next.environment === null ? tellOfNowhere(state, next, context) : tell(state, next, context);
  return { ...shown, projections: [...projections, ...shown.projections] };
}

/** An alert that was resolved before it fired, as it came here, has fired and is over. */
function counted(state: AlertState, alert: AlertNotice, facts: AlertFacts, context: Context): AlertState {
  const hasFired = alert.condition === 'Fired';
  const isOpen = hasFired ? !facts.hasResolved : false;
  const open = facts.othersOpen + (isOpen ? 1 : 0);
  const isFirst = hasFired && state.fired === 0;
  const { leftBy, ...rest } = state;
  const worst = hasFired ? worseOf(isFirst ? alert.severity : state.worst, alert.severity) : state.worst;
  const resolvedAt = alert.resolvedAt ?? state.resolvedAt ?? context.at;
  // Left for now is left as long as it does not get worse, or come back.
  const isLeft = leftBy !== undefined && worst === state.worst && state.at === 'open';
  return {
    ...rest,
    ...(isLeft ? { leftBy } : {}),
    at: open > 0 ? 'open' : 'resolved',
    latest: hasFired ? alert : { ...state.latest, resolvedAt: alert.resolvedAt },
    worst,
    since: isFirst ? (alert.firedAt ?? context.at) : state.since,
    fired: state.fired + (hasFired ? 1 : 0),
    open,
    resolvedAt: open > 0 ? null : resolvedAt,
  };
}

function worseOf(one: AlertSeverity, other: AlertSeverity): AlertSeverity {
  return alertSeverities.indexOf(one) <= alertSeverities.indexOf(other) ? one : other;
}

/** The first card, a later one in a few seconds, and a line when it got worse. */
function tell(before: AlertState, state: AlertState, context: Context): Transition {
  const place = state.channel ?? supportPlaceFor(context.directory, routedBy(state));
  if (place === null) {
    return context.directory.places.support === null ? tellOfNowhere(before, state, context) : moveTo(state);
  }
  const { effects: worse, state: next } = tellWorse(before, { ...state, channel: place }, context);
  const ends = endLines(before, next, context);
  const ended = ends.length > 0 ? { ...next, isEndTold: true as const } : next;
  const shown = ended.card === null ? show(ended, context) : later(ended, context);
  return { ...shown, effects: [...shown.effects, ...worse, ...ends] };
}

const endedMessage = 'alert-over';

/** Whoever triages hears that it is over, once; for the others the card says it. */
function endLines(before: AlertState, state: AlertState, context: Context) {
  const { desk, isEndTold, resolvedAt } = state;
  const isOver = before.at === 'open' && state.at === 'resolved' && isTriaged(state) && isEndTold !== true;
  if (!isOver || desk === undefined) {
    return [];
  }
  const when = localDayTime(resolvedAt ?? context.at, context.directory.calendar.zone);
  const text = `Azure says that this alert was resolved, ${when}. You know best whether people can work again.`;
  return [showText(endedMessage, desk.place, text, { mention: [desk.requester] })];
}
