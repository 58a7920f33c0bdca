/**
 * Zendesk's webhooks. Verified on the raw bytes before anything is parsed; taken as a hint only: which ticket changed.
 * What changed is read from Zendesk itself (facts of the desk: an event may come twice, late, out of order or never).
 */
import { z } from 'zod/v4';
import type { Event } from '../flows/event.ts';
import type { Reader } from '../store/store.ts';
import { caseOfTicket } from '../store/tickets.ts';
import { verifyZendeskSignature } from './webhook-signature.ts';

/** Zendesk names no window; five minutes hold its retries and clocks that differ a little. */
const freshnessSeconds = 300;

/** The envelope of an event subscription, or the body of a trigger as `docs/zendesk.md` tells to write it. */
const Envelope = z.object({ id: z.string(), detail: z.object({ id: z.union([z.string(), z.number()]) }) });
const TriggerBody = z.object({ ticket_id: z.union([z.string(), z.number()]), event_id: z.string().optional() });

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
}

export async function receiveWebhook(request: WebhookRequest, deps: WebhookDeps): Promise<WebhookAnswer> {
  const secret = deps.secret();
  if (secret === null) {
    return { status: 503, because: 'The webhook has no signing secret yet. Send it again in a moment.' };
  }
  const verdict = verifyZendeskSignature({
    secret,
    timestamp: request.headers['x-zendesk-webhook-signature-timestamp'] ?? '',
    rawBody: request.rawBody,
    signature: request.headers['x-zendesk-webhook-signature'] ?? '',
    now: deps.now(),
    freshnessSeconds,
  });
  if (verdict !== 'ok') {
    deps.log('A webhook was refused', { reason: verdict });
    return { status: 401, because: 'The signature does not fit. Check the signing secret of the webhook.' };
  }
  const hint = readHint(request);
  if (hint === null) {
    return { status: 400, because: 'The body names no ticket. Send Zendesk’s event envelope, or {"ticket_id": …}.' };
  }
  const caseId = await caseOfTicket(deps.read, hint.ticketId);
  if (caseId !== null) {
    await deps.deliver({
      id: `zendesk/${hint.eventId}`,
      caseId,
      event: { type: 'ticket-hinted', ticketId: hint.ticketId },
    });
  }
  return { status: 200, because: caseId === null ? 'Not a ticket of this bot.' : 'Taken.' };
}

function readHint(request: WebhookRequest): { ticketId: number; eventId: string } | null {
  const body = parse(request.rawBody);
  const invocation = request.headers['x-zendesk-webhook-invocation-id'] ?? '';
  const envelope = Envelope.safeParse(body);
  if (envelope.success) {
    return hintOf(envelope.data.detail.id, envelope.data.id);
  }
  const trigger = TriggerBody.safeParse(body);
  return trigger.success ? hintOf(trigger.data.ticket_id, trigger.data.event_id ?? invocation) : null;
}

function hintOf(ticket: string | number, eventId: string): { ticketId: number; eventId: string } | null {
  const ticketId = Number(ticket);
  return Number.isSafeInteger(ticketId) && ticketId > 0 && eventId !== '' ? { ticketId, eventId } : null;
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(raw));
  } catch {
    return null;
  }
}
