/** What follows from role assignments and deny assignments: questions without consequences. A deny beats every right. */
import type { DenyAssignment, RoleAssignment, World } from './world.ts';

/** Whether `scope` holds the resource with this key; both in lower case. */
export function covers(scope: string, key: string): boolean {
  return key === scope || key.startsWith(`${scope}/`);
}

/** `action` as in role definitions, like `Microsoft.Network/virtualNetworks/read`. */
export function allows(world: World, action: string, key: string): boolean {
  return (
    !isLimited(world, key) ||
    rolesAt(world, key).some(
      ({ actions, notActions = [] }) => matchesOne(actions, action) && !matchesOne(notActions, action),
    )
  );
}

export function deniedBy(world: World, action: string, key: string): DenyAssignment | undefined {
  return world.denyAssignments.find(
    (deny) =>
      covers(deny.scope.toLowerCase(), key) &&
      matchesOne(deny.actions, action) &&
      !matchesOne(exemptActions(deny), action),
  );
}

export function exemptActions(deny: DenyAssignment): string[] {
  return [...(deny.notActions ?? []), ...(deny.excludedActions ?? [])];
}

/** The role assignments that count at a scope; of a subscription without any, one that allows everything. */
export function rolesAt(world: World, key: string): RoleAssignment[] {
  return isLimited(world, key)
    ? world.roleAssignments.filter((role) => covers(role.scope.toLowerCase(), key))
    : [{ scope: subscriptionPart(key), actions: ['*'] }];
}

/** Whether anything in the subscription of this key speaks of rights. */
export function isLimited(world: World, key: string): boolean {
  const subscription = subscriptionPart(key);
  return world.roleAssignments.some((role) => covers(subscription, role.scope.toLowerCase()));
}

function subscriptionPart(key: string): string {
  return key.split('/').slice(0, 3).join('/');
}

function matchesOne(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => {
    const expression = pattern
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*');
    return new RegExp(`^${expression}$`, 'i').test(action);
  });
}
