/**
 * Reads the world that `POST /_sim/world` and `--world` take: `{"zendesk":{"tickets":[],"users":[],"webhooks":[]}}`.
 * Only what a record cannot do without has to be there; the rest gets the value that a new record would have.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { asHtml } from './bodies.ts';
import type { Ticket, User, Webhook } from './records.ts';

export interface WorldParts {
  tickets?: Ticket[];
  users?: User[];
  webhooks?: Webhook[];
}

const Via = z
  .object({ channel: z.string() })
  .default({ channel: 'api' })
  .transform(({ channel }) => ({ channel, source: { from: {}, to: {}, rel: null } }));

const Metadata = z
  .object({
    system: z.record(z.string(), z.unknown()).default({}),
    custom: z.record(z.string(), z.unknown()).default({}),
  })
  .default({ system: {}, custom: {} });

/** @throws {BadControlRequest} for a world that cannot be read. */
export function readWorldFile(world: unknown, at: string): WorldParts {
  const file = z.object({ zendesk: worldPartsAt(at).optional() }).safeParse(world);
  if (!file.success) {
    throw new BadControlRequest(`This world cannot be read:\n${z.prettifyError(file.error)}`);
  }
  const { tickets, users, webhooks } = file.data.zendesk ?? {};
  return { ...(tickets && { tickets }), ...(users && { users }), ...(webhooks && { webhooks }) };
}

function worldPartsAt(at: string) {
  return z.object({
    tickets: z.array(ticketAt(at)).optional(),
    users: z.array(userAt(at)).optional(),
    webhooks: z.array(webhookAt(at)).optional(),
  });
}

function ticketAt(at: string) {
  return z
    .object({
      id: z.int().positive(),
      external_id: z.string().nullable().default(null),
      subject: z.string().nullable().default(null),
      description: z.string().default(''),
      type: z.enum(['problem', 'incident', 'question', 'task']).nullable().default(null),
      priority: z.enum(['urgent', 'high', 'normal', 'low']).nullable().default(null),
      status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']).default('open'),
      tags: z.array(z.string()).default([]),
      custom_fields: z.array(z.object({ id: z.int(), value: z.unknown() })).default([]),
      requester_id: z.int(),
      submitter_id: z.int().optional(),
      assignee_id: z.int().nullable().default(null),
      is_public: z.boolean().default(true),
      created_at: z.iso.datetime().default(at),
      updated_at: z.iso.datetime().default(at),
      via: Via,
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
      attachments: z.array(z.unknown()).default([]),
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

function auditAt(at: string) {
  return z.object({
    id: z.int(),
    ticket_id: z.int(),
    created_at: z.iso.datetime().default(at),
    author_id: z.int(),
    metadata: Metadata,
    via: Via,
    events: z.array(z.looseObject({ id: z.int(), type: z.enum(['Create', 'Change', 'Comment']) })).default([]),
  });
}

function userAt(at: string) {
  return z.object({
    id: z.int().positive(),
    name: z.string(),
    email: z.string(),
    role: z.enum(['end-user', 'agent', 'admin']).default('end-user'),
    external_id: z.string().nullable().default(null),
    active: z.boolean().default(true),
    verified: z.boolean().default(true),
    time_zone: z.string().default('UTC'),
    created_at: z.iso.datetime().default(at),
    updated_at: z.iso.datetime().default(at),
  });
}

function webhookAt(at: string) {
  return z.object({
    id: z.string(),
    name: z.string(),
    endpoint: z.url(),
    http_method: z.string().default('POST'),
    request_format: z.string().default('json'),
    status: z.enum(['active', 'inactive']).default('active'),
    subscriptions: z.array(z.string()).default([]),
    created_at: z.iso.datetime().default(at),
    created_by: z.string().default('-1'),
    updated_at: z.iso.datetime().default(at),
    updated_by: z.string().default('-1'),
    signing_secret: z.object({ algorithm: z.literal('SHA256'), secret: z.string() }).default(() => newSigningSecret()),
  });
}

export function newSigningSecret(): Webhook['signing_secret'] {
  return { algorithm: 'SHA256', secret: randomBytes(32).toString('base64url') };
}
