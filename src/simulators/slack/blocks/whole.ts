/** What holds for all blocks of a message or a view together: how many, which ids, how long. */
import type { Json } from '../records.ts';
import { type Inspection, isJson, lengthOf, list, report } from './check.ts';
import { asList } from './composition.ts';
import { block } from './layout.ts';

/** Checks `blocks` as they stand at `at`, such as `/blocks`. */
export function inspectBlocks(blocks: unknown, at: string, into: Inspection): void {
  list(block, into.surface === 'message' ? 0 : 1, into.surface === 'message' ? 50 : 100)(blocks, at, into);
  const found = asList(blocks);
  refuseRepeated(found, 'block_id', at, into);
  for (const [index, entry] of found.entries()) {
    if (isJson(entry)) {
      refuseRepeated(asList(entry['elements']), 'action_id', `${at}/${index}/elements`, into);
      refuseRepeatedInside(entry, `${at}/${index}`, into);
    }
  }
  refuseSecondFocus(found, at, into);
  limitMarkdown(found, at, into);
}

function refuseRepeatedInside(entry: Json, at: string, into: Inspection): void {
  for (const [index, child] of asList(entry['child_blocks']).entries()) {
    if (isJson(child)) {
      refuseRepeated(asList(child['elements']), 'action_id', `${at}/child_blocks/${index}/elements`, into);
    }
  }
  refuseRepeated(asList(entry['actions']), 'action_id', `${at}/actions`, into);
}

function refuseRepeated(
  entries: readonly unknown[],
  name: 'block_id' | 'action_id',
  at: string,
  into: Inspection,
): void {
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const id = isJson(entry) ? entry[name] : undefined;
    if (typeof id !== 'string' || id === '') {
      continue;
    }
    if (seen.has(id)) {
      report(into, `\`${name}\` "${id}" already exists`, `${at}/${index}/${name}`);
    }
    seen.add(id);
  }
}

function refuseSecondFocus(blocks: readonly unknown[], at: string, into: Inspection): void {
  const focused = elementsIn(blocks).filter((element) => element['focus_on_load'] === true);
  if (focused.length > 1) {
    report(into, 'only one element can have `focus_on_load` set to `true`', at);
  }
}

function limitMarkdown(blocks: readonly unknown[], at: string, into: Inspection): void {
  const texts = blocks.filter(isJson).flatMap((entry) => (entry['type'] === 'markdown' ? [String(entry['text'])] : []));
  if (lengthOf(texts.join('')) > 12_000) {
    report(into, 'must be less than 12001 characters', at);
  }
}

/** Every element of the blocks, in the order in which they are shown. */
export function elementsIn(blocks: readonly unknown[]): Json[] {
  return blocks.filter(isJson).flatMap(elementsOf);
}

function elementsOf(entry: Json): Json[] {
  const single = [entry['accessory'], entry['element']].filter(isJson);
  const several = [...asList(entry['elements']), ...asList(entry['actions'])].filter(isJson);
  const flat = several.flatMap((inner) => (inner['type'] === 'card' ? elementsOf(inner) : [inner]));
  return single.concat(flat, elementsIn(asList(entry['child_blocks'])));
}

export function tablesIn(blocks: readonly unknown[]): number {
  return blocks
    .filter(isJson)
    .reduce(
      (count, entry) =>
        count +
        (['table', 'data_table'].includes(String(entry['type'])) ? 1 : 0) +
        tablesIn(asList(entry['child_blocks'])),
      0,
    );
}
