/** Makes blocks fit: what does not is left out at a whole element, and each one is named in the losses. */
import type { Block } from './block.ts';
import type { Loss, Source } from './loss.ts';
import type { Group, Placed } from './placed.ts';
import { mrkdwn } from './slack-text.ts';

export interface Room {
  blocks: number;
  size: number;
  /** Size of one block with the comma after it. */
  sizeOf: (block: Block) => number;
  /** How much of it may go to what is kept before other things, from 0 to 1. */
  keptShare: number;
  /** Where the blocks go, as in “a Slack message”. */
  place: string;
}

export function fit(groups: readonly Group[], room: Room): { blocks: Block[]; losses: Loss[] } {
  const wanted = withoutEdgeDividers(groups);
  if (holds(room, placedIn(wanted))) {
    return { blocks: blocksOf(placedIn(wanted)), losses: [] };
  }
  const plain = wanted.filter((group) => group.kind !== 'divider');
  return holds(room, placedIn(plain)) ? { blocks: blocksOf(placedIn(plain)), losses: [] } : cut(plain, room);
}

function withoutEdgeDividers(groups: readonly Group[]): Group[] {
  const shown = groups.filter((group) => group.placed.length > 0);
  return shown.filter(
    ({ kind }, index) =>
      kind !== 'divider' || (index > 0 && index < shown.length - 1 && shown[index + 1]?.kind !== kind),
  );
}

function placedIn(groups: readonly Group[]): Placed[] {
  return groups.flatMap((group) => group.placed);
}

function blocksOf(placed: readonly Placed[]): Block[] {
  return placed.map(({ block }) => block);
}

function holds(room: Room, placed: readonly Placed[]): boolean {
  return placed.length <= room.blocks && sizeOfAll(room, placed) <= room.size;
}

function sizeOfAll(room: Room, placed: readonly Placed[]): number {
  return placed.reduce((total, { block }) => total + room.sizeOf(block), 2);
}

/** First what must stay, as far as it takes at most its share; then the rest in order, up to the first that is too much. */
function cut(groups: readonly Group[], room: Room): { blocks: Block[]; losses: Loss[] } {
  const closingSize = room.sizeOf(closingLine(99_999, room));
  const bodies = placedIn(groups.filter((group) => group.kind === 'body'));
  const hasBody = bodies.length > 0;
  const free = { blocks: room.blocks - 1, size: room.size - closingSize - 2 };
  const share = hasBody
    ? { blocks: free.blocks - 1, size: free.size * room.keptShare }
    : { blocks: free.blocks, size: free.size };
  const kept = new Set<Placed>();
  for (const placed of placedIn(groups.filter((group) => group.kind === 'kept'))) {
    if (takes(share, placed, room)) {
      kept.add(placed);
      takes(free, placed, room);
    }
  }
  let isFull = false;
  for (const group of groups.filter(({ kind }) => kind === 'body')) {
    const taken: readonly Placed[] = isFull ? [] : takeGroup(group, free, room);
    isFull ||= taken.length < group.placed.length;
    for (const placed of taken) {
      kept.add(placed);
    }
  }
  const all = placedIn(groups);
  const left = all.filter((placed) => !kept.has(placed));
  const shown = all.filter((placed) => kept.has(placed));
  const losses = lossesOf(left, shown, room);
  const at = all.findIndex((placed) => !kept.has(placed));
  const before = all.slice(0, at).filter((placed) => kept.has(placed)).length;
  const blocks = blocksOf(shown);
  blocks.splice(before, 0, closingLine(losses.length, room));
  return { blocks, losses };
}

interface Free {
  blocks: number;
  size: number;
}

/** True, and the room is taken, when there is enough of it. */
function takes(free: Free, { block }: Placed, room: Room): boolean {
  const size = room.sizeOf(block);
  if (free.blocks < 1 || free.size < size) {
    return false;
  }
  free.blocks -= 1;
  free.size -= size;
  return true;
}

/** The whole group or nothing; of one that takes more than half of all, as much as there is room for. */
function takeGroup(group: Group, free: Free, room: Room): readonly Placed[] {
  const size = sizeOfAll(room, group.placed);
  if (group.placed.length <= free.blocks && size <= free.size) {
    group.placed.forEach((placed) => takes(free, placed, room));
    return group.placed;
  }
  if (group.placed.length < room.blocks && size <= room.size / 2) {
    return [];
  }
  const end = group.placed.findIndex((placed) => !takes(free, placed, room));
  return end < 0 ? group.placed : group.placed.slice(0, end);
}

function lossesOf(left: readonly Placed[], shown: readonly Placed[], room: Room): Loss[] {
  const partly = new Set(shown.flatMap(({ sources }) => sources.map(({ path }) => path)));
  const sources = new Map<string, Source>(
    left.flatMap((placed) => placed.sources.map((source) => [source.path, source])),
  );
  return [...sources.values()].map(({ path, element }) => ({
    path,
    element,
    reason: partly.has(path)
      ? `more than ${room.place} holds; its end is left out`
      : `more than ${room.place} holds; left out`,
  }));
}

function closingLine(count: number, room: Room): Block {
  const what = count === 1 ? 'one more element does' : `${count} more elements do`;
  return { type: 'context', elements: [mrkdwn(`… Cut here: ${what} not fit into ${room.place}.`)] };
}
