/** What Resource Manager refuses before a resource provider sees the request: no such scope, no right, a lock. */
import { ArmError } from './arm-error.ts';
import { groupKey, type ResourceId, subscriptionKey } from './resource-id.ts';
import { allows, covers, deniedBy } from './rights.ts';
import type { World } from './world.ts';

export const clientWords =
  "The client '5f1c7a52-0000-4000-8000-00000000b07a' with object id '5f1c7a52-0000-4000-8000-00000000b07b'";

export function refuseUnknownSubscription(world: World, subscription: string, action: string): void {
  if (!world.subscriptions.has(subscriptionKey(subscription))) {
    throw authorizationFailed(action, `/subscriptions/${subscription}`);
  }
}

export function refuseMissingGroup(world: World, subscription: string, group: string): void {
  if (!world.groups.has(groupKey(subscription, group))) {
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
}

/** `action` as in role definitions, like `Microsoft.Network/virtualNetworks/read`. */
export function refuseForbidden(world: World, key: string, action: string): void {
  if (!allows(world, action, key)) {
    throw authorizationFailed(action, key);
  }
  const deny = deniedBy(world, action, key);
  if (deny !== undefined) {
    throw new ArmError(
      403,
      'DenyAssignmentAuthorizationFailed',
      `${clientWords} has permission to perform action '${action}' on scope '${key}'; however, the access is denied because of the deny assignment with name '${deny.name ?? 'deny'}' and Id '${deny.id ?? deny.scope}' at scope '${deny.scope}'.`,
    );
  }
}

export function refuseLocked(world: World, id: ResourceId, verb: 'write' | 'delete'): void {
  const locks = world.locks.filter((lock) => {
    const scope = lock.scope.toLowerCase();
    const holds = covers(scope, id.key) || (verb === 'delete' && covers(id.key, scope));
    return holds && (lock.level === 'ReadOnly' || verb === 'delete');
  });
  if (locks.length > 0) {
    throw new ArmError(
      409,
      'ScopeLocked',
      `The scope '${id.key}' cannot perform ${verb} operation because following scope(s) are locked: '${locks.map((lock) => lock.scope).join(',')}'. Please remove the lock and try again.`,
    );
  }
}

export function refuseUnregistered(world: World, id: ResourceId): void {
  const own = world.unregistered.some((subscription) => subscription.toLowerCase() === id.subscription.toLowerCase());
  if (own && id.type.startsWith('microsoft.network/')) {
    throw new ArmError(
      409,
      'SubscriptionNotRegistered',
      `Subscription /subscriptions/${id.subscription} is not registered with NRP. Register it to use namespace 'Microsoft.Network'.`,
    );
  }
}

function authorizationFailed(action: string, scope: string): ArmError {
  return new ArmError(
    403,
    'AuthorizationFailed',
    `${clientWords} does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}
