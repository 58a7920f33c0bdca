/** What all readers of elements share while one card is read. */
import { isObject, type Json, type JsonObject, objectsIn } from '../adaptive-card.ts';
import { cleanText } from '../text.ts';
import type { Item, TextItem } from './item.ts';
import { limits } from './limits.ts';
import { below, type Loss, type Source } from './loss.ts';
import { literalLines, markdownLines } from './markdown.ts';
import { typeOf } from './plain-copy.ts';
import { isBlank, type Line } from './run.ts';

export interface Reading {
  /** False: all text is data and is shown as it was written. */
  markdown: boolean;
  losses: Loss[];
  /** Places whose loss is told already. */
  told: ReadonlySet<string>;
  /** Elements that some button shows; Slack cannot hide, so they are there from the start. */
  revealed: ReadonlySet<string>;
  /** Path of the card that is read: the whole one, or one behind an Action.ShowCard. */
  scope: string;
  /** Names of the fields read so far. */
  names: Set<string>;
  /** Reads a list of elements, such as the items of a container. */
  readList: (nodes: Json | undefined, path: string, reading: Reading) => Item[];
}

export function lose(reading: Reading, path: string, node: unknown, reason: string): void {
  if (!reading.told.has(path)) {
    reading.losses.push({ path, element: typeOf(node), reason });
  }
}

export function sourceOf(node: JsonObject, path: string): Source {
  return { path, element: typeOf(node) };
}

/** Text, also when a template made a number or a truth value of it; '' when a reader would see nothing. */
export function wordsIn(node: JsonObject, key: string): string {
  const value = node[key];
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const words = isWord ? cleanText(String(value)).trim() : '';
  return isBlank(words) ? '' : words;
}

/** Words that have to fit into one line, such as a title. */
export function titleIn(node: JsonObject, key: string): string {
  return wordsIn(node, key).replaceAll(/\s+/g, ' ');
}

/** A line of our own, in the place of something that Slack cannot show. */
export function noteItem(node: JsonObject, path: string, text: string): TextItem {
  const parts = [{ lines: literalLines(text), isSmall: true, sources: [sourceOf(node, path)] }];
  return { kind: 'text', look: 'small', parts, joins: false };
}

/** A word of a fixed list; Adaptive Cards do not mind its case. */
export function choiceIn(node: JsonObject, key: string): string {
  return wordsIn(node, key).toLowerCase();
}

export function listIn(node: JsonObject, key: string): Json[] {
  const value = node[key];
  return Array.isArray(value) ? value : [];
}

/** Text that Adaptive Cards read as Markdown. */
export function linesIn(node: JsonObject, key: string, path: string, reading: Reading): Line[] {
  const text = wordsIn(node, key);
  return reading.markdown
    ? markdownLines(text, (target) => lose(reading, below(path, key), node, lostLinkReason(target)))
    : literalLines(text);
}

export function lostLinkReason(target: string): string {
  const shown = cleanText(target).slice(0, 100);
  return `only http and https addresses of at most ${limits.textLinkUrl} characters become links; shown as text: ${shown}`;
}

/** False, and a loss, for what the card hides and no button of it shows. */
export function isShown(node: JsonObject, path: string, reading: Reading): boolean {
  if (node['isVisible'] !== false || reading.revealed.has(wordsIn(node, 'id'))) {
    return true;
  }
  lose(reading, path, node, 'the card hides it, and no button shows it');
  return false;
}

/** True when the element stands close under the one before it. */
export function isClose(node: JsonObject): boolean {
  return ['none', 'small'].includes(choiceIn(node, 'spacing'));
}

/** The ids that the Action.ToggleVisibility of a card name. */
export function toggledIds(card: JsonObject): Set<string> {
  const toggles = [...objectsIn(card)].filter((node) => node['type'] === 'Action.ToggleVisibility');
  const targets = toggles.flatMap((node) => listIn(node, 'targetElements'));
  return new Set(targets.map((target) => (isObject(target) ? wordsIn(target, 'elementId') : target)).filter(isText));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
