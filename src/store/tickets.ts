/** The desk's ticket of each case, as far as it was read. */
import type { Selectable } from 'kysely';
import type { Place } from '../flows/event.ts';
import { instantText, instantTextOrNull } from './instant.ts';
import { updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

/** What is known of a ticket before the desk is asked for it; '' where it is not. */
interface TicketTopic {
  subject: string;
  /** Person id. */
  requester: string;
  /** Name of the environment, or its kind where no name was said. */
  environment: string;
  symptom: string;
  /** What asked for it, such as an alert; '' for a person. */
  source: string;
}

export interface Ticket extends TicketTopic {
  caseId: string;
  /** Our own id, which the desk keeps with the ticket: a ticket that may have been created is found by it. */
  externalId: string;
  /** The desk's number; null until it was created. */
  ticketId: number | null;
  /** The number that goes on instead, after a merge or as a follow-up. */
  followedId: number | null;
  /** The desk's word, or `expected` before it was created. */
  status: string;
  updatedAt: string | null;
  /** When it was asked for. */
  expectedAt: string | null;
  /** When it was last looked at. */
  readAt: string | null;
  /** The desk's instant of the newest reading with all comments. */
  seenAt: string | null;
}

interface ExpectedTicket extends Partial<TicketTopic> {
  caseId: string;
  externalId: string;
  at?: string;
}

/** Asked for again after the desk said no: what it is about by now counts. */
export async function insertTicket(tx: Tx, ticket: ExpectedTicket): Promise<void> {
  const { caseId, externalId, at, subject = '', requester = '', environment = '', symptom = '', source = '' } = ticket;
  const topic = { subject, requester, environment, symptom, source, expected_at: instantTextOrNull(at ?? null) };
  await tx
    .insertInto('ticket')
    .values({
      case_id: caseId,
      external_id: externalId,
      ticket_id: null,
      followed_id: null,
      status: 'expected',
      updated_at: null,
      read_at: null,
      seen_at: null,
      ...topic,
    })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(topic))
    .execute();
}

export interface TicketReading {
  caseId: string;
  ticketId: number;
  status: string;
  /** The desk's own instant, in whole seconds. */
  updatedAt: string;
  /** With all its comments. */
  complete?: boolean;
}

/**
 * Newer wins; false when nothing changed, because this reading is older or the same. The desk's clock ticks in seconds:
 * of two readings of one second the later to arrive wins. Another number than before is where the ticket goes on.
 */
export async function setTicket(tx: Tx, reading: TicketReading): Promise<boolean> {
  const updatedAt = instantText(reading.updatedAt);
  const before = await readTicket(tx, reading.caseId);
  if (before === null || !isNews(before, reading, updatedAt)) {
    return false;
  }
  const number =
    before.ticketId === null
      ? { ticket_id: reading.ticketId }
      : currentId(before) === reading.ticketId
        ? {}
        : { followed_id: reading.ticketId, read_at: null, seen_at: null };
  const seen = reading.complete === true ? { seen_at: updatedAt } : {};
  const result = await tx
    .updateTable('ticket')
    .set({ ...number, ...seen, status: reading.status, updated_at: updatedAt })
    .where('case_id', '=', reading.caseId)
    .executeTakeFirstOrThrow();
  return updated(result);
}

function isNews(before: Ticket, reading: TicketReading, updatedAt: string): boolean {
  if (before.updatedAt === null || currentId(before) !== reading.ticketId || before.updatedAt < updatedAt) {
    return true;
  }
  const isSeen = reading.complete === true && before.seenAt !== updatedAt;
  return before.updatedAt === updatedAt && (before.status !== reading.status || isSeen);
}

/** The number under which it goes on. */
export function currentId({ followedId, ticketId }: Pick<Ticket, 'followedId' | 'ticketId'>): number | null {
  return followedId ?? ticketId;
}

/** Several when tickets of two cases were merged at the desk. */
export async function casesOfTicket(db: Reader, ticketId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('case_id')
    .where((row) => row.or([row('ticket_id', '=', ticketId), row('followed_id', '=', ticketId)]))
    .orderBy('case_id')
    .execute();
  return rows.map((row) => row.case_id);
}

export async function readTicket(db: Reader, caseId: string): Promise<Ticket | null> {
  const row = await db.selectFrom('ticket').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return row === undefined ? null : toTicket(row);
}

/** Tickets of other cases that are open about this symptom, the newest first. */
export async function ticketsAbout(
  db: Reader,
  { caseId, symptom }: { caseId: string; symptom: string },
): Promise<{ number: number; environment: string; requester: string }[]> {
  const rows = await db
    .selectFrom('ticket')
    .selectAll()
    .where('symptom', '=', symptom)
    .where('case_id', '!=', caseId)
    .where('ticket_id', 'is not', null)
    .where('status', 'not in', ['solved', 'closed', 'deleted'])
    .orderBy('expected_at', 'desc')
    .limit(mostAlike)
    .execute();
  return rows.map(toTicket).flatMap((ticket) => {
    const number = currentId(ticket);
    return number === null ? [] : [{ number, environment: ticket.environment, requester: ticket.requester }];
  });
}

const mostAlike = 20;

/** Cases that have a ticket, the newest first: of a person, or of all threads of a conversation. */
export async function ticketCases(
  db: Reader,
  of: 'all' | { requester: string } | { platform: string; conversation: string },
): Promise<string[]> {
  const known = db
    .selectFrom('ticket')
    .select('case_id')
    .where('ticket_id', 'is not', null)
    .orderBy((order) => order.case().when('status', 'in', ['solved', 'closed', 'deleted']).then(1).else(0).end())
    .orderBy('expected_at', 'desc')
    .orderBy('ticket_id', 'desc');
  const rows = await (of === 'all'
    ? known
    : 'requester' in of
      ? known.where('requester', '=', of.requester)
      : known.where('case_id', 'in', (query) =>
          query
            .selectFrom('conversation')
            .select('conversation.case_id')
            .where('platform', '=', of.platform as Place['platform'])
            .where('conversation', '=', of.conversation),
        )
  ).execute();
  return rows.map((row) => row.case_id);
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

/** SQLite takes some thousand values in one statement; a pass over more comes in parts anyway. */
const mostAtOnce = 500;

/** They were looked at; what came of it is told elsewhere. */
export async function markRead(tx: Tx, caseIds: readonly string[], at: string): Promise<void> {
  for (let start = 0; start < caseIds.length; start += mostAtOnce) {
    await tx
      .updateTable('ticket')
      .set({ read_at: instantText(at) })
      .where('case_id', 'in', caseIds.slice(start, start + mostAtOnce))
      .execute();
  }
}

function toTicket(row: Selectable<Tables['ticket']>): Ticket {
  return {
    caseId: row.case_id,
    externalId: row.external_id,
    ticketId: row.ticket_id,
    followedId: row.followed_id,
    status: row.status,
    updatedAt: row.updated_at,
    expectedAt: row.expected_at,
    readAt: row.read_at,
    seenAt: row.seen_at,
    subject: row.subject,
    requester: row.requester,
    environment: row.environment,
    symptom: row.symptom,
    source: row.source,
  };
}
