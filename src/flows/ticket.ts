/**
 * An open ticket: one living card in the support channel and one in the thread that asked, kept in step with the desk
 * (STORYBOARD B4 to B6). What the desk says in a webhook is a hint; the ticket is read again, and the newer one wins.
 */
import { officeMinutesBetween } from '../policy/office-clock.ts';
import type { TicketData, Tone } from './card.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { Event, EventOf, Place, TicketComment, TicketSnapshot } from './event.ts';
import { type Context, findPerson, invalidReply, moveTo, nameOf, stay, type Transition } from './flow.ts';
import { showCard, showText } from './message.ts';
import type { OpenTicket, SupportAt, SupportState } from './state.ts';
import { dueOf, severityWord, supportMessage } from './support-card.ts';
import { formatSeconds, localTime } from './time.ts';

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

export function opened(state: SupportAt<'opening'>, event: EventOf<'ticket-opened'>, context: Context): Transition {
  const { subject, body: _body, ...base } = state;
  const ticket: OpenTicket = { snapshot: event.ticket, subject, lastWord: null, seenComments: [], replies: 0 };
  const next: Open = { ...base, at: 'open', ticket };
  return moveTo(next, [...cards(next, context), ...clockTimers(next, context)], [known(event.ticket)]);
}

function known(ticket: TicketSnapshot) {
  return { type: 'ticket-known' as const, ticketId: ticket.id, status: ticket.status, updatedAt: ticket.updatedAt };
}

/** At three quarters of the office time, and when it is due. */
function clockTimers(state: Open, context: Context): Effect[] {
  const due = dueOf(state, context);
  if (due === null) {
    return [];
  }
  const about = String(state.ticket.snapshot.id);
  return [{ kind: 'work', type: 'timer', name: 'response-due', about, dueAt: due }];
}

export function advanceTicket(state: SupportState, event: Event, context: Context): Transition {
  if (state.at !== 'open') {
    return stay(state);
  }
  switch (event.type) {
    case 'ticket-hinted':
      return moveTo(state, [{ kind: 'read', type: 'read-ticket', ticketId: event.ticketId }]);
    case 'ticket-read':
      return seen(state, event.ticket, event.comments, context);
    case 'comment-sent':
      return moveTo(newer(state, event.ticket), cards(newer(state, event.ticket), context), [known(event.ticket)]);
    case 'timer':
      return event.name === 'response-due' ? due(state, context) : stay(state);
    default:
      return stay(state);
  }
}

function newer(state: Open, snapshot: TicketSnapshot): Open {
  const isNewer = Temporal.Instant.compare(snapshot.updatedAt, state.ticket.snapshot.updatedAt) >= 0;
  return isNewer ? { ...state, ticket: { ...state.ticket, snapshot } } : state;
}

/** Shows what is new: public answers of the desk in the thread, a new message when somebody must act, else an edit. */
function seen(state: Open, snapshot: TicketSnapshot, comments: readonly TicketComment[], context: Context): Transition {
  const before = state.ticket.snapshot.status;
  const fresh = comments.filter((comment) => comment.fromDesk && !state.ticket.seenComments.includes(comment.id));
  const last = fresh.at(-1);
  const updated = newer(state, snapshot);
  const next: Open = {
    ...updated,
    ticket: {
      ...updated.ticket,
      seenComments: [...state.ticket.seenComments, ...fresh.map((comment) => comment.id)],
      lastWord: last === undefined ? state.ticket.lastWord : { from: last.author, text: last.body },
    },
  };
  const after = next.ticket.snapshot.status;
  const answers = fresh.map((comment) =>
    showText(`comment-${comment.id}`, state.place, comment.body, { speaker: `${comment.author} (support)` }),
  );
  const moved = before === after ? [] : statusMessages(next, context);
  return moveTo(next, [...answers, ...cards(next, context), ...moved], [known(next.ticket.snapshot)]);
}

function statusMessages(state: Open, context: Context): ShowMessage[] {
  const { snapshot } = state.ticket;
  const mention = [state.requester];
  const key = `status-${context.revision}`;
  switch (snapshot.status) {
    case 'pending':
      return [
        showText(
          key,
          state.place,
          `Ticket ${snapshot.id} is awaiting your reply. Answer on the card above with “Send to support”, or write “send …” here.`,
          { mention },
        ),
      ];
    case 'solved':
      return [
        showText(
          key,
          state.place,
          `Ticket ${snapshot.id} is solved. Was it? If not, press “Reopen” on the card above.`,
          { mention },
        ),
      ];
    case 'deleted':
      return [
        showText(
          key,
          state.place,
          `Ticket ${snapshot.id} was deleted at the desk. Write to me in a new message if you still need help.`,
          { mention },
        ),
      ];
    case 'new':
    case 'open':
    case 'hold':
    case 'closed':
    default:
      return [];
  }
}

