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
  return body(factBlocks(item.facts));
}

export function factBlocks(facts: readonly Fact[]): Placed[] {
  const placed: Placed[] = [];
  let open: { fields: Field[]; sources: Source[] } | null = null;
  for (const fact of facts) {
    const lines = linesOf(fact);
    const field = shortText(lines, limits.fieldText);
    if (field === null) {
      open = null;
      placed.push(...writeText(asText(lines, fact.source)).placed);
    } else if (open === null || open.fields.length === limits.fields) {
      open = { fields: [field], sources: [fact.source] };
      placed.push({ block: { type: 'section', fields: open.fields }, sources: open.sources });
    } else {
      open.fields.push(field);
      open.sources.push(fact.source);
    }
  }
  return placed;
}

function linesOf({ title, value }: Fact): Line[] {
  const head = isBlank(wordsOf([title])) ? [] : withLook([mergeRuns(title)], { bold: true });
  return [...head, ...value];
}

function asText(lines: Line[], source: Source): TextItem {
  return { kind: 'text', look: 'plain', joins: false, parts: [{ lines, isSmall: false, sources: [source] }] };
}
