/** A step while the plan is being made: it names the steps that it waits for, because ids are given at the end. */
import type { Change, Json, PlanStep, ResourceId, StepKind } from './plan.ts';
import { addressOf } from './resource-id.ts';
import { stepDocs } from './step-docs.ts';

export interface DraftStep {
  kind: StepKind;
  change: Change;
  resource: ResourceId;
  /** Steps that must have succeeded before; those that are not in the plan do not count. */
  needs: readonly DraftStep[];
  title: string;
  before: Json;
  body: Json;
}

/**
 * Gives every step an id that is derived from what it writes, so that it stays the same when the plan is made again.
 * Networks and zones of one name may stand in several resource groups; then the id says which.
 */
export function numberSteps(drafts: readonly DraftStep[]): PlanStep[] {
  const short = drafts.map(shortId);
  const ids = drafts.map((draft, index) => {
    const id = short[index] ?? '';
    return short.indexOf(id) === short.lastIndexOf(id) ? id : longId(draft);
  });
  const idOf = new Map(drafts.map((draft, index) => [draft, ids[index] ?? '']));
  return drafts.map(({ kind, change, resource, needs, title, before, body }, index) => ({
    id: ids[index] ?? '',
    kind,
    after: needs.flatMap((need) => idOf.get(need) ?? []),
    change,
    resource,
    title,
    before,
    body,
    docs: stepDocs[kind],
  }));
}

/** Whether the step sends something to Azure. */
export function writes(step: { change: Change; body: Json }): boolean {
  return step.body !== null && (step.change === 'create' || step.change === 'update');
}

function shortId(draft: DraftStep): string {
  return [familyOf(draft), ...addressOf(draft.resource).names].join('/').toLowerCase();
}

/** A dead peering that was made again is a peering like any other when the plan is made again. */
function familyOf({ kind }: DraftStep): StepKind {
  return kind === 'peering-repair' ? 'peering' : kind;
}

function longId(draft: DraftStep): string {
  const { subscription, resourceGroup, names } = addressOf(draft.resource);
  return [familyOf(draft), subscription, resourceGroup, ...names].join('/').toLowerCase();
}
