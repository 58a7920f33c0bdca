/** The living card of a ticket, in the thread that asked and in the support channel (STORYBOARD B4). */
import { answerText } from '../policy/answer-words.ts';
import type { TicketData, Tone } from './card.ts';
import { deskOf, portalWay } from './desk-facts.ts';
import { ticketSeverityLine } from './desk-severity.ts';
import type { ShowMessage } from './effect.ts';
import type { Place, TicketSnapshot } from './event.ts';
import { type Context, findPerson, nameOf } from './flow.ts';
import { showCard } from './message.ts';
import { calledFor, quietly, supportPlaceFor } from './routing.ts';
import type { SupportAt } from './state.ts';
import { supportMessage } from './support-card.ts';
import { clockText, hoursText, isFirstAnswerOverdue } from './ticket-clock.ts';
import { feedbackText } from './ticket-over.ts';
import { attachedText, wayForFiles } from './ticket-files.ts';
import { routedTicket } from './ticket-routing.ts';
import { nextTicket, ticketVerbs } from './ticket-verbs.ts';
import { localTime } from './time.ts';

type Open = SupportAt<'open'>;

/** The desk's words for where a ticket stands; the policy knows three, and new tickets are simply open. */
const statusLooks: Record<TicketSnapshot['status'], { word: string; tone: Tone }> = {
  new: { word: 'Open', tone: 'default' },
  open: { word: 'Open', tone: 'default' },
  pending: { word: 'Awaiting your reply', tone: 'warning' },
  hold: { word: 'On Hold', tone: 'default' },
  solved: { word: 'Solved', tone: 'good' },
  closed: { word: 'Solved (closed; a reply needs a follow-up ticket)', tone: 'good' },
  deleted: { word: 'Deleted at the desk', tone: 'attention' },
};

/** An answer that is overdue stands out, whatever the desk calls the ticket. */
export function toneOf(state: Open, context: Context): Tone {
  return isFirstAnswerOverdue(state, context) ? 'attention' : statusLooks[state.ticket.snapshot.status].tone;
}

export function ticketCards(state: Open, context: Context): ShowMessage[] {
  return [ticketCard(supportMessage, state.place, state, context), ...channelCards(state, context)];
}

/** In the channel of its environment and severity; a critical one calls whoever is on call there. */
function channelCards(state: Open, context: Context): ShowMessage[] {
  const routed = routedTicket(state, context);
  const place = supportPlaceFor(context.directory, routed);
  if (place === null) {
    return [];
  }
  const card = ticketCard('ticket', place, state, context);
  return [quietly({ ...card, mention: calledFor(routed, context) }, routed, context)];
}

function ticketCard(message: string, to: Place, state: Open, context: Context): ShowMessage {
  const { snapshot, subject, lastWord } = state.ticket;
  const status = statusText(state);
  const requester = nameOf(context.directory, state.requester);
  const data: TicketData = {
    number: String(snapshot.id),
    url: snapshot.url,
    subject,
    status,
    tone: toneOf(state, context),
    severity: ticketSeverityLine(state, context),
    environment: state.answers.environment === null ? '' : answerText('environment', state.answers.environment),
    requester,
    clock: clockText(state, context),
    hours: hoursText(state, context),
    lastWord: lastWord?.text ?? '',
    lastWordFrom: lastWord?.from ?? '',
    over: nextTicket(state) === null ? feedbackText(state, context) : '',
    asked: snapshot.status === 'pending' ? `The desk is waiting for an answer from ${requester}.` : '',
    replyLabel: replyLabelOf(state, context),
    notes: notesOf(state, to, context),
  };
  const verbs = ticketVerbs(state, context.directory);
  return showCard(message, to, `Ticket ${snapshot.id}: ${status}. ${subject}`, { name: 'ticket', data }, { verbs });
}

/** "On Hold (Waiting for Microsoft)": the policy's word, and the desk's own where it says another. */
export function statusText(state: Open): string {
  const { label = null, mergedInto = null, status } = state.ticket.snapshot;
  const { word } = statusLooks[status];
  const next = nextTicket(state);
  if (next !== null) {
    return mergedInto === null ? `Solved; goes on in ticket ${next}` : `Merged into ticket ${next}`;
  }
  const said = label?.trim() ?? '';
  const isSame = said === '' || said.toLowerCase() === word.toLowerCase() || said.toLowerCase() === status;
  return isSame ? word : `${word} (${said})`;
}

/** What the field is for, where it stands; no field is shown without the button that sends it. */
function replyLabelOf({ ticket }: Open, { directory }: Context): string {
  const { status } = ticket.snapshot;
  if (status === 'closed') {
    return 'What is left to solve? It goes into a new ticket';
  }
  return status === 'solved' && deskOf(directory).rights === 'end-user'
    ? 'What is still wrong? Your answer opens the ticket again'
    : 'Reply to the desk';
}

/** What one should know of it besides how it stands. */
function notesOf(state: Open, to: Place, context: Context): string[] {
  const { previous = [] } = state.ticket;
  const { whose } = deskOf(context.directory);
  const attached = state.files ?? [];
  const files = attachedText(attached);
  const go = attached.length === 1 ? 'It goes' : 'They go';
  const way = wayForFiles(to);
  const verbs = ticketVerbs(state, context.directory);
  return [
    ...(previous.length === 0 ? [] : [`Goes on from ticket ${previous.join(', ')}.`]),
    ...(whose === 'own' ? [providerNote(state)] : []),
    ...(files === '' ? [] : [`${files}. ${go} along with the next reply; write “without files” to send none.`]),
    ...(files === '' && to.platform === 'teams' && verbs.includes('send-reply') ? [way] : []),
    ...lookedNote(state, context),
  ];
}

function isAlive({ ticket }: Open): boolean {
  return ticket.snapshot.status !== 'closed' && ticket.snapshot.status !== 'deleted';
}

function providerNote({ ticket }: Open): string {
  const { provider } = ticket;
  if (provider === undefined) {
    return `The provider does not see this ticket. To reach it, open one ${portalWay}. Then enter its number with “Provider’s ticket”.`;
  }
  const asked = provider.answeredAt === null ? ' When it is answered, write “provider answered” here.' : '';
  return `The provider’s ticket is ${provider.number}.${asked}`;
}

/** Where the desk tells nothing by itself, how old the card may be. */
function lookedNote(state: Open, context: Context): string[] {
  const { lookedAt } = state.ticket;
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  return deskOf(context.directory).tells || lookedAt === undefined || !isAlive(state)
    ? []
    : [
        `Last read at the desk ${localTime(lookedAt, zone)}. I look again every minute in its first hour, then every five minutes.`,
      ];
}
