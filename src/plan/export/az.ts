/**
 * A plan as a bash script of Azure CLI commands, in the order of the plan. Each step is said with what it is for; waits
 * stand where the next step needs them. What stays as it is appears as a comment, never as a command.
 */
import type { Finding, Plan } from '../plan.ts';
import { helperLines, type AzHelper } from './az-helpers.ts';
import { type AzLines, azLines } from './az-step.ts';
import { undoLines } from './az-undo.ts';
import { exportSteps, type ExportStep } from './export-step.ts';
import { oneLine, spaced, wrapped } from './one-line.ts';
import { quoted } from './shell.ts';
import { findingWords, scenarioWords, shortHash } from './step-words.ts';

export function exportAz(plan: Plan): string {
  const steps = exportSteps(plan);
  const written = steps.map((exported) => ({ exported, az: linesFor(exported, steps) }));
  const helpers = new Set<AzHelper>(written.flatMap(({ az }) => az?.helpers ?? []));
  return [
    '#!/usr/bin/env bash',
    ...headLines(plan).map(comment),
    comment(''),
    comment(
      'Needs bash and the Azure CLI 2.60 or newer, signed in (az login) with rights on every resource named below.',
    ),
    comment('It stops at the first thing that fails. Then make the plan again: the new one keeps what was done.'),
    'set -euo pipefail',
    ...helperLines(helpers),
    ...spaced(written.map(({ exported, az }) => stepLines(exported, az))),
    '',
    `echo ${quoted(`Plan ${shortHash(plan)} is carried out.`)} >&2`,
    ...undoLines(plan, steps),
    '',
  ].join('\n');
}

function linesFor(exported: ExportStep, all: readonly ExportStep[]): AzLines | null {
  return exported.writes || exported.waits ? azLines(exported, all) : null;
}

function stepLines(exported: ExportStep, az: AzLines | null): string[] {
  const { step, heading, reason } = exported;
  if (az === null) {
    return [comment(heading), comment(`Nothing is written: ${step.resource}`)];
  }
  return [
    comment(heading),
    ...wrapped(`Why: ${reason}`).map(comment),
    comment(`Described at ${step.docs}`),
    `echo ${quoted(oneLine(heading))} >&2`,
    ...az.lines,
  ];
}

/** What a reader has to know before anything is done; the same in every format. */
export function headLines(plan: Plan): string[] {
  return [
    `Plan ${shortHash(plan)}: ${scenarioWords[plan.scenario]}, for ${plan.environment}.`,
    '',
    ...plan.because.flatMap(({ note, source, section }) => wrapped(`Because: ${note} (${source}, ${section})`)),
    ...plan.findings.flatMap(findingLines),
    ...plan.reach.flatMap(({ from, to }) => wrapped(`Gains reach: ${from.join(', ')} to ${to.join('; ')}`)),
    ...(plan.aftermath === undefined ? [] : wrapped(`Afterwards: ${plan.aftermath.text} ${plan.aftermath.wayOut}`)),
  ];
}

function findingLines({ level, text, wayOut }: Finding): string[] {
  return wrapped(`${findingWords[level]}: ${text} ${wayOut}`);
}

function comment(text: string): string {
  return `# ${oneLine(text)}`.trimEnd();
}
