/**
 * A reading of the ticket becomes news: a new message when somebody must act or it is over, a quiet line in the thread
 * when something else moved, and an edit of the card for everything.
 */
import { severityText } from '../policy/verdict-words.ts';
import { deskOf, whyNotReopened } from './desk-facts.ts';
import { severityNow } from './desk-severity.ts';
import type { ShowMessage } from './effect.ts';
import type { EventOf, TicketSnapshot } from './event.ts';
import { type Context, moveTo, type Projection, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import type { OpenTicket, SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { recountedTimers, runningText } from './ticket-clock.ts';
import { tellComments } from './ticket-comments.ts';
import { askEarlier, earlierOf } from './ticket-earlier.ts';
import { nextTicket } from './ticket-verbs.ts';

type Open = SupportAt<'open'>;
type Reading = Pick<EventOf<'ticket-read'>, 'ticket' | 'comments' | 'complete'>;

export function seen(state: Open, reading: Reading, context: Context): Transition {
  const isCurrent = isNews(state.ticket.snapshot, reading.ticket);
  const told = tellComments(state, reading, isCurrent);
  const snapshot = isCurrent ? merged(state.ticket.snapshot, reading.ticket) : state.ticket.snapshot;
  const isWhole = reading.complete === true || reading.ticket.status === 'deleted';
  const next: Open = {
    ...state,
    ticket: { ...withoutFeedback(told.ticket, snapshot), snapshot, ...(isWhole ? { lookedAt: context.at } : {}) },
  };
  const goesOnIn = nextTicket(next);
  const isNew = goesOnIn !== null && goesOnIn !== nextTicket(state);
  return moveTo(
    next,
    [
      ...told.effects,
      ...ticketCards(next, context),
      ...statusMessages(state, next, context),
      ...severityLines(state, next, context),
      ...(isNew ? [{ kind: 'read' as const, type: 'read-ticket' as const, ticketId: goesOnIn }] : []),
      ...recountedTimers(state, next, context),
    ],
    [known(snapshot, isCurrent && reading.complete === true)],
  );
}

/** What was said about the end is over when it goes on. */
function withoutFeedback(ticket: OpenTicket, { status }: TicketSnapshot): OpenTicket {
  const { helpful, ...rest } = ticket;
  return helpful === undefined || status === 'solved' || status === 'closed' ? ticket : rest;
}

export function known(ticket: TicketSnapshot, complete = false): Projection {
  const { id: ticketId, status, updatedAt } = ticket;
  return { type: 'ticket-known', ticketId, status, updatedAt, ...(complete ? { complete } : {}) };
}

/** The newer one wins. One that came back from the bin is newer than what was known before; a late reading is not. */
function isNews(before: TicketSnapshot, after: TicketSnapshot): boolean {
  const newer = Temporal.Instant.compare(after.updatedAt, before.updatedAt);
  if (after.status === 'deleted') {
    return true;
  }
  return before.status === 'deleted' ? newer > 0 : newer >= 0;
}

/** Of a ticket that is gone nothing can be read any more; what it was stays known. */
function merged(before: TicketSnapshot, after: TicketSnapshot): TicketSnapshot {
  return after.status === 'deleted' ? { ...before, status: 'deleted', label: null } : after;
}

/** @param before As it was when this was last told. */
export function statusMessages(before: Open, state: Open, context: Context): ShowMessage[] {
  const { id, status } = state.ticket.snapshot;
  const was = before.ticket.snapshot.status;
  const next = nextTicket(state);
  const key = `status-${context.revision}`;
  if (next !== null && next !== nextTicket(before)) {
    const { mergedInto = null } = state.ticket.snapshot;
    const how = mergedInto === null ? 'goes on in the follow-up' : 'was merged at the desk into';
    return [showText(key, state.place, `Ticket ${id} ${how} ticket ${next}. I follow that one from here on.`)];
  }
  if (was === status) {
    return [];
  }
  const text = callingText(state, context);
  if (text !== undefined) {
    return [showText(key, state.place, `Ticket ${id} ${text}`, { mention: [state.requester], broadcast: true })];
  }
  const isBack = (was === 'solved' || was === 'deleted') && status !== 'closed';
  const line = was === 'deleted' ? 'was brought back at the desk.' : 'is open again.';
  return isBack ? [showText(key, state.place, `Ticket ${id} ${line}`)] : [];
}

/** What somebody has to know of now; undefined where an edit of the card is enough. */
function callingText(state: Open, { directory }: Context): string | undefined {
  switch (state.ticket.snapshot.status) {
    case 'pending':
      return 'is awaiting your reply. Answer on the card above with “Send to support”, or write “send: …” here.';
    case 'solved':
      return whyNotReopened(state, deskOf(directory)) === null
        ? 'is solved. If something is still wrong, press “Reopen” on the card above, or write “reopen”.'
        : 'is solved. If something is still wrong, write “send: …” with what it is; that opens it again.';
    case 'deleted':
      return 'was deleted at the desk. Write to me in a new message if you still need help.';
    case 'new':
    case 'open':
    case 'hold':
    case 'closed':
    default:
      return undefined;
  }
}

/** What was asked for here was said then. */
function severityLines(before: Open, state: Open, context: Context): ShowMessage[] {
  const [was, now] = [severityNow(before), severityNow(state)];
  if (was === now || now === null || now === state.ticket.severityChange?.to) {
    return [];
  }
  const from = was === null ? '' : ` from ${severityText(was)}`;
  const clock = runningText(state, context);
  const text = `The desk changed the severity of ticket ${state.ticket.snapshot.id}${from} to ${severityText(now)}.`;
  return [showText(`severity-${context.revision}`, state.place, `${text} ${clock}`.trim())];
}

/** Nothing had changed; only that is news, and only where the card says it. */
export function looked(state: Open, context: Context): Transition {
  const { status } = state.ticket.snapshot;
  if (status === 'closed' || status === 'deleted') {
    return stay(state);
  }
  const { earlier, reads } = askEarlier(state, context);
  const asked = reads.length === 0 ? {} : { earlier };
  const next: Open = { ...state, ticket: { ...state.ticket, ...asked, lookedAt: context.at } };
  return moveTo(next, [...ticketCards(next, context), ...reads]);
}

/**
 * It goes on under another number. What was said there before is not for these people; what was shown of the first one
 * is not missing where it never stood, and follows the first one.
 */
export function follow(state: Open, reading: Reading, context: Context): Transition {
  const { shown: _shown, ...ticket } = state.ticket;
  const { previous = [], snapshot } = ticket;
  const followed: Open = {
    ...state,
    ticket: {
      ...ticket,
      snapshot: { ...reading.ticket, status: snapshot.status },
      previous: [...previous, snapshot.id],
      earlier: earlierOf(state.ticket, context),
      followedSince: snapshot.updatedAt,
    },
  };
  return seen(followed, reading, context);
}
