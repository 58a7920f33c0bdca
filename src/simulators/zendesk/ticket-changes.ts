/**
 * The one way in which a ticket comes into being or changes, whether the API or the agent does it: the record, its
 * audit and what the webhooks are told come out of the same step.
 */
import { type Account, findUser, nextId, nextTicketId } from './account.ts';
import { asHtml, asText } from './bodies.ts';
import type {
  Audit,
  AuditEvent,
  Comment,
  CustomField,
  Metadata,
  Ticket,
  TicketPriority,
  TicketStatus,
  TicketType,
  Via,
} from './records.ts';
import { changed, commentAdded, type Happening, type TicketEvent, ticketEvents } from './ticket-events.ts';
import { instantText } from './times.ts';

export interface CommentInput {
  /** One of both is enough. */
  body?: string;
  html?: string;
  public: boolean;
  authorId: number;
}

export interface TicketInput {
  externalId: string | null;
  subject: string | null;
  type: TicketType | null;
  priority: TicketPriority | null;
  status: TicketStatus;
  tags: string[];
  customFields: CustomField[];
  requesterId: number;
  submitterId: number;
  assigneeId: number | null;
  comment: CommentInput;
}

/** What is absent stays as it is. */
export interface TicketUpdate {
  externalId?: string | null;
  subject?: string | null;
  type?: TicketType | null;
  priority?: TicketPriority | null;
  status?: TicketStatus;
  tags?: string[];
  customFields?: CustomField[];
  assigneeId?: number | null;
  comment?: CommentInput;
}

/** Who did it, how, and what they noted on it. */
export interface Act {
  actorId: number;
  channel: 'api' | 'web';
  metadata: Metadata;
}

export interface Changed {
  ticket: Ticket;
  audit: Audit;
  events: TicketEvent[];
}

export function createTicket(account: Account, input: TicketInput, act: Act): Changed {
  const at = account.now();
  const ticket: Ticket = {
    id: nextTicketId(account),
    external_id: input.externalId,
    subject: input.subject,
    description: input.comment.body ?? asText(input.comment.html ?? ''),
    type: input.type,
    priority: input.priority,
    status: input.status,
    tags: input.tags,
    custom_fields: input.customFields,
    requester_id: input.requesterId,
    submitter_id: input.submitterId,
    assignee_id: input.assigneeId,
    is_public: input.comment.public,
    created_at: instantText(at),
    updated_at: instantText(at),
    via: viaOf(act),
    comments: [],
    audits: [],
  };
  account.tickets.push(ticket);
  const audit = openAudit(account, ticket, act);
  for (const [field, value] of auditedValues(ticket)) {
    if (value !== null) {
      audit.events.push({ id: nextId(account), type: 'Create', field_name: field, value });
    }
  }
  const comment = addComment(account, ticket, audit, input.comment);
  const happenings = [
    { type: 'ticket.created', event: {} },
    commentAdded(comment, findUser(account, comment.author_id)),
  ];
  return { ticket, audit, events: ticketEvents(ticket, act.actorId, at, happenings) };
}

export function updateTicket(account: Account, ticket: Ticket, update: TicketUpdate, act: Act): Changed {
  const at = account.now();
  const before = { ...ticket };
  const audit = openAudit(account, ticket, act);
  Object.assign(ticket, fieldsOf(update));
  const comment = update.comment && addComment(account, ticket, audit, update.comment);
  if (comment !== undefined && update.status === undefined) {
    ticket.status = statusAfter(account, ticket, comment);
  }
  audit.events.push(...changesSince(account, before, ticket));
  if (audit.events.length === 0) {
    ticket.audits.pop();
    return { ticket, audit, events: [] };
  }
  ticket.updated_at = instantText(at);
  const happenings = happeningsSince(account, before, ticket, comment);
  return { ticket, audit, events: ticketEvents(ticket, act.actorId, at, happenings) };
}

