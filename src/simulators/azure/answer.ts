/** One request, from the front door to the resource: token, api-version, path, rights, then the reading or the writing. */
import type { SimRequest } from '../server.ts';
import { ArmError, badRequest, errorResponse } from './arm-error.ts';
import { listPermissions, refuseDenied, refuseUnknownSubscription } from './authorization.ts';
import { injectedFactor, injectedRefusal } from './injected-faults.ts';
import { answerOperation } from './operations.ts';
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

export function answer(arm: Arm, request: SimRequest, fault: string | undefined): Answer {
  settle(arm);
  const given = answerOrRefuse(arm, request, fault);
  const { afterMilliseconds = 0 } = given;
  return {
    ...given,
    headers: { ...commonHeaders(arm, request), ...etagHeader(given.body), ...given.headers },
    afterMilliseconds: afterMilliseconds * injectedFactor(fault),
  };
}

function answerOrRefuse(arm: Arm, request: SimRequest, fault: string | undefined): Answer {
  try {
    checkFrontDoor(request);
    const injected = injectedRefusal(fault, request.path, arm.pace.retryAfterSeconds);
    if (injected !== undefined) {
      throw injected;
    }
    const target = readTarget(request.path);
    if (target === undefined) {
      throw badRequest('InvalidRequestUri', `The request path '${request.path}' names no resource.`);
    }
    return answerTarget(arm, request, target, fault);
  } catch (error) {
    if (error instanceof ArmError) {
      return errorResponse(error);
    }
    throw error;
  }
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

function answerTarget(arm: Arm, request: SimRequest, target: Target, fault: string | undefined): Answer {
  if (target.kind === 'resource') {
    return answerResource(arm, request, target.id, fault);
  }
  if (request.method !== 'GET') {
    throw methodNotAllowed(request.method, { name: target.kind });
  }
  if (target.kind === 'subscriptions') {
    return listSubscriptions(arm, request);
  }
  refuseUnknownSubscription(arm.world, target.subscription, 'Microsoft.Resources/subscriptions/read');
  return answerReading(arm, request, target);
}

type Scoped = Exclude<Target, { kind: 'resource' | 'subscriptions' }>;

function answerReading(arm: Arm, request: SimRequest, target: Scoped): Answer {
  if (target.kind === 'subscription') {
    return { status: 200, body: arm.world.subscriptions.get(subscriptionKey(target.subscription)) };
  }
  if (target.kind === 'groups') {
    return listGroups(arm, request, target.subscription);
  }
  if (target.kind === 'group') {
    return getGroup(arm, target.subscription, target.group);
  }
  if (target.kind === 'operation') {
    return answerOperation(arm, target.id, target.part);
  }
  if (target.kind === 'permissions') {
    return paged(request, listPermissions(arm.world, target.scope, target.what));
  }
  refuseDenied(arm.world, target.under, `${typeNamed(target.type)?.name ?? target.type}/read`);
  return listCollection(arm, request, target);
}

function getGroup(arm: Arm, subscription: string, group: string): Answer {
  const found = arm.world.groups.get(groupKey(subscription, group));
  if (found === undefined) {
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  return { status: 200, body: found };
}

function answerResource(arm: Arm, request: SimRequest, id: ResourceId, fault: string | undefined): Answer {
  const type = typeNamed(id.type);
  const typeName = type?.name ?? id.type;
  const action = `${typeName}/${verbs[request.method] ?? 'action'}`;
  refuseUnknownSubscription(arm.world, id.subscription, action);
  refuseDenied(arm.world, id.key, action);
  if (request.method === 'GET') {
    return getResource(arm, id);
  }
  if (type === undefined) {
    throw unknownType(id.type);
  }
  if (type.work === undefined || (request.method !== 'PUT' && request.method !== 'DELETE')) {
    throw methodNotAllowed(request.method, type);
  }
  const call = { arm, type: { ...type, work: type.work }, id, request, fault };
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
