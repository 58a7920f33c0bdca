/**
 * The webhook by which Zendesk tells us of changes, registered once however often the bot starts: subscribed to events
 * of tickets where the desk has them, else called by a trigger that is made with it.
 */
import { z } from 'zod/v4';
import { SecretAnswer, TriggersPage, WebhookAnswer, WebhooksPage, type ZendeskWebhook } from './zendesk-answers.ts';
import type { Calls } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';
import { pages } from './zendesk-pages.ts';

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
  mode: 'events' | 'trigger';
}

/** What a webhook has instead of events when triggers call it; Zendesk keeps the two apart. */
const calledByTriggers = 'conditional_ticket_events';

/** One with the same name and endpoint is used again, and gets what is missing. Needs an admin, or the right to it. */
export async function registerWebhook(calls: Calls, wanted: WebhookWanted): Promise<RegisteredWebhook> {
  const { id, mode } = (await useKnown(calls, wanted)) ?? (await createOne(calls, wanted));
  if (mode === 'trigger') {
    await ensureTrigger(calls, wanted, id);
  }
  const { signing_secret } = await calls.make({
    doing: `reading the signing secret of webhook ${wanted.name}`,
    answer: SecretAnswer,
    run: (zendesk) => zendesk.webhooks.getSigningSecret(id),
  });
  return { id, mode, signingSecret: signing_secret.secret };
}

type Found = Pick<RegisteredWebhook, 'id' | 'mode'>;

/** Replicas that start at once may each make one: all of them then agree on the same one, and the others go. */
async function createOne(calls: Calls, wanted: WebhookWanted): Promise<Found> {
  const made = await create(calls, wanted);
  return (await useKnown(calls, wanted)) ?? made;
}

async function useKnown(calls: Calls, wanted: WebhookWanted): Promise<Found | null> {
  const [known, ...surplus] = await findWebhooks(calls, wanted);
  if (known === undefined) {
    return null;
  }
  for (const { id } of surplus) {
    await remove(calls, id);
  }
  const { id, subscriptions } = known;
  const mode = subscriptions.includes(calledByTriggers) ? ('trigger' as const) : ('events' as const);
  const missing = mode === 'events' ? wanted.subscriptions.filter((type) => !subscriptions.includes(type)) : [];
  if (missing.length > 0) {
    await patch(calls, id, { subscriptions: [...subscriptions, ...missing] });
  }
  return { id, mode };
}

/** Ours, the oldest first: their ids grow. */
async function findWebhooks(calls: Calls, { name, endpoint }: WebhookWanted): Promise<ZendeskWebhook[]> {
  const found: ZendeskWebhook[] = [];
  const read = pages(calls, {
    doing: 'listing the webhooks of the desk',
    answer: WebhooksPage,
    run: (zendesk, page) => zendesk.webhooks.get(['webhooks', { page }]),
  });
  for await (const { webhooks } of read) {
    found.push(...webhooks.filter((webhook) => webhook.name === name && webhook.endpoint === endpoint));
  }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function remove(calls: Calls, id: string): Promise<void> {
  try {
    await calls.make({
      doing: `removing webhook ${id}, which another one stands for`,
      answer: z.unknown(),
      run: (zendesk) => zendesk.webhooks.delete(id),
    });
  } catch (error) {
    // Gone already, or held by a trigger: then it stays, and its deliveries are refused for their signature.
    const isRefused = error instanceof ZendeskError && (error.status ?? 0) >= 400 && (error.status ?? 0) < 500;
    if (!isRefused) {
      throw error;
    }
  }
}

async function create(calls: Calls, wanted: WebhookWanted): Promise<Found> {
  try {
    return { id: await createWebhook(calls, wanted, wanted.subscriptions), mode: 'events' };
  } catch (error) {
    if (error instanceof ZendeskError && (error.status === 400 || error.status === 422)) {
      return { id: await createWebhook(calls, wanted, [calledByTriggers]), mode: 'trigger' };
    }
    throw error;
  }
}

async function createWebhook(
  calls: Calls,
  { name, endpoint }: WebhookWanted,
  subscriptions: readonly string[],
): Promise<string> {
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

async function patch(calls: Calls, id: string, webhook: object): Promise<void> {
  await calls.make({
    doing: `subscribing webhook ${id}`,
    answer: z.unknown(),
    run: (zendesk) => zendesk.webhooks.patch(id, { webhook }),
  });
}

/** One that calls this webhook is left as it is: an admin may have narrowed it. */
async function ensureTrigger(calls: Calls, { name }: WebhookWanted, webhookId: string): Promise<void> {
  const read = pages(calls, {
    doing: 'listing the triggers of the desk',
    answer: TriggersPage,
    run: (zendesk, page) => zendesk.triggers.get(['triggers', { page }]),
  });
  for await (const { triggers } of read) {
    if (triggers.some(({ actions }) => JSON.stringify(actions ?? null).includes(webhookId))) {
      return;
    }
  }
  await calls.make({
    doing: `making the trigger that calls webhook ${name}`,
    answer: z.unknown(),
    run: (zendesk) => zendesk.triggers.create({ trigger: triggerFor(name, webhookId) }),
  });
}

/** A trigger tells nothing but the number; the rest is read. `docs/zendesk.md` has the same for who makes it by hand. */
function triggerFor(name: string, webhookId: string): object {
  return {
    title: `${name}: tell of changes`,
    conditions: {
      all: [
        { field: 'update_type', operator: 'is', value: 'Change' },
        { field: 'current_tags', operator: 'includes', value: 'causeway' },
      ],
      any: [
        { field: 'comment_is_public', operator: 'is', value: 'true' },
        { field: 'status', operator: 'changed' },
        { field: 'priority', operator: 'changed' },
      ],
    },
    actions: [{ field: 'notification_webhook', value: [webhookId, '{"ticket_id":"{{ticket.id}}"}'] }],
  };
}
