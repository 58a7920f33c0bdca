/** Styles say something: in Slack they become a sign and a word, since colour alone reaches neither everybody nor Slack. */
import type { Item, TextItem } from './item.ts';
import type { Source } from './loss.ts';
import { type Run, wordsOf } from './run.ts';

interface Mark {
  sign: string;
  word: string;
  /** Signs of a card's own that say the same. */
  known: RegExp;
}

const marks: ReadonlyMap<string, Mark> = new Map([
  ['good', { sign: '✅', word: 'Good', known: /^[✓✔✅☑]\uFE0F?(?=\s|$)/u }],
  ['attention', { sign: '❗', word: 'Attention', known: /^[✕✖✗✘❌⛔❗!]\uFE0F?(?=\s|$)/u }],
  ['warning', { sign: '⚠️', word: 'Warning', known: /^[!⚠?○◐]\uFE0F?(?=\s|$)/u }],
  ['accent', { sign: 'ℹ️', word: 'Note', known: /^[ℹi●]\uFE0F?(?=\s|$)/u }],
]);

/** The words in front of what has this style; null for styles that only decorate. */
export function toneRuns(style: string): Run[] | null {
  const mark = marks.get(style);
  return mark === undefined ? null : [{ text: `${mark.sign} ` }, { text: `${mark.word}:`, bold: true }, { text: ' ' }];
}

/** Puts sign and word before the content, unless the card itself says it with a sign of its own. */
export function withTone(items: readonly Item[], style: string, source: Source): Item[] {
  const [mark, runs] = [marks.get(style), toneRuns(style)];
  if (mark === undefined || runs === null || items.length === 0 || items.some((item) => isMarked(item, mark))) {
    return [...items];
  }
  const [first, ...rest] = items;
  return first?.kind === 'text' && first.look !== 'code'
    ? [beginWith(first, runs), ...rest]
    : [toneLine(mark, source), ...items];
}

function isMarked(item: Item, mark: Mark): boolean {
  const texts = item.kind === 'text' ? [item] : item.kind === 'columns' ? item.columns.flat() : [];
  return texts.some((text) => text.parts.some((part) => mark.known.test(wordsOf(part.lines))));
}

/** The text with these runs before its first word. */
export function beginWith(text: TextItem, runs: readonly Run[]): TextItem {
  const [first, ...rest] = text.parts;
  if (first === undefined) {
    return text;
  }
  const [line = [], ...lines] = first.lines;
  return { ...text, parts: [{ ...first, lines: [[...runs, ...line], ...lines] }, ...rest] };
}

function toneLine(mark: Mark, source: Source): TextItem {
  const lines = [[{ text: `${mark.sign} ` }, { text: mark.word, bold: true } as const]];
  return { kind: 'text', look: 'plain', joins: false, parts: [{ lines, isSmall: false, sources: [source] }] };
}
