/** The webhook by which Zendesk tells us of changes, registered once however often the bot starts. */
import { z } from 'zod/v4';
import type { Calls } from './zendesk-calls.ts';
import { pages } from './zendesk-pages.ts';
import { SecretAnswer, WebhookAnswer, WebhooksPage } from './zendesk-records.ts';

export interface WebhookWanted {
  name: string;
  /** Where Zendesk is to send events. */
  endpoint: string;
  /** Such as `zen:event-type:ticket.status_changed`. */
  subscriptions: readonly string[];
}

export interface RegisteredWebhook {
  id: string;
  signingSecret: string;
}

/** One with the same name and endpoint is used again, and subscribed to what is missing. Needs an admin. */
export async function registerWebhook(calls: Calls, wanted: WebhookWanted): Promise<RegisteredWebhook> {
  const known = await findWebhook(calls, wanted);
  const id = known?.id ?? (await createWebhook(calls, wanted));
  const missing = wanted.subscriptions.filter((type) => known !== null && !known.subscriptions.includes(type));
  if (missing.length > 0) {
    await subscribe(calls, id, [...(known?.subscriptions ?? []), ...missing]);
  }
  const { signing_secret } = await calls.make({
    doing: `reading the signing secret of webhook ${wanted.name}`,
    answer: SecretAnswer,
    run: (zendesk) => zendesk.webhooks.getSigningSecret(id),
  });
  return { id, signingSecret: signing_secret.secret };
}

async function findWebhook(calls: Calls, { name, endpoint }: WebhookWanted) {
  const read = pages(calls, {
    doing: 'listing the webhooks of the desk',
    answer: WebhooksPage,
    run: (zendesk, page) => zendesk.webhooks.get(['webhooks', { page }]),
  });
  for await (const { webhooks } of read) {
    const found = webhooks.find((webhook) => webhook.name === name && webhook.endpoint === endpoint);
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}

async function createWebhook(calls: Calls, { name, endpoint, subscriptions }: WebhookWanted): Promise<string> {
  const { webhook } = await calls.make({
    doing: `registering webhook ${name}`,
    answer: WebhookAnswer,
    run: (zendesk) =>
      zendesk.webhooks.create({
        webhook: { name, endpoint, subscriptions, http_method: 'POST', request_format: 'json', status: 'active' },
      }),
  });
  return webhook.id;
}

async function subscribe(calls: Calls, id: string, subscriptions: readonly string[]): Promise<void> {
  await calls.make({
    doing: `subscribing webhook ${id}`,
    answer: z.unknown(),
    run: (zendesk) => zendesk.webhooks.patch(id, { webhook: { subscriptions } }),
  });
}
