/** From a request to its answer: who asks, how often, whether they may, and what is done. */
import type { SimRequest, SimResponse } from '../server.ts';
import type { Account } from './account.ts';
import { forbidden, type Handled, noSuchEndpoint, Refused, tokenRefused } from './answers.ts';
import { authenticate, issueToken, refuseClient, type Tokens } from './auth.ts';
import { otherBody, type RememberedAnswers } from './idempotency.ts';
import type { Jobs } from './merge.ts';
import { countRequest, limitHeaders, type RateLimits } from './rate-limits.ts';
import type { UserRole } from './records.ts';
import { routes } from './routes.ts';
import { serveContent } from './uploads.ts';
import type { AllowedHosts } from './webhooks.ts';

/**
 * Faults of the API itself. `revoke-token`: 401, and every token given out so far is void. `refuse-client`: the token
 * endpoint knows no such client. `idempotency-conflict`: the key came with another body before. `forbid`: 403.
 */
export const apiFaults = ['revoke-token', 'refuse-client', 'idempotency-conflict', 'forbid'] as const;

export interface Service {
  account: Account;
  tokens: Tokens;
  memory: RememberedAnswers;
  jobs: Jobs;
  limits: RateLimits;
  allowedHosts: AllowedHosts;
}

export function answerRequest(service: Service, request: SimRequest, fault: string | undefined): Handled {
  try {
    if (request.path.startsWith('/oauth/')) {
      return { response: answerOauth(service, request, fault), told: [] };
    }
    if (request.path.startsWith('/attachments/')) {
      return { response: serveContent(service.account, request), told: [] };
    }
    const { response, told } = answerApi(service, request, fault);
    return { response: withHeaders(response, limitHeaders(service.limits, service.account)), told };
  } catch (error) {
    if (error instanceof Refused) {
      return { response: withHeaders(error.response, limitHeaders(service.limits, service.account)), told: [] };
    }
    throw error;
  }
}

function answerOauth(service: Service, request: SimRequest, fault: string | undefined): SimResponse {
  if (request.method !== 'POST' || request.path !== '/oauth/tokens') {
    throw noSuchEndpoint();
  }
  return fault === 'refuse-client' ? refuseClient() : issueToken(service.tokens, service.account, request);
}

const ranks: Readonly<Record<UserRole, number>> = { 'end-user': 0, agent: 1, admin: 2 };

/** Every path also exists with `.json` behind it, as in Zendesk. */
function answerApi(service: Service, request: SimRequest, fault: string | undefined): Handled {
  strike(service, fault);
  const { account, limits, memory, jobs, allowedHosts } = service;
  const asker = authenticate(service.tokens, account, request);
  countRequest(limits, account, request, asker);
  const path = request.path.replace(/^\/api\/v2\//, '').replace(/\.json$/, '');
  for (const { method, path: pattern, role, handle } of routes) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match !== null) {
      if (ranks[asker.role] < ranks[role]) {
        throw forbidden();
      }
      const [, id = '', second = '', third = ''] = match;
      const numbers = { number: Number(id), second: Number(second), third: Number(third) };
      return handle({ account, memory, jobs, allowedHosts, request, asker, id, ...numbers });
    }
  }
  throw noSuchEndpoint();
}

function strike(service: Service, fault: string | undefined): void {
  switch (fault) {
    case 'revoke-token':
      service.tokens.issued.clear();
      throw tokenRefused();
    case 'idempotency-conflict':
      throw otherBody();
    case 'forbid':
      throw forbidden();
    case undefined:
    default:
  }
}

function withHeaders(response: SimResponse, headers: Record<string, string>): SimResponse {
  return { ...response, headers: { ...headers, ...response.headers } };
}
