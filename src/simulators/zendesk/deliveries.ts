/**
 * Sends the events to the webhooks that subscribed to them: signed, repeated as Zendesk repeats them, never waited for.
 * There is no order among deliveries and, with the faults below, no certainty either.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Webhook } from './records.ts';
import { accountId, type TicketEvent } from './ticket-events.ts';
import { instantText } from './times.ts';

export const deliveryFaults = ['lose-webhook', 'double-webhook'] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

export interface DeliveryPace {
  /** Zendesk's own limit is 12 s and cannot be changed there. */
  timeoutMs: number;
  /** Between two attempts, unless the receiver names its own time. */
  pauseMs: number;
}

export const zendeskPace: DeliveryPace = { timeoutMs: 12_000, pauseMs: 1_000 };

export interface Deliveries {
  /** Returns at once; what is sent is sent in the background. */
  send(webhooks: readonly Webhook[], events: readonly TicketEvent[], fault?: DeliveryFault): void;
  /** The next `times` events meet the fault, whoever causes them. */
  arm(fault: DeliveryFault, times: number): void;
  /** Gives up everything that is under way. */
  stop(): Promise<void>;
}

const maxConflictRepeats = 3;
const maxTimeoutRepeats = 5;
const maxRetryAfterSeconds = 60;

export function startDeliveries(now: () => Temporal.Instant, pace: DeliveryPace): Deliveries {
  const stopped = new AbortController();
  const open = new Set<Promise<void>>();
  const armed: DeliveryFault[] = [];

  function start(webhook: Webhook, event: TicketEvent): void {
    const delivery = deliver(webhook, event, { now, pace, stopped: stopped.signal }).finally(() =>
      open.delete(delivery),
    );
    open.add(delivery);
  }

  return {
    send(webhooks, events, fault) {
      for (const event of events) {
        const strikes = fault ?? armed.shift();
        const receivers = strikes === 'lose-webhook' ? [] : webhooks.filter((webhook) => wants(webhook, event));
        for (const webhook of strikes === 'double-webhook' ? [...receivers, ...receivers] : receivers) {
          start(webhook, event);
        }
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

function wants(webhook: Webhook, event: TicketEvent): boolean {
  return webhook.status === 'active' && webhook.subscriptions.includes(event.type);
}

interface Sending {
  now: () => Temporal.Instant;
  pace: DeliveryPace;
  stopped: AbortSignal;
}

/** One invocation with all its attempts. It never throws: a delivery that fails is a delivery that did not arrive. */
async function deliver(webhook: Webhook, event: TicketEvent, sending: Sending): Promise<void> {
  const invocation = randomUUID();
  const body = JSON.stringify(event);
  let conflicts = 0;
  let timeouts = 0;
  while (!sending.stopped.aborted) {
    const answer = await attempt(webhook, body, invocation, sending);
    conflicts += answer.status === 409 ? 1 : 0;
    timeouts += answer.status === null ? 1 : 0;
    const pauseMs = pauseBeforeRepeat(answer, sending.pace);
    if (pauseMs === null || conflicts > maxConflictRepeats || timeouts > maxTimeoutRepeats) {
      return;
    }
    await wait(pauseMs, undefined, { signal: sending.stopped }).catch(() => undefined);
  }
}

/** `status` null: no answer in time. A receiver that cannot be reached is treated the same. */
interface Answer {
  status: number | null;
  retryAfterSeconds: number | null;
}

async function attempt(webhook: Webhook, body: string, invocation: string, sending: Sending): Promise<Answer> {
  try {
    const response = await fetch(webhook.endpoint, {
      method: 'POST',
      headers: signedHeaders(webhook, body, invocation, instantText(sending.now())),
      body,
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

function signedHeaders(webhook: Webhook, body: string, invocation: string, timestamp: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Zendesk Webhook',
    'X-Zendesk-Account-Id': String(accountId),
    'X-Zendesk-Webhook-Id': webhook.id,
    'X-Zendesk-Webhook-Invocation-Id': invocation,
    'X-Zendesk-Webhook-Signature': createHmac('sha256', webhook.signing_secret.secret)
      .update(timestamp + body)
      .digest('base64'),
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
