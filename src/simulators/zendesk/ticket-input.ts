/** Reads the `{"ticket":{…}}` of a create or an update, and refuses it in Zendesk's words when it breaks a rule. */
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import { type Account, addUser, findTicket, findUser, findUserByEmail } from './account.ts';
import { recordInvalid } from './answers.ts';
import type { CommentInput } from './comments.ts';
import type { TicketStatus, User } from './records.ts';
import { readBody } from './request-body.ts';
import { customStatusOf } from './statuses.ts';
import type { TicketInput, TicketUpdate } from './ticket-changes.ts';

const Text = z.union([z.string(), z.number()]).transform(String).nullable();

export const CommentBody = z.object({
  body: z.string().nullish(),
  html_body: z.string().nullish(),
  public: z.boolean().default(true),
  author_id: z.int().nullish(),
  uploads: z.union([z.array(z.string()), z.string().transform((token) => [token])]).optional(),
});

/** Words, as a list or in one text. */
export const Tags = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))])
  .transform((tags) => [...new Set(tags.map((tag) => tag.toLowerCase()))]);

const TicketBody = z.object({
  subject: z.string().nullable().optional(),
  description: z.string().nullish(),
  comment: CommentBody.optional(),
  external_id: Text.optional(),
  type: z.string().nullable().optional(),
  priority: z.string().nullable().optional(),
  status: z.string().optional(),
  custom_status_id: z.int().optional(),
  tags: Tags.optional(),
  custom_fields: z.array(z.object({ id: z.int(), value: z.unknown() })).optional(),
  requester_id: z.int().nullish(),
  requester: z
    .union([
      z.string().transform((email) => ({ email, name: undefined })),
      z.int().transform((id) => ({ id })),
      z.object({ email: z.string().optional(), name: z.string().optional() }),
    ])
    .optional(),
  submitter_id: z.int().nullish(),
  assignee_id: z.int().nullable().optional(),
  via_followup_source_id: z.int().nullish(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  safe_update: z.boolean().optional(),
  updated_stamp: z.iso.datetime({ offset: true }).optional(),
});

export type TicketBody = z.output<typeof TicketBody>;

export const Type = z.enum(['problem', 'incident', 'question', 'task']).nullable();
export const Priority = z.enum(['urgent', 'high', 'normal', 'low']).nullable();
const Status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']);

/** @throws {Refused} with 400 when it is no JSON or a value has the wrong type. */
export function readTicketBody(request: SimRequest): TicketBody {
  return readBody(request, 'ticket', TicketBody);
}

/** @throws {Refused} with 422 for a ticket without a comment or with a value that does not exist. */
export function readNewTicket(account: Account, body: TicketBody, asker: User): TicketInput {
  const text = body.comment?.body ?? body.comment?.html_body ?? body.description ?? '';
  if (text.trim() === '') {
    throw recordInvalid('base', 'Description: cannot be blank', 'BlankValue');
  }
  const submitter = body.submitter_id == null ? asker : knownUser(account, body.submitter_id, 'submitter');
  const comment = body.comment ?? { body: text, public: true };
  const fields = readFields(account, body);
  const own = fields.customStatusId === undefined ? null : customStatusOf(account, fields.customStatusId);
  return {
    externalId: fields.externalId ?? null,
    subject: fields.subject ?? null,
    type: fields.type ?? null,
    priority: fields.priority ?? null,
    status: own?.status_category ?? fields.status ?? (fields.assigneeId == null ? 'new' : 'open'),
    ...(own !== null && { customStatusId: own.id }),
    tags: fields.tags ?? [],
    customFields: fields.customFields ?? [],
    requesterId: requesterOf(account, body, asker).id,
    submitterId: submitter.id,
    assigneeId: fields.assigneeId ?? null,
    followUpOf: followUpSource(account, body.via_followup_source_id),
    comment: readComment(account, comment, submitter),
  };
}

/** @throws {Refused} with 422 for a value that does not exist or a comment without text. */
export function readTicketUpdate(account: Account, body: TicketBody, asker: User): TicketUpdate {
  const fields = readFields(account, body);
  if (body.comment === undefined) {
    return fields;
  }
  if ((body.comment.body ?? body.comment.html_body ?? '').trim() === '') {
    throw recordInvalid('comment', 'Comment: cannot be blank', 'BlankValue');
  }
  return { ...fields, comment: readComment(account, body.comment, asker) };
}

function readFields(account: Account, body: TicketBody): Omit<TicketUpdate, 'comment'> {
  return {
    ...(body.external_id !== undefined && { externalId: body.external_id }),
    ...(body.subject !== undefined && { subject: body.subject }),
    ...(body.type !== undefined && { type: oneOf(Type, body.type, 'type') }),
    ...(body.priority !== undefined && { priority: oneOf(Priority, body.priority, 'priority') }),
    ...(body.status !== undefined && { status: statusOf(account, body.status) }),
    ...(body.custom_status_id !== undefined && { customStatusId: customStatusOf(account, body.custom_status_id).id }),
    ...(body.tags !== undefined && { tags: body.tags }),
    ...(body.custom_fields !== undefined && { customFields: body.custom_fields }),
    ...(body.assignee_id !== undefined && {
      assigneeId: body.assignee_id === null ? null : knownUser(account, body.assignee_id, 'assignee').id,
    }),
  };
}

/** On-hold can be switched off, and then is a status that does not exist. */
function statusOf(account: Account, text: string): TicketStatus {
  const status = oneOf(Status, text, 'status');
  if (status === 'hold' && !account.settings.onHold) {
    throw recordInvalid('status', `Status: ${text} is not in use in this account`);
  }
  return status;
}

const maxCommentLength = 65_535;

/** @throws {Refused} with 422. */
export function mustBeShort(comment: TicketBody['comment']): void {
  if ((comment?.body ?? comment?.html_body ?? '').length > maxCommentLength) {
    throw recordInvalid('comment', `Comment: is too long (maximum is ${maxCommentLength} characters)`, 'TooLong');
  }
}

function readComment(account: Account, comment: NonNullable<TicketBody['comment']>, author: User): CommentInput {
  const writer = comment.author_id == null ? author : knownUser(account, comment.author_id, 'author');
  mustBeShort(comment);
  return {
    ...(comment.body != null && { body: comment.body }),
    ...(comment.html_body != null && { html: comment.html_body }),
    public: comment.public,
    authorId: writer.id,
    uploads: comment.uploads ?? [],
  };
}

/** Only a closed ticket is followed up; anything else that is named here is passed over. */
export function followUpSource(account: Account, id: number | null | undefined): number | null {
  const source = id == null ? undefined : findTicket(account, id);
  return source?.status === 'closed' ? source.id : null;
}

/** `requester_id` wins over `requester`; somebody new gets an account. */
function requesterOf(account: Account, body: TicketBody, asker: User): User {
  if (body.requester_id != null) {
    return knownUser(account, body.requester_id, 'requester');
  }
  if (body.requester === undefined) {
    return asker;
  }
  if ('id' in body.requester) {
    return knownUser(account, body.requester.id, 'requester');
  }
  const { email, name } = body.requester;
  if (email === undefined || !email.includes('@')) {
    throw recordInvalid('requester', `Requester: Email: ${email ?? ''} is not properly formatted`, 'InvalidFormat');
  }
  const known = findUserByEmail(account, email);
  if (known === undefined && (name ?? '').trim() === '') {
    throw recordInvalid('requester', 'Requester: Name: is too short (minimum one character)', 'InvalidFormat');
  }
  return known ?? addUser(account, { name: name ?? email, email });
}

function knownUser(account: Account, id: number, what: string): User {
  const user = findUser(account, id);
  if (user === undefined) {
    throw recordInvalid(what, `${what}: ${id} is not a user of this account`);
  }
  return user;
}

function oneOf<Value>(schema: z.ZodType<Value>, value: unknown, field: string): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw recordInvalid(field, `${field}: ${JSON.stringify(value)} is not a valid value`);
  }
  return parsed.data;
}
