/**
 * `GET /incremental/tickets/cursor`: what changed since an instant, for admins. The last minute is never part of it, and
 * what was deleted comes with the status `deleted`.
 */
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import { badRequest, type Handled, ok, Refused } from './answers.ts';
import { baseUrl } from './paging.ts';
import type { Ticket } from './records.ts';
import { showTicket } from './show.ts';

const missingSeconds = 60;
const maxPageSize = 1000;

/** After which change the next page begins: its second, and the ticket's number within it. */
interface Position {
  seconds: number;
  id: number;
}

export function exportTickets(account: Account, request: SimRequest): Handled {
  const position = readPosition(account, request);
  const size = Math.min(Number(request.query.get('per_page') ?? maxPageSize) || maxPageSize, maxPageSize);
  const until = secondsOf(account.now()) - missingSeconds;
  const changed = account.tickets
    .filter((ticket) => isAfter(ticket, position) && updatedSeconds(ticket) <= until)
    .toSorted((a, b) => updatedSeconds(a) - updatedSeconds(b) || a.id - b.id);
  const tickets = changed.slice(0, size);
  const last = tickets.at(-1);
  const after = writeCursor(last === undefined ? position : { seconds: updatedSeconds(last), id: last.id });
  return ok({
    tickets: tickets.map((ticket) => showTicket(account, request, ticket)),
    after_cursor: after,
    after_url: `${baseUrl(request)}/api/v2/incremental/tickets/cursor.json?cursor=${after}`,
    before_cursor: null,
    before_url: null,
    end_of_stream: changed.length <= size,
  });
}

function readPosition(account: Account, request: SimRequest): Position {
  const cursor = request.query.get('cursor');
  if (cursor !== null) {
    return readCursor(cursor);
  }
  const seconds = Number(request.query.get('start_time') ?? Number.NaN);
  if (!Number.isInteger(seconds)) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the start_time attribute.');
  }
  if (seconds > secondsOf(account.now()) - missingSeconds) {
    throw new Refused({
      status: 422,
      body: { error: 'StartTimeTooRecent', description: 'Too recent start_time. Use one older than 60 seconds' },
    });
  }
  return { seconds, id: 0 };
}

function isAfter(ticket: Ticket, { seconds, id }: Position): boolean {
  const distance = updatedSeconds(ticket) - seconds;
  return distance > 0 || (distance === 0 && ticket.id > id);
}

function updatedSeconds(ticket: Ticket): number {
  return secondsOf(Temporal.Instant.from(ticket.updated_at));
}

function secondsOf(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}

function writeCursor({ seconds, id }: Position): string {
  return Buffer.from(`${seconds}.0||${id}|`).toString('base64url');
}

function readCursor(cursor: string): Position {
  const [, seconds, id] = /^(\d+)\.0\|\|(\d+)\|$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (seconds === undefined) {
    throw badRequest('Invalid attribute', 'You passed an invalid value for the cursor attribute.');
  }
  return { seconds: Number(seconds), id: Number(id) };
}
