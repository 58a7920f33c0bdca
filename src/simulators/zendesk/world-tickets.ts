/** Tickets of a world file, with their comments and audits. */
import { z } from 'zod/v4';
import { asHtml } from './bodies.ts';
import { auditEventTypes, type Ticket } from './records.ts';

const Via = z
  .object({
    channel: z.string(),
    source: z
      .object({ from: z.looseObject({}).default({}), to: z.looseObject({}).default({}), rel: z.string().nullable() })
      .default({ from: {}, to: {}, rel: null }),
  })
  .default({ channel: 'api', source: { from: {}, to: {}, rel: null } });

const Metadata = z
  .object({
    system: z.record(z.string(), z.unknown()).default({}),
    custom: z.record(z.string(), z.unknown()).default({}),
  })
  .default({ system: {}, custom: {} });

const Status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']);

export function ticketAt(at: string) {
  return z
    .object({
      id: z.int().positive(),
      external_id: z.string().nullable().default(null),
      subject: z.string().nullable().default(null),
      description: z.string().default(''),
      type: z.enum(['problem', 'incident', 'question', 'task']).nullable().default(null),
      priority: z.enum(['urgent', 'high', 'normal', 'low']).nullable().default(null),
      status: Status.default('open'),
      custom_status_id: z.int().nullable().default(null),
      tags: z.array(z.string()).default([]),
      custom_fields: z.array(z.object({ id: z.int(), value: z.unknown() })).default([]),
      requester_id: z.int(),
      submitter_id: z.int().optional(),
      assignee_id: z.int().nullable().default(null),
      is_public: z.boolean().default(true),
      followup_source_id: z.int().nullable().default(null),
      created_at: z.iso.datetime().default(at),
      updated_at: z.iso.datetime().default(at),
      via: Via,
      deletion: z.object({ at: z.iso.datetime(), actor_id: z.int(), previous_status: Status }).nullable().default(null),
      comments: z.array(commentAt(at)).default([]),
      audits: z.array(auditAt(at)).default([]),
    })
    .transform((ticket): Ticket => ({ ...ticket, submitter_id: ticket.submitter_id ?? ticket.requester_id }));
}

function commentAt(at: string) {
  return z
    .object({
      id: z.int(),
      author_id: z.int(),
      body: z.string(),
      html_body: z.string().optional(),
      public: z.boolean().default(true),
      attachments: z.array(Attachment).default([]),
      audit_id: z.int().default(0),
      via: Via,
      created_at: z.iso.datetime().default(at),
      metadata: Metadata,
    })
    .transform((comment) => ({
      ...comment,
      type: 'Comment' as const,
      html_body: comment.html_body ?? asHtml(comment.body),
      plain_body: comment.body,
    }));
}

const Attachment = z
  .object({
    id: z.int(),
    file_name: z.string(),
    content_type: z.string().default('application/octet-stream'),
    size: z.int().nonnegative().default(0),
    inline: z.boolean().default(false),
    deleted: z.boolean().default(false),
    malware_scan_result: z
      .enum(['malware_found', 'malware_not_found', 'failed_to_scan', 'not_scanned'])
      .default('malware_not_found'),
    content_path: z.string().optional(),
  })
  .transform((file) => ({ ...file, content_path: file.content_path ?? `/attachments/token/world-${file.id}` }));

function auditAt(at: string) {
  return z.object({
    id: z.int(),
    ticket_id: z.int(),
    created_at: z.iso.datetime().default(at),
    author_id: z.int(),
    metadata: Metadata,
    via: Via,
    events: z.array(z.looseObject({ id: z.int(), type: z.enum(auditEventTypes) })).default([]),
  });
}
