/**
 * The Requests API: tickets as the end user sees them who asked for them. Only their own, only what is public, and of
 * changes only a comment and "it is solved". Staff is treated the same here.
 */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, findTicket, findUser, isStaff } from './account.ts';
import { created, type Handled, notFound, ok, recordInvalid } from './answers.ts';
import type { Act } from './audits.ts';
import { baseUrl, page } from './paging.ts';
import type { Comment, Ticket, TicketStatus, User } from './records.ts';
import { readBody } from './request-body.ts';
import { createTicket, type TicketUpdate, updateTicket } from './ticket-changes.ts';
import { CommentBody, followUpSource, mustBeShort, Priority, Type } from './ticket-input.ts';
import { inOrder, mustBeOpen } from './tickets.ts';
import { showAttachment } from './uploads.ts';

const NewRequest = z.object({
  subject: z.string().nullish(),
  comment: CommentBody.optional(),
  priority: Priority.optional(),
  type: Type.optional(),
  custom_fields: z.array(z.object({ id: z.int(), value: z.unknown() })).optional(),
  via_followup_source_id: z.int().nullish(),
});

export function postRequest(account: Account, request: SimRequest, asker: User): Handled {
  const body = readBody(request, 'request', NewRequest);
  if (textOf(body.comment).trim() === '') {
    throw recordInvalid('base', 'Description: cannot be blank', 'BlankValue');
  }
  if ((body.subject ?? '').trim() === '') {
    throw recordInvalid('subject', 'Subject: cannot be blank', 'BlankValue');
  }
  const source = followUpSource(account, body.via_followup_source_id);
  const { ticket, told } = createTicket(
    account,
    {
      externalId: null,
      subject: body.subject ?? null,
      type: body.type ?? null,
      priority: body.priority ?? null,
      status: 'new',
      tags: [],
      customFields: body.custom_fields ?? [],
      requesterId: asker.id,
      submitterId: asker.id,
      assigneeId: null,
      followUpOf: source,
      comment: { ...commentBy(asker, body.comment), public: true },
    },
    { ...actBy(asker), ...(source !== null && { source: { from: { ticket_id: source }, to: {}, rel: 'follow_up' } }) },
  );
  return { ...created({ request: showRequest(account, request, ticket) }), told };
}

const RequestChange = z.object({
  comment: CommentBody.optional(),
  solved: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
});

/** What cannot be changed is passed over without a word, "solved" included where it is not theirs to say. */
export function putRequest(account: Account, request: SimRequest, asker: User, id: number): Handled {
  const ticket = ownTicket(account, asker, id);
  const body = readBody(request, 'request', RequestChange);
  mustBeOpen(ticket);
  if (body.comment !== undefined && textOf(body.comment).trim() === '') {
    throw recordInvalid('comment', 'Comment: cannot be blank', 'BlankValue');
  }
  const update: TicketUpdate = {
    ...(body.comment !== undefined && { comment: { ...commentBy(asker, body.comment), public: true } }),
    ...(body.solved === true && canBeSolved(account, ticket) && { status: 'solved' as const }),
  };
  const { told } = updateTicket(account, ticket, update, actBy(asker));
  return { ...ok({ request: showRequest(account, request, ticket) }), told };
}

export function getRequest(account: Account, request: SimRequest, asker: User, id: number): Handled {
  return ok({ request: showRequest(account, request, ownTicket(account, asker, id)) });
}

const openStatuses: ReadonlySet<TicketStatus> = new Set(['new', 'open', 'pending', 'hold']);

/** `which` is the last part of the path: all, `open`, `solved`, `ccd` or `search`. */
export function listRequests(account: Account, request: SimRequest, asker: User, which = ''): Handled {
  const query = (request.query.get('query') ?? '').toLowerCase();
  const own = account.tickets.filter((ticket) => isTheirs(ticket, asker) && isListed(ticket, which, query));
  const by = request.query.get('sort_by') === 'updated_at' ? ('updated_at' as const) : ('created_at' as const);
  const sorted = own.toSorted((a, b) => a[by].localeCompare(b[by]) || a.id - b.id);
  return ok(
    page(
      request,
      'requests',
      inOrder(request, sorted).map((ticket) => showRequest(account, request, ticket)),
    ),
  );
}

function isListed(ticket: Ticket, which: string, query: string): boolean {
  switch (which) {
    case 'open':
      return openStatuses.has(ticket.status);
    case 'solved':
      return !openStatuses.has(ticket.status);
    case 'search':
      return `${ticket.subject} ${ticket.description}`.toLowerCase().includes(query);
    case 'ccd':
      return false;
    default:
      return true;
  }
}

