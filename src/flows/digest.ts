/** One message a day and channel about what is low: how each case stands, oldest first (settings key `routing.digest`). */
import { urgencyOf } from '../policy/alert-facts.ts';
import type { DigestTime } from '../policy/routing.ts';
import type { DigestData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { type Directory, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { isSamePlace, supportChannelFor } from './routing.ts';
import type { CaseState, SupportAt } from './state.ts';
import { statusText } from './ticket-card.ts';
import { routedTicket } from './ticket-routing.ts';
import { localDateTime } from './time.ts';

/** As many as one message can hold on every platform. */
const mostCases = 20;

type DigestLine = DigestData['cases'][number];

interface LowCase {
  channel: Place | null;
  since: string;
  line: DigestLine;
}

/** Null when nothing of low severity is open in this channel: then there is no message. */
export function digestMessage(
  states: readonly CaseState[],
  to: Place,
  { directory, day, digest }: { directory: Directory; day: string; digest: DigestTime },
): ShowMessage | null {
  const cases = states
    .flatMap((state) => lowCaseOf(state, directory, digest))
    .filter(({ channel }) => channel !== null && isSamePlace(channel, to))
    .toSorted((one, other) => (one.since < other.since ? -1 : 1));
  if (cases.length === 0) {
    return null;
  }
  const many = cases.length - mostCases;
  const shown = cases.slice(0, mostCases).map(({ line }) => line);
  const rest = many > 0 ? [{ text: `and ${many} more`, detail: 'Write “my tickets” to see your own.' }] : [];
  const headline = `${cases.length === 1 ? 'One case' : `${cases.length} cases`} of low severity ${cases.length === 1 ? 'is' : 'are'} open`;
  const data: DigestData = { headline, day, cases: [...shown, ...rest] };
  return showCard(`digest-${day}`, to, `${headline}.`, { name: 'digest', data });
}

function lowCaseOf(state: CaseState, directory: Directory, { zone }: DigestTime): LowCase[] {
  if (state.flow === 'alert') {
    const routed = { environment: state.environment, severity: urgencyOf(state.worst) };
    const isLow = state.at === 'open' && state.environment !== null && routed.severity === 'low';
    return isLow
      ? [{ channel: supportChannelFor(directory, routed), since: state.since, line: alertLine(state, zone) }]
      : [];
  }
  const ticket = state.flow === 'support' ? state : state.flow === 'connect' ? state.desk : undefined;
  if (ticket?.at !== 'open' || isOver(ticket)) {
    return [];
  }
  const routed = routedTicket(ticket, { directory });
  return routed.severity === 'low'
    ? [{ channel: supportChannelFor(directory, routed), since: ticket.raisedAt, line: ticketLine(ticket, directory) }]
    : [];
}

function isOver({ ticket }: SupportAt<'open'>): boolean {
  return ['solved', 'closed', 'deleted'].includes(ticket.snapshot.status);
}

function ticketLine(state: SupportAt<'open'>, directory: Directory): DigestLine {
  const { snapshot, subject } = state.ticket;
  return {
    text: `Ticket ${snapshot.id}: ${statusText(state)}`,
    detail: `${subject}, asked by ${nameOf(directory, state.requester)}`,
  };
}

function alertLine(state: Extract<CaseState, { flow: 'alert' }>, zone: string): DigestLine {
  const times = state.fired === 1 ? 'once' : `${state.fired} times`;
  return {
    text: `Alert in ${state.environment ?? ''}: ${state.latest.rule}`,
    detail: `Fired ${times} since ${localDateTime(state.since, zone)}`,
  };
}
