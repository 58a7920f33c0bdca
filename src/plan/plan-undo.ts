/**
 * Takes a plan back, against a fresh reading. Only what this plan created or changed is touched; when something else
 * came to depend on it, or somebody changed it since, the undo is refused with the reason.
 */
import { addressesIn, dependents } from './dependents.ts';
import { stop, unknown } from './finding.ts';
import { canonicalJson, hashUndo } from './hash.ts';
import type { Finding, Json, Plan, PlannedUndo, PlanStep, UndoStep } from './plan.ts';
import { allFindings, isStopped } from './preflight.ts';
import { requiredActions, scopesOf } from './required-actions.ts';
import { shortName } from './resource-id.ts';
import { isAtOrAbove, mayDo } from './rights.ts';
import { peeringAt, type Standing, standingAt } from './standing.ts';
import type { Survey } from './world.ts';

/** @param done Ids of the steps that were carried out; without it, all that the reading shows are taken back. */
export function planUndo(plan: Plan, survey: Survey, done?: ReadonlySet<string>): PlannedUndo {
  const open = plan.undo.flatMap((undo): Open[] => {
    const step = plan.steps.find(({ id }) => undo.id === `undo/${id}`);
    const carried = step !== undefined && (done === undefined || done.has(step.id));
    return carried ? [{ undo, step, standing: standingAt(step, survey) }] : [];
  });
  const left = stillThere(open, survey);
  const findings = allFindings(
    [
      ...left.flatMap((each) => checkChanged(each, survey)),
      ...left.flatMap(({ step }) => dependents(step, plan, survey)),
      ...left.flatMap((each) => checkMay(each, survey)),
    ],
    survey,
  );
  if (isStopped(findings)) {
    return { kind: 'refused', findings };
  }
  const ids = new Set(left.map(({ undo }) => undo.id));
  const steps = left.map(({ undo }) => Object.assign({}, undo, { after: undo.after.filter((id) => ids.has(id)) }));
  return { kind: 'planned', undo: { hash: hashUndo(steps), of: plan.hash, findings, steps } };
}

interface Open {
  undo: UndoStep;
  step: PlanStep;
  standing: Standing;
}

/** What is not as it was before the plan. A lone half is made again when the other one goes now, or went already. */
function stillThere(open: readonly Open[], survey: Survey): Open[] {
  const left = open.filter((each) => each.undo.kind !== 'peering-repair' && !isBack(each));
  const ids = new Set(left.map(({ undo }) => undo.id));
  const halves = open.filter(
    ({ undo }) =>
      undo.kind === 'peering-repair' &&
      (undo.after.some((id) => ids.has(id)) || peeringAt(undo.resource, survey)?.state === 'Disconnected'),
  );
  return [...left, ...halves];
}

/** It is as it was before the plan already. */
function isBack({ undo, standing }: Open): boolean {
  return undo.change === 'delete'
    ? standing.kind === 'absent'
    : standing.kind === 'there' && standing.body !== null && covers(standing.body, undo.body);
}

/** Whether everything that `wanted` says is said by `body` as well. */
function covers(body: Json, wanted: Json): boolean {
  if (!isObject(wanted) || !isObject(body)) {
    return canonicalJson(body) === canonicalJson(wanted);
  }
  return Object.entries(wanted).every(([key, value]) => covers(body[key] ?? null, value));
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What somebody changed since is theirs now. */
function checkChanged({ undo, step, standing }: Open, survey: Survey): Finding[] {
  if (standing.kind === 'unread') {
    return [
      unknown(
        'NotRead',
        `I could not read ${shortName(step.resource)}, so I do not know whether it is as the plan left it.`,
        'Give the bot’s identity the right to read it and try again, or go on: only what the plan wrote is touched.',
      ),
    ];
  }
  if (standing.kind === 'absent') {
    // A lone half that is being made again is away for a moment.
    if (undo.kind === 'peering-repair') {
      return [];
    }
    return [
      stop(
        'GoneSince',
        `${shortName(step.resource)} is not there any more, so it cannot be put back as it was.`,
        'Make a new plan for what you want instead.',
      ),
    ];
  }
  return standing.body === null || isAsWritten(step, standing.body, survey)
    ? []
    : [
        stop(
          'ChangedSince',
          `Somebody changed ${shortName(step.resource)} after the plan: “${step.title}” is no longer what stands there.`,
          'Ask who changed it. To change it again, make a new plan; what others wrote is not undone by this button.',
        ),
      ];
}

function isAsWritten(step: PlanStep, body: Json, survey: Survey): boolean {
  if (step.kind === 'dns-record') {
    const wanted = addressesIn(step.body, survey);
    return wanted.includes(null) || canonicalJson(wanted) === canonicalJson(addressesIn(body, survey));
  }
  // A link's body says more than a reading of it.
  const written = step.body ?? step.before;
  return step.kind === 'dns-link' ? covers(written, body) : covers(body, written);
}

function checkMay({ undo, step }: Open, survey: Survey): Finding[] {
  const rights = survey.rights ?? [];
  const when = undo.change === 'delete' ? 'undo' : 'write';
  const scopes = requiredActions[undo.kind]
    .filter((required) => required.when === when && required.scope === 'self')
    .flatMap((required) =>
      scopesOf(step, required, { securityGroups: [], routeTables: [] }).map((scope) => ({
        scope,
        action: required.action,
      })),
    );
  const missing = scopes.filter(({ scope, action }) => {
    const { kind } = mayDo(rights, action, scope);
    return kind === 'missing' || kind === 'denied';
  });
  const lock = rights
    .filter(({ scope }) => isAtOrAbove(scope, step.resource))
    .flatMap(({ locks }) => locks)
    .find(({ level }) => level === 'ReadOnly' || undo.change === 'delete');
  return [
    ...missing.map(({ scope, action }) =>
      stop(
        'AuthorizationFailed',
        `I lack the right ${action} on ${scope}, so I cannot take back “${step.title}”.`,
        `Ask the owner of ${shortName(scope)} to add ${action} to the bot’s role, or to do it by hand.`,
      ),
    ),
    ...(lock === undefined
      ? []
      : [
          stop(
            'ScopeLocked',
            `The lock “${lock.name}” forbids to take back “${step.title}”.`,
            'Ask whoever set the lock to lift it while the undo runs; I never touch locks.',
          ),
        ]),
  ];
}
