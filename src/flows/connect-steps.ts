/** Steps, findings and reach as lines that people read; the sign and the word say the same. */
import { addressOfKey, type Finding, type Json, type Reach } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import type { SignedLine } from './card.ts';
import { isOwnerWait, type WorkStep } from './connect-work.ts';

type Looks = Pick<SignedLine, 'sign' | 'word' | 'tone'>;

const changeLooks: Record<WorkStep['change'], Looks> = {
  create: { sign: '+', word: 'create', tone: 'good' },
  update: { sign: '~', word: 'change', tone: 'warning' },
  keep: { sign: '=', word: 'keep as it is', tone: 'default' },
  adopt: { sign: '=', word: 'use as it is', tone: 'default' },
  delete: { sign: '−', word: 'delete', tone: 'attention' },
  restore: { sign: '~', word: 'put back', tone: 'warning' },
};

const waitLooks: Looks = { sign: '◷', word: 'wait for its owner', tone: 'warning' };

const findingLooks: Record<Finding['level'], Looks> = {
  stop: { sign: '✕', word: 'Stops you', tone: 'attention' },
  care: { sign: '!', word: 'Take care', tone: 'warning' },
  unknown: { sign: '?', word: 'Could not check', tone: 'warning' },
};

const worstFirst: readonly Finding['level'][] = ['stop', 'care', 'unknown'];

type FindingLine = SignedLine & { wayOut: string };

export function findingLines(findings: readonly Finding[]): FindingLine[] {
  const lines = findings
    .toSorted((left, right) => worstFirst.indexOf(left.level) - worstFirst.indexOf(right.level))
    .map(({ brief, level, text, wayOut }) => Object.assign({ text, detail: '', wayOut }, findingLooks[level], brief));
  const told = lines.filter((line) => sameButWorse(line, lines) === null).map((line) => withReason(line, lines));
  // One way out of several is said once, after the last of them.
  return told.map((line, index) => Object.assign(line, line.wayOut === told[index + 1]?.wayOut ? { wayOut: '' } : {}));
}

/** "I could not read the network hub-vnet (AuthorizationFailed)." */
const unreadWithReason = /^(?<what>I could not read .+) \((?<reason>[^()]+)\)\.$/;

/** The line that says what follows from it that this could not be read. */
function sameButWorse({ text }: FindingLine, lines: readonly FindingLine[]): FindingLine | null {
  const what = unreadWithReason.exec(text)?.groups?.['what'];
  return what === undefined
    ? null
    : (lines.find((other) => other.text === `${what}.` || other.text.startsWith(`${what} in `)) ?? null);
}

function withReason(line: FindingLine, lines: readonly FindingLine[]): FindingLine {
  const reasons = lines
    .filter((other) => sameButWorse(other, lines) === line)
    .map((other) => unreadWithReason.exec(other.text)?.groups?.['reason'] ?? '');
  return { ...line, detail: [...reasons, line.detail].filter((part) => part !== '').join('\n') };
}

export function stepLines(steps: readonly WorkStep[]): SignedLine[] {
  return steps.map((step) => ({
    ...(isOwnerWait(step) ? waitLooks : changeLooks[step.change]),
    text: step.title,
    detail: detailOf(step),
  }));
}

function detailOf({ before, body, change }: WorkStep): string {
  if (change === 'update') {
    return changedWords(before, body);
  }
  const put = change === 'restore' ? leavesOf(body).slice(0, mostChanges) : [];
  return put.map(([path, words]) => `${nameOf(path)}: ${words}`).join('; ');
}

export function reachLines(reach: readonly Reach[]): { from: string; to: string }[] {
  return reach.map(({ from, to }) => ({ from: from.join(', '), to: to.join('; ') }));
}

const mostChanges = 6;

/** Only what differs: "dnsServers: nothing → 10.1.0.4, 10.1.0.5". */
export function changedWords(before: Json, body: Json): string {
  const old = new Map(leavesOf(before));
  // A description is for people who look at the resource later.
  const changed = leavesOf(body).filter(([path, words]) => old.get(path) !== words && !path.endsWith('.description'));
  const shown = changed.slice(0, mostChanges).map(([path, words]) => {
    return `${nameOf(path)}: ${old.get(path) ?? 'nothing'} → ${words}`;
  });
  return [...shown, ...(changed.length > mostChanges ? [`and ${changed.length - mostChanges} more`] : [])].join('; ');
}

function nameOf(path: string): string {
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
}

/** Every value with its path; a list of plain values is one value. */
function leavesOf(value: Json, path = ''): [path: string, words: string][] {
  if (isList(value)) {
    return value.every((item) => item === null || typeof item !== 'object')
      ? [[path, value.length === 0 ? 'nothing' : value.map(wordsOf).join(', ')]]
      : value.flatMap((item, index) => leavesOf(item, `${path}.${index}`));
  }
  if (value === null || typeof value !== 'object') {
    return value === null && path === '' ? [] : [[path, wordsOf(value)]];
  }
  const endpoint = value[addressOfKey];
  return typeof endpoint === 'string'
    ? [[path, `the address of ${shortName(endpoint)}`]]
    : Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Of a plain value. */
function wordsOf(value: Json): string {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (value === null || value === '') {
    return 'nothing';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.startsWith('/subscriptions/') ? shortName(text) : text;
}
