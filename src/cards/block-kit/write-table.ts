/** A table as Slack's own block where that is possible, else as facts or as an aligned plain text. */
import type { Block, TableCell } from './block.ts';
import type { Part, TableItem } from './item.ts';
import { limits } from './limits.ts';
import { body, type Group } from './placed.ts';
import { richText } from './rich-text.ts';
import { hasLink, isBlank, type Line, type Run, wordsOf } from './run.ts';
import { breakNotation } from './slack-text.ts';
import { factBlocks } from './write-facts.ts';
import { writeText } from './write-text.ts';

/** Wider than this, an aligned text breaks its lines on a phone and on most screens. */
const alignedWidth = 80;
const alignedColumns = 20;

/** A cell must not be empty. */
const nothing = '–';

export function fitsTableBlock(item: TableItem): boolean {
  const { rows, aligns } = item;
  const areShort = rows.every((row) => row.every((lines) => wordsOf(lines).length <= limits.tableCell));
  const isSmall = rows.length <= limits.tableRows && aligns.length <= limits.tableColumns;
  return areShort && isSmall && JSON.stringify(tableBlock(item)).length <= limits.tableLength;
}

export function writeTable(item: TableItem): Group {
  return body([{ block: tableBlock(item), sources: [item.source] }]);
}

function tableBlock({ rows, aligns }: TableItem): Block {
  return {
    type: 'table',
    rows: rows.map((row) => aligns.map((_, index) => cellOf(row[index] ?? []))),
    column_settings: aligns.map((align) => ({ align, is_wrapped: true })),
  };
}

function cellOf(lines: Line[]): TableCell {
  const words = wordsOf(lines);
  if (isBlank(words)) {
    return { type: 'raw_text', text: nothing };
  }
  const isPlain = lines.length === 1 && lines[0]?.every((run) => Object.keys(run).join() === 'text');
  return isPlain === true ? { type: 'raw_text', text: breakNotation(words) } : richText(lines);
}

/** For a modal, a second table, or a table that is too large for the block. */
export function writeTableAsText(item: TableItem): Group {
  if (item.aligns.length === 2 && !item.hasHeader) {
    const facts = item.rows.map(([title = [], value = []]) => ({ title: title.flat(), value, source: item.source }));
    return body(factBlocks(facts));
  }
  const aligned = alignedLines(item);
  const lines = aligned ?? item.rows.map((row, index) => rowLine(row, item.hasHeader && index === 0));
  const parts: Part[] = lines.map((line) => ({ lines: [line], isSmall: false, sources: [item.source] }));
  return writeText({ kind: 'text', look: aligned === null ? 'plain' : 'code', joins: false, parts });
}

/** Null when that would lose a link or be too wide. */
function alignedLines({ rows, aligns, hasHeader }: TableItem): Line[] | null {
  if (aligns.length > alignedColumns) {
    return null;
  }
  const cells = rows.map((row) => aligns.map((_, index) => wordsOf(row[index] ?? []).replaceAll('\n', ' ')));
  const widths = aligns.map((_, index) => longest(cells.map((row) => Array.from(row[index] ?? '').length)));
  const width = widths.reduce((total, one) => total + one + 2, -2);
  if (width > alignedWidth || rows.some((row) => row.some((lines) => hasLink(lines)))) {
    return null;
  }
  const texts = cells.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, aligns[index] === 'right'))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((one) => '─'.repeat(one)).join('  ');
  const [head = '', ...others] = texts;
  return (hasHeader ? [head, rule, ...others] : texts).map((text) => [{ text: text === '' ? nothing : text }]);
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

function pad(cell: string, width: number, toRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - Array.from(cell).length));
  return toRight ? space + cell : cell + space;
}

function rowLine(row: readonly Line[][], isHeader: boolean): Line {
  return row.flatMap((lines, index): Run[] => {
    const cell = lines.flatMap((line, number) => (number === 0 ? line : [{ text: ' ' }, ...line]));
    const runs = cell.length === 0 ? [{ text: nothing }] : cell;
    const shown = isHeader ? runs.map((run) => ({ ...run, bold: true as const })) : runs;
    return index === 0 ? shown : [{ text: ' · ' }, ...shown];
  });
}
