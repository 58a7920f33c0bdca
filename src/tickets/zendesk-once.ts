/**
 * An update of a ticket that is made once, although Zendesk has no idempotency key for it. A key of ours goes along in
 * the custom metadata, where nobody who reads the ticket sees it and the audit of the ticket keeps it. Before anything is
 * sent the audits are looked through; what is then sent holds only for the ticket as it was looked at, so that one that
 * is still on its way comes too late.
 */
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import { pages } from './zendesk-pages.ts';
import { AuditsPage, markName, TicketAnswer, type ZendeskTicket } from './zendesk-records.ts';
import { type ChangedTicket, type TicketChange, updateTicket } from './zendesk-tickets.ts';

export interface OnceUpdate {
  /** Ours, unique per update. */
  key: string;
  /** For errors, such as `adding a comment to ticket 7`. */
  doing: string;
  /** For errors, such as `looking for a comment on ticket 7`. */
  looking: string;
  /** What is changed, seen from how the ticket stands. */
  change: (ticket: ZendeskTicket) => TicketChange;
}

const maxTries = 5;

export async function updateOnce(
  calls: Calls,
  id: number,
  { change, doing, key, looking }: OnceUpdate,
): Promise<ChangedTicket> {
  for (let tries = 1; ; tries += 1) {
    // In this order: an update that comes after the first read makes the ticket newer than what we saw.
    const ticket = await showTicket(calls, id, doing);
    const made = await findMarked(calls, id, key, looking);
    if (made !== null) {
      return { ...(await showTicket(calls, id, doing)), ...made };
    }
    try {
      const marked = { ...change(ticket), metadata: { [markName]: key }, basedOn: ticket.updatedAt };
      return await updateTicket(calls, id, doing, marked);
    } catch (error) {
      if (!movedSince(error) || tries === maxTries) {
        throw error;
      }
    }
  }
}

function movedSince(error: unknown): boolean {
  return error instanceof ZendeskError && error.status === 409;
}

async function showTicket(calls: Calls, id: number, before: string): Promise<ZendeskTicket> {
  const doing = `looking at ticket ${id} before ${before}`;
  const { ticket } = await calls.make({ doing, answer: TicketAnswer, run: (zendesk) => zendesk.tickets.show(id) });
  return ticket;
}

/** The update that carries this key; null when there is none. */
async function findMarked(
  calls: Calls,
  id: number,
  key: string,
  doing: string,
): Promise<Pick<ChangedTicket, 'commentId' | 'filesTaken'> | null> {
  for await (const { audits } of readAudits(calls, id, doing)) {
    const audit = audits.find((entry) => entry.mark === key);
    if (audit !== undefined) {
      return { commentId: audit.commentId, filesTaken: null };
    }
  }
  return null;
}

export function readAudits(calls: Calls, id: number, doing: string) {
  return pages(calls, {
    doing,
    answer: AuditsPage,
    run: (zendesk, page) => zendesk.ticketaudits.get(['tickets', id, 'audits', { page }]),
  });
}
