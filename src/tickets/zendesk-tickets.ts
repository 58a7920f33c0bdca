/** Tickets of the desk: found by our own id, created under a key, read and changed. */
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import {
  markName,
  TicketAnswer,
  TicketsAnswer,
  UpdateAnswer,
  type ZendeskPriority,
  type ZendeskTicket,
} from './zendesk-records.ts';

export interface TicketDraft {
  /** Our own id; how a ticket is found again when the idempotency key is forgotten (after two hours). */
  externalId: string;
  subject: string;
  body: string;
  /** Shown instead of `body` where the desk shows HTML. */
  htmlBody?: string;
  priority: ZendeskPriority;
  tags: readonly string[];
  requester: { name: string; email: string };
  customFields: readonly { id: number; value: string | number | boolean }[];
}

/** The ticket after the comment, and the comment's own number when Zendesk told it. */
export type CommentedTicket = ZendeskTicket & { commentId: number | null };

export async function createTicket(calls: Calls, draft: TicketDraft, idempotencyKey: string): Promise<ZendeskTicket> {
  const { ticket } = await calls.make({
    doing: `creating the ticket for ${draft.externalId}`,
    answer: TicketAnswer,
    idempotencyKey,
    run: (zendesk) =>
      zendesk.tickets.create({
        ticket: {
          external_id: draft.externalId,
          subject: draft.subject,
          comment: draft.htmlBody === undefined ? { body: draft.body } : { html_body: draft.htmlBody },
          priority: draft.priority,
          tags: [...draft.tags],
          requester: draft.requester,
          custom_fields: draft.customFields.map(({ id, value }) => ({ id, value })),
          metadata: { [markName]: idempotencyKey },
        },
      }),
  });
  return ticket;
}

export async function findByExternalId(calls: Calls, externalId: string): Promise<ZendeskTicket | null> {
  const { tickets } = await calls.make({
    doing: `looking for the ticket for ${externalId}`,
    answer: TicketsAnswer,
    run: (zendesk) => zendesk.tickets.get(['tickets', { external_id: externalId }]),
  });
  const exact = tickets.filter((ticket) => ticket.externalId === externalId);
  return exact.toSorted((a, b) => a.id - b.id)[0] ?? null;
}

export async function readTicket(calls: Calls, id: number): Promise<ZendeskTicket | null> {
  try {
    const { ticket } = await calls.make({
      doing: `reading ticket ${id}`,
      answer: TicketAnswer,
      run: (zendesk) => zendesk.tickets.show(id),
    });
    return ticket;
  } catch (error) {
    if (error instanceof ZendeskError && error.status === 404) {
      return null;
    }
    throw error;
  }
}

export function updateTicket(calls: Calls, id: number, doing: string, change: object): Promise<CommentedTicket> {
  return calls.make({
    doing,
    answer: UpdateAnswer,
    run: (zendesk) => zendesk.tickets.update(id, { ticket: change }),
  });
}
