/** Lists tickets out of our own tables, as their cards tell them now. */
import type { Context, Directory } from '../flows/flow.ts';
import type { Place } from '../flows/event.ts';
import { listTicket } from '../flows/ticket-list.ts';
import type { ListedTicket, TicketScope } from '../flows/ticket-list-state.ts';
import { readFlow } from '../store/flows.ts';
import type { Reader } from '../store/store.ts';
import { ticketCases } from '../store/tickets.ts';

/** A case is read for each, so there is an end to it. */
const mostRead = 30;

export interface TicketWish {
  scope: TicketScope;
  person: string;
  place: Place;
}

export interface ListDeps {
  read: Reader;
  directory: Directory;
  now: Temporal.Instant;
}

/** Open ones first, then the newest. */
export async function listTickets(
  { directory, now, read }: ListDeps,
  { person, place, scope }: TicketWish,
): Promise<{ tickets: ListedTicket[]; total: number }> {
  const of = scope === 'mine' ? { requester: person } : { platform: place.platform, conversation: place.conversation };
  const cases = await ticketCases(read, of);
  const context: Context = {
    caseId: '',
    revision: 0,
    at: now.toString({ fractionalSecondDigits: 3 }),
    directory,
    facts: { discovery: null },
    stale: false,
  };
  const tickets: ListedTicket[] = [];
  for (const caseId of cases.slice(0, mostRead)) {
    const state = (await readFlow(read, caseId))?.state;
    if (state?.flow === 'support' && state.at === 'open') {
      tickets.push(listTicket(state, context));
    }
  }
  const missing = Math.min(cases.length, mostRead) - tickets.length;
  return {
    tickets: tickets.toSorted((one, other) => Number(one.isOver) - Number(other.isOver)),
    total: cases.length - missing,
  };
}
