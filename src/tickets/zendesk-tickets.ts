/** Tickets of the desk: found by our own id, created under a key, read and changed. */
import { ExportAnswer } from './zendesk-answers.ts';
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import {
  ChangeAnswer,
  markName,
  TicketAnswer,
  TicketsAnswer,
  type ZendeskPriority,
  type ZendeskStatus,
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
  /** Absent: the bot itself asks. */
  requester?: { name: string; email: string };
  customFields: readonly { id: number; value: string | number | boolean }[];
  /** Tokens of files that were uploaded for it. */
  uploads?: readonly string[];
  /** A closed ticket that this one goes on from. */
  followUpOf?: number;
}

export interface ChangedTicket extends ZendeskTicket {
  /** Of the comment that came with the change; null when there was none, or Zendesk did not tell. */
  commentId: number | null;
  /** How many files that comment got: Zendesk passes over an upload that it no longer knows without a word. */
  filesTaken: number | null;
}

export async function createTicket(calls: Calls, draft: TicketDraft, idempotencyKey: string): Promise<ChangedTicket> {
  const { requester, followUpOf, uploads = [] } = draft;
  return calls.make({
    doing: `creating the ticket for ${draft.externalId}`,
    answer: ChangeAnswer,
    idempotencyKey,
    run: (zendesk) =>
      zendesk.tickets.create({
        ticket: {
          external_id: draft.externalId,
          subject: draft.subject,
          comment: {
            ...(draft.htmlBody === undefined ? { body: draft.body } : { html_body: draft.htmlBody }),
            ...(uploads.length > 0 && { uploads: [...uploads] }),
          },
          priority: draft.priority,
          tags: [...draft.tags],
          ...(requester !== undefined && { requester }),
          custom_fields: draft.customFields.map(({ id, value }) => ({ id, value })),
          ...(followUpOf !== undefined && { via_followup_source_id: followUpOf }),
          metadata: { [markName]: idempotencyKey },
        },
      }),
  });
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

/** As many as Zendesk shows at once. */
const batchSize = 100;

/** Those that there are, in no certain order. */
export async function readTickets(calls: Calls, ids: readonly number[]): Promise<ZendeskTicket[]> {
  const read: ZendeskTicket[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize);
    const { tickets } = await calls.make({
      doing: `reading ${batch.length} tickets`,
      answer: TicketsAnswer,
      run: (zendesk) => zendesk.tickets.get(['tickets', 'show_many', { ids: batch.join(',') }]),
    });
    read.push(...tickets);
  }
  return read;
}

export interface ChangedSince {
  tickets: ZendeskTicket[];
  /** Where to go on from; null when Zendesk gave none. */
  cursor: string | null;
  /** False: there is more already. */
  endOfStream: boolean;
}

/** What changed, deleted tickets included, the last minute left out. Admins only. */
export function readChanges(
  calls: Calls,
  from: { cursor: string } | { since: Temporal.Instant },
): Promise<ChangedSince> {
  const query =
    'cursor' in from ? { cursor: from.cursor } : { start_time: Math.floor(from.since.epochMilliseconds / 1000) };
  return calls.make({
    doing: 'reading which tickets changed',
    answer: ExportAnswer,
    run: (zendesk) => zendesk.tickets.get(['incremental', 'tickets', 'cursor', query]),
  });
}

export interface TicketChange {
  status?: Exclude<ZendeskStatus, 'new' | 'deleted'>;
  priority?: ZendeskPriority;
  comment?: object;
  metadata?: object;
  /** `updatedAt` of the state that the change was decided on: Zendesk refuses it when the ticket has moved since. */
  basedOn?: string;
}

export function updateTicket(calls: Calls, id: number, doing: string, change: TicketChange): Promise<ChangedTicket> {
  const { basedOn, ...fields } = change;
  const ticket = { ...fields, ...(basedOn !== undefined && { safe_update: true, updated_stamp: basedOn }) };
  return calls.make({ doing, answer: ChangeAnswer, run: (zendesk) => zendesk.tickets.update(id, { ticket }) });
}
