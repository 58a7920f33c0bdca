/**
 * Tickets that were merged into the one that is open, or that it goes on from. Nothing new is shown of them, but what was
 * shown follows them: what is redacted or withdrawn there is redacted or withdrawn here.
 */
import type { Effect } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import type { EarlierTicket, OpenTicket, SupportAt } from './state.ts';
import { ticketCards } from './ticket-card.ts';
import { tellChanges } from './ticket-comments.ts';
import { addMinutes } from './time.ts';

type Open = SupportAt<'open'>;

/** No webhook may have told of a change; so seldom that it costs the desk nothing. */
const askAgainMinutes = 60;

/** What stays known of a ticket when the case goes on in another one. */
export function earlierOf({ earlier = [], shown = [], snapshot }: OpenTicket, { at }: Context): EarlierTicket[] {
  const { id: number, updatedAt } = snapshot;
  return shown.length === 0 ? [...earlier] : [...earlier, { number, shown, updatedAt, askedAt: at }];
}

export function isEarlier({ ticket }: Open, number: number): boolean {
  return (ticket.earlier ?? []).some((one) => one.number === number);
}

/** Also asked for without a hint, now and then. */
export function askEarlier({ ticket }: Open, { at }: Context): { earlier: EarlierTicket[]; reads: Effect[] } {
  const before = addMinutes(at, -askAgainMinutes);
  const due = (ticket.earlier ?? []).filter(({ askedAt }) => askedAt <= before);
  return {
    earlier: (ticket.earlier ?? []).map((one) => (due.includes(one) ? askedFor(one, at) : one)),
    reads: due.map(({ number }) => ({ kind: 'read', type: 'read-ticket', ticketId: number })),
  };
}

function askedFor(one: EarlierTicket, askedAt: string): EarlierTicket {
  return { ...one, askedAt };
}

/** Null: it is no such ticket. */
export function earlierRead(state: Open, event: EventOf<'ticket-read'>, context: Context): Transition | null {
  const { ticket } = state;
  const known = (ticket.earlier ?? []).find(({ number }) => number === event.ticket.id);
  if (known === undefined) {
    return null;
  }
  const isOld = Temporal.Instant.compare(event.ticket.updatedAt, known.updatedAt) < 0;
  if (isOld || event.ticket.status === 'deleted') {
    return stay(state);
  }
  const { effects, lastWord, shown } = tellChanges(state, known.shown, event);
  const now = { ...known, shown, updatedAt: event.ticket.updatedAt };
  const earlier = (ticket.earlier ?? []).map((one) => (one === known ? now : one));
  const next: Open = { ...state, ticket: { ...ticket, earlier, lastWord } };
  return effects.length === 0 ? moveTo(next) : moveTo(next, [...effects, ...ticketCards(next, context)]);
}
