/** One request, from the front door to the resource: token, api-version, path, rights, then the reading or the writing. */
import type { SimRequest } from '../server.ts';
import { actionFor } from './actions.ts';
import { ArmError, badRequest, errorResponse } from './arm-error.ts';
import { refuseForbidden, refuseUnknownSubscription } from './authorization.ts';
import { spend, type Spending } from './budgets.ts';
import { type Caller, callerOf, refuseForeignTenant } from './identity.ts';
import { injectedFactor, injectedRefusal } from './injected-faults.ts';
import { answerOperation } from './operations.ts';
import { listAuthorization } from './permissions.ts';
import {
  type Answer,
  getResource,
  listCollection,
  listGroups,
  listSubscriptions,
  paged,
  unknownType,
} from './reads.ts';
import { groupKey, type ResourceId, readTarget, subscriptionKey, type Target } from './resource-id.ts';
import { typeNamed } from './resource-types.ts';
import { settle } from './settle.ts';
import type { Arm } from './world.ts';
import { deleteResource, methodNotAllowed, putResource } from './writes.ts';

const verbs: Record<string, string> = { GET: 'read', PUT: 'write', DELETE: 'delete' };

/** A request, who sent it, and the fault that struck it. */
interface Asked {
  arm: Arm;
  request: SimRequest;
  caller: Caller;
  fault: string | undefined;
}

export function answer(arm: Arm, request: SimRequest, fault: string | undefined): Answer {
  settle(arm);
  const given = orError(() => answerRequest({ arm, request, caller: callerOf(request.headers), fault }));
  const { afterMilliseconds = 0 } = given;
  return {
    ...given,
    headers: { ...commonHeaders(arm, request), ...etagHeader(given.body), ...given.headers },
    afterMilliseconds: afterMilliseconds * injectedFactor(fault),
  };
}

function orError(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArmError) {
      return errorResponse(error);
    }
    throw error;
  }
}

function answerRequest(asked: Asked): Answer {
  const { arm, request, fault } = asked;
  checkFrontDoor(request);
  const injected = injectedRefusal(fault, request.path, arm.pace.retryAfterSeconds);
  if (injected !== undefined) {
    throw injected;
  }
  const target = readTarget(request.path);
  if (target === undefined) {
    throw badRequest('InvalidRequestUri', `The request path '${request.path}' names no resource.`);
  }
  if (target.kind === 'subscriptions') {
    return answerSubscriptions(asked);
  }
  const left = spend(arm.budgets, spendingOf(request.method, target), arm.now());
  const given = orError(() => answerTarget(asked, target));
  return { ...given, headers: { ...left, ...given.headers } };
}

function checkFrontDoor(request: SimRequest): void {
  if (!/^bearer \S+/i.test(request.headers['authorization'] ?? '')) {
    throw new ArmError(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing or has no bearer token.",
      { 'WWW-Authenticate': 'Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token"' },
    );
  }
  const version = request.query.get('api-version');
  if (version === null || version === '') {
    throw badRequest(
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(?:-[a-z]+)?$/.test(version)) {
    throw badRequest('InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  }
}

/** Everything but the list of subscriptions stands in one. */
type Within = Exclude<Target, { kind: 'subscriptions' }>;

function spendingOf(method: string, target: Within): Spending {
  const subscription = target.kind === 'resource' ? target.id.subscription : target.subscription;
  return { method, subscription, provider: providerOf(target) };
}

function providerOf(target: Within): Spending['provider'] {
  if (target.kind === 'operation') {
    return target.family;
  }
  const type = target.kind === 'resource' ? target.id.type : target.kind === 'collection' ? target.type : '';
  if (type.startsWith('microsoft.network/privatednszones')) {
    return 'private-dns';
  }
  return type.startsWith('microsoft.network/') ? 'network' : 'other';
}

function answerSubscriptions({ arm, request, caller }: Asked): Answer {
  if (request.method !== 'GET') {
    throw methodNotAllowed(request.method, { name: 'subscriptions' });
  }
  return listSubscriptions(arm, request, caller);
}

function answerTarget(asked: Asked, target: Within): Answer {
  const { arm, request, caller } = asked;
  if (target.kind === 'resource') {
    return answerResource(asked, target.id);
  }
  refuseUnknownSubscription(arm.world, target.subscription, 'Microsoft.Resources/subscriptions/read');
  refuseForeignTenant(arm.world, caller, target.subscription);
  const action = target.kind === 'collection' ? actionFor(request.method, target.type) : undefined;
  if (target.kind === 'collection' && action !== undefined) {
    return action({ arm, request, caller, target });
  }
  if (request.method !== 'GET') {
    throw methodNotAllowed(request.method, { name: target.kind === 'collection' ? target.type : target.kind });
  }
  return answerReading(arm, request, target);
}

function answerReading(arm: Arm, request: SimRequest, target: Exclude<Within, { kind: 'resource' }>): Answer {
  switch (target.kind) {
    case 'subscription':
      return { status: 200, body: arm.world.subscriptions.get(subscriptionKey(target.subscription)) };
    case 'groups':
      return listGroups(arm, request, target.subscription);
    case 'group':
      return getGroup(arm, target.subscription, target.group);
    case 'operation':
      return answerOperation(arm, target.id, target.part);
    case 'authorization':
      refuseForbidden(arm.world, target.scope, `Microsoft.Authorization/${target.what}/read`);
      return paged(request, listAuthorization(arm.world, target.scope, target.what, request.query.get('$filter')));
    case 'collection':
    default:
      return listCollection(arm, request, target);
  }
}

function getGroup(arm: Arm, subscription: string, group: string): Answer {
  const found = arm.world.groups.get(groupKey(subscription, group));
  if (found === undefined) {
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  return { status: 200, body: found };
}

function answerResource(asked: Asked, id: ResourceId): Answer {
  const { arm, request, caller, fault } = asked;
  const type = typeNamed(id.type);
  const typeName = type?.name ?? id.type;
  const action = `${typeName}/${verbs[request.method] ?? 'action'}`;
  refuseUnknownSubscription(arm.world, id.subscription, action);
  refuseForeignTenant(arm.world, caller, id.subscription);
  refuseForbidden(arm.world, id.key, action);
  if (request.method === 'GET') {
    return getResource(arm, id);
  }
  if (type === undefined) {
    throw unknownType(id.type);
  }
  if (type.work === undefined || (request.method !== 'PUT' && request.method !== 'DELETE')) {
    throw methodNotAllowed(request.method, type);
  }
  const call = { arm, caller, type: { ...type, work: type.work }, id, request, fault };
  return request.method === 'PUT' ? putResource(call) : deleteResource(call);
}

function commonHeaders(arm: Arm, request: SimRequest): Record<string, string> {
  const requestId = arm.newId();
  const clientId = request.headers['x-ms-client-request-id'];
  return {
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': request.headers['x-ms-correlation-request-id'] ?? requestId,
    ...(clientId === undefined ? {} : { 'x-ms-client-request-id': clientId }),
    'Cache-Control': 'no-cache',
  };
}

function etagHeader(body: unknown): Record<string, string> {
  const etag = (body as { etag?: unknown } | undefined)?.etag;
  return typeof etag === 'string' ? { ETag: etag } : {};
}
