/**
 * Lets time pass: every operation whose hour has come is completed, in the order in which they complete, with what it
 * does to others. There are no timers: this runs before anything is answered, so what is seen is a function of the clock.
 */
import { typeNamed } from './resource-types.ts';
import { type Arm, discard, type Operation, type Resource, store } from './world.ts';

export function settle(arm: Arm): void {
  const now = arm.now();
  for (let due = nextDue(arm, now); due !== undefined; due = nextDue(arm, now)) {
    complete(arm, due);
  }
  forgetOldOperations(arm, now);
}

function nextDue(arm: Arm, now: Temporal.Instant): Operation | undefined {
  return [...arm.world.operations.values()]
    .filter((operation) => operation.status === 'InProgress' && !isBefore(now, operation.completesAt))
    .sort((left, right) =>
      Temporal.Instant.compare(Temporal.Instant.from(left.completesAt), Temporal.Instant.from(right.completesAt)),
    )[0];
}

function isBefore(now: Temporal.Instant, instant: string): boolean {
  return Temporal.Instant.compare(now, Temporal.Instant.from(instant)) < 0;
}

function complete(arm: Arm, operation: Operation): void {
  const resource = arm.world.resources.get(operation.resource);
  if (operation.fails === undefined) {
    succeed(arm, operation, resource);
    return;
  }
  const { keep, code, message } = operation.fails;
  Object.assign(operation, { status: 'Failed', error: { code, message } });
  if (resource === undefined) {
    return;
  }
  if (keep === true) {
    store(arm, withProperties(resource, { provisioningState: 'Failed' }));
  } else if (operation.before === undefined) {
    discard(arm, operation.resource);
  } else {
    store(arm, operation.before);
  }
}

function succeed(arm: Arm, operation: Operation, resource: Resource | undefined): void {
  operation.status = 'Succeeded';
  if (resource === undefined || operation.action === 'ask') {
    return;
  }
  const type = typeNamed(resource.type);
  if (operation.action === 'delete') {
    discard(arm, operation.resource);
    type?.removed?.(arm, resource);
    return;
  }
  const state = operation.action === 'settle' ? {} : { provisioningState: 'Succeeded' };
  const stored = store(arm, withProperties(resource, { ...operation.onSuccess, ...state }));
  if (operation.action !== 'settle') {
    type?.finished?.(arm, stored, operation);
  }
}

function withProperties(resource: Resource, properties: Record<string, unknown>): Resource {
  return { ...resource, properties: { ...resource.properties, ...properties } };
}

function forgetOldOperations(arm: Arm, now: Temporal.Instant): void {
  for (const [id, operation] of arm.world.operations) {
    const age = now.since(Temporal.Instant.from(operation.completesAt)).total('milliseconds');
    if (operation.status !== 'InProgress' && age > arm.pace.memoryMilliseconds) {
      arm.world.operations.delete(id);
    }
  }
}
