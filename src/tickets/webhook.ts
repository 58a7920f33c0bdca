/**
 * Zendesk's webhooks, in both of its modes. Verified on the raw bytes before anything is parsed; taken as a hint only:
 * which ticket changed. What changed is read from Zendesk itself, because an event may come twice, late, out of order or
 * never.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import type { Event } from '../flows/event.ts';
import type { Reader } from '../store/store.ts';
import { casesOfTicket } from '../store/tickets.ts';
import { verifyZendeskSignature } from './webhook-signature.ts';

/** Zendesk names no window; five minutes hold its retries and clocks that differ a little. */
const freshnessSeconds = 300;

/** Zendesk repeats a 503 only when it is told when, and only within a minute. */
const comeBackSeconds = 5;

const TicketNumber = z.union([z.string(), z.number()]);

/** The envelope of an event subscription, or the body of a trigger as `docs/zendesk.md` tells to write it. */
const Envelope = z.object({ id: z.string().min(1), detail: z.object({ id: TicketNumber }) });
const TriggerBody = z.object({ ticket_id: TicketNumber });

export interface WebhookRequest {
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: Uint8Array;
}

export interface WebhookDeps {
  /** Null until the webhook was registered or its secret was set. */
  secret: () => string | null;
  read: Reader;
  deliver: (delivery: { id: string; caseId: string; event: Event }) => Promise<unknown>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

export interface WebhookAnswer {
  status: 200 | 400 | 401 | 503;
  because: string;
  /** When Zendesk is to send it again; null: not at all. */
  retryAfterSeconds: number | null;
}

export async function receiveWebhook(request: WebhookRequest, deps: WebhookDeps): Promise<WebhookAnswer> {
  const secret = deps.secret();
  if (secret === null) {
    return later('The webhook has no signing secret yet.');
  }
  const verdict = verifyZendeskSignature({
    secret,
    timestamp: request.headers['x-zendesk-webhook-signature-timestamp'],
    rawBody: request.rawBody,
    signature: request.headers['x-zendesk-webhook-signature'],
    now: deps.now(),
    freshnessSeconds,
  });
  if (verdict !== 'ok') {
    deps.log('A webhook was refused', { reason: verdict });
    return final(401, 'The signature does not fit. Check the signing secret of the webhook.');
  }
  const hint = readHint(request);
  if (hint === null) {
    return final(400, 'The body names no ticket. Send Zendesk’s event envelope, or {"ticket_id": …}.');
  }
  try {
    return await take(hint, deps);
  } catch (error) {
    deps.log('A webhook could not be taken; the desk sends it again', { reason: String(error) });
    return later('It could not be stored just now.');
  }
}

interface Hint {
  ticketId: number;
  /** Under which it is taken once. */
  id: string;
}

async function take({ ticketId, id }: Hint, { read, deliver }: WebhookDeps): Promise<WebhookAnswer> {
  const cases = await casesOfTicket(read, ticketId);
  if (cases.length === 0) {
    return final(200, 'Not a ticket of this bot.');
  }
  for (const [index, caseId] of cases.entries()) {
    // Several: tickets that were merged at the desk.
    const once = index === 0 ? `zendesk/${id}` : `zendesk/${id}/${index + 1}`;
    await deliver({ id: once, caseId, event: { type: 'ticket-hinted', ticketId } });
  }
  return final(200, 'Taken.');
}

/**
 * An event keeps its id however often and by how many invocations it is sent. A trigger's body has none that could be
 * trusted (somebody wrote it), so its invocation counts, which stays the same when Zendesk repeats it.
 */
function readHint(request: WebhookRequest): Hint | null {
  const body = parse(request.rawBody);
  const envelope = Envelope.safeParse(body);
  if (envelope.success) {
    return hintOf(envelope.data.detail.id, envelope.data.id);
  }
  const trigger = TriggerBody.safeParse(body);
  return trigger.success ? hintOf(trigger.data.ticket_id, invocationOf(request)) : null;
}

/** What was signed at one instant was sent once, should a proxy have lost the header. */
function invocationOf({ headers }: WebhookRequest): string {
  const invocation = headers['x-zendesk-webhook-invocation-id'] ?? '';
  const signature = headers['x-zendesk-webhook-signature'] ?? '';
  return invocation === ''
    ? `signed/${createHash('sha256').update(signature).digest('hex')}`
    : `invocation/${invocation}`;
}

function hintOf(ticket: string | number, id: string): Hint | null {
  const ticketId = Number(ticket);
  return Number.isSafeInteger(ticketId) && ticketId > 0 ? { ticketId, id } : null;
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(raw));
  } catch {
    return null;
  }
}

function final(status: 200 | 400 | 401, because: string): WebhookAnswer {
  return { status, because, retryAfterSeconds: null };
}

function later(because: string): WebhookAnswer {
  return { status: 503, because: `${because} Send it again in a moment.`, retryAfterSeconds: comeBackSeconds };
}
