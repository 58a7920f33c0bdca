/** The way back: what the plan created is deleted, what it changed gets its old body, what was there stays untouched. */
import type { PlanStep, UndoStep } from './plan.ts';

/**
 * In the opposite order of the plan: a link goes before its record and its zone. An address space that was told anew is
 * a fact, not a choice, and is not told back.
 */
export function undoSteps(steps: readonly PlanStep[]): UndoStep[] {
  const undone = steps.filter(isUndoable);
  return undone.toReversed().map((step) => ({
    id: `undo/${step.id}`,
    kind: step.kind,
    after: undone.filter((later) => later.after.includes(step.id)).map((later) => `undo/${later.id}`),
    change: step.change === 'create' ? 'delete' : 'restore',
    resource: step.resource,
    body: step.change === 'create' ? null : step.before,
  }));
}

function isUndoable(step: PlanStep): boolean {
  return (
    step.change === 'create' || (step.change === 'update' && JSON.stringify(step.before) !== JSON.stringify(step.body))
  );
}
