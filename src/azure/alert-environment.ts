/** Which environment an alert is about, by the resource ids that it names. */
import type { Directory } from '../flows/flow.ts';

type Environment = Directory['environments'][number];

/**
 * The one whose managed resource group holds the first target that any of them holds. A target that is a whole
 * subscription belongs to the environment that stands alone in it. Null: none of them.
 */
export function environmentOf(targetIds: readonly string[], environments: readonly Environment[]): string | null {
  for (const id of targetIds) {
    const found = environments.find((environment) => isInside(id, environment)) ?? aloneIn(id, environments);
    if (found !== undefined) {
      return found.name;
    }
  }
  return null;
}

interface Scope {
  subscription: string;
  /** '' when the id is the subscription itself. */
  resourceGroup: string;
}

function scopeOf(id: string): Scope | null {
  const match = /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+)(?:\/.*)?)?\/?$/i.exec(id.trim());
  return match === null
    ? null
    : { subscription: (match[1] ?? '').toLowerCase(), resourceGroup: (match[2] ?? '').toLowerCase() };
}

/** The nodes of a cluster stand in a group beside it, which Azure names after the cluster's own. */
function isInside(id: string, { subscription, managedResourceGroup }: Environment): boolean {
  const scope = scopeOf(id);
  const group = managedResourceGroup.toLowerCase();
  return (
    scope !== null &&
    scope.subscription === subscription.toLowerCase() &&
    (scope.resourceGroup === group || scope.resourceGroup.startsWith(`mc_${group}_`))
  );
}

function aloneIn(id: string, environments: readonly Environment[]): Environment | undefined {
  const scope = scopeOf(id);
  if (scope === null || scope.resourceGroup !== '') {
    return undefined;
  }
  const inIt = environments.filter(({ subscription }) => subscription.toLowerCase() === scope.subscription);
  return inIt.length === 1 ? inIt[0] : undefined;
}
