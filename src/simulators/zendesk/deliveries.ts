/**
 * Sends events to the webhooks that subscribed to them, and what triggers say to the webhooks that they call: signed,
 * repeated as Zendesk repeats them, never waited for. There is no order among deliveries and, with the faults below, no certainty either.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Webhook } from './records.ts';
import { accountId, conditionalEvents, isTriggerCall, type Told } from './ticket-events.ts';
import { instantText } from './times.ts';

/**
 * `lose`: never sent. `double`: two invocations. `late`: after a while. `reorder`: after the next one that is sent.
 * `forge`: signed with a secret that is not the webhook's. `stale`: signed for ten minutes ago.
 */
export const deliveryFaults = [
  'lose-webhook',
  'double-webhook',
  'late-webhook',
  'reorder-webhook',
  'forge-webhook',
  'stale-webhook',
] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

export interface DeliveryPace {
  /** Zendesk's own limit is 12 s and cannot be changed there. */
  timeoutMs: number;
  /** Between two attempts, unless the receiver names its own time. */
  pauseMs: number;
  /** How late a late one is. */
  lateMs: number;
}

export const zendeskPace: DeliveryPace = { timeoutMs: 12_000, pauseMs: 1_000, lateMs: 20_000 };

export interface Deliveries {
  /** Returns at once; what is sent is sent in the background. */
  send(webhooks: readonly Webhook[], told: readonly Told[], fault?: DeliveryFault): void;
  /** The next `times` events meet the fault, whoever causes them. */
  arm(fault: DeliveryFault, times: number): void;
  /** Gives up everything that is under way. */
  stop(): Promise<void>;
}

const maxConflictRepeats = 3;
const maxTimeoutRepeats = 5;
const maxRetryAfterSeconds = 60;

const staleMinutes = 10;

export function startDeliveries(now: () => Temporal.Instant, pace: DeliveryPace): Deliveries {
  const stopped = new AbortController();
  const open = new Set<Promise<void>>();
  const armed: DeliveryFault[] = [];
  let heldBack: (() => void)[] = [];
  const sending: Sending = { now, pace, stopped: stopped.signal };

  function start(webhook: Webhook, told: Told, fault: DeliveryFault | undefined): Promise<void> {
    const delivery = deliver(webhook, told, sending, fault).finally(() => open.delete(delivery));
    open.add(delivery);
    return delivery;
  }

  function sendOne(webhooks: readonly Webhook[], told: Told, fault: DeliveryFault | undefined): void {
    const receivers = fault === 'lose-webhook' ? [] : webhooks.filter((webhook) => wants(webhook, told));
    if (fault === 'reorder-webhook') {
      heldBack.push(() => sendOne(webhooks, told, undefined));
      return;
    }
    const twice = fault === 'double-webhook' ? [...receivers, ...receivers] : receivers;
    const sent = twice.map((webhook) => start(webhook, told, fault));
    if (sent.length > 0 && heldBack.length > 0) {
      const overtaken = heldBack;
      heldBack = [];
      void Promise.all(sent).then(() => overtaken.forEach((release) => release()));
    }
  }

  return {
    send(webhooks, told, fault) {
      for (const one of told) {
        sendOne(webhooks, one, fault ?? armed.shift());
      }
    },
    arm(fault, times) {
      armed.push(...Array.from({ length: times }, () => fault));
    },
    async stop() {
      stopped.abort();
      await Promise.all(open);
    },
  };
}

function wants(webhook: Webhook, told: Told): boolean {
  const isMeant = isTriggerCall(told)
    ? told.webhookId === webhook.id && webhook.subscriptions.includes(conditionalEvents)
    : webhook.subscriptions.includes(told.type);
  return webhook.status === 'active' && isMeant;
}

interface Sending {
  now: () => Temporal.Instant;
  pace: DeliveryPace;
  stopped: AbortSignal;
}

interface Invocation {
  id: string;
  body: string;
  fault: DeliveryFault | undefined;
}

/** One invocation with all its attempts. It never throws: a delivery that fails is a delivery that did not arrive. */
async function deliver(
  webhook: Webhook,
  told: Told,
  sending: Sending,
  fault: DeliveryFault | undefined,
): Promise<void> {
  const invocation = { id: randomUUID(), body: isTriggerCall(told) ? told.body : JSON.stringify(told), fault };
  if (fault === 'late-webhook') {
    await pauseFor(sending.pace.lateMs, sending);
  }
  let conflicts = 0;
  let timeouts = 0;
  while (!sending.stopped.aborted) {
    const answer = await attempt(webhook, invocation, sending);
    conflicts += answer.status === 409 ? 1 : 0;
    timeouts += answer.status === null ? 1 : 0;
    const pauseMs = pauseBeforeRepeat(answer, sending.pace);
    if (pauseMs === null || conflicts > maxConflictRepeats || timeouts > maxTimeoutRepeats) {
      return;
    }
    await pauseFor(pauseMs, sending);
  }
}

async function pauseFor(ms: number, { stopped }: Sending): Promise<void> {
  await wait(ms, undefined, { signal: stopped }).catch(() => undefined);
}

/** `status` null: no answer in time. A receiver that cannot be reached is treated the same. */
interface Answer {
  status: number | null;
  retryAfterSeconds: number | null;
}

async function attempt(webhook: Webhook, invocation: Invocation, sending: Sending): Promise<Answer> {
  try {
    const response = await fetch(webhook.endpoint, {
      method: 'POST',
      headers: signedHeaders(webhook, invocation, sending.now()),
      body: invocation.body,
      redirect: 'manual',
      signal: AbortSignal.any([sending.stopped, AbortSignal.timeout(sending.pace.timeoutMs)]),
    });
    await response.body?.cancel();
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { status: response.status, retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null };
  } catch {
    return { status: null, retryAfterSeconds: null };
  }
}

function signedHeaders(webhook: Webhook, invocation: Invocation, now: Temporal.Instant): Record<string, string> {
  const { id, body, fault } = invocation;
  const timestamp = instantText(fault === 'stale-webhook' ? now.subtract({ minutes: staleMinutes }) : now);
  const secret = fault === 'forge-webhook' ? 'somebody else' : webhook.signing_secret.secret;
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Zendesk Webhook',
    'X-Zendesk-Account-Id': String(accountId),
    'X-Zendesk-Webhook-Id': webhook.id,
    'X-Zendesk-Webhook-Invocation-Id': id,
    'X-Zendesk-Webhook-Signature': createHmac('sha256', secret).update(timestamp).update(body).digest('base64'),
    'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
  };
}

/** Null: the invocation is over, for better or worse. */
function pauseBeforeRepeat(answer: Answer, pace: DeliveryPace): number | null {
  const { status, retryAfterSeconds } = answer;
  if (status === null || status === 409) {
    return pace.pauseMs;
  }
  const asked = (status === 429 || status === 503) && retryAfterSeconds !== null;
  return asked && retryAfterSeconds < maxRetryAfterSeconds ? retryAfterSeconds * 1000 : null;
}
