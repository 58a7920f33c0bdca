/** The part of the Tickets API that answers here. */
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, findTicket } from './account.ts';
import { conflict, type Handled, notFound, ok, recordInvalid } from './answers.ts';
import { onceByKey, type RememberedAnswers } from './idempotency.ts';
import { baseUrl, page } from './paging.ts';
import type { Ticket, User } from './records.ts';
import { createTicket, updateTicket } from './ticket-changes.ts';
import type { TicketEvent } from './ticket-events.ts';
import { readNewTicket, readTicketBody, readTicketUpdate } from './ticket-input.ts';
import { showUser } from './users.ts';

export function postTicket(account: Account, memory: RememberedAnswers, request: SimRequest, asker: User): Handled {
  const body = readTicketBody(request);
  const events: TicketEvent[] = [];
  function create(): SimResponse {
    const input = readNewTicket(account, body, asker);
    const made = createTicket(account, input, {
      actorId: asker.id,
      channel: 'api',
      metadata: { system: {}, custom: body.metadata },
    });
    events.push(...made.events);
    const ticket = showTicket(request, made.ticket);
    return { status: 201, headers: { Location: ticket.url }, body: structuredClone({ ticket, audit: made.audit }) };
  }
  const asked = JSON.stringify(body);
  const response = onceByKey(memory, request.headers['idempotency-key'], asked, account.now(), create);
  return { response, events };
}

export function putTicket(account: Account, request: SimRequest, asker: User, id: number): Handled {
  const ticket = ticketOf(account, id);
  const body = readTicketBody(request);
  if (ticket.status === 'closed') {
    throw recordInvalid('status', 'Status: closed prevents ticket update', 'ClosedTicket');
  }
  if (body.safe_update === true && body.updated_stamp !== undefined && isNewer(ticket, body.updated_stamp)) {
    throw conflict();
  }
  const { audit, events } = updateTicket(account, ticket, readTicketUpdate(account, body, asker), {
    actorId: asker.id,
    channel: 'api',
    metadata: { system: {}, custom: body.metadata },
  });
  return { ...ok({ ticket: showTicket(request, ticket), audit }), events };
}

export function getTicket(account: Account, request: SimRequest, id: number): Handled {
  return ok({ ticket: showTicket(request, ticketOf(account, id)) });
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
      tickets.map((ticket) => showTicket(request, ticket)),
    ),
  );
}

export function showManyTickets(account: Account, request: SimRequest): Handled {
  const tickets = readIds(request).flatMap((id) => findTicket(account, id) ?? []);
  const shown = tickets.map((ticket) => showTicket(request, ticket));
  return ok({ tickets: shown, count: shown.length, next_page: null, previous_page: null });
}

export function listComments(account: Account, request: SimRequest, id: number): Handled {
  const body = page(request, 'comments', inOrder(request, ticketOf(account, id).comments));
  return ok(withAuthors(account, request, body));
}

export function listAudits(account: Account, request: SimRequest, id: number): Handled {
  const body = page(request, 'audits', inOrder(request, ticketOf(account, id).audits));
  return ok(withAuthors(account, request, body));
}

/** The numbers of `?ids=1,2,3`; whatever is no number is nobody's id. */
export function readIds(request: SimRequest): number[] {
  return (request.query.get('ids') ?? '').split(',').map(Number);
}

function ticketOf(account: Account, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined) {
    throw notFound();
  }
  return ticket;
}

function isNewer(ticket: Ticket, stamp: string): boolean {
  return Temporal.Instant.compare(ticket.updated_at, stamp) > 0;
}

function inOrder<Record>(request: SimRequest, records: readonly Record[]): readonly Record[] {
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

/** A ticket as the API shows it: without its comments and audits, with its address and what this account never uses. */
function showTicket(request: SimRequest, ticket: Ticket) {
  const { comments: _comments, audits: _audits, ...shown } = ticket;
  return {
    url: `${baseUrl(request)}/api/v2/tickets/${ticket.id}.json`,
    ...shown,
    raw_subject: ticket.subject,
    generated_timestamp: Math.floor(Temporal.Instant.from(ticket.updated_at).epochMilliseconds / 1000),
    fields: ticket.custom_fields,
    organization_id: null,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    followup_ids: [],
    sharing_agreement_ids: [],
    problem_id: null,
    has_incidents: false,
    due_at: null,
    custom_status_id: null,
    ticket_form_id: null,
    brand_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}
