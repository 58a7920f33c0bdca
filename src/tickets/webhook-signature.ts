/**
 * Whether a webhook request comes from Zendesk: base64 of HMAC-SHA256 over timestamp and raw body, keyed with the
 * signing secret as text. Zendesk names no window of freshness, so ours goes in both directions.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  secret: string;
  /** `X-Zendesk-Webhook-Signature-Timestamp`, as sent. */
  timestamp: string | null | undefined;
  /** The bytes as they came in, before anything parsed them. */
  rawBody: Uint8Array | string;
  /** `X-Zendesk-Webhook-Signature`, as sent. */
  signature: string | null | undefined;
  now: Temporal.Instant;
  freshnessSeconds: number;
}

export type SignatureVerdict = 'ok' | 'unsigned' | 'wrong-signature' | 'unreadable-timestamp' | 'not-fresh';

export function verifyZendeskSignature(request: SignedRequest): SignatureVerdict {
  const { secret, timestamp, rawBody, signature, now, freshnessSeconds } = request;
  if (!timestamp || !signature) {
    return 'unsigned';
  }
  const expected = createHmac('sha256', secret).update(timestamp).update(rawBody).digest();
  const given = Buffer.from(signature, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return 'wrong-signature';
  }
  const ageSeconds = ageOf(timestamp, now);
  if (ageSeconds === null) {
    return 'unreadable-timestamp';
  }
  return Math.abs(ageSeconds) <= freshnessSeconds ? 'ok' : 'not-fresh';
}

function ageOf(timestamp: string, now: Temporal.Instant): number | null {
  try {
    return now.since(Temporal.Instant.from(timestamp)).total('seconds');
  } catch {
    return null;
  }
}
