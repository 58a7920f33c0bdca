/** Which request of the bot is answered by what. A path may have any base in front of `/v3/`, as service URLs do. */
import type { SimRequest, SimResponse } from '../server.ts';
import { badSyntax, failure, notSignedIn, Refused } from './answers.ts';
import { isSignedIn, type Login } from './login.ts';
import { getMember, listMembers, pageMembers } from './members.ts';
import type { Pace } from './pace.ts';
import { createConversation, edit, openPlace, post, remove } from './posts.ts';
import type { Account, Json } from './records.ts';

/**
 * Faults of the connector. `blocked` (also `403`): the person blocked the bot. `404`: the conversation is gone.
 * `revoke-token`: 401, and every token given out so far is void.
 */
export const connectorFaults = ['blocked', '403', '404', '412', '504', 'revoke-token'] as const;

export interface Connector {
  account: Account;
  login: Login;
  pace: Pace;
}

interface Asked {
  account: Account;
  pace: Pace;
  request: SimRequest;
  /** What stands in the path where the pattern has groups. */
  first: string;
  second: string;
}

interface Route {
  method: string;
  path: RegExp;
  handle: (asked: Asked) => SimResponse;
}

const routes: readonly Route[] = [
  route('POST', 'conversations', ({ account, pace, request }) => {
    pace.count('send', 'new conversations');
    return createConversation(account, readBody(request));
  }),
  route('POST', 'conversations/:id/activities', ({ account, pace, request, first }) => {
    pace.count('send', first);
    return post(account, first, null, readBody(request));
  }),
  route('POST', 'conversations/:id/activities/:id', ({ account, pace, request, first, second }) => {
    pace.count('send', first);
    return post(account, first, second, readBody(request));
  }),
  route('PUT', 'conversations/:id/activities/:id', ({ account, pace, request, first, second }) => {
    pace.count('send', first);
    return edit(account, first, second, readBody(request));
  }),
  route('DELETE', 'conversations/:id/activities/:id', ({ account, first, second }) => remove(account, first, second)),
  route('GET', 'conversations/:id/members', ({ account, pace, first }) => {
    pace.count('members', first);
    return listMembers(account, openPlace(account, first));
  }),
  route('GET', 'conversations/:id/pagedmembers', ({ account, pace, request, first }) => {
    pace.count('members', first);
    return pageMembers(account, openPlace(account, first), request);
  }),
  route('GET', 'conversations/:id/members/:id', ({ account, pace, first, second }) => {
    pace.count('members', first);
    return getMember(account, openPlace(account, first), second);
  }),
  route('GET', 'teams/:id', ({ account, first }) => ({ status: 200, body: showTeam(account, first) })),
  route('GET', 'teams/:id/conversations', ({ account, first }) => ({
    status: 200,
    body: { conversations: channelsOf(account, first) },
  })),
];

export function answerConnector(connector: Connector, request: SimRequest, fault: string | undefined): SimResponse {
  try {
    strike(connector.login, fault);
    if (!isSignedIn(connector.login, connector.account, request)) {
      throw notSignedIn();
    }
    const path = request.path.replace(/^.*?\/v3\//, '');
    for (const { method, path: pattern, handle } of routes) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (match !== null) {
        return handle({ ...connector, request, first: decode(match[1]), second: decode(match[2]) });
      }
    }
    throw failure(405, 'MethodNotAllowed', `There is no ${request.method} ${request.path} for bots.`);
  } catch (error) {
    if (error instanceof Refused) {
      return error.response;
    }
    throw error;
  }
}

function strike(login: Login, fault: string | undefined): void {
  switch (fault) {
    case 'blocked':
    case '403':
      throw failure(403, 'MessageWritesBlocked', 'The recipient has blocked messages of this bot.');
    case '404':
      throw failure(404, 'ConversationNotFound', 'Conversation not found.');
    case '412':
      throw failure(412, 'PreconditionFailed', 'Precondition failed, please try again.');
    case '504':
      throw failure(504, 'GatewayTimeout', 'Gateway timeout.');
    case 'revoke-token':
      login.issued.clear();
      throw notSignedIn();
    case undefined:
    default:
  }
}

function decode(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    throw badSyntax('The path is not encoded properly.');
  }
}

function readBody(request: SimRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw badSyntax('The body is not JSON.');
  }
}

function showTeam(account: Account, id: string): Json {
  const team = account.world.places.find((place) => place.team?.id === id)?.team;
  if (team === undefined || team === null) {
    throw failure(404, 'TeamNotFound', 'Team not found.');
  }
  return { ...team, tenantId: account.tenantId };
}

function channelsOf(account: Account, teamId: string): Json[] {
  showTeam(account, teamId);
  return account.world.places.filter((place) => place.team?.id === teamId).map(({ id, name }) => ({ id, name }));
}

function route(method: string, path: string, handle: Route['handle']): Route {
  return { method, path: new RegExp(`^${path.replaceAll(':id', '([^/]+)')}$`), handle };
}
