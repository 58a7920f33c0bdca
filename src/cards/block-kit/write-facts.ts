/** Facts as the fields of a section, ten at a time; a fact that no field can hold becomes a text of its own. */
import type { Mrkdwn, PlainText } from './block.ts';
import type { Fact, Item, TextItem } from './item.ts';
import { limits } from './limits.ts';
import type { Source } from './loss.ts';
import { body, type Group, type Placed } from './placed.ts';
import { isBlank, type Line, mergeRuns, withLook, wordsOf } from './run.ts';
import { shortText, writeText } from './write-text.ts';

type Field = Mrkdwn | PlainText;

export function writeFacts(item: Extract<Item, { kind: 'facts' }>): Group {
  return body(...factBlocks(item.facts, item.source));
}

export function factBlocks(facts: readonly Fact[], source: Source): Placed[] {
  const placed: Placed[] = [];
  let fields: Field[] = [];
  function flush(): void {
    if (fields.length > 0) {
      placed.push({ block: { type: 'section', fields }, sources: [source] });
      fields = [];
    }
  }
  for (const fact of facts) {
    const lines = linesOf(fact);
    const field = shortText(lines, limits.fieldText);
    if (field === null) {
      flush();
      placed.push(...writeText(asText(lines, source)).placed);
      continue;
    }
    fields.push(field);
    if (fields.length === limits.fields) {
      flush();
    }
  }
  flush();
  return placed;
}

function linesOf({ title, value }: Fact): Line[] {
  const head = isBlank(wordsOf([title])) ? [] : withLook([mergeRuns(title)], { bold: true });
  return [...head, ...value];
}

function asText(lines: Line[], source: Source): TextItem {
  return {
    kind: 'text',
    look: 'plain',
    joins: false,
    parts: [{ lines, isSmall: false, sources: [source] }],
  };
}
