/**
 * An open ticket: one living card in the support channel and one in the thread that asked, kept in step with the desk
 * (STORYBOARD B4 to B6). What the desk says in a webhook is a hint; the ticket is read again, and the newer one wins.
 * What people do with it stands in `ticket-click.ts`.
 */
import type { Effect } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { OpenTicket, SupportAt, SupportState } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { clockRang, clockTimers } from './ticket-clock.ts';
import { earlierOf, earlierRead, isEarlier } from './ticket-earlier.ts';
import { follow, known, looked, seen } from './ticket-read.ts';
import { nextTicket } from './ticket-verbs.ts';

type Open = SupportAt<'open'>;

export function opened(state: SupportAt<'opening'>, event: EventOf<'ticket-opened'>, context: Context): Transition {
  const { subject, body: _body, diagnostics: _shown, files: _files, ...base } = state;
  const next: Open = { ...base, at: 'open', ticket: newTicket(event, subject) };
  return moveTo(next, firstEffects(next, event, context), [known(event.ticket)]);
}

/** The follow-up is a ticket of its own; its first answer is due anew. */
export function followedUp(state: Open, event: EventOf<'ticket-opened'>, context: Context): Transition {
  const { previous = [], snapshot, isFollowedUp } = state.ticket;
  if (isFollowedUp !== true || event.ticket.id === snapshot.id) {
    return stay(state);
  }
  const { files: _files, ...base } = state;
  const ticket = {
    ...newTicket(event, event.ticket.subject),
    previous: [...previous, snapshot.id],
    earlier: earlierOf(state.ticket, context),
  };
  const next: Open = { ...base, raisedAt: context.at, ticket: { ...ticket, replies: state.ticket.replies } };
  return moveTo(next, firstEffects(next, event, context), [known(event.ticket)]);
}

function newTicket({ ticket }: EventOf<'ticket-opened'>, subject: string): OpenTicket {
  return { snapshot: ticket, subject, lastWord: null, seenComments: [], replies: 0 };
}

function firstEffects(state: Open, event: EventOf<'ticket-opened'>, context: Context): Effect[] {
  return [...ticketCards(state, context), ...leftOutLines(state, event, context), ...clockTimers(state, context)];
}

function leftOutLines(state: Open, { leftOut = [] }: EventOf<'ticket-opened' | 'comment-sent'>, context: Context) {
  const text = `Not attached: ${leftOut.join(' ')}`;
  return leftOut.length === 0 ? [] : [showText(`left-out-${context.revision}`, state.place, text)];
}

type TicketEvent = EventOf<'ticket-hinted' | 'ticket-read' | 'ticket-looked' | 'comment-sent' | 'timer'>;

export function advanceTicket(state: SupportState, event: TicketEvent, context: Context): Transition {
  if (state.at !== 'open') {
    return stay(state);
  }
  const { previous = [], snapshot } = state.ticket;
  switch (event.type) {
    case 'ticket-hinted':
      return event.ticketId === snapshot.id || isEarlier(state, event.ticketId)
        ? moveTo(state, [{ kind: 'read', type: 'read-ticket', ticketId: event.ticketId }])
        : stay(state);
    case 'ticket-read':
      return read(state, event, context);
    case 'ticket-looked':
      return event.ticketId === snapshot.id ? looked(state, context) : stay(state);
    case 'comment-sent': {
      if (event.ticket.id !== snapshot.id) {
        return stay(state);
      }
      const next = seen(state, { ticket: event.ticket, comments: [] }, context);
      return { ...next, effects: [...next.effects, ...leftOutLines(state, event, context)] };
    }
    case 'timer':
      return [snapshot.id, ...previous].map(String).includes(event.about) ? rang(state, event, context) : stay(state);
    default: {
      const never: never = event;
      return never;
    }
  }
}

function read(state: Open, event: EventOf<'ticket-read'>, context: Context): Transition {
  if (event.ticket.id === state.ticket.snapshot.id) {
    return seen(state, event, context);
  }
  const earlier = earlierRead(state, event, context);
  if (earlier !== null) {
    return earlier;
  }
  const isNext = event.ticket.id === nextTicket(state) && event.ticket.status !== 'deleted';
  return isNext ? follow(state, event, context) : stay(state);
}

/** An overdue ticket says so on its cards, too. */
function rang(state: Open, event: EventOf<'timer'>, context: Context): Transition {
  const { state: next, effects, isOverdue } = clockRang(state, event, context);
  return moveTo(next, [...effects, ...(isOverdue ? ticketCards(next, context) : [])]);
}
