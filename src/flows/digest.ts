/** One message a day and channel about what is low: how each case stands, oldest first (settings key `routing.digest`). */
import { urgencyOf } from '../policy/alert-facts.ts';
import type { DigestTime } from '../policy/routing.ts';
import { isTriaged } from './alert-card.ts';
import type { AlertState } from './alert-state.ts';
import { threadLink } from './approval-card.ts';
import { takeVerb } from './digest-click.ts';
import type { DigestData } from './digest-data.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { type Directory, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { isSamePlace, supportChannelFor } from './routing.ts';
import type { CaseState, SupportAt } from './state.ts';
import { statusText } from './ticket-card.ts';
import { routedTicket } from './ticket-routing.ts';
import { localDayTime, shortDay } from './time.ts';

/** As many as one message can hold with their buttons on every platform. */
const mostCases = 12;

export interface KnownCase {
  caseId: string;
  state: CaseState;
}

type DigestLine = DigestData['cases'][number];

interface LowCase {
  channel: Place | null;
  since: string;
  line: DigestLine;
}

/** Null when nothing of low severity is open in this channel: then there is no message. */
export function digestMessage(
  known: readonly KnownCase[],
  to: Place,
  { directory, day, digest }: { directory: Directory; day: string; digest: DigestTime },
): ShowMessage | null {
  const cases = known
    .flatMap((one) => lowCaseOf(one, directory, digest))
    .filter(({ channel }) => channel !== null && isSamePlace(channel, to))
    .toSorted((one, other) => (one.since < other.since ? -1 : 1));
  if (cases.length === 0) {
    return null;
  }
  const many = cases.length - mostCases;
  const shown = cases.slice(0, mostCases).map(({ line }) => line);
  const rest = many > 0 ? [{ ...noWay, text: `And ${many} more`, detail: 'Write “my tickets” to see your own.' }] : [];
  const headline = `${cases.length === 1 ? 'One case' : `${cases.length} cases`} of low severity ${cases.length === 1 ? 'is' : 'are'} open`;
  const data: DigestData = { headline, day: shortDay(day), cases: [...shown, ...rest] };
  const verbs = data.cases.map(({ verb }) => verb).filter((verb) => verb !== '');
  return showCard(`digest-${day}`, to, `${headline}.`, { name: 'digest', data }, { verbs });
}

const noWay = { verb: '', threadTitle: '', threadUrl: '', openTitle: '', openUrl: '' };

function lowCaseOf({ caseId, state }: KnownCase, directory: Directory, { zone }: DigestTime): LowCase[] {
  if (state.flow === 'alert') {
    const routed = { environment: state.environment, severity: urgencyOf(state.worst) };
    const isLow = state.at === 'open' && state.environment !== null && routed.severity === 'low';
    return isLow
      ? [
          {
            channel: supportChannelFor(directory, routed),
            since: state.since,
            line: alertLine({ caseId, state }, directory, zone),
          },
        ]
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
  const { linkTitle, linkUrl } = threadLink(state.place, directory);
  return {
    text: `Ticket ${snapshot.id}: ${statusText(state)}`,
    detail: `${subject}, asked by ${nameOf(directory, state.requester)}`,
    verb: '',
    threadTitle: linkTitle,
    threadUrl: linkUrl,
    openTitle: 'Open in Zendesk',
    openUrl: snapshot.url,
  };
}

function alertLine(
  { caseId, state }: { caseId: string; state: AlertState },
  directory: Directory,
  zone: string,
): DigestLine {
  const { channel, desk, environment, fired, latest, since } = state;
  const when = localDayTime(since, zone);
  const times = fired === 1 ? `once, ${when}` : `${fired} times since ${when}`;
  const by = desk !== undefined && isTriaged(state) ? `; ${nameOf(directory, desk.requester)} looks after it` : '';
  const isShown = channel !== null;
  return {
    text: `Alert in ${environment ?? ''}: ${latest.rule}`,
    detail: `Fired ${times}${by || (isShown ? '; its card stands in this channel' : '')}`,
    verb: isShown ? '' : takeVerb(caseId),
    threadTitle: '',
    threadUrl: '',
    openTitle: latest.link === '' ? '' : 'Look at it in Azure',
    openUrl: latest.link,
  };
}