export function listRequestComments(account: Account, request: SimRequest, asker: User, id: number): Handled {
  const ticket = ownTicket(account, asker, id);
  const role = request.query.get('role');
  const since = request.query.get('since');
  const found = ticket.comments.filter(
    (comment) =>
      comment.public &&
      (role === null || (role === 'agent') === isStaff(findUser(account, comment.author_id))) &&
      (since === null || Temporal.Instant.compare(comment.created_at, since) >= 0),
  );
  const authors = new Set(found.map((comment) => comment.author_id));
  const body = page(
    request,
    'comments',
    inOrder(request, found).map((comment) => showRequestComment(request, ticket, comment)),
  );
  const users = account.users.filter((user) => authors.has(user.id));
  return ok({ ...body, users: users.map(showParticipant), organizations: [] });
}

export function getRequestComment(
  account: Account,
  request: SimRequest,
  asker: User,
  [id, commentId]: [number, number],
): Handled {
  const ticket = ownTicket(account, asker, id);
  const comment = ticket.comments.find((entry) => entry.id === commentId && entry.public);
  if (comment === undefined) {
    throw notFound();
  }
  return ok({ comment: showRequestComment(request, ticket, comment) });
}

/** @throws {Refused} with 404 for a ticket of somebody else, and for one in which nothing is public. */
function ownTicket(account: Account, asker: User, id: number): Ticket {
  const ticket = findTicket(account, id);
  if (ticket === undefined || !isTheirs(ticket, asker)) {
    throw notFound();
  }
  return ticket;
}

function isTheirs(ticket: Ticket, asker: User): boolean {
  return ticket.status !== 'deleted' && ticket.requester_id === asker.id && ticket.is_public;
}

function canBeSolved(account: Account, ticket: Ticket): boolean {
  const taken = ticket.assignee_id !== null && isStaff(findUser(account, ticket.assignee_id));
  return taken && ticket.type !== 'problem' && openStatuses.has(ticket.status);
}

function commentBy(asker: User, comment: z.output<typeof CommentBody> | undefined) {
  mustBeShort(comment);
  return {
    ...(comment?.body != null && { body: comment.body }),
    ...(comment?.html_body != null && { html: comment.html_body }),
    uploads: comment?.uploads ?? [],
    authorId: asker.id,
  };
}

function textOf(comment: z.output<typeof CommentBody> | undefined): string {
  return comment?.body ?? comment?.html_body ?? '';
}

/** An end user leaves no notes of their own on a change. */
function actBy(asker: User): Act {
  return { actorId: asker.id, channel: 'api', metadata: { system: {}, custom: {} } };
}

function showRequest(account: Account, request: SimRequest, ticket: Ticket): object {
  const first = ticket.comments.find((comment) => comment.public);
  return {
    url: `${baseUrl(request)}/api/v2/requests/${ticket.id}.json`,
    id: ticket.id,
    subject: ticket.subject,
    description: first === ticket.comments[0] ? ticket.description : '',
    status: ticket.status,
    custom_status_id: ticket.custom_status_id,
    priority: ticket.priority,
    type: ticket.type,
    solved: !openStatuses.has(ticket.status),
    can_be_solved_by_me: canBeSolved(account, ticket),
    requester_id: ticket.requester_id,
    assignee_id: ticket.assignee_id,
    organization_id: null,
    group_id: null,
    collaborator_ids: [],
    email_cc_ids: [],
    custom_fields: ticket.custom_fields,
    fields: ticket.custom_fields,
    is_public: ticket.is_public,
    due_at: null,
    recipient: null,
    followup_source_id: ticket.followup_source_id,
    ticket_form_id: null,
    via: { channel: ticket.via.channel },
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
  };
}

/** Without what staff noted on it. */
function showRequestComment(request: SimRequest, ticket: Ticket, comment: Comment): object {
  const { metadata: _metadata, via: _via, audit_id: _audit, ...shown } = comment;
  const url = `${baseUrl(request)}/api/v2/requests/${ticket.id}/comments/${comment.id}.json`;
  const attachments = comment.attachments.map((file) => showAttachment(request, file));
  return { url, request_id: ticket.id, ...shown, attachments };
}

function showParticipant(user: User): object {
  return { id: user.id, name: user.name, photo: null, agent: isStaff(user), organization_id: null };
}