function fieldsOf(update: TicketUpdate): Partial<Ticket> {
  return {
    ...(update.externalId !== undefined && { external_id: update.externalId }),
    ...(update.subject !== undefined && { subject: update.subject }),
    ...(update.type !== undefined && { type: update.type }),
    ...(update.priority !== undefined && { priority: update.priority }),
    ...(update.status !== undefined && { status: update.status }),
    ...(update.tags !== undefined && { tags: update.tags }),
    ...(update.customFields !== undefined && { custom_fields: update.customFields }),
    ...(update.assigneeId !== undefined && { assignee_id: update.assigneeId }),
  };
}

/** An answer of the customer's side brings a ticket that waited for it, or was solved, back to the desk. */
function statusAfter(account: Account, ticket: Ticket, comment: Comment): TicketStatus {
  const waited = ticket.status === 'pending' || ticket.status === 'solved';
  const fromCustomer = findUser(account, comment.author_id)?.role === 'end-user';
  return waited && fromCustomer && comment.public ? 'open' : ticket.status;
}

function changesSince(account: Account, before: Ticket, ticket: Ticket): AuditEvent[] {
  const previous = auditedValues(before);
  return [...auditedValues(ticket)]
    .filter(([field, value]) => value !== (previous.get(field) ?? null))
    .map(([field, value]) => ({
      id: nextId(account),
      type: 'Change',
      field_name: field,
      value,
      previous_value: previous.get(field) ?? null,
    }));
}

/** The fields whose changes an audit tells, each as one value; a custom field goes by its number. */
function auditedValues(ticket: Ticket): Map<string, string | number | null> {
  const { subject, status, priority, type, assignee_id, external_id } = ticket;
  const custom = ticket.custom_fields.map(({ id, value }) => [String(id), JSON.stringify(value)] as const);
  return new Map<string, string | number | null>([
    ...Object.entries({ subject, status, priority, type, assignee_id, external_id }),
    ['tags', ticket.tags.join(' ')],
    ...custom,
  ]);
}

function happeningsSince(
  account: Account,
  before: Ticket,
  ticket: Ticket,
  comment: Comment | undefined,
): readonly Happening[] {
  const added = ticket.tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !ticket.tags.includes(tag));
  return [
    ...(comment ? [commentAdded(comment, findUser(account, comment.author_id))] : []),
    ...(before.status === ticket.status ? [] : [changed('status', before.status, ticket.status)]),
    ...(before.priority === ticket.priority ? [] : [changed('priority', before.priority, ticket.priority)]),
    ...(added.length + removed.length === 0
      ? []
      : [{ type: 'ticket.tags_changed', event: { tags_added: added, tags_removed: removed } }]),
  ];
}

function openAudit(account: Account, ticket: Ticket, act: Act): Audit {
  const audit: Audit = {
    id: nextId(account),
    ticket_id: ticket.id,
    created_at: instantText(account.now()),
    author_id: act.actorId,
    metadata: act.metadata,
    via: viaOf(act),
    events: [],
  };
  ticket.audits.push(audit);
  return audit;
}

/** A comment has the id of the audit event that it is. */
function addComment(account: Account, ticket: Ticket, audit: Audit, input: CommentInput): Comment {
  const body = input.body ?? asText(input.html ?? '');
  const comment: Comment = {
    id: nextId(account),
    type: 'Comment',
    author_id: input.authorId,
    body,
    html_body: input.html ?? asHtml(body),
    plain_body: body,
    public: input.public,
    attachments: [],
    audit_id: audit.id,
    via: audit.via,
    created_at: audit.created_at,
    metadata: audit.metadata,
  };
  ticket.comments.push(comment);
  const { via: _via, created_at: _createdAt, metadata: _metadata, ...event } = comment;
  audit.events.push(event);
  return comment;
}

function viaOf(act: Act): Via {
  return { channel: act.channel, source: { from: {}, to: {}, rel: null } };
}
