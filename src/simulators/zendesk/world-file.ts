/**
 * Reads the world that `POST /_sim/world` and `--world` take: `{"zendesk":{"tickets":[],"users":[],"webhooks":[]}}` and
 * whatever else `GET /_sim/world` shows. Only what a record cannot do without has to be there; the rest gets the value
 * that a new record would have.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { Account } from './account.ts';
import type { Webhook } from './records.ts';
import { type Settings, SettingsChange, withoutUndefined } from './settings.ts';
import { ticketAt } from './world-tickets.ts';

type Records = Pick<Account, 'tickets' | 'users' | 'webhooks' | 'triggers' | 'customStatuses' | 'oauthClients'>;

export type WorldParts = Partial<Records> & { settings?: Partial<Settings> };

/** @throws {BadControlRequest} for a world that cannot be read. */
export function readWorldFile(world: unknown, at: string): WorldParts {
  const file = z.object({ zendesk: worldPartsAt(at).optional() }).safeParse(world);
  if (!file.success) {
    throw new BadControlRequest(`This world cannot be read:\n${z.prettifyError(file.error)}`);
  }
  const { settings, ...parts } = file.data.zendesk ?? {};
  return { ...withoutUndefined(parts), ...(settings && { settings: withoutUndefined(settings) }) };
}

function worldPartsAt(at: string) {
  return z.object({
    tickets: z.array(ticketAt(at)).optional(),
    users: z.array(userAt(at)).optional(),
    webhooks: z.array(webhookAt(at)).optional(),
    triggers: z.array(triggerAt(at)).optional(),
    customStatuses: z.array(customStatusAt(at)).optional(),
    oauthClients: z.array(OauthClient).optional(),
    settings: SettingsChange.optional(),
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

const Condition = z.object({ field: z.string(), operator: z.string(), value: z.string().nullable().default(null) });

function triggerAt(at: string) {
  return z.object({
    id: z.int().positive(),
    title: z.string(),
    active: z.boolean().default(true),
    conditions: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }),
    actions: z.array(z.object({ field: z.string(), value: z.unknown() })),
    created_at: z.iso.datetime().default(at),
    updated_at: z.iso.datetime().default(at),
  });
}

function customStatusAt(at: string) {
  return z
    .object({
      id: z.int().positive(),
      status_category: z.enum(['new', 'open', 'pending', 'hold', 'solved']),
      agent_label: z.string(),
      end_user_label: z.string().optional(),
      active: z.boolean().default(true),
      default: z.boolean().default(false),
      created_at: z.iso.datetime().default(at),
      updated_at: z.iso.datetime().default(at),
    })
    .transform((status) => ({ ...status, end_user_label: status.end_user_label ?? status.agent_label }));
}

const OauthClient = z.object({ identifier: z.string(), secret: z.string(), user_id: z.int() });

export function newSigningSecret(): Webhook['signing_secret'] {
  return { algorithm: 'SHA256', secret: randomBytes(32).toString('base64url') };
}
