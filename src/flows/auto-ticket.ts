/**
 * When an initialization fails after retries, the provider opens a ticket by itself (“Support for Mendix on Azure”,
 * section “Automatic Support Tickets”). It is looked for where the desk can be searched; else, or when nothing is found,
 * the person is asked for its number. A second ticket is prepared only when somebody says that there is none.
 */
import { understand } from '../policy/understand.ts';
import type { AutoTicketSearch } from './auto-ticket-state.ts';
import type { Choice } from './card.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { EventOf, TicketComment, TicketSnapshot } from './event.ts';
import { firstPart } from './first-part.ts';
import { type Context, invalidReply, moveTo, type Projection, refusedReply, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { CaseState, SupportAt, SupportState } from './state.ts';
import { opened } from './ticket.ts';
import { addMinutes } from './time.ts';

type Judged = SupportAt<'judged'>;

/** The message that asks which ticket it is. */
export const autoTicketMessage = 'auto-ticket';

/** The provider may have noticed long before somebody here did. */
const lookBackMinutes = 7 * 24 * 60;

const usualWords = ['initialization', 'initialisation'];

export function isAboutAutoTicket(state: SupportState): state is Judged {
  return state.at === 'judged' && state.verdict.route === 'auto_ticket_exists';
}

/** Looks as soon as the verdict says that there should be one. At a desk of our own there is nothing to find. */
export function withAutoTicket(before: SupportState | null, next: Transition, context: Context): Transition {
  const { state } = next;
  if (state.flow !== 'support') {
    return next;
  }
  const isOwn = context.directory.desk?.whose === 'own';
  if (isAboutAutoTicket(state) && state.autoTicket === undefined && !isOwn) {
    const autoTicket: AutoTicketSearch = { question: context.revision, found: [], linking: null };
    return { ...next, state: { ...state, autoTicket }, effects: [...next.effects, search(state, autoTicket)] };
  }
  return settled(before, state, next);
}

/** The question does not stay open when the case has moved on. */
function settled(before: SupportState | null, state: SupportState, next: Transition): Transition {
  const wasOpen = before !== null && isAboutAutoTicket(before) && before.autoTicket !== undefined;
  const isTold = next.effects.some((effect) => effect.type === 'show' && effect.message === autoTicketMessage);
  return !wasOpen || isTold || isAboutAutoTicket(state)
    ? next
    : {
        ...next,
        effects: [...next.effects, settledCard(state, settledTexts[state.at] ?? 'It is not asked for any more.')],
      };
}

const settledTexts: Readonly<Partial<Record<SupportState['at'], string>>> = {
  previewing: 'You said that there is none, so a ticket is prepared above.',
  asking: 'It is looked for again when there is a verdict.',
  differing: 'It is looked for again when there is a verdict.',
  'put-off': 'Left for now.',
};

function search(state: Judged, { question }: AutoTicketSearch): Effect {
  const environment = state.about?.environment ?? '';
  const words = [...(environment === '' ? [] : [environment]), ...usualWords];
  return { kind: 'read', type: 'find-tickets', question, words, since: addMinutes(state.raisedAt, -lookBackMinutes) };
}

export function showFound(state: SupportState, event: EventOf<'tickets-found'>, _context: Context): Transition {
  const { autoTicket } = state;
  if (!isAboutAutoTicket(state) || autoTicket?.question !== event.question || autoTicket.isNone === true) {
    return stay(state);
  }
  const next: Judged = { ...state, autoTicket: { ...autoTicket, found: (event.tickets ?? []).filter(mayBeIt) } };
  return moveTo(next, [askCard(next, event.tickets === null ? cannotSearch : '')]);
}

/** What can be read from a subject: not one that is over, and not one about something else entirely. */
function mayBeIt(ticket: TicketSnapshot): boolean {
  return ticket.status !== 'deleted' && ticket.status !== 'closed' && isAboutIt(ticket);
}

function isAboutIt({ subject }: TicketSnapshot): boolean {
  const { symptom } = understand(subject).answers;
  return symptom === null || symptom === 'cluster-init-failed';
}

const cannotSearch = 'At the desk I can only see tickets that were opened from here.';

function askCard(state: Judged, why: string, problem = ''): ShowMessage {
  const found = (state.autoTicket?.found ?? []).map(choiceOf);
  const text = found.length > 0 ? foundText : [why || notFound, askText].join(' ');
  const data = { headline: 'The provider opens a ticket for this by itself.', text, found, problem };
  return showCard(
    autoTicketMessage,
    state.place,
    `${data.headline} ${problem || text}`,
    { name: 'auto-ticket', data },
    { verbs: ['link-ticket', 'find-ticket', 'no-auto-ticket'] },
  );
}

const foundText =
  'Is it one of these? Follow it here instead of opening a second one, or give me the number of another ticket.';
const notFound = 'I have not found it at the desk yet; a new ticket can take some minutes to appear.';
const askText =
  'Give me its number, and I follow it here; you find it in the portal’s Support Center and in the provider’s mail. If there is none, press “There is none”, and I prepare one.';

function choiceOf({ id, status, subject }: TicketSnapshot): Choice {
  return { title: firstPart(`${id} · ${statusWords[status]} · ${subject}`, 140), value: String(id) };
}

const statusWords: Readonly<Record<TicketSnapshot['status'], string>> = {
  new: 'Open',
  open: 'Open',
  pending: 'Awaiting your reply',
  hold: 'On Hold',
  solved: 'Solved',
  closed: 'Closed',
  deleted: 'Deleted',
};

/** A number that is typed counts more than what was chosen. */
export function linkTicket(state: SupportState, event: EventOf<'clicked'>, _context: Context): Transition | null {
  const { autoTicket } = state;
  if (!isAboutAutoTicket(state) || autoTicket === undefined) {
    return null;
  }
  const said = (event.inputs['number'] ?? '').trim() || (event.inputs['found'] ?? '').trim();
  const id = Number(/^#?(\d{1,12})$/.exec(said)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(id) || id === 0) {
    const message = 'Write the number of the ticket, such as 4711, or press “There is none”.';
    return stay(state, invalidReply([{ input: 'number', message }]));
  }
  const next: Judged = { ...state, autoTicket: { ...autoTicket, linking: id } };
  return moveTo(next, [{ kind: 'read', type: 'read-ticket', ticketId: id }]);
}

export function lookAgain(state: SupportState, _event: EventOf<'clicked'>, context: Context): Transition | null {
  if (!isAboutAutoTicket(state)) {
    return null;
  }
  const autoTicket: AutoTicketSearch = { question: context.revision, found: [], linking: null };
  return moveTo({ ...state, autoTicket }, [search(state, autoTicket)]);
}

/** Said in so many words: from here on a ticket may be prepared. */
export function sayNone(state: SupportState): Judged | null {
  if (!isAboutAutoTicket(state)) {
    return null;
  }
  const autoTicket = state.autoTicket ?? { question: 0, found: [], linking: null };
  return { ...state, autoTicket: { ...autoTicket, isNone: true } };
}

/** Why no ticket is prepared yet; null where one may be. */
export function whyNotPrepared(state: SupportState): Transition | null {
  return isAboutAutoTicket(state) && state.autoTicket !== undefined && state.autoTicket.isNone !== true
    ? stay(state, refusedReply(`${mayExist} Write its number, such as “it is ticket 4711”, or “there is none”.`))
    : null;
}

const mayExist = 'The provider opens a ticket for this by itself, and a second one would only be in its way.';

/** The ticket whose number was given: followed from now on, or not to be seen. Null: it is another one. */
export function linked(state: SupportState, event: EventOf<'ticket-read'>, context: Context): Transition | null {
  const { autoTicket } = state;
  if (!isAboutAutoTicket(state) || autoTicket?.linking !== event.ticket.id) {
    return null;
  }
  const problem = whyNotIt(state, event);
  if (problem !== null) {
    const next: Judged = { ...state, autoTicket: { ...autoTicket, linking: null } };
    return moveTo(next, [askCard(next, '', problem)]);
  }
  return follow(state, event, context);
}

/** Found by the search, or its subject says the same; a subject that says nothing is no reason to show a ticket. */
function isSurely(ticket: TicketSnapshot, { about, autoTicket }: Judged): boolean {
  const subject = ticket.subject.toLowerCase();
  const environment = about?.environment?.toLowerCase() ?? '';
  const isNamed = environment !== '' && subject.includes(environment);
  const isFound = autoTicket?.found.some(({ id }) => id === ticket.id) === true;
  return isAboutIt(ticket) && (isFound || isNamed || usualWords.some((word) => subject.includes(word)));
}

/** Any number can be typed, and the bot may see more at the desk than these people: what is another matter stays there. */
function whyNotIt(judged: Judged, { comments, ticket }: EventOf<'ticket-read'>): string | null {
  const { raisedAt } = judged;
  const { id, status } = ticket;
  if (status === 'deleted') {
    return `I see no ticket ${id} at the desk. Check the number. If it is right, I may not see that ticket: follow it in the portal.`;
  }
  const openedAt = comments[0]?.createdAt ?? null;
  const isOlder = openedAt !== null && Temporal.Instant.compare(openedAt, addMinutes(raisedAt, -lookBackMinutes)) < 0;
  return isOlder || !isSurely(ticket, judged)
    ? `Ticket ${id} is about something else, so it is not shown here. Check the number. If it is right, follow the ticket in the portal.`
    : null;
}

/**
 * What the desk has said in it so far is read next, and shown like everything that it says from now on. The words with
 * which it was opened are nobody's answer.
 */
function follow(judged: Judged, { comments, ticket }: EventOf<'ticket-read'>, context: Context): Transition {
  const { autoTicket: _search, ...state } = judged;
  const { subject } = ticket;
  const begun = opened({ ...state, at: 'opening', subject, body: '' }, { type: 'ticket-opened', ticket }, context);
  const expected: Projection = {
    type: 'ticket-expected',
    subject,
    requester: state.requester,
    environment: state.about?.environment ?? state.answers.environment ?? '',
    symptom: state.answers.symptom ?? '',
  };
  const card = settledCard(state, `Ticket ${ticket.id} is followed here. No second one was opened.`);
  const read: Effect = { kind: 'read', type: 'read-ticket', ticketId: ticket.id };
  return {
    ...begun,
    state: withoutOpening(begun.state, comments),
    effects: [card, ...begun.effects, read],
    projections: [expected, ...begun.projections],
  };
}

function withoutOpening(state: CaseState, comments: readonly TicketComment[]): CaseState {
  const [first] = comments;
  return state.flow !== 'support' || state.at !== 'open' || first === undefined
    ? state
    : { ...state, ticket: { ...state.ticket, seenComments: [...state.ticket.seenComments, first.id] } };
}

/** What stands on the card once it is settled. */
function settledCard(state: SupportState, text: string): ShowMessage {
  const data = { title: 'The provider’s automatic ticket', tone: 'default' as const, text, wayOut: '', lines: [] };
  return showCard(autoTicketMessage, state.place, `${data.title}. ${text}`, { name: 'notice', data });
}
