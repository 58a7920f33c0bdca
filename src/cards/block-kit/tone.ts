/** Styles say something: in Slack they become a sign and a word, since colour alone reaches neither everybody nor Slack. */
import type { Item, TextItem } from './item.ts';
import type { Source } from './loss.ts';
import { type Line, type Run, wordsOf } from './run.ts';

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
  ['accent', { sign: 'ℹ️', word: 'Note', known: /^[ℹ●]\uFE0F?(?=\s|$)/u }],
]);

/** The words in front of what has this style; null for styles that only decorate. */
export function toneRuns(style: string): Run[] | null {
  const mark = marks.get(style);
  return mark === undefined ? null : [{ text: `${mark.sign} ` }, { text: `${mark.word}:`, bold: true }, { text: ' ' }];
}

/** Puts sign and word before the content, unless the card itself says it with a sign of its own. */
export function withTone(items: readonly Item[], style: string, source: Source): Item[] {
  const [mark, runs] = [marks.get(style), toneRuns(style)];
  if (mark === undefined || runs === null || items.length === 0) {
    return [...items];
  }
  if (items.some((item) => isMarked(item, mark))) {
    return items.map((item) => (isMarked(item, mark) ? withPictures(item, style) : item));
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

/** A mark of punctuation that stands for a sign is easily missed; in Slack a picture takes its place. */
export function signPicture(sign: string, style: string): string {
  switch (sign) {
    case '!':
      return style === 'attention' ? '❗' : '⚠️';
    case '?':
      return '❔';
    case 'ℹ':
      return 'ℹ️';
    default:
      return sign;
  }
}

/** The same for a sign before words that are marked by a color or a style; nothing for all other words. */
export function withSignPicture(line: Line, style: string): Line {
  const [first, ...rest] = line;
  const sign = marks.has(style) ? /^[!?ℹ](?=\s|$)/.exec(first?.text ?? '')?.[0] : undefined;
  return first === undefined || sign === undefined
    ? line
    : [{ ...first, text: `${signPicture(sign, style)}${first.text.slice(1)}` }, ...rest];
}

function withPictures(item: Item, style: string): Item {
  if (item.kind === 'columns') {
    return { ...item, columns: item.columns.map((texts) => texts.map((text) => withTextPicture(text, style))) };
  }
  return item.kind === 'text' ? withTextPicture(item, style) : item;
}

function withTextPicture(text: TextItem, style: string): TextItem {
  const parts = text.parts.map((part) => {
    const [line = [], ...lines] = part.lines;
    return { ...part, lines: [withSignPicture(line, style), ...lines] };
  });
  return { ...text, parts };
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
