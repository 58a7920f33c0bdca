/** The Web API under `/api/`: who calls, with what right, how often, and then the method itself. */
import type { SimRequest, SimResponse } from '../server.ts';
import type { Account } from './account.ts';
import { rateLimited, refusal, refusalWithProblems, Refused } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { chatMethods } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import { fileMethods } from './file-methods.ts';
import type { Method } from './method.ts';
import type { Pace } from './pace.ts';
import type { Json } from './records.ts';
import { type Call, readCall } from './request-args.ts';
import { userMethods } from './user-methods.ts';
import { viewMethods } from './view-methods.ts';

export const apiPath = '/api/';

/** Besides those of every simulator; `slow` works at once and answers late. */
export const apiFaults = ['ratelimited', 'invalid-blocks-once', 'internal-error', 'slow'] as const;

const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userMethods,
  ...viewMethods,
};

export interface WebApi {
  account: Account;
  pace: Pace;
  /** Opens a socket for `apps.connections.open`. */
  offerSocket: () => Json;
}

/** Does the work before it says anything; waiting for a slow answer is the caller's. */
export function answerApi(api: WebApi, request: SimRequest, fault: string | undefined): SimResponse {
  const { settings } = api.account;
  const headers = { 'x-oauth-scopes': settings.scopes.join(','), 'x-slack-req-id': crypto.randomUUID() };
  try {
    const response = { status: 200, body: run(api, request, fault) };
    return { ...response, headers };
  } catch (error) {
    if (error instanceof Refused) {
      return { ...error.response, headers: { ...headers, ...error.response.headers } };
    }
    throw error;
  }
}

function run(api: WebApi, request: SimRequest, fault: string | undefined): Json {
  const name = request.path.slice(apiPath.length);
  const method =
    name === 'apps.connections.open' ? connections(api) : Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) {
    throw refusal('unknown_method', { req_method: name });
  }
  const call = readCall(request, method.takesJson);
  strike(fault);
  mustBeAllowed(api.account, method, call);
  const channel = call.args['channel'];
  api.pace.count(method.tier, name, typeof channel === 'string' ? channel : undefined);
  return withWarnings({ ok: true, ...method.run(api.account, call.args) }, call.warnings);
}

function connections({ offerSocket }: WebApi): Method {
  return { scopes: [], token: 'app', tier: 'none', takesJson: true, run: offerSocket };
}

function mustBeAllowed(account: Account, method: Method, { token }: Call): void {
  if (token === null) {
    throw refusal('not_authed');
  }
  const kind = token === account.botToken ? 'bot' : token === account.appToken ? 'app' : undefined;
  if (kind === undefined) {
    throw refusal('invalid_auth');
  }
  if (kind !== method.token) {
    throw refusal('not_allowed_token_type');
  }
  const { scopes } = account.settings;
  if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
    throw refusal('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
  }
}

/** @throws {Refused} */
function strike(fault: string | undefined): void {
  if (fault === 'ratelimited') {
    throw rateLimited(1);
  }
  if (fault === 'internal-error') {
    throw refusal('internal_error');
  }
  if (fault === 'invalid-blocks-once') {
    throw refusalWithProblems('invalid_blocks', ['unsupported type: table [json-pointer:/blocks/0/type]']);
  }
}

function withWarnings(body: Json, warnings: readonly string[]): Json {
  if (warnings.length === 0) {
    return body;
  }
  const { response_metadata: metadata } = body;
  return {
    ...body,
    warning: warnings.join(','),
    response_metadata: { ...(isJson(metadata) ? metadata : {}), warnings },
  };
}
