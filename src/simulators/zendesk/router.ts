/** Which request is answered by what. Every path also exists with `.json` behind it, as in Zendesk. */
import type { SimRequest, SimResponse } from '../server.ts';
import type { Account } from './account.ts';
import { type Handled, noSuchEndpoint, Refused, tokenRefused } from './answers.ts';
import { authenticate, issueToken, refuseClient, type Tokens } from './auth.ts';
import { otherBody, type RememberedAnswers } from './idempotency.ts';
import type { User } from './records.ts';
import { getTicket, listAudits, listComments, listTickets, postTicket, putTicket, showManyTickets } from './tickets.ts';
import { createOrUpdateUser, getMe, getUser, searchUsers, showManyUsers } from './users.ts';
import {
  type AllowedHosts,
  deleteWebhook,
  getSigningSecret,
  getWebhook,
  listWebhooks,
  patchWebhook,
  postWebhook,
} from './webhooks.ts';

/**
 * Faults of the API itself. `revoke-token`: 401, and every token given out so far is void. `refuse-client`: the token
 * endpoint knows no such client. `idempotency-conflict`: the key came with another body before. `forbid`: 403.
 */
export const apiFaults = ['revoke-token', 'refuse-client', 'idempotency-conflict', 'forbid'] as const;

export interface Service {
  account: Account;
  tokens: Tokens;
  memory: RememberedAnswers;
  allowedHosts: AllowedHosts;
}

interface Asked {
  service: Service;
  account: Account;
  request: SimRequest;
  asker: User;
  /** What stands in the path where the pattern has a group. */
  id: string;
}

interface Route {
  method: string;
  path: RegExp;
  handle: (asked: Asked) => Handled;
}

const routes: readonly Route[] = [
  route('POST', 'tickets', ({ service, account, request, asker }) =>
    postTicket(account, service.memory, request, asker),
  ),
  route('GET', 'tickets', ({ account, request }) => listTickets(account, request)),
  route('GET', 'tickets/show_many', ({ account, request }) => showManyTickets(account, request)),
  route('GET', 'tickets/:number', ({ account, request, id }) => getTicket(account, request, Number(id))),
  route('PUT', 'tickets/:number', ({ account, request, asker, id }) => putTicket(account, request, asker, Number(id))),
  route('GET', 'tickets/:number/comments', ({ account, request, id }) => listComments(account, request, Number(id))),
  route('GET', 'tickets/:number/audits', ({ account, request, id }) => listAudits(account, request, Number(id))),
  route('POST', 'users/create_or_update', ({ account, request }) => createOrUpdateUser(account, request)),
  route('GET', 'users/me', ({ request, asker }) => getMe(request, asker)),
  route('GET', 'users/show_many', ({ account, request }) => showManyUsers(account, request)),
  route('GET', 'users/search', ({ account, request }) => searchUsers(account, request)),
  route('GET', 'users/:number', ({ account, request, id }) => getUser(account, request, Number(id))),
  route('POST', 'webhooks', ({ service, account, request, asker }) =>
    postWebhook(account, service.allowedHosts, request, asker),
  ),
  route('GET', 'webhooks', ({ account, request }) => listWebhooks(account, request)),
  route('GET', 'webhooks/:word', ({ account, id }) => getWebhook(account, id)),
  route('PATCH', 'webhooks/:word', ({ service, account, request, asker, id }) =>
    patchWebhook(account, service.allowedHosts, request, asker, id),
  ),
  route('DELETE', 'webhooks/:word', ({ account, asker, id }) => deleteWebhook(account, asker, id)),
  route('GET', 'webhooks/:word/signing_secret', ({ account, asker, id }) => getSigningSecret(account, asker, id)),
];

export function answerRequest(service: Service, request: SimRequest, fault: string | undefined): Handled {
  try {
    return request.path.startsWith('/oauth/')
      ? { response: answerOauth(service, request, fault), events: [] }
      : answerApi(service, request, fault);
  } catch (error) {
    if (error instanceof Refused) {
      return { response: error.response, events: [] };
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

function answerApi(service: Service, request: SimRequest, fault: string | undefined): Handled {
  strike(service, fault);
  const { account } = service;
  const asker = authenticate(service.tokens, account, request);
  const path = request.path.replace(/^\/api\/v2\//, '').replace(/\.json$/, '');
  for (const { method, path: pattern, handle } of routes) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match !== null) {
      return handle({ service, account, request, asker, id: match[1] ?? '' });
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
      throw new Refused({
        status: 403,
        body: { error: { title: 'Forbidden', message: 'You do not have access to this page.' } },
      });
    case undefined:
    default:
  }
}

function route(method: string, path: string, handle: Route['handle']): Route {
  const pattern = path.replace(':number', String.raw`(\d+)`).replace(':word', '([0-9A-Za-z]+)');
  return { method, path: new RegExp(`^${pattern}$`), handle };
}
