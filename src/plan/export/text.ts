/** A plan as text that people read: in a terminal, in a ticket, or pasted into a conversation. */
import type { Finding, FindingLevel, Json, Plan, PlanStep } from '../plan.ts';
import { writes } from '../draft-step.ts';
import { endpointOf, isFields, isList } from './json.ts';
import { oneLine } from './one-line.ts';
import { changeWord, findingWords, scenarioWords, shortHash, undoTitle, waitsForSomebody } from './step-words.ts';

export function planText(plan: Plan): string {
  const sections = [
    headLines(plan),
    findingSection(plan.findings),
    section(
      stepsTitle(plan),
      plan.steps.flatMap((step, index) => stepLines(step, index, plan)),
    ),
    section('Who gains reach', reachLines(plan)),
    section('What works afterwards', promiseLines(plan)),
    section('How it is taken back', undoLines(plan)),
  ];
  return textOf(sections);
}

/** What stands in the way when there is no plan. */
export function refusalText(findings: readonly Finding[]): string {
  return textOf([['This cannot be planned as asked. Nothing was changed.'], findingSection(findings)]);
}

function textOf(sections: readonly (readonly string[])[]): string {
  const said = sections.filter((lines) => lines.length > 0);
  return `${said.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function headLines(plan: Plan): string[] {
  return [
    `Plan ${shortHash(plan)}: ${scenarioWords[plan.scenario]}, for ${oneLine(plan.environment)}`,
    `Method: ${plan.method === 'peering' ? 'peering' : 'Private Link'}`,
    ...plan.because.map(
      ({ note, source, section: part }) => `  because: ${oneLine(note)} (${oneLine(source)}, ${oneLine(part)})`,
    ),
  ];
}

const worstFirst: readonly FindingLevel[] = ['stop', 'care', 'unknown'];

function findingSection(findings: readonly Finding[]): string[] {
  const sorted = findings.toSorted((left, right) => worstFirst.indexOf(left.level) - worstFirst.indexOf(right.level));
  return section(
    'What the checks found',
    sorted.flatMap(({ level, code, text, wayOut }) => [
      `${findingWords[level]}: ${oneLine(text)} (${oneLine(code)})`,
      `  ${oneLine(wayOut)}`,
    ]),
  );
}

function stepsTitle({ steps }: Plan): string {
  const written = steps.filter(writes);
  const subscriptions = new Set(
    written.map(({ resource }) => /^\/subscriptions\/([^/]+)/i.exec(resource)?.[1]?.toLowerCase()),
  );
  return written.length === 0
    ? 'Steps: nothing to do, everything is as wanted'
    : `Steps: ${count(written.length, 'change')} in ${count(subscriptions.size, 'subscription')}`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

const signs: Readonly<Record<PlanStep['change'], string>> = { create: '+', update: '~', keep: '=', adopt: '=' };

function stepLines(step: PlanStep, index: number, plan: Plan): string[] {
  const after = step.after.map((id) => plan.steps.findIndex((other) => other.id === id) + 1).filter((at) => at > 0);
  const details = [
    oneLine(step.resource),
    ...(after.length === 0 ? [] : [`after ${after.length === 1 ? 'step' : 'steps'} ${after.join(', ')}`]),
    ...(step.change === 'update' ? changedLines(step) : []),
    ...(writes(step) ? [oneLine(step.docs)] : []),
  ];
  const number = `${index + 1}.`.padEnd(3);
  return [
    `${number} ${waitsForSomebody(step) ? '…' : signs[step.change]} ${changeWord(step)}: ${oneLine(step.title)}`,
    ...details.map((line) => `      ${line}`),
  ];
}

/** Only what is different, before and after. */
function changedLines({ kind, before, body }: PlanStep): string[] {
  if (kind === 'peering-repair') {
    return ['deleted, and made again'];
  }
  const [old, wanted] = [leavesOf(before), leavesOf(body)];
  const paths = [...wanted.keys()].filter((path) => old.get(path) !== wanted.get(path));
  return paths.length === 0
    ? ['written again as it is, so that Azure takes notice']
    : paths.map((path) => `${path}: ${old.get(path) ?? 'not set'} → ${wanted.get(path) ?? 'not set'}`);
}

function leavesOf(value: Json, path = ''): Map<string, string> {
  const endpoint = endpointOf(value);
  if (endpoint !== null) {
    return new Map([[path, `the address of ${oneLine(endpoint)}`]]);
  }
  if (!isFields(value)) {
    return new Map([[path, oneLine(isList(value) ? listText(value) : JSON.stringify(value))]]);
  }
  const inner = Object.entries(value).map(([key, item]) => leavesOf(item, path === '' ? key : `${path}.${key}`));
  return new Map(inner.flatMap((leaves) => Array.from(leaves)));
}

function listText(items: readonly Json[]): string {
  return items.length === 0 ? 'none' : items.map((item) => [...leavesOf(item).values()].join(' ')).join(', ');
}

function reachLines({ reach }: Plan): string[] {
  return reach.map(({ from, to }) => `${oneLine(from.join(', '))} → ${oneLine(to.join('; '))}`);
}

function promiseLines({ promises, aftermath }: Plan): string[] {
  const names = promises.names.map(
    ({ name, address }) =>
      `${oneLine(name)} leads to ${address === '' ? 'the new endpoint' : oneLine(address)}, port ${promises.port}`,
  );
  return [...names, ...(aftermath === undefined ? [] : [oneLine(aftermath.text), oneLine(aftermath.wayOut)])];
}

function undoLines({ undo }: Plan): string[] {
  return undo.map((step, index) => `${`${index + 1}.`.padEnd(3)} ${oneLine(undoTitle(step))}`);
}
