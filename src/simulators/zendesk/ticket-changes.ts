/**
 * The one way in which a ticket comes into being or changes, whether the API or the agent does it: the record, its
 * audit and what the webhooks are told come out of the same step.
 */
import { type Account, findUser, isStaff, nextTicketId } from './account.ts';
import { type Act, changesSince, creationsOf, openAudit, viaOf } from './audits.ts';
import { asText } from './bodies.ts';
import { addComment, type CommentInput } from './comments.ts';
import type { Audit, Comment, CustomField, Ticket, TicketPriority, TicketStatus, TicketType } from './records.ts';
import { customStatusFor, customStatusOf } from './statuses.ts';
import { changed, commentAdded, type Happening, ticketEvents, type Told } from './ticket-events.ts';
import { instantText } from './times.ts';
import { triggerCalls } from './triggers.ts';

export interface TicketInput {
  externalId: string | null;
  subject: string | null;
  type: TicketType | null;
  priority: TicketPriority | null;
  status: TicketStatus;
  customStatusId?: number;
  tags: string[];
  customFields: CustomField[];
  requesterId: number;
  submitterId: number;
  assigneeId: number | null;
  /** A closed ticket that this one goes on from. */
  followUpOf: number | null;
  comment: CommentInput;
}

/** What is absent stays as it is. */
export interface TicketUpdate {
  externalId?: string | null;
  subject?: string | null;
  type?: TicketType | null;
  priority?: TicketPriority | null;
  status?: TicketStatus;
  customStatusId?: number;
  tags?: string[];
  customFields?: CustomField[];
  assigneeId?: number | null;
  comment?: CommentInput;
}

export interface Changed {
  ticket: Ticket;
  audit: Audit;
  told: Told[];
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
    custom_status_id: input.customStatusId ?? customStatusFor(account, null, input.status),
    tags: input.tags,
    custom_fields: input.customFields,
    requester_id: input.requesterId,
    submitter_id: input.submitterId,
    assignee_id: input.assigneeId,
    is_public: input.comment.public,
    followup_source_id: input.followUpOf,
    created_at: instantText(at),
    updated_at: instantText(at),
    via: viaOf(act),
    deletion: null,
    comments: [],
    audits: [],
  };
  account.tickets.push(ticket);
  const audit = openAudit(account, ticket, act);
  audit.events.push(...creationsOf(account, ticket));
  const comment = addComment(account, ticket, audit, input.comment, act);
  ticket.description = comment.body;
  const happenings = [{ type: 'ticket.created', event: {} }, ...commentHappenings(account, comment)];
  const events = ticketEvents(ticket, act.actorId, at, happenings);
  return { ticket, audit, told: [...events, ...triggerCalls(account, { before: null, ticket, comment })] };
}

export function updateTicket(account: Account, ticket: Ticket, update: TicketUpdate, act: Act): Changed {
  const at = account.now();
  const before = structuredClone(ticket);
  const audit = openAudit(account, ticket, act);
  Object.assign(ticket, fieldsOf(update, before));
  const comment = update.comment && addComment(account, ticket, audit, update.comment, act);
  Object.assign(ticket, standingAfter(account, before, ticket, { update, comment, act }));
  audit.events.push(...changesSince(account, before, ticket));
  if (audit.events.length === 0) {
    ticket.audits.pop();
    return { ticket, audit, told: [] };
  }
  ticket.updated_at = instantText(at);
  const happenings = happeningsSince(account, before, ticket, comment);
  const events = ticketEvents(ticket, act.actorId, at, happenings);
  return { ticket, audit, told: [...events, ...triggerCalls(account, { before, ticket, comment })] };
}

function fieldsOf(update: TicketUpdate, before: Ticket): Partial<Ticket> {
  return {
    ...(update.externalId !== undefined && { external_id: update.externalId }),
    ...(update.subject !== undefined && { subject: update.subject }),
    ...(update.type !== undefined && { type: update.type }),
    ...(update.priority !== undefined && { priority: update.priority }),
    ...(update.tags !== undefined && { tags: update.tags }),
    ...(update.customFields !== undefined && {
      custom_fields: mergedFields(before.custom_fields, update.customFields),
    }),
    ...(update.assigneeId !== undefined && { assignee_id: update.assigneeId }),
  };
}

/** Fields that an update does not name keep their value. */
function mergedFields(before: readonly CustomField[], named: readonly CustomField[]): CustomField[] {
  const kept = before.filter((field) => !named.some(({ id }) => id === field.id));
  return [...kept, ...named];
}

interface Asked {
  update: TicketUpdate;
  comment: Comment | undefined;
  act: Act;
}

/** Where the ticket stands and whose it is, which follow from more than was asked for. */
function standingAfter(account: Account, before: Ticket, ticket: Ticket, asked: Asked): Partial<Ticket> {
  const { update, act } = asked;
  const own = update.customStatusId === undefined ? null : customStatusOf(account, update.customStatusId);
  const status = own?.status_category ?? update.status ?? statusAfter(account, ticket, asked);
  const solvedByNobody = status === 'solved' && ticket.assignee_id === null;
  return {
    status,
    custom_status_id: own?.id ?? customStatusFor(account, before, status),
    ...(solvedByNobody && isStaff(findUser(account, act.actorId)) && { assignee_id: act.actorId }),
  };
}

/**
 * An answer of the customer's side brings a ticket that waited for it, or was solved, back to the desk. A new ticket
 * that somebody takes is open.
 */
function statusAfter(account: Account, ticket: Ticket, { update, comment }: Asked): TicketStatus {
  const waited = ticket.status === 'pending' || ticket.status === 'solved';
  const fromCustomer = comment !== undefined && !isStaff(findUser(account, comment.author_id));
  if (waited && fromCustomer && comment.public) {
    return 'open';
  }
  return ticket.status === 'new' && update.assigneeId != null ? 'open' : ticket.status;
}

function happeningsSince(account: Account, before: Ticket, ticket: Ticket, comment: Comment | undefined): Happening[] {
  const added = ticket.tags.filter((tag) => !before.tags.includes(tag));
  const removed = before.tags.filter((tag) => !ticket.tags.includes(tag));
  return [
    ...(comment ? commentHappenings(account, comment) : []),
    ...(before.status === ticket.status ? [] : [changed('status', before.status, ticket.status)]),
    ...(before.priority === ticket.priority ? [] : [changed('priority', before.priority, ticket.priority)]),
    ...numberChanged('ticket.custom_status_changed', before.custom_status_id, ticket.custom_status_id),
    ...numberChanged('ticket.agent_assignment_changed', before.assignee_id, ticket.assignee_id),
    ...(before.subject === ticket.subject
      ? []
      : [{ type: 'ticket.subject_changed', event: { current: ticket.subject, previous: before.subject } }]),
    ...(added.length + removed.length === 0
      ? []
      : [{ type: 'ticket.tags_changed', event: { tags_added: added, tags_removed: removed } }]),
  ];
}

function commentHappenings(account: Account, comment: Comment): Happening[] {
  return [
    commentAdded(comment, findUser(account, comment.author_id)),
    ...comment.attachments.map((file) => ({
      type: 'ticket.attachment_linked_to_comment',
      event: { attachment: { id: String(file.id), filename: file.file_name }, comment: { id: String(comment.id) } },
    })),
  ];
}

function numberChanged(type: string, previous: number | null, current: number | null): Happening[] {
  return previous === current
    ? []
    : [{ type, event: { current: String(current ?? ''), previous: String(previous ?? '') } }];
}
