/** What Zendesk's answers are parsed into; behind this file there are only typed values. */
import { z } from 'zod/v4';

/** The name under which our own key stands in the custom metadata of what we write. */
export const markName = 'causeway';

/** Whatever else stands in the metadata is other programs' business and no reason to reject an answer. */
const Mark = z
  .object({ custom: z.object({ [markName]: z.string() }) })
  .transform((metadata): string | null => metadata.custom[markName] ?? null)
  .catch(null);

/** ISO 8601 with `Z`, whatever offset it came with. */
const InstantText = z.iso.datetime({ offset: true }).transform((text) => Temporal.Instant.from(text).toString());

export const Status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']);
export type ZendeskStatus = z.output<typeof Status>;

export const Priority = z.enum(['urgent', 'high', 'normal', 'low']);
export type ZendeskPriority = z.output<typeof Priority>;

export const Ticket = z
  .object({
    id: z.int(),
    external_id: z.string().nullish(),
    subject: z.string().nullish(),
    status: Status,
    priority: Priority.nullish(),
    tags: z.array(z.string()).default([]),
    requester_id: z.int(),
    assignee_id: z.int().nullish(),
    created_at: InstantText,
    updated_at: InstantText,
  })
  .transform((ticket) => ({
    id: ticket.id,
    externalId: ticket.external_id ?? null,
    subject: ticket.subject ?? '',
    status: ticket.status,
    priority: ticket.priority ?? null,
    tags: ticket.tags,
    requesterId: ticket.requester_id,
    assigneeId: ticket.assignee_id ?? null,
    createdAt: ticket.created_at,
    /** Whole seconds: two changes within one second carry the same value, so an equal one is not older. */
    updatedAt: ticket.updated_at,
  }));
export type ZendeskTicket = z.output<typeof Ticket>;

const User = z.object({ id: z.int(), name: z.string(), role: z.enum(['end-user', 'agent', 'admin']) });
export type ZendeskUser = z.output<typeof User>;

const Comment = z.object({
  id: z.int(),
  author_id: z.int(),
  public: z.boolean(),
  body: z.string().nullish(),
  plain_body: z.string().nullish(),
  created_at: InstantText,
  via: z.object({ channel: z.unknown() }).nullish(),
  metadata: Mark,
});

export interface ZendeskComment {
  id: number;
  /** Text without markup. */
  body: string;
  public: boolean;
  author: ZendeskUser;
  createdAt: string;
  /** Written by a program, ours or another one. */
  viaApi: boolean;
  /** Our own key when we wrote it (`commentKey`, or the idempotency key of the ticket for the first comment). */
  mark: string | null;
}

/** An account that was deleted since. Taken for the desk's: an answer that is not shown is worse than a wrong name. */
function unknownAuthor(id: number): ZendeskUser {
  return { id, name: 'Somebody at the desk', role: 'agent' };
}

export const TicketAnswer = z.object({ ticket: Ticket });
export const TicketsAnswer = z.object({ tickets: z.array(Ticket) });
export const UserAnswer = z.object({ user: User });

const AuditEvent = z.object({ id: z.int().optional(), type: z.string() });

/** A comment has the id of the audit event that it is. */
function commentIdOf(events: readonly z.output<typeof AuditEvent>[]): number | null {
  return events.find((event) => event.type === 'Comment')?.id ?? null;
}

export const UpdateAnswer = z
  .object({ ticket: Ticket, audit: z.object({ events: z.array(AuditEvent).default([]) }).optional() })
  .transform(({ ticket, audit }) => ({ ...ticket, commentId: commentIdOf(audit?.events ?? []) }));

const Page = z
  .object({ has_more: z.boolean(), after_cursor: z.string().nullish() })
  .optional()
  .transform((meta) => (meta?.has_more === true ? (meta.after_cursor ?? null) : null));

/** `meta` becomes the cursor of the next page; null at the end. */
export const AuditsPage = z
  .object({ audits: z.array(z.object({ metadata: Mark, events: z.array(AuditEvent).default([]) })), meta: Page })
  .transform(({ audits, meta }) => ({
    meta,
    audits: audits.map(({ metadata, events }) => ({ mark: metadata, commentId: commentIdOf(events) })),
  }));

export const CommentsPage = z
  .object({ comments: z.array(Comment), users: z.array(User).default([]), meta: Page })
  .transform(({ comments, users, meta }) => ({
    meta,
    comments: comments.map(
      (comment): ZendeskComment => ({
        id: comment.id,
        body: comment.plain_body ?? comment.body ?? '',
        public: comment.public,
        author: users.find((user) => user.id === comment.author_id) ?? unknownAuthor(comment.author_id),
        createdAt: comment.created_at,
        viaApi: comment.via?.channel === 'api',
        mark: comment.metadata,
      }),
    ),
  }));

const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  endpoint: z.string(),
  subscriptions: z.array(z.string()).default([]),
});

export const WebhookAnswer = z.object({ webhook: Webhook });
export const WebhooksPage = z.object({ webhooks: z.array(Webhook), meta: Page });
export const SecretAnswer = z.object({ signing_secret: z.object({ secret: z.string().min(1) }) });

export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Absent or null: the token does not end by itself. */
  expires_in: z.number().positive().nullish(),
});
