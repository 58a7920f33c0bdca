/**
 * What Azure would refuse although the plan is right: a missing role, a deny assignment, a lock, a policy of the
 * organisation. Found call by call, with the exact action and scope, also where a step only refers to a resource.
 */
import { type DraftStep, writes } from './draft-step.ts';
import { care, stop, unknown } from './finding.ts';
import type { Finding, ResourceId, StepKind } from './plan.ts';
import { type RequiredAction, requiredActions, scopesOf } from './required-actions.ts';
import { addressOf, groupOf, networkOf, shortName } from './resource-id.ts';
import { isAtOrAbove, mayDo, type Verdict } from './rights.ts';
import { type RightsSeen, sameResource, type SubnetSeen, type Survey } from './world.ts';

interface Call {
  step: DraftStep;
  action: string;
  scope: ResourceId;
  /** The scope is a resource that the step only refers to. */
  linked: boolean;
  when: RequiredAction['when'];
}

export function checkRights(drafts: readonly DraftStep[], survey: Survey): Finding[] {
  const written = drafts.filter(writes);
  return [
    ...checkCalls(
      written.flatMap((step) => callsOf(step, survey)),
      survey.rights,
    ),
    ...checkLocks(written, survey.rights ?? []),
    ...checkPolicies(written, survey),
  ];
}

function callsOf(step: DraftStep, survey: Survey): Call[] {
  const references = referencesOf(step.resource, survey);
  return requiredActions[step.kind]
    .filter(({ when }) => when === 'write' || (when === 'undo' && step.change === 'create'))
    .flatMap((required) =>
      scopesOf(step, required, references).map((scope) => ({
        step,
        scope,
        action: required.action,
        linked: required.scope !== 'self' && required.scope !== 'parent',
        when: required.when,
      })),
    );
}

/** What the subnet, or the subnets of the network, refer to. */
function referencesOf(resource: ResourceId, survey: Survey) {
  const subnets = subnetsAt(resource, survey);
  return {
    securityGroups: unique(subnets.flatMap((subnet) => subnet.securityGroup ?? [])),
    routeTables: unique(subnets.flatMap((subnet) => subnet.routeTable ?? [])),
  };
}

function subnetsAt(resource: ResourceId, survey: Survey): SubnetSeen[] {
  const networks = [...(survey.environment.network === null ? [] : [survey.environment.network]), ...survey.networks];
  const network = networks.find(({ id }) => sameResource(id, networkOf(resource) ?? resource));
  return (network?.subnets ?? []).filter(({ id }) => isAtOrAbove(resource, id));
}

function unique(ids: readonly ResourceId[]): ResourceId[] {
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}

interface Refused {
  call: Call;
  verdict: Verdict;
}

/** One finding for what is wrong in the same way in the same resource group. */
function checkCalls(calls: readonly Call[], rights: readonly RightsSeen[] | undefined): Finding[] {
  if (rights === undefined) {
    return [];
  }
  const refused = calls
    .map((call): Refused => ({ call, verdict: mayDo(rights, call.action, call.scope) }))
    .filter(({ verdict }) => verdict.kind !== 'allowed');
  const never = new Set(refused.flatMap(({ call }) => (call.when === 'write' ? [call.step] : [])));
  // What cannot be made needs no undo.
  const told = refused.filter(({ call }) => call.when === 'write' || !never.has(call.step));
  const groups = new Map<string, Refused[]>();
  for (const each of told) {
    const by = each.verdict.kind === 'denied' ? each.verdict.by : '';
    const { when, linked, scope } = each.call;
    const key = [each.verdict.kind, by, when, linked, groupOf(scope).toLowerCase()].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [refusal(first, others)]));
}

function refusal({ call, verdict }: Refused, others: readonly Refused[]): Finding {
  const all = [call, ...others.map((other) => other.call)];
  const actions = [...new Set(all.map(({ action }) => action))].join(', ');
  const group = groupOf(call.scope);
  if (verdict.kind === 'unread') {
    const wayOut =
      'Give the bot’s identity the right Microsoft.Authorization/permissions/read there and plan again, or go on: the first write will tell.';
    return unknown(
      'RightsNotRead',
      `I could not read what I may do in ${group}, where the plan needs ${actions}.`,
      wayOut,
      { text: `I could not read what I may do in ${shortName(group)}.`, detail: exactly(all, group), wayOut },
    );
  }
  const detail = exactly(all, group);
  const needed = neededBy(all);
  const what = `${call.action} on ${call.scope}, which “${call.step.title}” needs${alsoWords(call, others)}`;
  const role = `Ask the owner of ${shortName(group)} to give the bot’s identity a role with ${actions} on ${linkedScope(all) ?? group}.`;
  if (call.when === 'undo') {
    return care(
      'UndoNotAllowed',
      `I may make what the plan makes, but not take all of it away again. I lack ${what}.`,
      `Undo would then be manual work for the owner. ${role}`,
      {
        text: `I may make what the plan makes in ${shortName(group)}, but not take all of it away again.`,
        detail,
        wayOut: `Undo would then be manual work for the owner of ${shortName(group)}. Ask them for a role with these actions.`,
      },
    );
  }
  if (verdict.kind === 'denied') {
    const wayOut =
      'No role helps against a deny assignment: the publisher of the managed application has to exempt the action. I can open a ticket that names it.';
    return stop('DenyAssignmentAuthorizationFailed', `The deny assignment “${verdict.by}” forbids ${what}.`, wayOut, {
      text: `The deny assignment “${verdict.by}” forbids ${needed}.`,
      detail,
      wayOut,
    });
  }
  const asked = `Ask the owner of ${shortName(group)} to give the bot’s identity a role with these actions there.`;
  return call.linked
    ? stop('LinkedAuthorizationFailed', `The plan refers to ${shortName(call.scope)}, where I lack ${what}.`, role, {
        text: `The plan refers to ${shortName(call.scope)}, and I may not use that for ${needed}.`,
        detail,
        wayOut: asked,
      })
    : stop('AuthorizationFailed', `I lack the right ${what}.`, role, {
        text: `In ${shortName(group)} I lack rights for ${needed}.`,
        detail,
        wayOut: asked,
      });
}

