/**
 * Who is asking. Three ways in, as in Zendesk: a bearer token from `/oauth/tokens`, an e-mail address with an API token,
 * and, only here, the fixed token that a client without any credential uses towards a stand-in.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, botUser, findUser, findUserByEmail } from './account.ts';
import { forbidden, notAuthenticated, tokenRefused } from './answers.ts';
import type { User } from './records.ts';

const standInToken = 'causeway-stand-in';
/** What Zendesk gives a client that asks for no time of its own. */
const defaultLifetimeSeconds = 1_800;

/** On this day Zendesk switches all API tokens off. */
const apiTokensEnd = Temporal.Instant.from('2027-04-30T00:00:00Z');

export interface Tokens {
  issued: Map<string, IssuedToken>;
}

interface IssuedToken {
  until: Temporal.Instant;
  userId: number;
  /** Such as `read`, `write`, `tickets:read`. */
  scopes: readonly string[];
}

const Grant = z.object({
  grant_type: z.string(),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  scope: z.string().default('read write'),
  expires_in: z.int().min(300).max(172_800).default(defaultLifetimeSeconds),
});

/**
 * `POST /oauth/tokens`. The token acts for the user of the client. An account that lists no clients knows every client
 * id that comes with a secret, and takes it for the bot's.
 */
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
  const user = clientUser(account, grant.data);
  if (user === undefined) {
    return refuseClient();
  }
  const token = randomBytes(24).toString('hex');
  tokens.issued.set(token, {
    until: account.now().add({ seconds: grant.data.expires_in }),
    userId: user.id,
    scopes: grant.data.scope.split(/\s+/),
  });
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

function clientUser(account: Account, grant: { client_id: string; client_secret: string }): User | undefined {
  if (account.oauthClients.length === 0) {
    return botUser(account);
  }
  const client = account.oauthClients.find(
    ({ identifier, secret }) => identifier === grant.client_id && secret === grant.client_secret,
  );
  return client === undefined ? undefined : findUser(account, client.user_id);
}

export function refuseClient(): SimResponse {
  return oauthError(401, 'invalid_client', 'Client authentication failed.');
}

/** @throws {Refused} with 401 for a request that names nobody, with 403 for a token that was not given for this. */
export function authenticate(tokens: Tokens, account: Account, request: SimRequest): User {
  const [scheme = '', credential = ''] = (request.headers['authorization'] ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) {
    return bearer(tokens, account, request, credential);
  }
  if (/^basic$/i.test(scheme)) {
    return basic(account, Buffer.from(credential, 'base64').toString('utf8'));
  }
  throw notAuthenticated();
}

function bearer(tokens: Tokens, account: Account, request: SimRequest, token: string): User {
  if (token === standInToken) {
    return botUser(account);
  }
  const issued = tokens.issued.get(token);
  const user = issued === undefined ? undefined : findUser(account, issued.userId);
  if (issued === undefined || user === undefined || Temporal.Instant.compare(account.now(), issued.until) >= 0) {
    throw tokenRefused();
  }
  if (!covers(issued.scopes, request)) {
    throw forbidden();
  }
  return user;
}

/** A scope is for everything (`read`) or for one kind of record (`tickets:read`). */
function covers(scopes: readonly string[], { method, path }: SimRequest): boolean {
  const right = method === 'GET' ? 'read' : 'write';
  const [, kind = ''] = /^\/api\/v2\/(\w+)/.exec(path) ?? [];
  return scopes.includes(right) || scopes.includes(`${kind}:${right}`);
}

/**
 * `e-mail/token:api-token`. Any API token goes, and lets its owner be anybody in the account whose address is verified,
 * end users included.
 */
function basic(account: Account, credential: string): User {
  const [, email = '', token = ''] = /^(.+)\/token:(.+)$/.exec(credential) ?? [];
  const user = findUserByEmail(account, email);
  const off = !account.settings.apiTokens || Temporal.Instant.compare(account.now(), apiTokensEnd) >= 0;
  if (off || token === '' || user === undefined || !user.verified) {
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
