/** What is approved and carried out: a plan, or what takes it back. The cards speak about either in the same way. */
import type { Change, Finding, Json, Plan, Reach, ResourceId, StepKind, UndoStep } from '../plan/plan.ts';
import type { UndoState } from './state.ts';

export interface WorkStep {
  id: string;
  kind: StepKind;
  change: Change | 'delete' | 'restore';
  resource: ResourceId;
  title: string;
  after: readonly string[];
  before: Json;
  body: Json;
}

export interface Work {
  /** Of the plan, or of the undo. */
  id: string;
  hash: string;
  isUndo: boolean;
  environment: string;
  steps: readonly WorkStep[];
  findings: readonly Finding[];
  reach: readonly Reach[];
}

interface Planned {
  planId: string;
  plan: Plan;
  undo?: UndoState;
}

export function workOf({ plan, planId, undo }: Planned): Work {
  const { environment, reach } = plan;
  if (undo === undefined) {
    const { findings, hash, steps } = plan;
    return { id: planId, hash, isUndo: false, environment, steps, findings, reach };
  }
  const { findings, hash, steps } = undo.plan;
  return {
    id: undo.id,
    hash,
    isUndo: true,
    environment,
    steps: steps.map((step): WorkStep => {
      const { after, body, change, id, kind, resource } = step;
      return { id, kind, change, resource, title: titleOf(step), after, before: null, body };
    }),
    findings,
    reach,
  };
}

/** What is put back stands beside the title, in people’s words. */
function titleOf(step: UndoStep): string {
  return undoTitle(step).replace(/(back as it was): [\s\S]*$/, '$1');
}

/** The record of a zone's own name is called @ among those who keep zones, and by nobody else. */
export function undoTitle({ id, title = id }: UndoStep): string {
  return title.replace(' record @ of ', ' record of ');
}

const quiet: ReadonlySet<WorkStep['change']> = new Set(['keep', 'adopt']);

/** Steps that send something to Azure. */
export function writesOf({ steps }: Pick<Work, 'steps'>): WorkStep[] {
  return steps.filter(({ change }) => !quiet.has(change));
}

export function isOwnerWait({ change, kind }: Pick<WorkStep, 'change' | 'kind'>): boolean {
  return kind === 'endpoint-wait' && change === 'adopt';
}

/** Steps that tell how they go: what is written, and what somebody else has to do. */
export function runsOf({ steps }: Pick<Work, 'steps'>): WorkStep[] {
  return steps.filter((step) => !quiet.has(step.change) || isOwnerWait(step));
}

export function subscriptionOf({ resource }: Pick<WorkStep, 'resource'>): string {
  return /^\/subscriptions\/([^/]+)/i.exec(resource)?.[1]?.toLowerCase() ?? '';
}

/** "7 changes in 2 subscriptions" */
export function headlineOf(work: Work): string {
  if (writesOf(work).length === 0) {
    return work.isUndo
      ? 'Nothing to undo: everything is as it was before the plan'
      : 'Nothing to do: everything is already as you want it';
  }
  return `${work.isUndo ? 'Undo: ' : ''}${changesOf(work)}`;
}

/** Inside a sentence: "7 changes in 2 subscriptions", or "an undo of 7 changes in 2 subscriptions" */
export function sizeOf(work: Work): string {
  return `${work.isUndo ? 'an undo of ' : ''}${changesOf(work)}`;
}

function changesOf(work: Work): string {
  const writes = writesOf(work);
  const subscriptions = new Set(writes.map(subscriptionOf));
  return `${count(writes.length, 'change')} in ${count(subscriptions.size, 'subscription')}`;
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Name of a message that belongs to one plan or undo: a second one of the case gets messages of its own. */
export function workMessage(what: string, workId: string): string {
  return `${what}-${workId.split('/').at(-1) ?? ''}`;
}
