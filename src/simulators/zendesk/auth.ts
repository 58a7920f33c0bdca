/**
 * Who is asking. Three ways in, as in Zendesk: a bearer token from `/oauth/tokens`, an e-mail address with an API token,
 * and, only here, the fixed token that a client without any credential uses towards a stand-in.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, botUser, findUserByEmail } from './account.ts';
import { notAuthenticated, tokenRefused } from './answers.ts';
import type { User } from './records.ts';

const standInToken = 'causeway-stand-in';
/** What Zendesk gives a client that asks for no time of its own. */
const defaultLifetimeSeconds = 1_800;

export interface Tokens {
  /** Access token to the instant at which it ends. */
  issued: Map<string, Temporal.Instant>;
}

const Grant = z.object({
  grant_type: z.string(),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  scope: z.string().default('read write'),
  expires_in: z.int().min(300).max(172_800).default(defaultLifetimeSeconds),
});

/** `POST /oauth/tokens`. Every client id with a secret is known here; the token acts for the bot's user. */
export function issueToken(tokens: Tokens, account: Account, request: SimRequest): SimResponse {
  const grant = Grant.safeParse(readGrant(request));
  if (!grant.success) {
    const field = grant.error.issues[0]?.path.join('.') ?? '';
    return field.startsWith('client')
      ? oauthError(401, 'invalid_client', 'Client authentication failed.')
      : oauthError(400, 'invalid_request', `The parameter ${field} is missing or has a wrong value.`);
  }
  if (grant.data.grant_type !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is served here.');
  }
  const token = randomBytes(24).toString('hex');
  tokens.issued.set(token, account.now().add({ seconds: grant.data.expires_in }));
  return {
    status: 201,
    body: {
      access_token: token,
      token_type: 'bearer',
      scope: grant.data.scope,
      expires_in: grant.data.expires_in,
    },
  };
}

export function refuseClient(): SimResponse {
  return oauthError(401, 'invalid_client', 'Client authentication failed.');
}

/** @throws {Refused} with 401 for a request that names nobody. */
export function authenticate(tokens: Tokens, account: Account, request: SimRequest): User {
  const [scheme = '', credential = ''] = (request.headers['authorization'] ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) {
    return bearer(tokens, account, credential);
  }
  if (/^basic$/i.test(scheme)) {
    return basic(account, Buffer.from(credential, 'base64').toString('utf8'));
  }
  throw notAuthenticated();
}

function bearer(tokens: Tokens, account: Account, token: string): User {
  if (token === standInToken) {
    return botUser(account);
  }
  const until = tokens.issued.get(token);
  if (until === undefined || Temporal.Instant.compare(account.now(), until) >= 0) {
    throw tokenRefused();
  }
  return botUser(account);
}

/** `e-mail/token:api-token`. Any API token goes, but it has to be somebody of the desk. */
function basic(account: Account, credential: string): User {
  const [, email = '', token = ''] = /^(.+)\/token:(.+)$/.exec(credential) ?? [];
  const user = findUserByEmail(account, email);
  if (token === '' || user === undefined || user.role === 'end-user') {
    throw notAuthenticated();
  }
  return user;
}

function readGrant(request: SimRequest): unknown {
  const text = request.body.toString('utf8');
  if (/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')) {
    const form = Object.fromEntries(new URLSearchParams(text));
    return { ...form, ...(form['expires_in'] !== undefined && { expires_in: Number(form['expires_in']) }) };
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function oauthError(status: number, error: string, description: string): SimResponse {
  return { status, body: { error, error_description: description } };
}
