/** The desk's ticket of each case, as far as it was read. */
import type { Selectable } from 'kysely';
import { instantText } from './instant.ts';
import { updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface Ticket {
  caseId: string;
  /** Our own id, which the desk keeps with the ticket: a ticket that may have been created is found by it. */
  externalId: string;
  /** The desk's number; null until it was created. */
  ticketId: number | null;
  /** The desk's word, or `expected` before it was created. */
  status: string;
  updatedAt: string | null;
}

export async function insertTicket(tx: Tx, ticket: { caseId: string; externalId: string }): Promise<void> {
  await tx
    .insertInto('ticket')
    .values({
      case_id: ticket.caseId,
      external_id: ticket.externalId,
      ticket_id: null,
      status: 'expected',
      updated_at: null,
    })
    .execute();
}

export interface TicketReading {
  caseId: string;
  ticketId: number;
  status: string;
  /** The desk's own instant, in whole seconds. */
  updatedAt: string;
}

/**
 * Newer wins; false when nothing changed, because this reading is older or the same. The desk's clock ticks in seconds:
 * of two readings of one second the later to arrive wins.
 */
export async function setTicket(tx: Tx, reading: TicketReading): Promise<boolean> {
  const updatedAt = instantText(reading.updatedAt);
  const result = await tx
    .updateTable('ticket')
    .set({ ticket_id: reading.ticketId, status: reading.status, updated_at: updatedAt })
    .where('case_id', '=', reading.caseId)
    .where((row) =>
      row.or([
        row('updated_at', 'is', null),
        row('updated_at', '<', updatedAt),
        row.and([row('updated_at', '=', updatedAt), row('status', '<>', reading.status)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return updated(result);
}

export async function caseOfTicket(db: Reader, ticketId: number): Promise<string | null> {
  const row = await db.selectFrom('ticket').select('case_id').where('ticket_id', '=', ticketId).executeTakeFirst();
  return row?.case_id ?? null;
}

export async function readTicket(db: Reader, caseId: string): Promise<Ticket | null> {
  const row = await db.selectFrom('ticket').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return row === undefined ? null : toTicket(row);
}

/** Those that the desk has and that can still change; a solved one can be opened again. */
export async function listOpenTickets(db: Reader): Promise<(Ticket & { ticketId: number })[]> {
  const rows = await db
    .selectFrom('ticket')
    .selectAll()
    .where('ticket_id', 'is not', null)
    .where('status', 'not in', ['closed', 'deleted'])
    .orderBy('ticket_id')
    .execute();
  return rows.map((row) => toTicket(row) as Ticket & { ticketId: number });
}

function toTicket(row: Selectable<Tables['ticket']>): Ticket {
  return {
    caseId: row.case_id,
    externalId: row.external_id,
    ticketId: row.ticket_id,
    status: row.status,
    updatedAt: row.updated_at,
  };
}
