/** What a genuine token of the Bot Framework has to say (facts: the connector signs for one bot, for about an hour). */
import { type Refusal, unproven } from './refusal.ts';

export type Claims = Readonly<Record<string, unknown>>;

const issuer = 'https://api.botframework.com';
const skewSeconds = 5 * 60;

/** The claims of a payload whose signature was verified; null when it is not a JSON object. */
export function readClaims(payload: Uint8Array): Claims | null {
  try {
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Claims) : null;
  } catch {
    return null;
  }
}

/** Any value of another type than expected is refused. */
export function checkClaims(claims: Claims, appId: string, now: Temporal.Instant): Refusal | null {
  if (claims['iss'] !== issuer) {
    return unproven('The token was not issued by the Bot Framework.');
  }
  if (claims['aud'] !== appId) {
    return unproven('The token is for another bot.');
  }
  if (typeof claims['serviceurl'] !== 'string' || claims['serviceurl'] === '') {
    return unproven('The token names no service URL.');
  }
  return checkTimes(claims, now.epochMilliseconds / 1000);
}

function checkTimes({ exp, nbf, iat }: Claims, nowSeconds: number): Refusal | null {
  if (!isTime(exp) || !(nbf === undefined || isTime(nbf)) || !(iat === undefined || isTime(iat))) {
    return unproven('The token does not say properly when it is valid.');
  }
  if (exp + skewSeconds <= nowSeconds) {
    return unproven('The token has expired.');
  }
  if (Math.max(nbf ?? 0, iat ?? 0) - skewSeconds > nowSeconds) {
    return unproven('The token is not valid yet.');
  }
  return null;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
