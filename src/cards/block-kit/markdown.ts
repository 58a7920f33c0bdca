/**
 * The Markdown that Adaptive Cards know in a TextBlock and in facts: bold, italic, code, lists and links; and their two
 * date functions. Read by hand, in one pass, so that no text is slow to read.
 */
import { cleanText } from '../text.ts';
import { limits } from './limits.ts';
import { honestLabel, honestRuns, webAddress } from './link.ts';
import { isBlank, type Line, type Look, mergeRuns, type Run } from './run.ts';

/** Tells about a link target that is no web address; it stays readable as text. */
export type LostLink = (target: string) => void;

/** Text from people: shown as it was written. */
export function literalLines(text: string): Line[] {
  return trimmed(
    cleanText(text)
      .split('\n')
      .map((line) => mergeRuns([{ text: line }])),
  );
}

export function markdownLines(text: string, lostLink: LostLink): Line[] {
  return trimmed(
    withDates(cleanText(text))
      .split('\n')
      .map((line) => mergeRuns(honestRuns(inlineRuns(withBullet(line), {}, lostLink)))),
  );
}

/** No empty lines at the ends, and never two in a row. */
function trimmed(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of lines) {
    const isEmpty = isBlank(line.map((run) => run.text).join(''));
    if (!isEmpty) {
      kept.push(line);
    } else if (kept.length > 0 && kept.at(-1)?.length !== 0) {
      kept.push([]);
    }
  }
  return kept.at(-1)?.length === 0 ? kept.slice(0, -1) : kept;
}

function withBullet(line: string): string {
  return line.replace(/^(\s*)[-*+]\s+(?=\S)/, '$1• ');
}

/** `{{DATE(…)}}` and `{{TIME(…)}}`, in UTC and in a form that is read the same way everywhere. */
export function withDates(text: string): string {
  return text.replaceAll(
    /\{\{(DATE|TIME)\(([\dTZ:.+-]{16,40})(?:,\s?(?:SHORT|LONG|COMPACT))?\)\}\}/g,
    (whole, kind: string, written: string) => {
      const instant = instantFrom(written);
      if (instant === null) {
        return whole;
      }
      const utc = instant.toString();
      return kind === 'DATE' ? utc.slice(0, 10) : `${utc.slice(11, 16)} UTC`;
    },
  );
}

function instantFrom(written: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(written);
  } catch {
    return null;
  }
}

/** Every part is bounded or ends at a character that the next part begins with, so that no text makes it try twice. */
const link = /\[([^[\]]{0,500})\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]{1,3}"[^"]{0,200}")?\)/y;
const emphases: readonly { marker: string; look: Look; wordBound: boolean }[] = [
  { marker: '**', look: { bold: true }, wordBound: false },
  { marker: '__', look: { bold: true }, wordBound: true },
  { marker: '*', look: { italic: true }, wordBound: false },
  { marker: '_', look: { italic: true }, wordBound: true },
];

interface Step {
  runs: Run[];
  /** Where reading goes on. */
  next: number;
}

/** One line. A marker that found no partner once finds none further on either, which keeps long lines fast. */
function inlineRuns(line: string, look: Look, lostLink: LostLink): Run[] {
  const runs: Run[] = [];
  const lonely = new Set<string>();
  let at = 0;
  while (at < line.length) {
    const step =
      escapedAt(line, at, look) ??
      codeAt(line, at, look, lonely) ??
      linkAt(line, at, look, lostLink) ??
      emphasisAt(line, at, look, lonely, lostLink) ??
      plainAt(line, at, look);
    step.runs.forEach((run) => runs.push(run));
    at = step.next;
  }
  return mergeRuns(runs);
}

function plainAt(line: string, at: number, look: Look): Step {
  const special = /[\\`[*_]/g;
  special.lastIndex = at + 1;
  const next = special.exec(line)?.index ?? line.length;
  return { runs: [{ ...look, text: line.slice(at, next) }], next };
}

function escapedAt(line: string, at: number, look: Look): Step | null {
  const escaped = line[at] === '\\' ? line[at + 1] : undefined;
  const isPunctuation = escaped !== undefined && /[!-/:-@[-`{-~]/.test(escaped);
  return isPunctuation ? { runs: [{ ...look, text: escaped }], next: at + 2 } : null;
}

function codeAt(line: string, at: number, look: Look, lonely: Set<string>): Step | null {
  if (line[at] !== '`' || lonely.has('`')) {
    return null;
  }
  const end = line.indexOf('`', at + 1);
  if (end < 0) {
    lonely.add('`');
    return null;
  }
  const text = line.slice(at + 1, end);
  return isBlank(text) ? null : { runs: [{ ...look, code: true, text }], next: end + 1 };
}

function linkAt(line: string, at: number, look: Look, lostLink: LostLink): Step | null {
  if (line[at] !== '[' || look.url !== undefined) {
    return null;
  }
  link.lastIndex = at;
  const found = link.exec(line);
  if (found === null) {
    return null;
  }
  const [whole, label = '', target = ''] = found;
  return { runs: linkRuns(label, target, look, lostLink), next: at + whole.length };
}

function linkRuns(label: string, target: string, look: Look, lostLink: LostLink): Run[] {
  const address = webAddress(target, limits.textLinkUrl);
  if (address === null) {
    lostLink(target);
    const shown = target.length > 200 ? `${target.slice(0, 200)}…` : target;
    return [{ ...look, text: shown === '' ? label : `${label} (${shown})` }];
  }
  return isBlank(label)
    ? [{ ...look, url: address, text: honestLabel('', address) }]
    : inlineRuns(label, { ...look, url: address }, lostLink);
}

function emphasisAt(line: string, at: number, look: Look, lonely: Set<string>, lostLink: LostLink): Step | null {
  const emphasis = emphases.find(({ marker }) => line.startsWith(marker, at));
  if (emphasis === undefined || lonely.has(emphasis.marker) || alreadyHas(look, emphasis.look)) {
    return null;
  }
  const { marker, wordBound } = emphasis;
  const from = at + marker.length;
  if (/^(?:\s|$)/.test(line.slice(from, from + 1)) || (wordBound && isWordAt(line, at - 1))) {
    return null;
  }
  const end = closingOf(line, from, marker, wordBound);
  if (end < 0) {
    lonely.add(marker);
    return null;
  }
  return {
    runs: inlineRuns(line.slice(from, end), { ...look, ...emphasis.look }, lostLink),
    next: end + marker.length,
  };
}

function alreadyHas(look: Look, wanted: Look): boolean {
  return (wanted.bold === true && look.bold === true) || (wanted.italic === true && look.italic === true);
}

function closingOf(line: string, from: number, marker: string, wordBound: boolean): number {
  for (let end = line.indexOf(marker, from + 1); end >= 0; end = line.indexOf(marker, end + 1)) {
    const before = line[end - 1] ?? ' ';
    const after = line[end + marker.length] ?? ' ';
    const isPartOfLonger = marker.length === 1 && (before === marker || after === marker);
    const fits = !/\s/.test(before) && before !== '\\' && !(wordBound && isWordAt(line, end + marker.length));
    if (fits && !isPartOfLonger) {
      return end;
    }
  }
  return -1;
}

function isWordAt(line: string, index: number): boolean {
  return /[\p{L}\p{N}]/u.test(line[index] ?? '');
}
