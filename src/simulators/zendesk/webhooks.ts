/**
 * The registration of webhooks, in one of two modes: subscribed to events, or called by triggers. All of it is for admins.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import { created, type Handled, noContent, ok, webhookRefused } from './answers.ts';
import { cursorPage } from './paging.ts';
import type { User, Webhook } from './records.ts';
import { readBody } from './request-body.ts';
import { conditionalEvents, ticketEventTypes } from './ticket-events.ts';
import { instantText } from './times.ts';
import { newSigningSecret } from './world-file.ts';

const WebhookBody = z.object({
  name: z.string().min(1),
  endpoint: z.url(),
  http_method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  request_format: z.enum(['json', 'xml', 'form_encoded']),
  status: z.enum(['active', 'inactive']),
  subscriptions: z.array(z.string()).optional(),
});

/** Names of hosts besides loopback to which events may be sent. A simulator that anybody can point anywhere is none. */
export type AllowedHosts = readonly string[];

const loopbackHosts: AllowedHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** Asked again at every delivery: a world may hold webhooks that were never registered here. */
export function isAllowed(allowed: AllowedHosts, endpoint: string): boolean {
  return [...loopbackHosts, ...allowed].includes(new URL(endpoint).hostname);
}

export function postWebhook(account: Account, allowed: AllowedHosts, request: SimRequest, asker: User): Handled {
  mustBeAdmin(asker);
  const body = readBody(request, 'webhook', WebhookBody);
  mustBeAllowed(allowed, body.endpoint);
  mustBeOneMode(account, body.subscriptions ?? []);
  const at = instantText(account.now());
  const webhook: Webhook = {
    id: newWebhookId(),
    ...body,
    subscriptions: body.subscriptions ?? [],
    created_at: at,
    created_by: String(asker.id),
    updated_at: at,
    updated_by: String(asker.id),
    signing_secret: newSigningSecret(),
  };
  account.webhooks.push(webhook);
  return created({ webhook: showWebhook(webhook) });
}

export function patchWebhook(
  account: Account,
  allowed: AllowedHosts,
  request: SimRequest,
  asker: User,
  id: string,
): Handled {
  mustBeAdmin(asker);
  const webhook = webhookOf(account, id);
  const body = readBody(request, 'webhook', WebhookBody.partial());
  mustBeAllowed(allowed, body.endpoint ?? webhook.endpoint);
  mustBeOneMode(account, body.subscriptions ?? webhook.subscriptions);
  Object.assign(webhook, body, { updated_at: instantText(account.now()), updated_by: String(asker.id) });
  return noContent();
}

export function listWebhooks(account: Account, request: SimRequest, asker: User): Handled {
  mustBeAdmin(asker);
  const part = request.query.get('filter[name_contains]')?.toLowerCase() ?? '';
  const found = account.webhooks.filter((webhook) => webhook.name.toLowerCase().includes(part));
  return ok(cursorPage(request, 'webhooks', found.map(showWebhook)));
}

export function getWebhook(account: Account, asker: User, id: string): Handled {
  mustBeAdmin(asker);
  return ok({ webhook: showWebhook(webhookOf(account, id)) });
}

export function getSigningSecret(account: Account, asker: User, id: string): Handled {
  mustBeAdmin(asker);
  return ok({ signing_secret: webhookOf(account, id).signing_secret });
}

/** A new secret; what was signed with the old one no longer fits. */
export function resetSigningSecret(account: Account, asker: User, id: string): Handled {
  mustBeAdmin(asker);
  const webhook = webhookOf(account, id);
  webhook.signing_secret = newSigningSecret();
  return created({ signing_secret: webhook.signing_secret });
}

export function deleteWebhook(account: Account, asker: User, id: string): Handled {
  mustBeAdmin(asker);
  account.webhooks.splice(account.webhooks.indexOf(webhookOf(account, id)), 1);
  return noContent();
}

function webhookOf(account: Account, id: string): Webhook {
  const webhook = account.webhooks.find((entry) => entry.id === id);
  if (webhook === undefined) {
    throw webhookRefused(404, 'ResourceNotFound', 'Webhook not found');
  }
  return webhook;
}

function mustBeAllowed(allowed: AllowedHosts, endpoint: string): void {
  if (!isAllowed(allowed, endpoint)) {
    throw webhookRefused(400, 'InvalidWebhook', 'This simulator sends events to loopback only.');
  }
}

/** Events of users and organizations can be subscribed to everywhere; nothing here makes them happen. */
function mustBeOneMode(account: Account, subscriptions: readonly string[]): void {
  for (const type of subscriptions) {
    const ofTicket = type.startsWith('zen:event-type:ticket.');
    const isKnown =
      type === conditionalEvents ||
      (ofTicket ? account.settings.ticketEvents && ticketEventTypes.has(type) : /^zen:event-type:\w+\.\w+$/.test(type));
    if (!isKnown) {
      throw webhookRefused(400, 'InvalidSubscription', `Subscription ${type} is not supported.`);
    }
  }
  if (subscriptions.includes(conditionalEvents) && subscriptions.length > 1) {
    throw webhookRefused(
      400,
      'InvalidSubscription',
      `${conditionalEvents} cannot be combined with other subscriptions.`,
    );
  }
}

function mustBeAdmin(asker: User): void {
  if (asker.role !== 'admin') {
    throw webhookRefused(403, 'Forbidden', 'Webhooks are for admins.');
  }
}

function showWebhook({ signing_secret: _secret, ...shown }: Webhook): Omit<Webhook, 'signing_secret'> {
  return shown;
}

/** 26 characters of Crockford's alphabet, as Zendesk's own ids. */
function newWebhookId(): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return `01${Array.from(randomBytes(24), (byte) => alphabet[byte % 32]).join('')}`;
}
