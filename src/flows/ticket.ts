/**
 * An open ticket: one living card in the support channel and one in the thread that asked, kept in step with the desk
 * (STORYBOARD B4 to B6). What the desk says in a webhook is a hint; the ticket is read again, and the newer one wins.
 */
import type { Effect } from './effect.ts';
import type { EventOf, TicketComment, TicketSnapshot } from './event.ts';
import { type Context, findPerson, invalidReply, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { redact } from './redact.ts';
import type { OpenTicket, SupportAt, SupportState } from './state.ts';
import { statusMessages, ticketCards } from './ticket-card.ts';
import { clockRang, clockTimers, recountedTimers } from './ticket-clock.ts';

type Open = SupportAt<'open'>;

export function opened(state: SupportAt<'opening'>, event: EventOf<'ticket-opened'>, context: Context): Transition {
  const { subject, body: _body, ...base } = state;
  const ticket: OpenTicket = { snapshot: event.ticket, subject, lastWord: null, seenComments: [], replies: 0 };
  const next: Open = { ...base, at: 'open', ticket };
  return moveTo(next, [...ticketCards(next, context), ...clockTimers(next, context)], [known(event.ticket)]);
}

function known(ticket: TicketSnapshot) {
  return { type: 'ticket-known' as const, ticketId: ticket.id, status: ticket.status, updatedAt: ticket.updatedAt };
}

type TicketEvent = EventOf<'ticket-hinted' | 'ticket-read' | 'comment-sent' | 'timer'>;

export function advanceTicket(state: SupportState, event: TicketEvent, context: Context): Transition {
  if (state.at !== 'open') {
    return stay(state);
  }
  const { id } = state.ticket.snapshot;
  switch (event.type) {
    case 'ticket-hinted':
      return event.ticketId === id ? moveTo(state, [{ kind: 'read', type: 'read-ticket', ticketId: id }]) : stay(state);
    case 'ticket-read':
      return event.ticket.id === id ? seen(state, event.ticket, event.comments, context) : stay(state);
    case 'comment-sent':
      return event.ticket.id === id ? seen(state, event.ticket, [], context) : stay(state);
    case 'timer':
      return event.about === String(id) ? rang(state, event, context) : stay(state);
    default: {
      const never: never = event;
      return never;
    }
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
  return moveTo(
    next,
    [...answers, ...ticketCards(next, context), ...moved, ...recountedTimers(state, next, context)],
    [known(next.ticket.snapshot)],
  );
}

/** An overdue ticket says so on its cards, too. */
function rang(state: Open, event: EventOf<'timer'>, context: Context): Transition {
  const { state: next, effects } = clockRang(state, event, context);
  const isOverdue = next !== state && event.name === 'response-due';
  return moveTo(next, [...effects, ...(isOverdue ? ticketCards(next, context) : [])]);
}

export function clickTicket(state: SupportState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (state.at !== 'open') {
    return null;
  }
  const { id, status } = state.ticket.snapshot;
  if (status === 'closed' || status === 'deleted') {
    const over = status === 'closed' ? 'closed for good' : 'deleted at the desk';
    return stay(state, refusedReply(`Ticket ${id} is ${over}. Describe what is left in a new message to me.`));
  }
  if (event.verb === 'send-reply') {
    return sendReply(state, event, context);
  }
  const wanted = event.verb === 'mark-solved' ? ('solved' as const) : ('open' as const);
  return moveTo(state, [{ kind: 'work', type: 'change-ticket', ticketId: id, status: wanted }]);
}

/** What is written on the card goes to the desk without its secrets, and the room sees what was sent. */
function sendReply(state: Open, event: EventOf<'clicked'>, context: Context): Transition {
  const body = redact((event.inputs['reply'] ?? '').trim()).text;
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
    ...ticketCards(next, context),
    send,
  ]);
}
