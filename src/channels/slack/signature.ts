/**
 * Tells whether Slack itself sent these bytes, and lately. The window holds in both directions: a request that comes
 * from the future was signed to be used later.
 * Source: "Verifying requests from Slack", signature version v0.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  /** As they came: a parser's view of them may differ from Slack's. */
  rawBody: Uint8Array;
  /** Header `x-slack-request-timestamp`; null when it is missing. */
  timestamp: string | null;
  /** Header `x-slack-signature`; null when it is missing. */
  signature: string | null;
}

const windowSeconds = 5 * 60;

/** Null when the request is genuine; else why not, in fixed words. */
export function whyNotSigned(request: SignedRequest, secret: string, now: Temporal.Instant): string | null {
  const { rawBody, signature, timestamp } = request;
  if (timestamp === null || signature === null) {
    return 'The request is not signed.';
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    return 'The time of the signature cannot be read.';
  }
  const age = Math.floor(now.epochMilliseconds / 1000) - Number(timestamp);
  if (Math.abs(age) > windowSeconds) {
    return age > 0 ? 'The signature is too old.' : 'The signature is from the future.';
  }
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(rawBody).digest('hex');
  return sameBytes(`v0=${expected}`, signature) ? null : 'The signature is not right.';
}

function sameBytes(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
