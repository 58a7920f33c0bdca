/** The login endpoint, where the bot gets the token that it puts on every call to the connector. */
import { randomBytes } from 'node:crypto';
import type { SimRequest, SimResponse } from '../server.ts';
import type { Account } from './records.ts';

export interface Login {
  /** Null: any secret is right. */
  appPassword: string | null;
  tokenSeconds: number;
  /** Access token to the instant at which it ends. */
  issued: Map<string, Temporal.Instant>;
}

const connectorScope = 'https://api.botframework.com/.default';

/** The tenant of `/{tenant}/oauth2/v2.0/token`; null for any other path. */
export function tokenTenant(path: string): string | null {
  return /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1] ?? null;
}

export function answerLogin(login: Login, account: Account, request: SimRequest, tenant: string): SimResponse {
  const form = new URLSearchParams(request.body.toString('utf8'));
  if (request.method !== 'POST' || form.get('grant_type') !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 'AADSTS70003: only grant_type=client_credentials is known here.');
  }
  if (tenant !== account.tenantId) {
    return refuse(400, 'invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
  }
  if (form.get('client_id') !== account.appId) {
    return refuse(400, 'unauthorized_client', 'AADSTS700016: The application was not found in the directory.');
  }
  const secret = form.get('client_secret') ?? '';
  if (secret === '' || (login.appPassword !== null && secret !== login.appPassword)) {
    return refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  if (form.get('scope') !== connectorScope) {
    return refuse(400, 'invalid_scope', `AADSTS70011: The scope has to be ${connectorScope}.`);
  }
  return { status: 200, body: issue(login, account) };
}

function issue({ issued, tokenSeconds }: Login, { now }: Account): unknown {
  for (const [token, until] of issued) {
    if (Temporal.Instant.compare(now(), until) >= 0) {
      issued.delete(token);
    }
  }
  const token = randomBytes(48).toString('base64url');
  issued.set(token, now().add({ seconds: tokenSeconds }));
  return { token_type: 'Bearer', expires_in: tokenSeconds, ext_expires_in: tokenSeconds, access_token: token };
}

export function isSignedIn({ issued }: Login, { now }: Account, request: SimRequest): boolean {
  const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
  const until = token === undefined ? undefined : issued.get(token);
  return until !== undefined && Temporal.Instant.compare(now(), until) < 0;
}

function refuse(status: number, error: string, description: string): SimResponse {
  return { status, body: { error, error_description: description } };
}
