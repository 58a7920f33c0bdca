/** Table: kept as a table when its cells hold text only, else read row by row. */
import { isObject, type JsonObject } from '../adaptive-card.ts';
import type { Item, TextItem } from './item.ts';
import { joinTexts, linesOfTexts } from './join-texts.ts';
import { below } from './loss.ts';
import { choiceIn, listIn, lose, type Reading, sourceOf } from './reading.ts';
import type { Line } from './run.ts';
import { withTone } from './tone.ts';

export function readTable(node: JsonObject, path: string, reading: Reading): Item[] {
  const rows = listIn(node, 'rows').map((row, index) => readRow(row, below(path, 'rows', index), reading));
  const cells = rows.flat();
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width === 0) {
    return [];
  }
  if (!cells.every(isTextOnly)) {
    return cells.flat();
  }
  const lines = rows
    .map((row) => row.map((cell) => cellLines(cell)))
    .filter((row) => row.some((cell) => cell.length > 0));
  const aligns = Array.from({ length: width }, (_, index) => alignOf(node, index));
  const hasHeader = node['firstRowAsHeaders'] !== false && node['firstRowAsHeader'] !== false;
  return lines.length === 0 ? [] : [{ kind: 'table', rows: lines, hasHeader, aligns, source: sourceOf(node, path) }];
}

/** A tone of the row goes to its first cell. */
function readRow(row: unknown, path: string, reading: Reading): Item[][] {
  if (!isObject(row)) {
    lose(reading, path, row, 'it is no row');
    return [];
  }
  const cells = listIn(row, 'cells').map((cell, index) => readCell(cell, below(path, 'cells', index), reading));
  const [first, ...rest] = cells;
  return first === undefined ? [] : [withTone(first, choiceIn(row, 'style'), sourceOf(row, path)), ...rest];
}

function readCell(cell: unknown, path: string, reading: Reading): Item[] {
  if (!isObject(cell)) {
    lose(reading, path, cell, 'it is no cell');
    return [];
  }
  const items = joinTexts(reading.readList(cell['items'], below(path, 'items'), reading));
  return withTone(items, choiceIn(cell, 'style'), sourceOf(cell, path));
}

function isTextOnly(items: readonly Item[]): items is TextItem[] {
  return items.every((item) => item.kind === 'text');
}

function cellLines(items: readonly Item[]): Line[] {
  return isTextOnly(items) ? linesOfTexts(items) : [];
}

function alignOf(table: JsonObject, index: number): 'left' | 'center' | 'right' {
  const column = listIn(table, 'columns')[index];
  const own = isObject(column) ? choiceIn(column, 'horizontalCellContentAlignment') : '';
  const align = own || choiceIn(table, 'horizontalCellContentAlignment');
  return align === 'right' || align === 'center' ? align : 'left';
}
