/**
 * Before a ticket is opened: one that is open about the same environment and symptom may take what is said here instead.
 * Our own table is asked first, then the desk, where its rights let us search. Of somebody else's ticket only its number
 * is told, and who asked: their words were not said here.
 */
import { answerText } from '../policy/answer-words.ts';
import { understand } from '../policy/understand.ts';
import { deskOf } from './desk-facts.ts';
import type { Effect } from './effect.ts';
import type { EventOf, TicketSnapshot } from './event.ts';
import { type Context, moveTo, type Projection, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { redact } from './redact.ts';
import type { Similar, SimilarTicket } from './similar-state.ts';
import type { OpenTicket, SupportAt, SupportState } from './state.ts';
import { previewCard } from './support-ticket.ts';
import { ticketCards } from './ticket-card.ts';
import { clockTimers } from './ticket-clock.ts';
import { comment } from './ticket-comment.ts';
import { withConsent, withDiagnostics } from './ticket-diagnostics.ts';
import { filesFor } from './ticket-files.ts';
import { known } from './ticket-read.ts';
import { environmentOf } from './ticket-topic.ts';
import { addMinutes } from './time.ts';

type Previewing = SupportAt<'previewing'>;

/** A ticket that is older is hardly about the same moment. */
const lookBackMinutes = 30 * 24 * 60;

/** What is known of such tickets already, and the question to the desk. */
export function findSimilar(state: Previewing, context: Context): { state: Previewing; effects: Effect[] } {
  const environment = environmentOf(state, context);
  const { symptom } = state.answers;
  if (symptom === null || environment === '') {
    return { state, effects: [] };
  }
  const found = (context.facts.openTickets ?? [])
    .filter((row) => row.environment === environment)
    .map(({ number, requester }): SimilarTicket => ({ number, requester }));
  const canSearch = deskOf(context.directory).rights === 'agent';
  const similar: Similar = { question: canSearch ? context.revision : null, found, adding: null };
  const words = [environment, answerText('symptom', symptom)];
  const since = addMinutes(state.raisedAt, -lookBackMinutes);
  const search: Effect = { kind: 'read', type: 'find-tickets', question: context.revision, words, since };
  return { state: { ...state, similar }, effects: canSearch ? [search] : [] };
}

/** The desk's answer, while the preview still stands. */
export function showSimilar(state: Previewing, event: EventOf<'tickets-found'>, context: Context): Transition {
  const { similar } = state;
  if (similar === undefined || similar.question !== event.question || similar.adding !== null) {
    return stay(state);
  }
  const more = (event.tickets ?? [])
    .filter((ticket) => isOpen(ticket) && isAboutTheSame(ticket, state))
    .filter(({ id }) => !similar.found.some(({ number }) => number === id))
    .map(({ id }): SimilarTicket => ({ number: id, requester: null }));
  if (more.length === 0) {
    return stay(state);
  }
  const next: Previewing = { ...state, similar: { ...similar, found: [...similar.found, ...more] } };
  return moveTo(next, [previewCard(next, context)]);
}

function isOpen({ status }: TicketSnapshot): boolean {
  return status !== 'solved' && status !== 'closed' && status !== 'deleted';
}

/** As far as a subject tells it; one that does not is about something else. */
function isAboutTheSame({ subject }: TicketSnapshot, { answers }: Previewing): boolean {
  const said = understand(subject).answers;
  return said.symptom === answers.symptom && said.environment !== null && said.environment === answers.environment;
}

/** “Add to ticket 12 instead”: the ticket is read first, because it may be over by now. */
export function addToTicket(state: SupportState, event: EventOf<'clicked'>, _context: Context): Transition | null {
  const first = state.at === 'previewing' ? state.similar?.found[0] : undefined;
  if (state.at !== 'previewing' || state.similar === undefined || first === undefined) {
    return null;
  }
  const asked = withConsent(state, event);
  const words = redact((event.inputs['body'] ?? state.body).trim()).text || state.body;
  const adding = { number: first.number, by: event.person, body: withDiagnostics(asked, words) };
  const next: Previewing = { ...asked, similar: { ...state.similar, adding } };
  return moveTo(next, [{ kind: 'read', type: 'read-ticket', ticketId: first.number }]);
}

/** Null: this reading is about something else. */
export function addedTo(state: SupportState, event: EventOf<'ticket-read'>, context: Context): Transition | null {
  const adding = state.at === 'previewing' ? state.similar?.adding : undefined;
  if (state.at !== 'previewing' || adding === undefined || adding === null || adding.number !== event.ticket.id) {
    return null;
  }
  return isOpen(event.ticket) ? add(state, adding, event, context) : tooLate(state, adding.number, context);
}

function tooLate(state: Previewing, number: number, context: Context): Transition {
  const { found, question } = state.similar ?? { found: [], question: null };
  const left = found.filter((ticket) => ticket.number !== number);
  const next: Previewing = { ...state, similar: { question, found: left, adding: null } };
  const text = `Ticket ${number} is not open any more, so nothing was added to it. Open a new one.`;
  return moveTo(next, [previewCard(next, context), showText(`not-added-${context.revision}`, state.place, text)]);
}

/** From here on it is followed here as well. What was said in it before was said to other people. */
function add(
  state: Previewing,
  { body, by }: NonNullable<Similar['adding']>,
  { comments, ticket: snapshot }: EventOf<'ticket-read'>,
  context: Context,
): Transition {
  const { body: _body, diagnostics: _shown, files = [], similar: _similar, subject: _subject, ...base } = state;
  const answer = comments.find(({ fromDesk }) => fromDesk);
  const ticket: OpenTicket = {
    snapshot,
    subject: snapshot.subject,
    // That the desk has answered counts for the clock; its words do not stand here.
    lastWord: answer === undefined ? null : { from: answer.author, text: '' },
    seenComments: comments.map(({ id }) => id),
    replies: 1,
    ...(answer === undefined ? {} : { answeredAt: answer.createdAt }),
  };
  const next: SupportAt<'open'> = { ...base, at: 'open', ticket };
  const { author, send } = comment(next, by, body, context);
  const expected: Projection = {
    type: 'ticket-expected',
    subject: snapshot.subject,
    requester: state.requester,
    environment: environmentOf(state, context),
    symptom: state.answers.symptom ?? '',
  };
  return moveTo(
    next,
    [
      ...ticketCards(next, context),
      showText('reply-1', state.place, body, { speaker: `${author.name} → support` }),
      ...clockTimers(next, context),
      { ...send, ...filesFor(files) },
    ],
    [expected, known(snapshot)],
  );
}
