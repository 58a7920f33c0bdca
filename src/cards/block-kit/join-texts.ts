/** Texts that belong close together share one block, as lines. */
import type { Item, Part, TextItem } from './item.ts';
import type { Line } from './run.ts';
import { withLook } from './run.ts';

export function joinTexts(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.kind === 'text' && last?.kind === 'text' && item.joins && canShare(last, item)) {
      last.look = last.look === 'small' && item.look === 'small' ? 'small' : 'plain';
      item.parts.forEach((part) => last.parts.push(part));
    } else {
      // A copy, because what follows may be added to it.
      joined.push(item.kind === 'text' ? { ...item, parts: [...item.parts] } : item);
    }
  }
  return joined;
}

function canShare(one: TextItem, other: TextItem): boolean {
  return [one, other].every(({ look }) => look === 'plain' || look === 'small');
}

/** The lines of a part inside a block that it shares. */
export function linesOfPart(part: Part): Line[] {
  return part.isSmall ? withLook(part.lines, { italic: true }) : part.lines;
}

/** One text, as in a cell or a field; headings are bold there. */
export function linesOfTexts(texts: readonly TextItem[]): Line[] {
  return texts.flatMap((text) =>
    text.look === 'heading'
      ? withLook(
          text.parts.flatMap((part) => part.lines),
          { bold: true },
        )
      : text.parts.flatMap(linesOfPart),
  );
}
