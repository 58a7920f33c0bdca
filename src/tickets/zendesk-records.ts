/** Tickets, people and comments as Zendesk's answers are parsed into; behind this file there are only typed values. */
import { z } from 'zod/v4';
import { linkOfDesk, lineOfDesk, textOfDesk } from './desk-text.ts';

/** The name under which our own key stands in the custom metadata of what we write. */
export const markName = 'causeway';

/** Whatever else stands in the metadata is other programs' business and no reason to reject an answer. */
const Mark = z
  .object({ custom: z.object({ [markName]: z.string() }) })
  .transform((metadata): string | null => metadata.custom[markName] ?? null)
  .catch(null);

/** ISO 8601 with `Z`, whatever offset it came with. */
export const InstantText = z.iso.datetime({ offset: true }).transform((text) => Temporal.Instant.from(text).toString());

/** A deleted ticket is found by the export alone; everywhere else it is missing. */
export const Status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']);
export type ZendeskStatus = z.output<typeof Status>;

export const Priority = z.enum(['urgent', 'high', 'normal', 'low']);
export type ZendeskPriority = z.output<typeof Priority>;

export const Ticket = z
  .object({
    id: z.int(),
    external_id: z.string().nullish(),
    subject: z.string().nullish(),
    status: Status,
    custom_status_id: z.int().nullish(),
    priority: Priority.nullish(),
    tags: z.array(z.string()).default([]),
    requester_id: z.int(),
    assignee_id: z.int().nullish(),
    followup_ids: z.array(z.int()).nullish(),
    created_at: InstantText,
    updated_at: InstantText,
  })
  .transform((ticket) => ({
    id: ticket.id,
    externalId: ticket.external_id ?? null,
    subject: lineOfDesk(ticket.subject ?? ''),
    status: ticket.status,
    customStatusId: ticket.custom_status_id ?? null,
    priority: ticket.priority ?? null,
    tags: ticket.tags,
    requesterId: ticket.requester_id,
    assigneeId: ticket.assignee_id ?? null,
    followUpIds: ticket.followup_ids ?? [],
    createdAt: ticket.created_at,
    /** Whole seconds: two changes within one second carry the same value, so an equal one is not older. */
    updatedAt: ticket.updated_at,
  }));
export type ZendeskTicket = z.output<typeof Ticket>;

const User = z
  .object({ id: z.int(), name: z.string(), role: z.enum(['end-user', 'agent', 'admin']) })
  .transform(({ id, name, role }) => ({ id, name: lineOfDesk(name), role }));
export type ZendeskUser = z.output<typeof User>;

export const Attachment = z
  .object({
    id: z.int(),
    file_name: z.string().nullish(),
    content_url: z.string().nullish(),
    size: z.number().nullish(),
    deleted: z.boolean().nullish(),
    malware_scan_result: z.string().nullish(),
  })
  .transform((file) => ({
    id: file.id,
    name: lineOfDesk(file.file_name ?? ''),
    /** In bytes. */
    size: file.size ?? 0,
    /** Null where there is nothing to open, or nothing that should be. */
    link:
      file.deleted === true || file.malware_scan_result === 'malware_found' ? null : linkOfDesk(file.content_url ?? ''),
    malware: file.malware_scan_result === 'malware_found',
  }));
export type ZendeskAttachment = z.output<typeof Attachment>;

const Via = z.object({
  channel: z.unknown(),
  source: z
    .object({ rel: z.string().nullish(), to: z.object({ ticket_id: z.coerce.number() }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const Comment = z.object({
  id: z.int(),
  author_id: z.int(),
  public: z.boolean(),
  body: z.string().nullish(),
  plain_body: z.string().nullish(),
  attachments: z.array(Attachment).nullish(),
  created_at: InstantText,
  via: Via.nullish().catch(null),
  metadata: Mark,
});

export interface ZendeskComment {
  id: number;
  /** Text without markup. */
  body: string;
  public: boolean;
  author: ZendeskUser;
  attachments: ZendeskAttachment[];
  createdAt: string;
  /** Written by a program, ours or another one. */
  viaApi: boolean;
  /** Our own key when we wrote it (`commentKey`, or the idempotency key of the ticket for the first comment). */
  mark: string | null;
  /** The ticket that goes on when this comment was written because of a merge. */
  mergedInto: number | null;
}

/** An account that was deleted since. Taken for the desk's: an answer that is not shown is worse than a wrong name. */
function unknownAuthor(id: number): ZendeskUser {
  return { id, name: 'Somebody at the desk', role: 'agent' };
}

export const TicketAnswer = z.object({ ticket: Ticket });
export const TicketsAnswer = z.object({ tickets: z.array(Ticket) });
export const UserAnswer = z.object({ user: User });

const AuditEvent = z.object({ id: z.int().optional(), type: z.string(), attachments: z.array(z.unknown()).nullish() });
type AuditEvent = z.output<typeof AuditEvent>;

function commentOf(events: readonly AuditEvent[]): AuditEvent | undefined {
  return events.find((event) => event.type === 'Comment');
}

/** The ticket after a change, and of its comment the number (that of its audit event) and how many files it got. */
export const ChangeAnswer = z
  .object({ ticket: Ticket, audit: z.object({ events: z.array(AuditEvent).default([]) }).optional() })
  .transform(({ ticket, audit }) => {
    const comment = commentOf(audit?.events ?? []);
    return { ...ticket, commentId: comment?.id ?? null, filesTaken: comment?.attachments?.length ?? null };
  });

/** `meta` becomes the cursor of the next page; null at the end. */
export const Page = z
  .object({ has_more: z.boolean(), after_cursor: z.string().nullish() })
  .optional()
  .transform((meta) => (meta?.has_more === true ? (meta.after_cursor ?? null) : null));

export const AuditsPage = z
  .object({ audits: z.array(z.object({ metadata: Mark, events: z.array(AuditEvent).default([]) })), meta: Page })
  .transform(({ audits, meta }) => ({
    meta,
    audits: audits.map(({ metadata, events }) => ({ mark: metadata, commentId: commentOf(events)?.id ?? null })),
  }));

export const CommentsPage = z
  .object({ comments: z.array(Comment), users: z.array(User).default([]), meta: Page })
  .transform(({ comments, users, meta }) => ({
    meta,
    comments: comments.map(
      (comment): ZendeskComment => ({
        id: comment.id,
        body: textOfDesk(comment.plain_body ?? comment.body ?? ''),
        public: comment.public,
        author: users.find((user) => user.id === comment.author_id) ?? unknownAuthor(comment.author_id),
        attachments: comment.attachments ?? [],
        createdAt: comment.created_at,
        viaApi: comment.via?.channel === 'api',
        mark: comment.metadata,
        mergedInto: comment.via?.source?.rel === 'merge' ? (comment.via.source.to?.ticket_id ?? null) : null,
      }),
    ),
  }));
