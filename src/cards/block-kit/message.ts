/** The items of a card as the blocks of a message or of the App Home: everything but the fields. */
import { withAnswers } from './answers.ts';
import type { Block } from './block.ts';
import { fit, type Room } from './fit.ts';
import type { InputItem, Item, TableItem } from './item.ts';
import { limits } from './limits.ts';
import type { Loss } from './loss.ts';
import { body, type Group } from './placed.ts';
import { isBlank } from './run.ts';
import { mrkdwn } from './slack-text.ts';
import { type ActionIds, writeButtons } from './write-buttons.ts';
import { writeFacts } from './write-facts.ts';
import { nameOfInput } from './write-input.ts';
import { fitsTableBlock, writeTable, writeTableAsText } from './write-table.ts';
import { shortText, writeColumns, writePicture, writePictured, writeText } from './write-text.ts';

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
  olderBlocks: boolean,
): { blocks: Block[]; losses: Loss[] } {
  const ids: ActionIds = new Map();
  const table = items.find((item) => item.kind === 'table' && fitsTableBlock(item));
  const asBlock = olderBlocks ? undefined : table;
  const groups = withAnswers(items).flatMap((item) =>
    item.kind === 'buttons' ? [writeButtons(item, ids)] : writeItem(item, asBlock),
  );
  return fit([...askingLine(items), ...groups], rooms[surface]);
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

/** A card that only asks would be a lone button: this says what it asks. */
function askingLine(items: readonly Item[]): Group[] {
  const says = withAnswers(items).some((item) => item.kind !== 'buttons' && item.kind !== 'divider');
  const labels = items.flatMap((item) =>
    item.kind === 'input' ? [nameOfInput(item.input).replaceAll(/\s+/g, ' ')] : [],
  );
  if (says || labels.every((label) => isBlank(label))) {
    return [];
  }
  const line = `The form asks for: ${labels.join(', ')}`;
  const text = shortText(
    [[{ text: line.length > 500 ? `${line.slice(0, 500).toWellFormed()}…` : line }]],
    limits.contextText,
  );
  return [
    body([{ block: { type: 'context', elements: [text ?? mrkdwn('The form asks for some answers.')] }, sources: [] }]),
  ];
}