function due(state: Open, context: Context): Transition {
  const answered = state.ticket.lastWord !== null;
  const place = context.directory.places.support;
  if (answered || place === null || state.ticket.snapshot.status === 'solved') {
    return stay(state);
  }
  const text = `Ticket ${state.ticket.snapshot.id} has had no answer yet, and the first one was due now.`;
  return moveTo(state, [showText('response-due', place, text), ...cards(state, context)]);
}

export function cards(state: Open, context: Context): ShowMessage[] {
  const place = context.directory.places.support;
  return [
    ticketCard(supportMessage, state.place, state, context),
    ...(place === null ? [] : [ticketCard('ticket', place, state, context)]),
  ];
}

function ticketCard(message: string, to: Place, state: Open, context: Context): ShowMessage {
  const { snapshot, subject, lastWord } = state.ticket;
  const looks = statusLooks[snapshot.status];
  const over = snapshot.status === 'solved' || snapshot.status === 'closed' || snapshot.status === 'deleted';
  const data: TicketData = {
    number: String(snapshot.id),
    url: snapshot.url,
    subject,
    status: looks.word,
    tone: looks.tone,
    severity: severityWord(state.verdict),
    environment: state.answers.environment ?? '',
    requester: nameOf(context.directory, state.requester),
    clock: clockText(state, context),
    lastWord: lastWord?.text ?? '',
    lastWordFrom: lastWord?.from ?? '',
    asked:
      snapshot.status === 'pending'
        ? `The desk waits for an answer of ${nameOf(context.directory, state.requester)}.`
        : '',
  };
  const verbs = over ? (snapshot.status === 'solved' ? ['reopen'] : []) : ['send-reply', 'mark-solved'];
  return showCard(message, to, `Ticket ${snapshot.id}: ${looks.word}. ${subject}`, { name: 'ticket', data }, { verbs });
}

/** "1 h 12 min of office time left, due Mon 10:42"; an answer stops the clock. */
function clockText(state: Open, context: Context): string {
  if (state.ticket.lastWord !== null) {
    return 'The desk has answered.';
  }
  const dueAt = dueOf(state, context);
  if (dueAt === null) {
    return 'Reasonable effort, no fixed time.';
  }
  const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
  const minutes = officeMinutesBetween(
    context.directory.calendar,
    Temporal.Instant.from(context.at),
    Temporal.Instant.from(dueAt),
  );
  const left = minutes > 0 ? `${formatSeconds(minutes * 60)} of office time left` : 'overdue';
  return `${left}, first answer due ${localTime(dueAt, zone)}`;
}

export function clickTicket(state: SupportState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (state.at !== 'open') {
    return null;
  }
  if (event.verb === 'send-reply') {
    return sendReply(state, event, context);
  }
  const wanted = event.verb === 'mark-solved' ? ('solved' as const) : ('open' as const);
  return moveTo(state, [{ kind: 'work', type: 'change-ticket', ticketId: state.ticket.snapshot.id, status: wanted }]);
}

/** What is written on the card goes to the desk, and the room sees what was sent. */
function sendReply(state: Open, event: EventOf<'clicked'>, context: Context): Transition {
  const body = (event.inputs['reply'] ?? '').trim();
  if (body === '') {
    return stay(state, invalidReply([{ input: 'reply', message: 'Write the reply first, then send it.' }]));
  }
  const person = findPerson(context.directory, event.person);
  const replies = state.ticket.replies + 1;
  const next: Open = { ...state, ticket: { ...state.ticket, replies } };
  const name = person?.name ?? event.person;
  const send: Effect = {
    kind: 'work',
    type: 'send-comment',
    ticketId: state.ticket.snapshot.id,
    commentKey: `${context.caseId}/reply-${replies}`,
    body,
    author: { name, email: person?.email ?? '' },
  };
  return moveTo(next, [
    showText(`reply-${replies}`, state.place, body, { speaker: `${name} → support` }),
    ...cards(next, context),
    send,
  ]);
}
