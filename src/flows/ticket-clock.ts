/**
 * The response clock of an open ticket (STORYBOARD B6): a quiet line when most of the office time is over, a louder one
 * when the first answer is due. An answer of the desk stops both. Another priority at the desk sets another target,
 * counted from the same start; timers of the old one then ring for nothing.
 */
import { explainTarget } from '../policy/explain-target.ts';
import {
  type ClockInput,
  computeTarget,
  describeCalendar,
  officeMinutesBetween,
  shareOfTarget,
} from '../policy/office-clock.ts';
import { personOnCall } from '../policy/on-call.ts';
import { deskOf } from './desk-facts.ts';
import { severityAtDesk } from './desk-severity.ts';
import type { Effect } from './effect.ts';
import type { EventOf } from './event.ts';
import { calendarFor, type Context, findPerson, nameOf } from './flow.ts';
import { showText } from './message.ts';
import { supportPlaceFor, waitsUntil } from './routing.ts';
import type { SupportAt } from './state.ts';
import { clockInputOf } from './support-verdict.ts';
import { routedTicket } from './ticket-routing.ts';
import { formatSeconds, localDayTime, localTimeShort } from './time.ts';

type Open = SupportAt<'open'>;
type ClockTimer = 'response-warning' | 'response-due';

/** Null where the policy promises nothing, and where the provider does not know yet. */
function clockOf(state: Open, context: Context): ClockInput | null {
  const input = clockInputOf(state, context);
  const start = isOwn(context) ? startAtProvider(state) : input?.start;
  return input === null || start === undefined
    ? null
    : { ...input, start, severity: severityAtDesk(state) ?? input.severity };
}

/** With a desk of our own, what the provider promises counts from its own ticket. */
function isOwn({ directory }: Pick<Context, 'directory'>): boolean {
  return deskOf(directory).whose === 'own';
}

function startAtProvider({ ticket }: Open): Temporal.Instant | undefined {
  return ticket.provider === undefined ? undefined : Temporal.Instant.from(ticket.provider.at);
}

/** When each timer is to ring; nothing where there is no due time. */
function timesOf(state: Open, context: Context): { warnAt: string; dueAt: string } | null {
  const input = clockOf(state, context);
  const target = input === null ? null : computeTarget(input);
  if (input === null || input.severity === 'low' || target?.state !== 'running') {
    return null;
  }
  const warning = shareOfTarget(input, context.directory.clock.warnShare[input.severity]) ?? target.dueUtc;
  return { warnAt: stamp(warning), dueAt: stamp(target.dueUtc) };
}

function stamp(at: Temporal.Instant): string {
  return at.toString({ fractionalSecondDigits: 3 });
}

/** What is over already when the ticket is opened is not warned about. */
export function clockTimers(state: Open, context: Context): Effect[] {
  const times = timesOf(state, context);
  if (times === null || isClockOver(state, context)) {
    return [];
  }
  const about = String(state.ticket.snapshot.id);
  const due: Effect = { kind: 'work', type: 'timer', name: 'response-due', about, dueAt: times.dueAt };
  return times.warnAt > context.at
    ? [{ kind: 'work', type: 'timer', name: 'response-warning', about, dueAt: times.warnAt }, due]
    : [due];
}

/** Timers of the new target, when the desk has changed how severe it is. */
export function recountedTimers(before: Open, after: Open, context: Context): Effect[] {
  return severityAtDesk(before) === severityAtDesk(after) ? [] : clockTimers(after, context);
}

interface Rang {
  state: Open;
  effects: Effect[];
  /** The first answer is due and missing: the cards say so, also when the line has to wait. */
  isOverdue: boolean;
}

/**
 * A line for whoever looks after the desk, in the support channel, once for each target. The state changes only when
 * something is said. A timer that rings too early, because the target or the office hours have changed, is set again; so
 * is one that rings in quiet hours, since a line written now would be posted as it is after an answer as well.
 */
export function clockRang(state: Open, event: EventOf<'timer'>, context: Context): Rang {
  const name = clockTimerOf(event);
  const routed = routedTicket(state, context);
  const place = supportPlaceFor(context.directory, routed);
  const times = timesOf(state, context);
  if (name === null || place === null || times === null || isClockOver(state, context)) {
    return { state, effects: [], isOverdue: false };
  }
  const at = name === 'response-due' ? times.dueAt : times.warnAt;
  if (context.at < at) {
    return { state, effects: [{ kind: 'work', type: 'timer', name, about: event.about, dueAt: at }], isOverdue: false };
  }
  const ring = `${name} ${at}`;
  const { rang = [] } = state.ticket;
  if (rang.includes(ring) || (name === 'response-warning' && context.at >= times.dueAt)) {
    return { state, effects: [], isOverdue: false };
  }
  const isOverdue = name === 'response-due';
  const quietEnd = waitsUntil(routed, context);
  if (quietEnd !== null) {
    return { state, effects: [{ kind: 'work', type: 'timer', name, about: event.about, dueAt: quietEnd }], isOverdue };
  }
  const next: Open = { ...state, ticket: { ...state.ticket, rang: [...rang, ring] } };
  const key = `${name}-${context.revision}`;
  const line =
    name === 'response-warning'
      ? showText(key, place, warningText(next, context))
      : showText(key, place, dueText(next, times.dueAt, context), { mention: escalated(context) });
  return { state: next, effects: [line], isOverdue };
}

