/**
 * What the bot's identity may do where a plan would write: permissions from roles, deny assignments that beat them, and
 * locks. Asked at resource groups and at the networks themselves, because a role may be given at either.
 */
import { z } from 'zod/v4';
import type { ResourceId } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import { isAtOrAbove } from '../plan/rights.ts';
import type { RightsSeen } from '../plan/world.ts';
import { authorizationVersion, lockVersion } from './api-versions.ts';
import { mapFew } from './collect.ts';
import { readOrNote, type Reading } from './reading.ts';

const patterns = z.array(z.string()).default([]);
const permissionBody = z.object({ actions: patterns, notActions: patterns });

const denyBody = z.object({
  id: z.string(),
  properties: z.object({
    denyAssignmentName: z.string().optional(),
    scope: z.string().optional(),
    permissions: z.array(permissionBody).default([]),
    principals: z.array(z.object({ id: z.string().optional() })).default([]),
  }),
});

const lockBody = z.object({
  id: z.string(),
  name: z.string().optional(),
  properties: z.object({ level: z.string().optional() }),
});

export interface ScopesToRead {
  /** Ids of resource groups. */
  groups: readonly ResourceId[];
  /** Ids of resources in them that may have roles of their own. */
  resources: readonly ResourceId[];
}

/** Nothing is said about a group whose permissions could not be read. */
export async function readRights(reading: Reading, scopes: ScopesToRead): Promise<RightsSeen[]> {
  const [allowed, forbidden] = await Promise.all([
    mapFew([...scopes.groups, ...scopes.resources], (scope) => readAllowed(reading, scope)),
    mapFew(scopes.groups, (group) => readForbidden(reading, group)),
  ]);
  const known = allowed.flatMap((rights) => rights ?? []);
  const limits = forbidden.flat().filter(({ scope }) => known.some((rights) => isAtOrAbove(rights.scope, scope)));
  return [...known, ...limits].reduce<RightsSeen[]>(joinScopes, []);
}

function joinScopes(joined: readonly RightsSeen[], next: RightsSeen): RightsSeen[] {
  const same = joined.find(({ scope }) => scope.toLowerCase() === next.scope.toLowerCase());
  const others = joined.filter((rights) => rights !== same);
  return same === undefined
    ? [...others, next]
    : [
        ...others,
        {
          scope: same.scope,
          allowed: [...same.allowed, ...next.allowed],
          denied: [...same.denied, ...next.denied],
          locks: [...same.locks, ...next.locks],
        },
      ];
}

async function readAllowed(reading: Reading, scope: ResourceId): Promise<RightsSeen | null> {
  const allowed = await readOrNote(reading, `what I may do in ${shortName(scope)}`, async () =>
    (await list(reading, scope, 'permissions', authorizationVersion)).map((item) => permissionBody.parse(item)),
  );
  return allowed === null ? null : { scope, allowed, denied: [], locks: [] };
}

async function readForbidden(reading: Reading, group: ResourceId): Promise<RightsSeen[]> {
  const [denied, locks] = await Promise.all([
    readOrNote(reading, `the deny assignments of ${shortName(group)}`, async () =>
      (await list(reading, group, 'denyAssignments', authorizationVersion)).map((item) => denyBody.parse(item)),
    ),
    readOrNote(reading, `the locks of ${shortName(group)}`, async () =>
      (await list(reading, group, 'locks', lockVersion)).map((item) => lockBody.parse(item)),
    ),
  ]);
  return [
    ...(denied ?? []).flatMap((deny) => deniedAt(reading, group, deny)),
    ...(locks ?? []).flatMap((lock) => lockedAt(group, lock)),
  ];
}

/** Stands for everybody in a deny assignment. */
const everybody = '00000000-0000-0000-0000-000000000000';

/** One that names somebody may or may not mean the bot; which, is not ours to find out. */
function deniedAt(reading: Reading, group: ResourceId, { id, properties }: z.infer<typeof denyBody>): RightsSeen[] {
  const name = properties.denyAssignmentName ?? shortName(id);
  if (properties.principals.length > 0 && !properties.principals.some((principal) => principal.id === everybody)) {
    reading.unread.push(`whether the deny assignment “${name}” of ${shortName(group)} means me`);
    return [];
  }
  const denied = properties.permissions.map(({ actions, notActions }) => ({ name, actions, except: notActions }));
  return [{ scope: within(group, properties.scope ?? group), allowed: [], denied, locks: [] }];
}

function lockedAt(group: ResourceId, { id, name, properties }: z.infer<typeof lockBody>): RightsSeen[] {
  const level = properties.level;
  if (level !== 'ReadOnly' && level !== 'CanNotDelete') {
    return [];
  }
  const scope = within(group, id.split(/\/providers\/Microsoft\.Authorization\//i)[0] ?? group);
  return [{ scope, allowed: [], denied: [], locks: [{ name: name ?? shortName(id), level }] }];
}

/** What holds for the whole subscription, or above it, holds for the group. */
function within(group: ResourceId, scope: ResourceId): ResourceId {
  return isAtOrAbove(group, scope) ? scope : group;
}

function list(reading: Reading, scope: ResourceId, what: string, apiVersion: string): Promise<unknown[]> {
  return reading.arm.list(`${scope}/providers/Microsoft.Authorization/${what}`, apiVersion);
}
