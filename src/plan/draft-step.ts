/** A step while the plan is being made: it names what it waits for by resource, because ids are given at the end. */
import type { Change, Json, PlanStep, ResourceId, StepKind } from './plan.ts';
import { addressOf } from './resource-id.ts';

export interface DraftStep {
  kind: StepKind;
  change: Change;
  resource: ResourceId;
  /** Resources whose steps must have succeeded before. */
  needs: readonly ResourceId[];
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
  const idOf = new Map(drafts.map((draft, index) => [draft.resource.toLowerCase(), ids[index] ?? '']));
  return drafts.map(({ kind, change, resource, needs, title, before, body }, index) => ({
    id: ids[index] ?? '',
    kind,
    after: needs.flatMap((need) => idOf.get(need.toLowerCase()) ?? []),
    change,
    resource,
    title,
    before,
    body,
  }));
}

function shortId(draft: DraftStep): string {
  return [draft.kind, ...addressOf(draft.resource).names].join('/').toLowerCase();
}

function longId(draft: DraftStep): string {
  const { subscription, resourceGroup, names } = addressOf(draft.resource);
  return [draft.kind, subscription, resourceGroup, ...names].join('/').toLowerCase();
}
