/**
 * Tokens that a bot must not accept, by name, each made of a genuine one. Where a forger would need luck (an Entra token
 * is signed with Entra's key), the real key signs here: the rule that is tried has to hold on its own.
 */
import { type KeyRing, newKey, type SigningKey } from './key-ring.ts';
import type { Account, Json } from './records.ts';

export interface TokenParts {
  header: Json;
  claims: Json;
  signing: { by: 'rsa'; key: SigningKey } | { by: 'hmac'; secret: string } | { by: 'nobody' };
  /** Signed in place of the claims. */
  payload?: string;
  /** Sent in place of what was signed. */
  sentPayload?: Json;
}

interface Workshop {
  account: Account;
  ring: KeyRing;
}

type Forge = (token: TokenParts, workshop: Workshop) => TokenParts;

const foreignTenant = '0badc0de-0000-4000-8000-000000000000';

export const forgeries = {
  'alg-none': (token) => ({ ...withHeader(token, { alg: 'none' }), signing: { by: 'nobody' } }),
  'hs256-public-key': (token, { ring }) => ({
    ...withHeader(token, { alg: 'HS256' }),
    signing: { by: 'hmac', secret: ring.current.publicKey.export({ type: 'spki', format: 'pem' }) },
  }),
  'impostor-key': (token) => ({ ...token, signing: { by: 'rsa', key: newKey() } }),
  'unknown-key': (token) => signedBy(token, newKey()),
  'no-key-id': (token) => withHeader(token, { kid: null, x5t: null }),
  'webchat-key': (token, { ring }) => signedBy(token, ring.webchat),
  'unendorsed-key': (token, { ring }) => signedBy(token, ring.unendorsed),
  'critical-header': (token) => withHeader(token, { crit: ['x-rule'], 'x-rule': 1 }),
  'payload-changed': (token) => ({ ...token, sentPayload: { ...token.claims, jti: 'changed' } }),
  'payload-not-json': (token) => ({ ...token, payload: 'no claims at all' }),
  'payload-list': (token) => ({ ...token, payload: JSON.stringify([token.claims]) }),
  'wrong-issuer': (token) => withClaims(token, { iss: 'https://api.botframework.com.example' }),
  'wrong-audience': (token) => withClaims(token, { aud: '00000000-0000-4000-8000-00000000beef' }),
  'no-audience': (token, { account }) => withClaims(token, { aud: null, appid: account.appId }),
  'audience-list': (token, { account }) => withClaims(token, { aud: [account.appId, 'another'] }),
  expired: (token) => shifted(token, 'exp', -lifetimeAnd(10 * 60)),
  'no-expiry': (token) => withClaims(token, { exp: null }),
  'text-expiry': (token) => withClaims(token, { exp: String(token.claims['exp']) }),
  'not-yet-valid': (token) => shifted(token, 'nbf', 10 * 60),
  'text-not-before': (token) => withClaims(token, { nbf: String(token.claims['nbf']) }),
  'other-service-url': (token, { account }) => withClaims(token, { serviceurl: `${account.serviceUrl()}other/` }),
  'no-service-url': (token) => withClaims(token, { serviceurl: null }),
  'entra-v1': (token, { account }) => entra(token, account, account.tenantId, 'appid'),
  'entra-v2': (token, { account }) => entra(token, account, account.tenantId, 'azp'),
  'entra-foreign': (token, { account }) => entra(token, account, foreignTenant, 'azp'),
  'azure-audience': (token, { account }) =>
    withClaims(token, { aud: 'https://management.azure.com', appid: account.appId }),
} satisfies Record<string, Forge>;

export type Forgery = keyof typeof forgeries;

/** From the end of a genuine token back to now, and some more. */
function lifetimeAnd(seconds: number): number {
  return 3600 + seconds;
}

function withHeader(token: TokenParts, header: Json): TokenParts {
  return { ...token, header: { ...token.header, ...header } };
}

function withClaims(token: TokenParts, claims: Json): TokenParts {
  return { ...token, claims: { ...token.claims, ...claims } };
}

function signedBy(token: TokenParts, key: SigningKey): TokenParts {
  return { ...withHeader(token, { kid: key.kid, x5t: key.kid }), signing: { by: 'rsa', key } };
}

function shifted(token: TokenParts, claim: 'exp' | 'nbf', seconds: number): TokenParts {
  return withClaims(token, { [claim]: (token.claims[claim] as number) + seconds });
}

/** What the bot's own app registration, or its namesake elsewhere, can get from Entra: `appid` in version 1, `azp` in 2. */
function entra(token: TokenParts, { appId }: Account, tenant: string, appClaim: 'appid' | 'azp'): TokenParts {
  const iss =
    appClaim === 'appid' ? `https://sts.windows.net/${tenant}/` : `https://login.microsoftonline.com/${tenant}/v2.0`;
  return withClaims(token, { iss, tid: tenant, [appClaim]: appId });
}
