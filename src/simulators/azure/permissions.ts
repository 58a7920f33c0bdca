/** What `GET {scope}/providers/Microsoft.Authorization/…` lists: permissions, deny assignments, locks, policies. */
import { describePolicy } from './policies.ts';
import type { AuthorizationList } from './resource-id.ts';
import { covers, exemptActions, rolesAt } from './rights.ts';
import type { DenyAssignment, Lock, World } from './world.ts';

/** All that reaches the scope; without `atScope()` in the filter also what lies below it. */
export function listAuthorization(
  world: World,
  scope: string,
  what: AuthorizationList,
  filter: string | null,
): unknown[] {
  function reaches(entry: { scope: string }): boolean {
    const own = entry.scope.toLowerCase();
    return covers(own, scope) || (!/atscope\(\)/i.test(filter ?? '') && covers(scope, own));
  }
  switch (what) {
    case 'permissions':
      return rolesAt(world, scope).map(({ actions, notActions = [] }) => permission(actions, notActions));
    case 'locks':
      return world.locks.filter(reaches).map(describeLock);
    case 'policyAssignments':
      return world.policies.filter(reaches).map(describePolicy);
    case 'denyAssignments':
    default:
      return world.denyAssignments.filter(reaches).map(describeDeny);
  }
}

function describeLock(lock: Lock): unknown {
  return { ...named(lock, 'locks'), properties: { level: lock.level } };
}

/** The publisher's own identity is the one that is left out. */
function describeDeny(deny: DenyAssignment): unknown {
  return {
    ...named(deny, 'denyAssignments'),
    properties: {
      denyAssignmentName: deny.name ?? 'deny',
      scope: deny.scope,
      permissions: [permission(deny.actions, exemptActions(deny))],
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [{ id: '5f1c7a52-0000-4000-8000-0000000009b1', type: 'ServicePrincipal' }],
      doNotApplyToChildScopes: false,
      isSystemProtected: true,
    },
  };
}

function permission(actions: readonly string[], notActions: readonly string[]): unknown {
  return { actions, notActions, dataActions: [], notDataActions: [] };
}

function named(entry: { id?: string; name?: string; scope: string }, type: string): Record<string, string> {
  const name = entry.name ?? type;
  const id = entry.id ?? `${entry.scope}/providers/Microsoft.Authorization/${type}/${name}`;
  return { id, name, type: `Microsoft.Authorization/${type}` };
}
