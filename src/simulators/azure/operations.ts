/** Long-running operations: how one begins, what keeps a network busy, and what the status URLs answer. */
import type { SimResponse } from '../server.ts';
import { ArmError, anotherOperation } from './arm-error.ts';
import type { Work } from './pace.ts';
import type { ResourceType } from './resource-type.ts';
import { type Arm, holderKeyOf, keyOf, type Operation, publicEndpoint, type Resource } from './world.ts';

export interface Start {
  type: ResourceType;
  resource: Resource;
  action: Operation['action'];
  work: Work;
  /** Region in whose name the operation runs. */
  location: string;
  more?: Pick<Partial<Operation>, 'onSuccess' | 'fails' | 'before' | 'lost' | 'takes' | 'answer'>;
  /** How much longer than usual; 1 is usual. */
  factor?: number;
}

const apiVersions = { network: '2026-01-01', 'private-dns': '2024-06-01', other: '2021-07-01' };
const statusToResult: [string, string][] = [
  ['/operations/', '/operationResults/'],
  ['/privateDnsOperationStatuses/', '/privateDnsOperationResults/'],
];

export function startOperation(arm: Arm, start: Start): Operation {
  const accepted = arm.now();
  const duration = arm.pace.milliseconds(start.work) * (start.factor ?? 1);
  const statusPath = newStatusPath(arm, start);
  const operation: Operation = {
    id: statusPath.slice(statusPath.lastIndexOf('/') + 1),
    statusPath,
    resource: keyOf(start.resource),
    action: start.action,
    status: 'InProgress',
    acceptedAt: accepted.toString(),
    completesAt: accepted.add({ microseconds: Math.round(duration * 1000) }).toString(),
    ...start.more,
  };
  arm.world.operations.set(operation.id, operation);
  return operation;
}

/** The headers of an accepted operation. They name the public endpoint, as Azure does. */
export function operationHeaders(arm: Arm, type: ResourceType, operation: Operation): Record<string, string> {
  const result = resultPath(operation);
  const query = `?api-version=${apiVersions[type.family]}`;
  return {
    'Azure-AsyncOperation': `${publicEndpoint}${operation.statusPath}${query}`,
    ...(type.family === 'network' && operation.action !== 'delete'
      ? { 'Azure-AsyncNotification': 'Enabled' }
      : { Location: `${publicEndpoint}${result}${query}` }),
    'Retry-After': String(arm.pace.retryAfterSeconds),
  };
}

/** Of a question whose answer stands at its result, and nowhere else. */
export function resultHeaders(arm: Arm, type: ResourceType, operation: Operation): Record<string, string> {
  return {
    Location: `${publicEndpoint}${resultPath(operation)}?api-version=${apiVersions[type.family]}`,
    'Retry-After': String(arm.pace.retryAfterSeconds),
  };
}

function resultPath({ statusPath }: Operation): string {
  return statusToResult.reduce((path, [from, to]) => path.replace(from, to), statusPath);
}

export function answerOperation(arm: Arm, id: string, part: 'status' | 'result'): SimResponse {
  const operation = arm.world.operations.get(id);
  if (operation === undefined || operation.lost === true || operation.action === 'settle') {
    throw new ArmError(404, 'ResourceNotFound', `The operation '${id}' was not found. It may have expired.`);
  }
  const waiting = operation.status === 'InProgress';
  const headers: Record<string, string> = waiting ? { 'Retry-After': String(arm.pace.retryAfterSeconds) } : {};
  if (part === 'result') {
    return waiting
      ? { status: 202, headers }
      : {
          status: operation.action === 'delete' ? 204 : 200,
          headers,
          ...(operation.answer === undefined ? {} : { body: operation.answer }),
        };
  }
  const error = operation.error === undefined ? {} : { error: { ...operation.error, details: [] } };
  return { status: 200, headers, body: { status: operation.status, ...error } };
}

/**
 * What is being written to the same network, security group or route table (with what each of them holds), or to this
 * very resource when it belongs to none. Work elsewhere that takes the network counts too.
 */
export function operationOn(arm: Arm, key: string): Operation | undefined {
  const scope = holderKeyOf(key) ?? key;
  return writeTo(arm, key) ?? underWay(arm).find((operation) => operation.takes === scope);
}

/** The same without the work elsewhere. */
export function writeTo(arm: Arm, key: string): Operation | undefined {
  const scope = holderKeyOf(key) ?? key;
  return underWay(arm).find((operation) => (holderKeyOf(operation.resource) ?? operation.resource) === scope);
}

function underWay(arm: Arm): Operation[] {
  return [...arm.world.operations.values()].filter(
    (operation) => operation.status === 'InProgress' && operation.action !== 'settle',
  );
}

export function refuseWhileBusy(arm: Arm, key: string, type: ResourceType): void {
  const busy = operationOn(arm, key);
  if (busy !== undefined) {
    throw anotherOperation(`${publicEndpoint}${busy.statusPath}?api-version=${apiVersions[type.family]}`);
  }
}

function newStatusPath(arm: Arm, start: Start): string {
  const [, , subscription = '', , group = ''] = start.resource.id.split('/');
  const guid = arm.newId();
  if (start.type.family !== 'private-dns') {
    return `/subscriptions/${subscription}/providers/Microsoft.Network/locations/${start.location}/operations/${guid}`;
  }
  const noun = start.work === 'link' ? 'VirtualNetworkLink' : 'PrivateDnsZone';
  const verb = start.action === 'delete' ? 'Delete' : 'Upsert';
  const id = btoa(`FrontEndAsyncOperation;${verb}${noun};${guid}_${subscription}`);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/privateDnsOperationStatuses/${id}`;
}
