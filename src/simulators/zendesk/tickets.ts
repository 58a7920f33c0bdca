/** The part of the Tickets API that answers here. */
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, findTicket } from './account.ts';
import { conflict, type Handled, notFound, ok, recordInvalid } from './answers.ts';
import type { Act } from './audits.ts';
import { onceByKey, type RememberedAnswers } from './idempotency.ts';
import { page } from './paging.ts';
import type { Ticket, User } from './records.ts';
import { readBody } from './request-body.ts';
import { showComment, showTicket } from './show.ts';
import { createTicket, updateTicket } from './ticket-changes.ts';
import type { Told } from './ticket-events.ts';
import { readNewTicket, readTicketBody, readTicketUpdate, Tags } from './ticket-input.ts';
import { showUser } from './users.ts';

export function postTicket(account: Account, memory: RememberedAnswers, request: SimRequest, asker: User): Handled {
  const body = readTicketBody(request);
  const told: Told[] = [];
  function create(): SimResponse {
    const input = readNewTicket(account, body, asker);
    const made = createTicket(account, input, {
      ...actBy(asker, body.metadata),
      ...(input.followUpOf !== null && {
        source: { from: { ticket_id: input.followUpOf }, to: {}, rel: 'follow_up' },
      }),
    });
    told.push(...made.told);
    const ticket = showTicket(account, request, made.ticket);
    return { status: 201, headers: { Location: ticket.url }, body: structuredClone({ ticket, audit: made.audit }) };
  }
  const asked = JSON.stringify(body);
  const response = onceByKey(memory, request.headers['idempotency-key'], asked, account.now(), create);
  return { response, told };
}

export function putTicket(account: Account, request: SimRequest, asker: User, id: number): Handled {
  const ticket = ticketOf(account, id);
  const body = readTicketBody(request);
  mustBeOpen(ticket);
  if (body.safe_update === true && body.updated_stamp !== undefined && isNewer(ticket, body.updated_stamp)) {
    throw conflict();
  }
  const update = readTicketUpdate(account, body, asker);
  const { audit, told } = updateTicket(account, ticket, update, actBy(asker, body.metadata));
  return { ...ok({ ticket: showTicket(account, request, ticket), audit }), told };
}

export function getTicket(account: Account, request: SimRequest, id: number): Handled {
  return ok({ ticket: showTicket(account, request, ticketOf(account, id)) });
}

/** With `external_id` all tickets of that id, the oldest first; Zendesk does not keep it unique. */
export function listTickets(account: Account, request: SimRequest): Handled {
  const externalId = request.query.get('external_id');
  const tickets = account.tickets.filter(
    (ticket) => ticket.status !== 'deleted' && (externalId === null || ticket.external_id === externalId),
  );
  return ok(
    page(
      request,
      'tickets',
      tickets.map((ticket) => showTicket(account, request, ticket)),
    ),
  );
}

/** What there is of the first hundred; deleted tickets and numbers of nothing are passed over. */
export function showManyTickets(account: Account, request: SimRequest): Handled {
  const tickets = readIds(request)
    .slice(0, 100)
    .flatMap((id) => findTicket(account, id) ?? []);
  const shown = tickets.map((ticket) => showTicket(account, request, ticket));
  return ok({ tickets: shown, count: shown.length, next_page: null, previous_page: null });
}

export function listComments(account: Account, request: SimRequest, id: number): Handled {
  const comments = inOrder(request, ticketOf(account, id).comments);
  const body = page(
    request,
    'comments',
    comments.map((comment) => showComment(request, comment)),
  );
  return ok(withAuthors(account, request, body));
}

export function listAudits(account: Account, request: SimRequest, id: number): Handled {
  const body = page(request, 'audits', inOrder(request, ticketOf(account, id).audits));
  return ok(withAuthors(account, request, body));
}

export function getTags(account: Account, id: number): Handled {
  return ok({ tags: ticketOf(account, id).tags });
}

/** `PUT` adds, `POST` replaces. */
export function changeTags(account: Account, request: SimRequest, asker: User, id: number): Handled {
  const ticket = ticketOf(account, id);
  const named = readBody(request, 'tags', Tags);
  mustBeOpen(ticket);
  const tags = request.method === 'PUT' ? [...new Set([...ticket.tags, ...named])] : named;
  const { told } = updateTicket(account, ticket, { tags }, actBy(asker, {}));
  return { ...ok({ tags }), told };
}

/** The numbers of `?ids=1,2,3`; whatever is no number is nobody's id. */
export function readIds(request: SimRequest): number[] {
  return (request.query.get('ids') ?? '').split(',').map(Number);
}

function actBy(asker: User, custom: Record<string, unknown>): Act {
  return { actorId: asker.id, channel: 'api', metadata: { system: {}, custom } };
}

function ticketOf(account: Account, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined) {
    throw notFound();
  }
  return ticket;
}

/** @throws {Refused} with 422: a closed ticket is never changed again. */
export function mustBeOpen(ticket: Ticket): void {
  if (ticket.status === 'closed') {
    throw recordInvalid('status', 'Status: closed prevents ticket update', 'ClosedTicket');
  }
}

function isNewer(ticket: Ticket, stamp: string): boolean {
  return Temporal.Instant.compare(ticket.updated_at, stamp) > 0;
}

export function inOrder<Record>(request: SimRequest, records: readonly Record[]): readonly Record[] {
  const descending = request.query.get('sort_order') === 'desc' || request.query.get('sort') === '-created_at';
  return descending ? records.toReversed() : records;
}

/** `include=users` puts the authors of the page beside it. */
function withAuthors(account: Account, request: SimRequest, body: Record<string, unknown>): Record<string, unknown> {
  if (!(request.query.get('include') ?? '').split(',').includes('users')) {
    return body;
  }
  const listed = (body['comments'] ?? body['audits']) as readonly { author_id: number }[];
  const authors = new Set(listed.map((entry) => entry.author_id));
  const users = account.users.filter((user) => authors.has(user.id));
  return { ...body, users: users.map((user) => showUser(request, user)) };
}
