/** ColumnSet: side by side where Slack can, else one after the other in reading order. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import type { Item, Part, TextItem } from './item.ts';
import { joinTexts, linesOfPart } from './join-texts.ts';
import { limits } from './limits.ts';
import { below } from './loss.ts';
import { readSelectAction } from './read-actions.ts';
import { choiceIn, isClose, isShown, listIn, lose, type Reading, sourceOf } from './reading.ts';
import { wordsOf } from './run.ts';
import { beginWith, signPicture, withTone } from './tone.ts';

export function readColumnSet(node: JsonObject, path: string, reading: Reading): Item[] {
  const presses: Item[] = [];
  const columns = listIn(node, 'columns')
    .map((column, index): Item[] => {
      const at = below(path, 'columns', index);
      if (!isObject(column)) {
        lose(reading, at, column, 'it is no column');
        return [];
      }
      if (!isShown(column, at, reading)) {
        return [];
      }
      presses.push(...readSelectAction(column, at, reading));
      return readColumn(column, at, reading);
    })
    .filter((items) => items.length > 0);
  return [...arrange(columns, isClose(node)), ...presses];
}

function readColumn(column: JsonObject, path: string, reading: Reading): Item[] {
  const items = joinTexts(reading.readList(column['items'], below(path, 'items'), reading));
  return withTone(items, choiceIn(column, 'style'), sourceOf(column, path));
}

function arrange(columns: readonly Item[][], joins: boolean): Item[] {
  const [first, second, ...more] = columns;
  if (first === undefined || second === undefined) {
    return first ?? [];
  }
  if (more.length === 0) {
    const row = signedRow(first, second, joins) ?? pictured(first, second) ?? pictured(second, first);
    if (row !== null) {
      return row;
    }
  }
  const texts = columns.map((items) => items.filter((item) => item.kind === 'text'));
  const areAllTexts = texts.every((items, index) => items.length === columns[index]?.length && items.every(isFlat));
  return areAllTexts && columns.length <= limits.fields
    ? [{ kind: 'columns', columns: texts, joins: false }]
    : columns.flat();
}

function isFlat(text: TextItem): boolean {
  return text.look !== 'code' && text.look !== 'exact';
}

/** A narrow column with a sign before a column of words: the sign leads the words. */
function signedRow(first: readonly Item[], second: readonly Item[], joins: boolean): Item[] | null {
  const [sign, ...others] = first;
  const [text, ...rest] = second;
  if (sign?.kind !== 'text' || others.length > 0 || text?.kind !== 'text' || !isFlat(text)) {
    return null;
  }
  const words = wordsOf(sign.parts.flatMap((part) => part.lines));
  if (Array.from(words).length > 2) {
    return null;
  }
  const signed = inOneLine(beginWith(text, [{ text: `${signPicture(words, '')} ` }]));
  const [head, ...parts] = signed.parts;
  const sources = [...sign.parts.flatMap((part) => part.sources), ...(head?.sources ?? [])];
  const isShort = signed.parts.flatMap((part) => part.lines).length <= 2;
  return [
    { ...signed, parts: head === undefined ? [] : [{ ...head, sources }, ...parts], joins: joins && isShort },
    ...rest,
  ];
}

/** A line and its small print, as in a list of steps, read well as one. */
function inOneLine(text: TextItem): TextItem {
  const [head, small, ...more] = text.parts;
  const isPair = head?.lines.length === 1 && small?.lines.length === 1 && small.isSmall && !head.isSmall;
  if (!isPair || more.length > 0 || text.look !== 'plain' || head === undefined || small === undefined) {
    return text;
  }
  const line = [...(head.lines[0] ?? []), { text: ' — ' }, ...(linesOfPart(small)[0] ?? [])];
  const part: Part = { lines: [line], isSmall: false, sources: [...head.sources, ...small.sources] };
  return { ...text, parts: [part] };
}

/** A picture beside words stands beside them in Slack as well. */
function pictured(first: readonly Item[], second: readonly Item[]): Item[] | null {
  const [picture, ...others] = first;
  const [text, ...rest] = second;
  const isPair = picture?.kind === 'picture' && others.length === 0 && text?.kind === 'text' && text.look === 'plain';
  return isPair ? [{ ...picture, kind: 'pictured', text }, ...rest] : null;
}
