/** The items of a card as the blocks of a message or of the App Home: everything but the fields. */
import { answerOf, withAnswers } from './answers.ts';
import type { Block } from './block.ts';
import { fit, type Room } from './fit.ts';
import type { InputItem, Item, TableItem } from './item.ts';
import { limits } from './limits.ts';
import type { Loss } from './loss.ts';
import { literalLines } from './markdown.ts';
import type { Group } from './placed.ts';
import { type ActionIds, writeButtons } from './write-buttons.ts';
import { writeFacts } from './write-facts.ts';
import { nameOfInput } from './write-input.ts';
import { fitsTableBlock, writeTable, writeTableAsText } from './write-table.ts';
import { writeColumns, writePicture, writePictured, writeText } from './write-text.ts';

export type Surface = 'message' | 'home';

const rooms: Readonly<Record<Surface, Room>> = {
  message: {
    blocks: limits.messageBlocks,
    size: limits.messageLength,
    sizeOf: (block) => JSON.stringify(block).length + 1,
    keptShare: 0.5,
    place: 'a Slack message',
  },
  home: { blocks: limits.viewBlocks, size: limits.viewBytes, sizeOf: bytesOf, keptShare: 0.5, place: 'the App Home' },
};

export function bytesOf(block: Block): number {
  return Buffer.byteLength(JSON.stringify(block)) + 1;
}

export function messageBlocks(
  items: readonly Item[],
  surface: Surface,
  { olderBlocks, keepFree }: { olderBlocks: boolean; keepFree: Pick<Room, 'blocks' | 'size'> },
): { blocks: Block[]; losses: Loss[] } {
  const ids: ActionIds = new Map();
  const room = rooms[surface];
  const table = items.find((item) => item.kind === 'table' && fitsTableBlock(item));
  const asBlock = olderBlocks ? undefined : table;
  const groups = withAnswers(withOpenQuestions(items)).flatMap((item) =>
    item.kind === 'buttons' ? [writeButtons(item, ids)] : writeItem(item, asBlock),
  );
  return fit(groups, { ...room, blocks: room.blocks - keepFree.blocks, size: room.size - keepFree.size });
}

type Shown = Exclude<Item, InputItem | { kind: 'buttons' }>;

/** `asBlock`: the one table that may be a table; Slack takes one per message and none in a modal. */
export function writeItem(item: Shown, asBlock: Item | undefined): Group[] {
  switch (item.kind) {
    case 'text':
      return [writeText(item)];
    case 'facts':
      return [writeFacts(item)];
    case 'columns':
      return writeColumns(item);
    case 'picture':
      return [writePicture(item)];
    case 'pictured':
      return [writePictured(item)];
    case 'table':
      return [tableGroup(item, item === asBlock)];
    case 'divider':
    default:
      return [{ kind: 'divider', placed: [{ block: { type: 'divider' }, sources: [] }] }];
  }
}

function tableGroup(item: TableItem, isBlock: boolean): Group {
  return isBlock ? writeTable(item) : writeTableAsText(item);
}

/** What the form asks for and nobody has answered: without this, the questions would be seen only after a press. */
function withOpenQuestions(items: readonly Item[]): Item[] {
  const open = items.filter((item) => item.kind === 'input' && answerOf(item) === null);
  const labels = open.flatMap((item) => (item.kind === 'input' ? [labelOf(item)] : []));
  if (labels.length === 0) {
    return [...items];
  }
  const line = `The form asks: ${labels.join(' · ')}`;
  const text = line.length > longestQuestions ? `${line.slice(0, longestQuestions).toWellFormed()}…` : line;
  const parts = [{ lines: literalLines(text), isSmall: true, sources: [] }];
  const asking: Item = { kind: 'text', look: 'small', joins: false, parts };
  const bar = items.findIndex((item) => item.kind === 'buttons' && item.isBar);
  const end = bar < 0 ? items.length : bar;
  return [...items.slice(0, end), asking, ...items.slice(end)];
}

const longestQuestions = 300;

function labelOf({ input }: InputItem): string {
  return nameOfInput(input).replaceAll(/\s+/g, ' ');
}
