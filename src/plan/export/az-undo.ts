/** The way back, as commands that are commented out: nobody undoes a plan by running its script twice. */
import type { Plan, UndoStep } from '../plan.ts';
import { commandLines, option } from './az-command.ts';
import { partLines } from './az-part.ts';
import { quietly, wholeLines } from './az-whole.ts';
import { exactId, type ExportStep, partKinds } from './export-step.ts';
import { oneLine } from './one-line.ts';
import { noAddress } from './shell.ts';
import { undoTitle } from './step-words.ts';

export function undoLines(plan: Plan, steps: readonly ExportStep[]): string[] {
  if (plan.undo.length === 0) {
    return [];
  }
  return [
    '',
    '# To take it back, run these in this order, without the leading "# ". Look first whether something else depends on it.',
    ...plan.undo.flatMap((undo) => {
      const made = steps.find(({ step }) => step.resource.toLowerCase() === undo.resource.toLowerCase());
      const lines = made === undefined ? [] : linesOf(undo, { ...made, step: { ...made.step, body: undo.body } });
      return [
        '#',
        `# ## ${oneLine(undoTitle(undo))}`,
        ...lines.flatMap((line) => line.split('\n')).map((line) => `# ${line}`),
      ];
    }),
  ];
}

function linesOf(undo: UndoStep, exported: ExportStep): string[] {
  if (undo.kind === 'endpoint-approval' || undo.kind === 'endpoint-wait') {
    return [];
  }
  if (partKinds.has(undo.kind)) {
    return partLines(exported);
  }
  return undo.change === 'delete'
    ? commandLines({ words: ['resource', 'delete'], options: [option('ids', exactId(exported)), quietly] })
    : wholeLines(exported, undo.body, noAddress);
}