function clockTimerOf({ name }: EventOf<'timer'>): ClockTimer | null {
  return name === 'response-warning' || name === 'response-due' ? name : null;
}

/** Whoever is on call in the rotation of the settings. */
function escalated({ directory, at }: Context): string[] {
  const { escalation } = directory.clock;
  const onCall = escalation === null ? null : personOnCall(escalation, Temporal.Instant.from(at));
  return onCall === null ? [] : [onCall.person];
}

/** Due, and not there. */
export function isFirstAnswerOverdue(state: Open, context: Context): boolean {
  const times = timesOf(state, context);
  return times !== null && !isClockOver(state, context) && context.at >= times.dueAt;
}

/** Whether nobody has to hear about the clock any more. */
function isClockOver(state: Open, context: Context): boolean {
  const { snapshot } = state.ticket;
  return (
    hasAnswer(state, context) ||
    snapshot.status === 'solved' ||
    snapshot.status === 'closed' ||
    snapshot.status === 'deleted'
  );
}

/** Our own desk’s answer is not the provider’s. */
function hasAnswer({ ticket }: Open, context: Context): boolean {
  return isOwn(context) ? (ticket.provider?.answeredAt ?? null) !== null : ticket.lastWord !== null;
}

function warningText(state: Open, context: Context): string {
  const { zone } = calendarFor(context.directory, state.requester);
  return `Ticket ${state.ticket.snapshot.id} has had no answer yet. ${leftText(state, context, zone)}`;
}

function dueText(state: Open, due: string, context: Context): string {
  const { zone } = calendarFor(context.directory, state.requester);
  const [person] = escalated(context);
  const asked = person === undefined ? '' : ` ${nameOf(context.directory, person)}, please follow it up with the desk.`;
  return `Ticket ${state.ticket.snapshot.id} has had no answer yet; the first one was due ${localDayTime(due, zone)}.${asked}`;
}

/** By when the first answer is due, or when it came: an answer stops the clock. */
export function clockText(state: Open, context: Context): string {
  return hasAnswer(state, context) ? answeredText(state, context) : runningText(state, context);
}

/** "First answer due Mon 2 Mar 10:42 (Europe/Amsterdam). 1 h 12 min of office time left as of Mon 09:30."; empty when over. */
export function runningText(state: Open, context: Context): string {
  return isClockOver(state, context)
    ? ''
    : leftText(state, context, findPerson(context.directory, state.requester)?.zone ?? 'UTC');
}

/** "The desk answered Mon 2 Mar 09:20 (Europe/Amsterdam), in time: 40 min of office time before it was due." */
function answeredText(state: Open, context: Context): string {
  const who = isOwn(context) ? 'The provider' : 'The desk';
  const at = answeredAt(state, context);
  if (at === null) {
    return `${who} has answered.`;
  }
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const text = `${who} answered ${localDayTime(stamp(at), zone)}`;
  const input = clockOf(state, context);
  const due = dueAt(state, context);
  if (input === null || due === null) {
    return `${text}.`;
  }
  const isLate = Temporal.Instant.compare(at, due) > 0;
  const [from, to] = isLate ? [due, at] : [at, due];
  const minutes = officeMinutesBetween(input.calendar, from, to);
  const between = `${formatSeconds(minutes * 60)} of office time`;
  return isLate ? `${text}, late: ${between} after it was due.` : `${text}, in time: ${between} before it was due.`;
}

/** The instant of the first answer; null where it is not known. */
export function answeredAt({ ticket }: Open, context: Pick<Context, 'directory'>): Temporal.Instant | null {
  const at = isOwn(context) ? ticket.provider?.answeredAt : ticket.answeredAt;
  return at === undefined || at === null ? null : Temporal.Instant.from(at);
}

/** When it was due; null where no time is promised, or the provider does not know yet. */
export function dueAt(state: Open, context: Context): Temporal.Instant | null {
  const input = clockOf(state, context);
  return input === null ? null : computeTarget(input).dueUtc;
}

/** The assumption behind the due time, as long as one is running; empty otherwise. */
export function hoursText(state: Open, context: Context): string {
  return timesOf(state, context) === null || isClockOver(state, context)
    ? ''
    : describeCalendar(calendarFor(context.directory, state.requester));
}

/** What is left is told with its time, since the card stands there for longer; closed hours to come are named. */
function leftText(state: Open, context: Context, zone: string): string {
  const input = clockOf(state, context);
  if (input === null) {
    const waits = isOwn(context) && state.ticket.provider === undefined && clockInputOf(state, context) !== null;
    return waits ? 'The provider’s time starts with its own ticket.' : 'No time is promised.';
  }
  const { dueUtc } = computeTarget(input);
  if (dueUtc === null) {
    return 'Reasonable effort, no fixed time.';
  }
  const now = Temporal.Instant.from(context.at);
  const minutes = officeMinutesBetween(input.calendar, now, dueUtc);
  const due = localDayTime(stamp(dueUtc), zone);
  if (minutes <= 0) {
    return `Overdue: the first answer was due ${due}.`;
  }
  const left = `${formatSeconds(minutes * 60)} of office time left as of ${localTimeShort(context.at, zone)}.`;
  const { skipped } = explainTarget(input, { zone, alone: false }, now);
  return [`First answer due ${due}.`, left, ...(skipped === '' ? [] : [skipped])].join(' ');
}
