/**
 * From lines of a document to its sentences, each in a form that stays the same when only the layout, the case, the
 * quotes or the dashes change. Nothing of a document is kept but a digest of each sentence.
 */
import { createHash } from 'node:crypto';

/** A bullet or a number in front of an item of a list. */
const itemPattern = /^\s*(?:[-•◦▪‣·*+]|\d{1,3}[.)])\s+/;
const tableRowPattern = /^\s*\|/;
const tableRulePattern = /^[\s|:-]+$/;

/** Paragraphs, items of lists and rows of tables, each on one line; a line that was broken is joined again. */
export function textUnits(lines: readonly string[]): string[] {
  const units: string[] = [];
  let open = false;
  for (const line of lines) {
    const isItem = itemPattern.test(line);
    const isRow = tableRowPattern.test(line);
    if (line.trim() === '' || (isRow && tableRulePattern.test(line))) {
      open = false;
    } else if (open && !isItem && !isRow) {
      units.push(`${units.pop() ?? ''} ${line.trim()}`);
    } else {
      units.push(isItem ? line.replace(itemPattern, '').trim() : isRow ? rowText(line) : line.trim());
      open = !isRow;
    }
  }
  return units;
}

function rowText(line: string): string {
  const cells = line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|');
  return cells.map((cell) => cell.trim()).join(' | ');
}

const sentenceEnd = /(?<=[.!?]["'’”)\]]*)\s+(?=["'‘“(]?[\p{Lu}\d])/u;
/** What ends with a full stop inside a sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|incl|no|nr)\.$/i;

export function splitSentences(unit: string): string[] {
  const sentences: string[] = [];
  for (const part of unit.split(sentenceEnd)) {
    const before = sentences.at(-1);
    if (before !== undefined && abbreviation.test(before)) {
      sentences[sentences.length - 1] = `${before} ${part}`;
    } else {
      sentences.push(part);
    }
  }
  return sentences.map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim()).filter((sentence) => sentence !== '');
}

/** What is compared: neither layout nor case, and one kind of quotes and dashes. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[\u2018\u2019\u201A\u2032`´]/g, "'")
    .replaceAll(/[\u201C-\u201E\u2033«»]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('|', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Sixteen hexadecimal digits of a SHA-256: enough to tell sentences apart, too little to read them back. */
export function digestOf(sentence: string): string {
  return createHash('sha256').update(normalise(sentence)).digest('hex').slice(0, 16);
}
