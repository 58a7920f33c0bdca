/** Tickets of a person or of a channel, open ones first: a list for whoever asked, and for nobody else. */
import { threadLink, whereWords } from './approval-card.ts';
import { answerText } from '../policy/answer-words.ts';
import type { CardContent, TicketListData } from './card.ts';
import { severityNow, ticketSeverityLine } from './desk-severity.ts';
import type { EventOf } from './event.ts';
import { type Context, nameOf, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { CaseState, SupportAt } from './state.ts';
import { statusText, toneOf } from './ticket-card.ts';
import { clockText } from './ticket-clock.ts';
import type { ListedTicket, TicketScope } from './ticket-list-state.ts';

/** As many as a card shows without cutting; the rest is counted. */
const mostShown = 12;

const scopes: Readonly<Record<string, TicketScope>> = {
  'list-my-tickets': 'mine',
  'list-channel-tickets': 'channel',
};

/** Null when the words ask for no list. */
export function askTickets(
  state: CaseState,
  verb: string | undefined,
  { person, place }: Pick<EventOf<'said'>, 'person' | 'place'>,
): Transition | null {
  const scope = verb !== undefined && Object.hasOwn(scopes, verb) ? scopes[verb] : undefined;
  return scope === undefined
    ? null
    : stay(state, undefined, [{ kind: 'read', type: 'list-tickets', person, place, scope }]);
}

/** What a list tells of an open case. */
export function listTicket(state: SupportAt<'open'>, context: Context): ListedTicket {
  const { snapshot, subject } = state.ticket;
  const { environment } = state.answers;
  const isOver = snapshot.status === 'solved' || snapshot.status === 'closed' || snapshot.status === 'deleted';
  return {
    number: snapshot.id,
    url: snapshot.url,
    subject,
    status: statusText(state),
    tone: toneOf(state, context),
    isOver,
    severity: severityNow(state) === null ? '' : ticketSeverityLine(state, context),
    environment: environment === null ? '' : answerText('environment', environment),
    requester: state.requester,
    clock: clockText(state, context),
    place: state.place,
  };
}

export function showTickets(state: CaseState, event: EventOf<'tickets-listed'>, context: Context): Transition {
  const { person, place, scope, tickets, total } = event;
  const card = ticketListCard(tickets, { scope, total, context });
  const text = `${card.data.headline}. ${tickets
    .slice(0, 3)
    .map(({ number, status }) => `Ticket ${number}: ${status}.`)
    .join(' ')}`;
  return stay(state, undefined, [showCard(`tickets-${context.revision}`, place, text, card, { onlyFor: person })]);
}

interface Listing {
  scope: TicketScope;
  /** How many there are in all. */
  total: number;
  context: Pick<Context, 'directory'>;
}

export function ticketListCard(
  tickets: readonly ListedTicket[],
  { context, scope, total }: Listing,
): Extract<CardContent, { name: 'ticket-list' }> {
  const shown = tickets.slice(0, mostShown);
  const more = total - shown.length;
  const data: TicketListData = {
    headline: headlineOf(tickets, scope),
    none: tickets.length === 0 ? noneWords[scope] : '',
    tickets: shown.map((ticket) => itemOf(ticket, scope, context)),
    more: more > 0 ? `${more === 1 ? 'One older ticket is' : `${more} older tickets are`} not shown.` : '',
  };
  return { name: 'ticket-list', data };
}

function itemOf(
  ticket: ListedTicket,
  scope: TicketScope,
  { directory }: Listing['context'],
): TicketListData['tickets'][number] {
  const parts = [
    ticket.severity === '' ? '' : `Severity: ${ticket.severity}`,
    ticket.environment,
    scope === 'channel' ? `asked by ${nameOf(directory, ticket.requester)}` : '',
    whereWords(ticket.place),
  ];
  const { linkTitle, linkUrl } = threadLink(ticket.place, directory);
  return {
    title: `Ticket ${ticket.number} · ${ticket.status}`,
    tone: ticket.tone,
    subject: ticket.subject,
    detail: parts.filter((part) => part !== '').join(' · '),
    clock: ticket.clock,
    linkTitle,
    linkUrl,
    deskUrl: ticket.url,
  };
}

const noneWords: Readonly<Record<TicketScope, string>> = {
  mine: 'Describe a problem to me when you have one; I say who can help.',
  channel: 'Nobody has opened a ticket from a thread of this conversation.',
};

function headlineOf(tickets: readonly ListedTicket[], scope: TicketScope): string {
  const open = tickets.filter(({ isOver }) => !isOver).length;
  const whose = scope === 'mine' ? 'Your tickets' : 'Tickets of this conversation';
  if (tickets.length === 0) {
    return scope === 'mine' ? 'You have no tickets here' : 'No tickets here';
  }
  return `${whose}: ${open === 0 ? 'none is open' : `${open} open`}`;
}
