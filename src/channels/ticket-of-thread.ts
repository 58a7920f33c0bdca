/** The ticket to which a thread belongs, for what is done to its messages from outside of any card. */
import type { Place } from '../flows/event.ts';
import { caseOfThread } from '../store/conversations.ts';
import { readFlow } from '../store/flows.ts';
import type { Reader } from '../store/store.ts';

export type ThreadTicket = { kind: 'open'; number: number } | { kind: 'over'; number: number } | { kind: 'none' };

export async function ticketOfThread(db: Reader, place: Place): Promise<ThreadTicket> {
  const caseId = place.thread === null ? null : await caseOfThread(db, place);
  const state = caseId === null ? null : ((await readFlow(db, caseId))?.state ?? null);
  if (state === null || state.flow !== 'support' || state.at !== 'open') {
    return { kind: 'none' };
  }
  const { id: number, status } = state.ticket.snapshot;
  return { kind: status === 'closed' || status === 'deleted' ? 'over' : 'open', number };
}

/** Why nothing is sent from here; ends with what to do instead. */
export function whyNotSent(ticket: Exclude<ThreadTicket, { kind: 'open' }>): string {
  return ticket.kind === 'none'
    ? 'This thread has no ticket, so nothing was sent. Use “Turn into a ticket” on the message, or describe the problem to me.'
    : `Ticket ${ticket.number} takes nothing any more, so nothing was sent. Write “follow up: …” in its thread with what is left.`;
}