/** Every action with what it acts on, and in which resource group; both as Azure writes them. */
function exactly(calls: readonly Call[], group: ResourceId): string {
  const lines = calls.map(({ action, scope }) => `${action} on ${tailOf(scope)}`);
  return [...new Set(lines), `in ${group}`].join('\n');
}

function neededBy(calls: readonly Call[]): string {
  const [first = '', ...others] = new Set(calls.map(({ step }) => step.title));
  return `“${first}”${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** Every further call, with the last part of its scope. */
function alsoWords(first: Call, others: readonly Refused[]): string {
  const also = others
    .filter(({ call }) => call.action !== first.action || call.scope !== first.scope)
    .map(({ call }) => `${call.action} on ${tailOf(call.scope)}`);
  return also.length === 0 ? '' : `; also ${[...new Set(also)].join(', ')}`;
}

function tailOf(scope: ResourceId): string {
  return scope.slice(groupOf(scope).length).replace(/^\/providers\/[^/]+\/[^/]+\//i, '') || shortName(scope);
}

/** A right on the one resource that is referred to is enough. */
function linkedScope(calls: readonly Call[]): ResourceId | null {
  const [first] = calls;
  const one = first !== undefined && calls.every(({ linked, scope }) => linked && scope === first.scope);
  return one ? first.scope : null;
}

/** A lock against deleting leaves writing alone, but for a dead peering, which is deleted and made again. */
function checkLocks(written: readonly DraftStep[], rights: readonly RightsSeen[]): Finding[] {
  const locks = new Map(
    rights.flatMap(({ scope, locks: seen }) =>
      seen.map((lock): [string, [LockSeen, ResourceId]] => [`${lock.name} ${lock.level}`, [lock, scope]]),
    ),
  );
  return [...locks.values()].flatMap(([lock, scope]) =>
    lockFinding(
      lock,
      scope,
      written.filter((step) => isAtOrAbove(scope, step.resource)),
    ),
  );
}

type LockSeen = RightsSeen['locks'][number];

function lockFinding(lock: LockSeen, scope: ResourceId, held: readonly DraftStep[]): Finding[] {
  const blocked = lock.level === 'ReadOnly' ? held : held.filter(({ kind }) => kind === 'peering-repair');
  const [first] = blocked;
  if (first !== undefined) {
    const what = `“${first.title}”${blocked.length > 1 ? ` and ${blocked.length - 1} more` : ''}`;
    const wayOut = 'Ask whoever set the lock to lift it while the plan runs; I never touch locks.';
    return [
      stop('ScopeLocked', `The lock “${lock.name}” on ${scope} forbids ${what}.`, wayOut, {
        text: `The lock “${lock.name}” on ${shortName(scope)} forbids ${what}.`,
        detail: scope,
        wayOut,
      }),
    ];
  }
  if (!held.some(({ change }) => change === 'create')) {
    return [];
  }
  const effect = 'lets nothing be deleted there, so this plan could not be undone by a button.';
  const wayOut = 'Lift the lock before you undo.';
  return [
    care('UndoLocked', `The lock “${lock.name}” on ${scope} ${effect}`, wayOut, {
      text: `The lock “${lock.name}” on ${shortName(scope)} ${effect}`,
      detail: scope,
      wayOut,
    }),
  ];
}

function checkPolicies(written: readonly DraftStep[], survey: Survey): Finding[] {
  return (survey.policies ?? []).flatMap((policy) =>
    written
      .filter((step) => isAtOrAbove(policy.scope, step.resource))
      .filter((step) => addressOf(step.resource).type.toLowerCase() === policy.type.toLowerCase())
      .filter((step) => policy.requiredTag === null || (!patches.has(step.kind) && !hasTag(step, policy.requiredTag)))
      .slice(0, 1)
      .map((step) =>
        stop(
          'RequestDisallowedByPolicy',
          `The policy “${policy.name}” refuses “${step.title}”${policy.requiredTag === null ? '' : `, because it would not carry the tag ${policy.requiredTag}`}.`,
          policy.requiredTag === null
            ? 'Ask whoever owns the policy for an exemption of this one resource.'
            : `Add the tag ${policy.requiredTag} under naming.tags in the settings, then plan again.`,
        ),
      ),
  );
}

/** Kinds that leave the tags of their resource as they are. */
const patches: ReadonlySet<string> = new Set<StepKind>(['subnet-policy', 'dns-servers', 'route-table']);

function hasTag(step: DraftStep, tag: string): boolean {
  const { tags } = (step.body ?? {}) as { tags?: Readonly<Record<string, string>> };
  return Object.keys(tags ?? {}).some((name) => name.toLowerCase() === tag.toLowerCase());
}
