/**
 * The gate in front of the Teams endpoint: nothing behind it sees a request that Microsoft Teams did not send for this
 * bot from an allowed tenant. It stands in front of any Teams library, because an approval is worth forging and the
 * libraries accept more than a genuine token (facts: Entra tokens of the bot's own registration, tokens without an end).
 *
 * The order matters: what costs least comes first, and the body is read only when the token is proven.
 */
import { compactVerify } from 'jose';
import { type ActivityRules, checkActivity, readActivity } from './activity.ts';
import { acceptedAlgorithms, readBearer, type SignedToken } from './bearer.ts';
import { checkClaims, type Claims, readClaims } from './claims.ts';
import type { Fetch } from './fetch-keys.ts';
import { openRefusalLog } from './refusal-log.ts';
import { type Refusal, unproven } from './refusal.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';

export interface TeamsGateOptions extends ActivityRules {
  appId: string;
  /** The Bot Framework's OpenID metadata, or a stand-in for it on loopback. */
  metadataUrl: string;
  now: () => Temporal.Instant;
  fetch?: Fetch;
  /** Never gets anything of a token or a body. */
  log: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

export interface GateRequest {
  authorization: string | null;
  rawBody: Uint8Array;
}

/** `activity` is the body as JSON; nothing but its envelope was checked. `endorsements` are those of the signing key. */
export type GateVerdict = { ok: true; claims: Claims; activity: unknown; endorsements: readonly string[] } | Refusal;

export interface TeamsGate {
  /** Never throws. */
  check(request: GateRequest): Promise<GateVerdict>;
}

const maxBodyBytes = 256 * 1024;

/** @throws {Error} when there is no app id, because then a token for nobody would do */
export function createTeamsGate(options: TeamsGateOptions): TeamsGate {
  if (options.appId === '') {
    throw new Error('Opening the Teams endpoint without an app id. Set MICROSOFT_APP_ID.');
  }
  const { metadataUrl, now, log } = options;
  const keys = openSigningKeys({ metadataUrl, now, log, fetch: options.fetch ?? globalThis.fetch });
  const tellRefusal = openRefusalLog(log, now);
  return {
    async check(request) {
      const verdict = await judge(request, options, keys).catch((error: unknown) => {
        // Only the name: a message may quote what was sent.
        log('Checking a request to the Teams endpoint', { error: error instanceof Error ? error.name : typeof error });
        return unproven('The token could not be checked.');
      });
      if (!verdict.ok) {
        tellRefusal(verdict);
      }
      return verdict;
    },
  };
}

async function judge(request: GateRequest, options: TeamsGateOptions, keys: SigningKeys): Promise<GateVerdict> {
  if (request.rawBody.byteLength > maxBodyBytes) {
    return { ok: false, status: 413, because: `The body is larger than ${maxBodyBytes / 1024} KB.` };
  }
  const token = readBearer(request.authorization);
  if ('ok' in token) {
    return token;
  }
  const proven = await verify(token, keys);
  if ('ok' in proven) {
    return proven;
  }
  const claims = readClaims(proven.payload);
  if (claims === null) {
    return unproven('The token holds no claims.');
  }
  const refusedClaims = checkClaims(claims, options.appId, options.now());
  if (refusedClaims !== null) {
    return refusedClaims;
  }
  const body = readActivity(request.rawBody);
  if ('ok' in body) {
    return body;
  }
  const { endorsements } = proven;
  return checkActivity(body.envelope, claims, options) ?? { ok: true, claims, activity: body.json, endorsements };
}

async function verify(
  token: SignedToken,
  keys: SigningKeys,
): Promise<{ payload: Uint8Array; endorsements: readonly string[] } | Refusal> {
  const key = await keys.find(token.keyId);
  if (key === 'unavailable') {
    return unproven('The keys with which Teams signs cannot be fetched right now.');
  }
  if (key === 'unknown') {
    return unproven('The token is signed with a key that is not known.');
  }
  if (!key.endorsements.includes('msteams')) {
    return unproven('The token is signed with a key that may not speak for Microsoft Teams.');
  }
  try {
    const { payload } = await compactVerify(token.compact, key.jwk, { algorithms: acceptedAlgorithms });
    return { payload, endorsements: key.endorsements };
  } catch {
    return unproven('The signature of the token is not right.');
  }
}
