/** Who may do what: known subscriptions, deny assignments, locks, and the linked scopes that a write reaches into. */
import { ArmError } from './arm-error.ts';
import { groupKey, type ResourceId, readResourceId, subscriptionKey } from './resource-id.ts';
import { type Arm, type DenyAssignment, find, type Lock, type Resource, type World } from './world.ts';

const client =
  "The client '5f1c7a52-0000-4000-8000-00000000b07a' with object id '5f1c7a52-0000-4000-8000-00000000b07b'";

export function refuseUnknownSubscription(world: World, subscription: string, action: string): void {
  if (!world.subscriptions.has(subscriptionKey(subscription))) {
    throw new ArmError(
      403,
      'AuthorizationFailed',
      `${client} does not have authorization to perform action '${action}' over scope '/subscriptions/${subscription}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
}

export function refuseMissingGroup(world: World, subscription: string, group: string): void {
  if (!world.groups.has(groupKey(subscription, group))) {
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
}

/** `action` as in role definitions, like `Microsoft.Network/virtualNetworks/read`. */
export function refuseDenied(world: World, key: string, action: string): void {
  const deny = denyFor(world, action, key);
  if (deny !== undefined) {
    throw new ArmError(
      403,
      'DenyAssignmentAuthorizationFailed',
      `${client} has permission to perform action '${action}' on scope '${key}'; however, the access is denied because of the deny assignment with name '${deny.name ?? 'deny'}' and Id '${deny.id ?? deny.scope}' at scope '${deny.scope}'.`,
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

/**
 * A write on `from` that needs an action on another network, as peering and linking do. Returns that network, or
 * undefined when its subscription is known and it does not exist.
 */
export function linkedNetwork(arm: Arm, from: ResourceId, networkId: string, verb: string): Resource | undefined {
  const target = readResourceId(networkId);
  if (target?.type !== 'microsoft.network/virtualnetworks') {
    return undefined;
  }
  const action = `Microsoft.Network/virtualNetworks/${verb}`;
  if (!arm.world.subscriptions.has(subscriptionKey(target.subscription))) {
    throw linkedAuthorizationFailed(
      from,
      `however the linked subscription '${target.subscription}' was not found or the current tenant is not authorized to access it.`,
      action,
    );
  }
  const deny = denyFor(arm.world, action, target.key);
  if (deny !== undefined) {
    throw linkedAuthorizationFailed(
      from,
      `however action '${action}' is blocked by deny assignments on the linked scope(s) '${networkId}'.`,
      action,
    );
  }
  return find(arm.world, networkId);
}

/** What `GET {scope}/providers/Microsoft.Authorization/denyAssignments` and `…/locks` list: all that reach the scope. */
export function listPermissions(world: World, scope: string, what: 'denyassignments' | 'locks'): unknown[] {
  const entries: (DenyAssignment | Lock)[] = what === 'locks' ? world.locks : world.denyAssignments;
  return entries
    .filter((entry) => covers(entry.scope.toLowerCase(), scope))
    .map((entry) => ('level' in entry ? describeLock(entry) : describeDeny(entry)));
}

function describeLock(lock: Lock): unknown {
  return { ...named(lock, 'locks'), properties: { level: lock.level } };
}

function describeDeny(deny: DenyAssignment): unknown {
  const permission = { actions: deny.actions, notActions: exemptActions(deny), dataActions: [], notDataActions: [] };
  return {
    ...named(deny, 'denyAssignments'),
    properties: {
      denyAssignmentName: deny.name ?? 'deny',
      scope: deny.scope,
      permissions: [permission],
      isSystemProtected: true,
    },
  };
}

function named(entry: { id?: string; name?: string; scope: string }, type: string): Record<string, string> {
  const name = entry.name ?? type;
  const id = entry.id ?? `${entry.scope}/providers/Microsoft.Authorization/${type}/${name}`;
  return { id, name, type: `Microsoft.Authorization/${type}` };
}

function linkedAuthorizationFailed(from: ResourceId, because: string, action: string): ArmError {
  return new ArmError(
    403,
    'LinkedAuthorizationFailed',
    `${client} has permission to perform action '${action}' on scope '${from.key}'; ${because}`,
  );
}

function denyFor(world: World, action: string, key: string): DenyAssignment | undefined {
  return world.denyAssignments.find(
    (deny) =>
      covers(deny.scope.toLowerCase(), key) &&
      deny.actions.some((pattern) => actionMatches(pattern, action)) &&
      !exemptActions(deny).some((pattern) => actionMatches(pattern, action)),
  );
}

function exemptActions(deny: DenyAssignment): string[] {
  return [...(deny.notActions ?? []), ...(deny.excludedActions ?? [])];
}

function covers(scope: string, key: string): boolean {
  return key === scope || key.startsWith(`${scope}/`);
}

function actionMatches(pattern: string, action: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => RegExp.escape(part))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(action);
}
