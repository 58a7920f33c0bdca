/**
 * Looks for a ticket that somebody else has opened, such as the provider's automatic one: by the words of its subject
 * and by when it was opened. The desk's index is some minutes behind, so nothing found says nothing.
 */
import { z } from 'zod/v4';
import type { EffectOf } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { DeskTicket } from './desk.ts';
import type { Calls } from './zendesk-calls.ts';
import { Ticket, type ZendeskTicket } from './zendesk-records.ts';

export interface TicketQuery {
  /** Any of them stands in the ticket; the first one counts most. */
  words: readonly string[];
  /** Nothing older is looked at. */
  since: string;
}

const FoundAnswer = z.object({ results: z.array(Ticket) });

/** As many as a person looks through. */
const mostShown = 5;

/** Words of ours must not become operators of the desk's search. */
function quoted(word: string): string {
  return `"${word.replaceAll(/["\\]/g, ' ').trim()}"`;
}

/** One search per word: the desk finds what has all words of a query. */
export async function searchTickets(calls: Calls, { words, since }: TicketQuery): Promise<ZendeskTicket[]> {
  const found: ZendeskTicket[] = [];
  for (const word of words) {
    const query = `type:ticket created>${since.slice(0, 10)} ${quoted(word)}`;
    const { results } = await calls.make({
      doing: 'looking for a ticket that is there already',
      answer: FoundAnswer,
      run: (zendesk) => zendesk.tickets.get(['search', { query }]),
    });
    found.push(...results.filter((ticket) => !found.some(({ id }) => id === ticket.id)));
  }
  return found.slice(0, mostShown);
}

/** The part of a desk that can search. */
export interface SearchableDesk {
  findTickets(query: TicketQuery): Promise<DeskTicket[] | null>;
}

export async function findTickets(desk: SearchableDesk, effect: EffectOf<'find-tickets'>): Promise<Event> {
  const { question, words, since } = effect;
  return { type: 'tickets-found', question, tickets: await desk.findTickets({ words, since }) };
}
