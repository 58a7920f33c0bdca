/** What the bot's identity may do at a scope, from what Azure said about the scopes around it. */
import type { ResourceId } from './plan.ts';
import type { RightsSeen } from './world.ts';

export type Verdict =
  | { kind: 'allowed' }
  | { kind: 'missing' }
  | { kind: 'denied'; by: string }
  /** Nobody asked about this scope or one above it. */
  | { kind: 'unread' };

/** A deny assignment beats every right, also one that was given further down. */
export function mayDo(rights: readonly RightsSeen[], action: string, scope: ResourceId): Verdict {
  const around = rights.filter((seen) => isAtOrAbove(seen.scope, scope));
  if (around.length === 0) {
    return { kind: 'unread' };
  }
  const denied = around
    .flatMap((seen) => seen.denied)
    .find((deny) => matchesAny(deny.actions, action) && !matchesAny(deny.except, action));
  if (denied !== undefined) {
    return { kind: 'denied', by: denied.name };
  }
  const allowed = around
    .flatMap((seen) => seen.allowed)
    .some((allow) => matchesAny(allow.actions, action) && !matchesAny(allow.notActions, action));
  return allowed ? { kind: 'allowed' } : { kind: 'missing' };
}

export function isAtOrAbove(scope: ResourceId, resource: ResourceId): boolean {
  const [above, below] = [scope.toLowerCase().replace(/\/+$/, ''), resource.toLowerCase()];
  return below === above || below.startsWith(`${above}/`);
}

function matchesAny(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matches(pattern, action));
}

/** `*` stands for anything, slashes too. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
