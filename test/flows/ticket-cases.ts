/** An open ticket in the hands of its desk: what is read of it, and what the thread then says. */
import type { TicketComment, TicketSnapshot } from '../../src/flows/event.ts';
import type { DeskFacts } from '../../src/flows/flow.ts';
import { atTicket, cardOf, type Case, messages, snapshot } from './cases.ts';

export function read(
  the: Case,
  changes: Partial<TicketSnapshot> = {},
  comments: TicketComment[] = [],
  complete = true,
): void {
  the.later(1);
  const ticket = { ...snapshot, status: 'open' as const, updatedAt: the.at, ...changes };
  the.happen({ type: 'ticket-read', ticket, comments, complete });
}

export function said(id: number, body: string, changes: Partial<TicketComment> = {}): TicketComment {
  const createdAt = '2026-03-02T09:00:30Z';
  return { id, author: 'Robin', fromDesk: true, body, createdAt, fingerprint: `${id}/${body}`, ...changes };
}

export function lines(the: Case): string[] {
  return messages(the.last).flatMap(({ content }) => (content.card === null ? [content.text] : []));
}

export function statusOf(the: Case): string {
  return cardOf(the.last, 'ticket').status;
}

/** The same case at a desk that is like this. */
export function at(desk: Partial<DeskFacts>): Case {
  const the = atTicket();
  the.settings({ desk: { whose: 'provider', rights: 'agent', tells: true, ...desk } });
  read(the);
  return the;
}
