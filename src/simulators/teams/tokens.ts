/**
 * Tokens as the Bot Framework puts them on what it sends to a bot, and as somebody would forge them. Signed with plain
 * `node:crypto`, because a library for tokens refuses to make most of these.
 */
import { createHmac, sign } from 'node:crypto';
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import { type Forgery, forgeries, type TokenParts } from './forgeries.ts';
import type { KeyRing } from './key-ring.ts';
import type { Account, Json } from './records.ts';

const variants = ['genuine', ...(Object.keys(forgeries) as Forgery[])] as const;

export const TokenRequest = z.strictObject({
  variant: z.enum(variants).default('genuine'),
  /** Claims to add or change; null takes one away. */
  claims: z.record(z.string(), z.unknown()).default({}),
  header: z.record(z.string(), z.unknown()).default({}),
});

const lifetimeSeconds = 3600;

/** What `POST /_sim/token` does. @throws {BadControlRequest} */
export function mintOnRequest(account: Account, ring: KeyRing, body: unknown): { token: string } {
  const request = TokenRequest.safeParse(body ?? {});
  if (!request.success) {
    throw new BadControlRequest(`No such token:\n${z.prettifyError(request.error)}`);
  }
  return { token: mintToken(account, ring, request.data) };
}

export function mintToken(account: Account, ring: KeyRing, request: z.output<typeof TokenRequest>): string {
  const parts = request.variant === 'genuine' ? genuine(account, ring) : forge(account, ring, request.variant);
  const header = merge(parts.header, request.header);
  const payload = parts.payload ?? JSON.stringify(merge(parts.claims, request.claims));
  const signed = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const signature = signatureOf(parts, signed);
  return parts.sentPayload === undefined
    ? `${signed}.${signature}`
    : `${encode(JSON.stringify(header))}.${encode(JSON.stringify(parts.sentPayload))}.${signature}`;
}

function forge(account: Account, ring: KeyRing, name: Forgery): TokenParts {
  return forgeries[name](genuine(account, ring), { account, ring });
}

function genuine(account: Account, { current }: KeyRing): TokenParts {
  const at = Math.floor(account.now().epochMilliseconds / 1000);
  return {
    header: { alg: 'RS256', kid: current.kid, x5t: current.kid, typ: 'JWT' },
    claims: {
      serviceurl: account.serviceUrl(),
      nbf: at,
      exp: at + lifetimeSeconds,
      iss: 'https://api.botframework.com',
      aud: account.appId,
    },
    signing: { by: 'rsa', key: current },
  };
}

function signatureOf({ signing }: TokenParts, signed: string): string {
  switch (signing.by) {
    case 'rsa':
      return sign('RSA-SHA256', Buffer.from(signed), signing.key.privateKey).toString('base64url');
    case 'hmac':
      return createHmac('sha256', signing.secret).update(signed).digest('base64url');
    case 'nobody':
    default:
      return '';
  }
}

function merge(base: Json, changes: Json): Json {
  return Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== null));
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
