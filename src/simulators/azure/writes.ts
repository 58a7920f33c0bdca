/** PUT and DELETE of a resource: what is checked for every type, in the order in which Azure checks it. */
import type { SimRequest } from '../server.ts';
import { ArmError } from './arm-error.ts';
import { refuseLocked, refuseMissingGroup, refuseUnregistered } from './authorization.ts';
import type { Caller } from './identity.ts';
import { injectedFactor, injectedFailure } from './injected-faults.ts';
import { operationHeaders, refuseWhileBusy, startOperation } from './operations.ts';
import type { Work } from './pace.ts';
import { refuseByPolicy } from './policies.ts';
import { type Answer, show } from './reads.ts';
import { readBody } from './request-body.ts';
import { groupKey, type ResourceId } from './resource-id.ts';
import type { Draft, ResourceType } from './resource-type.ts';
import { type Arm, discard, find, holderKeyOf, type Operation, type Resource, store } from './world.ts';

export interface Call {
  arm: Arm;
  caller: Caller;
  type: ResourceType & { work: Work };
  id: ResourceId;
  request: SimRequest;
  fault: string | undefined;
}

export function putResource(call: Call): Answer {
  const { arm, caller, type, id, request } = call;
  if (type.put === undefined) {
    throw methodNotAllowed(request.method, type);
  }
  const body = readBody(request);
  refuseUnregistered(arm.world, id);
  refuseLocked(arm.world, id, 'write');
  refuseByPolicy(arm.world, id, body);
  refuseMissingGroup(arm.world, id.subscription, id.group);
  const parent = parentOf(arm, id);
  const existing = arm.world.resources.get(id.key);
  checkPreconditions(request, existing, id);
  refuseWhileBusy(arm, id.key, type);
  const fullId = existing?.id ?? newId(arm, type, id, parent);
  const draft = type.put({ arm, caller, id, fullId, body, existing, parent, query: request.query });
  const resource = store(arm, { ...drafted(call, draft, existing), id: fullId });
  const status = existing === undefined ? 201 : 200;
  if (type.immediate !== undefined) {
    return { ...shown(arm, status, resource), afterMilliseconds: arm.pace.milliseconds(type.work) };
  }
  const operation = begin(call, resource, existing === undefined ? 'create' : 'update', {
    ...(draft.onSuccess === undefined ? {} : { onSuccess: draft.onSuccess }),
    ...(draft.fails === undefined ? {} : { fails: draft.fails }),
    ...(draft.takes === undefined ? {} : { takes: draft.takes }),
    ...(existing === undefined ? {} : { before: existing }),
  });
  const headers = operationHeaders(arm, type, operation);
  return type.family === 'private-dns'
    ? { status: 202, headers, body: {} }
    : { ...shown(arm, status, resource), headers };
}

export function deleteResource(call: Call): Answer {
  const { arm, type, id, request } = call;
  if (type.remove === undefined) {
    throw methodNotAllowed(request.method, type);
  }
  refuseLocked(arm.world, id, 'delete');
  refuseMissingGroup(arm.world, id.subscription, id.group);
  const existing = arm.world.resources.get(id.key);
  if (existing === undefined) {
    return { status: 204 };
  }
  checkPreconditions(request, existing, id);
  refuseWhileBusy(arm, id.key, type);
  const takes = type.remove(arm, existing);
  if (type.immediate === true) {
    discard(arm, id.key);
    type.removed?.(arm, existing);
    return { status: 200, afterMilliseconds: arm.pace.milliseconds(type.work) };
  }
  const going = { ...existing, properties: { ...existing.properties, provisioningState: 'Deleting' } };
  const operation = begin(call, store(arm, going), 'delete', {
    before: existing,
    ...(typeof takes === 'string' ? { takes } : {}),
  });
  return { status: 202, headers: operationHeaders(arm, type, operation) };
}

function begin(
  call: Call,
  resource: Resource,
  action: 'create' | 'update' | 'delete',
  more: Pick<Partial<Operation>, 'onSuccess' | 'fails' | 'before' | 'takes'>,
): Operation {
  const { arm, type, fault } = call;
  const injected = injectedFailure(fault, resource.id);
  const placed = find(arm.world, holderKeyOf(call.id.key) ?? call.id.key);
  return startOperation(arm, {
    type,
    resource,
    action,
    work: type.work,
    location: placed?.location ?? 'global',
    factor: injectedFactor(fault) * (type.operationShare ?? 1),
    more: {
      ...more,
      ...(injected === undefined ? {} : { fails: injected }),
      ...(fault === 'operation-lost' ? { lost: true } : {}),
    },
  });
}

function drafted(call: Call, draft: Draft, existing: Resource | undefined): Resource {
  const { type, id } = call;
  const creating = type.family === 'private-dns' && existing === undefined ? 'Creating' : 'Updating';
  const state = type.immediate === undefined ? { provisioningState: creating } : {};
  return {
    id: '',
    name: existing?.name ?? id.name,
    type: type.name,
    ...draft.top,
    properties: { ...state, ...draft.properties, ...state },
  };
}

function shown(arm: Arm, status: number, resource: Resource): Answer {
  return { status, body: show(arm, resource) };
}

function newId(arm: Arm, type: ResourceType, id: ResourceId, parent: Resource | undefined): string {
  if (parent !== undefined) {
    return `${parent.id}/${type.name.slice(type.name.lastIndexOf('/') + 1)}/${id.name}`;
  }
  const group = arm.world.groups.get(groupKey(id.subscription, id.group));
  return `${group?.id ?? ''}/providers/${type.name}/${id.name}`;
}

function parentOf(arm: Arm, id: ResourceId): Resource | undefined {
  const parent = find(arm.world, id.parentKey);
  if (id.parentKey !== undefined && parent === undefined) {
    throw new ArmError(
      404,
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type '${id.type}', because the parent resource '${id.parentKey}' could not be found.`,
    );
  }
  return parent;
}

function checkPreconditions(request: SimRequest, existing: Resource | undefined, id: ResourceId): void {
  const ifMatch = request.headers['if-match'];
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch === '*' && existing !== undefined) {
    throw new ArmError(
      412,
      'PreconditionFailed',
      `The resource ${id.key} exists already and hence cannot be created again.`,
    );
  }
  if (ifMatch === undefined || ifMatch === '' || (ifMatch === '*' && existing !== undefined)) {
    return;
  }
  if (existing === undefined || bareEtag(ifMatch) !== bareEtag(existing.etag ?? '')) {
    throw new ArmError(
      412,
      'PreconditionFailed',
      `Precondition failed. Etag provided in if-match header ${ifMatch} does not match etag ${existing?.etag ?? 'none'} of resource ${id.key} in NRP data store.`,
    );
  }
}

function bareEtag(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}

export function methodNotAllowed(method: string, type: { name: string }): ArmError {
  return new ArmError(
    405,
    'MethodNotAllowed',
    `The resource type '${type.name}' does not support http method '${method}' in this simulator.`,
  );
}
