/**
 * Whether a request to the alert route comes from the action group of our own directory: a token of Microsoft Entra,
 * signed by the tenant's keys, for our audience, held by the action group application. Checked before anything of the
 * body is read. Sources: “Configure authentication for Secure webhook” and “Access token claims reference”.
 */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

export interface AlertTokenRules {
  /** Lower case. */
  tenantId: string;
  audience: string;
  /** Id of the application that action groups send with; read at every request, because settings change. */
  application: () => string;
  /** A stand-in for Microsoft's login host; absent: the real one. */
  loginUrl?: string;
  now: () => Temporal.Instant;
  fetch?: typeof globalThis.fetch;
}

export type TokenVerdict = { ok: true } | { ok: false; status: 401 | 403 | 503; because: string };

export interface AlertGate {
  /** Never throws, and says nothing of what was sent. */
  check(authorization: string | undefined): Promise<TokenVerdict>;
}

const microsoftLogin = 'https://login.microsoftonline.com';
const algorithms = ['RS256', 'RS384', 'RS512'];
/** Genuine tokens have about two thousand characters. */
const maxTokenLength = 8 * 1024;
/** Clocks of two machines differ a little; a token lives for an hour and more. */
const skewSeconds = 60;

export function createAlertGate(rules: AlertTokenRules): AlertGate {
  const keys = keysOf(rules);
  return {
    async check(authorization) {
      const token = readBearer(authorization);
      if (token === null) {
        return unproven('Send a token of the directory as “Authorization: Bearer …”; nothing in the address counts.');
      }
      const proven = await verify(token, keys, rules);
      return 'ok' in proven ? proven : checkClaims(proven, rules);
    },
  };
}

function unproven(because: string): TokenVerdict {
  return { ok: false, status: 401, because };
}

function readBearer(authorization: string | undefined): string | null {
  return authorization === undefined || authorization.length > maxTokenLength
    ? null
    : (/^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1] ?? null);
}

const pauseAfterFailureMs = 5_000;
const unknownKeyPauseMs = 30_000;
const keysLastMs = 12 * 3_600_000;

/**
 * From one fixed address and nowhere else: no token and no answer can lead to other keys. Strangers can cause a fetch
 * each half minute with a key that is not known, and one each five seconds while the keys cannot be had.
 */
function keysOf({
  loginUrl = microsoftLogin,
  tenantId,
  now,
  fetch = globalThis.fetch,
}: AlertTokenRules): JWTVerifyGetKey {
  const url = new URL(`${loginUrl}/${tenantId}/discovery/v2.0/keys`);
  let failedAt: number | null = null;
  async function fetchWithinBudget(address: string, init: RequestInit): Promise<Response> {
    const at = now().epochMilliseconds;
    if (failedAt !== null && Math.abs(at - failedAt) < pauseAfterFailureMs) {
      throw new Error('The keys could not be had a moment ago.');
    }
    failedAt = at;
    const response = await fetch(address, init);
    failedAt = response.ok ? null : at;
    return response;
  }
  return createRemoteJWKSet(url, {
    cacheMaxAge: keysLastMs,
    cooldownDuration: unknownKeyPauseMs,
    timeoutDuration: 4_000,
    [customFetch]: fetchWithinBudget,
  });
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  rules: AlertTokenRules,
): Promise<{ payload: JWTPayload } | TokenVerdict> {
  const { audience, now, tenantId } = rules;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      audience,
      // As version 2 and version 1 of the tokens name one and the same directory.
      issuer: [`${microsoftLogin}/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`],
      clockTolerance: skewSeconds,
      currentDate: new Date(now().epochMilliseconds),
      requiredClaims: ['exp', 'iss', 'aud'],
    });
    return { payload };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Fixed words: nothing that a stranger sent can reach an answer or a log through them. */
function refusalOf(error: unknown): TokenVerdict {
  if (error instanceof errors.JWTExpired) {
    return unproven('The token has expired.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return unproven(wrongClaims[error.claim] ?? 'The token does not say what it has to.');
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return unproven('The token is signed with a key that the directory does not know.');
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return unproven('The signature of the token is not right.');
  }
  const isToken = error instanceof errors.JOSEError && !keysUnavailable.has(error.code);
  return isToken
    ? unproven('The token is not one that is accepted here.')
    : { ok: false, status: 503, because: 'The keys of the directory cannot be had just now. Send it again.' };
}

const wrongClaims: Readonly<Record<string, string>> = {
  iss: 'The token was not issued by the directory that may send alerts (AZURE_ALERTS_TENANT_ID).',
  aud: 'The token is for another audience (AZURE_ALERTS_AUDIENCE).',
  nbf: 'The token is not valid yet.',
};

/** What the library says when it is the keys that are missing, and not the token that is wrong. */
const keysUnavailable: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/** `azp` in tokens of version 2, `appid` in those of version 1; a token that names two is nobody's. */
function checkClaims({ payload }: { payload: JWTPayload }, { application, tenantId }: AlertTokenRules): TokenVerdict {
  const { tid } = payload;
  if (tid !== undefined && (typeof tid !== 'string' || tid.toLowerCase() !== tenantId)) {
    return unproven('The token names another directory than the one that issued it.');
  }
  const named = [payload['azp'], payload['appid']].filter((id) => id !== undefined);
  const wanted = application().toLowerCase();
  const isTheirs = named.length > 0 && named.every((id) => typeof id === 'string' && id.toLowerCase() === wanted);
  return isTheirs
    ? { ok: true }
    : {
        ok: false,
        status: 403,
        because:
          'The token is held by another application than the action groups of the settings (alerts.application).',
      };
}
