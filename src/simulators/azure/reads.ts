/** GET of a resource, and of the collections under a resource, a resource group or a subscription. */
import type { SimRequest, SimResponse } from '../server.ts';
import { ArmError } from './arm-error.ts';
import { refuseForbidden, refuseMissingGroup } from './authorization.ts';
import { type Caller, tenantOf } from './identity.ts';
import { type ResourceId, readResourceId, subscriptionKey, type Target } from './resource-id.ts';
import { typeNamed } from './resource-types.ts';
import { allows, deniedBy } from './rights.ts';
import { type Arm, find, keyOf, listOfType, publicEndpoint, type Resource } from './world.ts';
import { isWorkedOut, workedOutMembers } from './worked-out.ts';

/** A response, and how long the service takes to give it. */
export interface Answer extends SimResponse {
  afterMilliseconds?: number;
}

const pageSize = 100;

export function show(arm: Arm, resource: Resource): Resource {
  return typeNamed(resource.type)?.show?.(arm, resource) ?? resource;
}

export function getResource(arm: Arm, id: ResourceId): Answer {
  refuseMissingGroup(arm.world, id.subscription, id.group);
  const resource = arm.world.resources.get(id.key);
  if (resource === undefined) {
    throw notFound(arm, id);
  }
  return { status: 200, body: show(arm, resource) };
}

/** Those of the token's own directory; of other directories nothing is listed. */
export function listSubscriptions(arm: Arm, request: SimRequest, caller: Caller): Answer {
  return paged(
    request,
    [...arm.world.subscriptions.values()].filter(
      (body) => tenantOf(arm.world, String(body['subscriptionId'])) === caller.tenant,
    ),
  );
}

export function listGroups(arm: Arm, request: SimRequest, subscription: string): Answer {
  const prefix = `${subscriptionKey(subscription)}/`;
  return paged(
    request,
    [...arm.world.groups.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .filter(([key]) => allows(arm.world, 'Microsoft.Resources/subscriptions/resourceGroups/read', key))
      .map(([, group]) => group),
  );
}

export function listCollection(arm: Arm, request: SimRequest, target: Extract<Target, { kind: 'collection' }>): Answer {
  const action = `${typeNamed(target.type)?.name ?? target.type}/read`;
  if (target.group !== undefined) {
    refuseForbidden(arm.world, target.under, action);
    refuseMissingGroup(arm.world, target.subscription, target.group);
  }
  const holder = target.nested ? find(arm.world, target.under) : undefined;
  if (target.nested && holder === undefined) {
    refuseMissingHolder(arm, target.under);
  }
  const members = membersOf(arm, target, holder).filter(
    (member) => allows(arm.world, action, keyOf(member)) && deniedBy(arm.world, action, keyOf(member)) === undefined,
  );
  if (members.length === 0 && typeNamed(target.type) === undefined && !isWorkedOut(target.type)) {
    throw unknownType(target.type);
  }
  return paged(
    request,
    members.map((resource) => show(arm, resource)),
  );
}

/** For a list or a question under a resource that is not there. `key` is its lower-case id. */
export function refuseMissingHolder(arm: Arm, key: string): void {
  const id = readResourceId(key);
  if (id !== undefined) {
    throw notFound(arm, id);
  }
}

function membersOf(
  arm: Arm,
  target: Extract<Target, { kind: 'collection' }>,
  holder: Resource | undefined,
): Resource[] {
  return workedOutMembers(arm.world, target.type, holder) ?? listOfType(arm.world, target.type, target.under);
}

export function unknownType(type: string): ArmError {
  const [namespace = '', ...rest] = type.split('/');
  return new ArmError(
    404,
    'InvalidResourceType',
    `The resource type '${rest.join('/')}' could not be found in the namespace '${namespace}' of this simulator.`,
  );
}

/** The resource provider, not the front door, answers for nested resources, in its own words. */
function notFound(arm: Arm, id: ResourceId): ArmError {
  if (id.parentKey !== undefined && find(arm.world, id.parentKey) !== undefined) {
    return new ArmError(404, 'NotFound', `Resource ${id.key} not found.`);
  }
  const top = id.parentKey === undefined ? id : (readResourceId(id.parentKey) ?? id);
  return new ArmError(
    404,
    'ResourceNotFound',
    `The Resource '${typeNamed(top.type)?.name ?? top.type}/${top.name}' under resource group '${id.group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

export function paged(request: SimRequest, members: unknown[]): Answer {
  const from = Number(request.query.get('$skiptoken') ?? '0') || 0;
  const size = Math.min(pageSize, Number(request.query.get('$top') ?? pageSize) || pageSize);
  const value = members.slice(from, from + size);
  if (from + size >= members.length) {
    return { status: 200, body: { value } };
  }
  const query = new URLSearchParams(request.query);
  query.set('$skiptoken', String(from + size));
  return { status: 200, body: { value, nextLink: `${publicEndpoint}${request.path}?${query.toString()}` } };
}
