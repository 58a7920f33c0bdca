/** Reads a whole Adaptive Card 1.5 into items, in reading order. */
import { isObject, type Json, type JsonObject } from '../adaptive-card.ts';
import type { ButtonItem, InputItem, Item, TextItem } from './item.ts';
import { joinTexts } from './join-texts.ts';
import { limits } from './limits.ts';
import { below, type Loss } from './loss.ts';
import { readActionList, readActions, readSelectAction } from './read-actions.ts';
import { readColumnSet } from './read-columns.ts';
import { readImage, readImageSet, readMedia } from './read-media.ts';
import { readTable } from './read-table.ts';
import { readFactSet, readRichTextBlock, readTextBlock } from './read-text.ts';
import { choiceIn, isClose, isShown, lose, type Reading, sourceOf, toggledIds, wordsIn } from './reading.ts';
import { withTone } from './tone.ts';

type Reader = (node: JsonObject, path: string, reading: Reading) => Item[];

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['TextBlock', readTextBlock],
  ['RichTextBlock', readRichTextBlock],
  ['FactSet', readFactSet],
  ['Container', readContainer],
  ['ColumnSet', readColumnSet],
  ['Table', readTable],
  ['Image', readImage],
  ['ImageSet', readImageSet],
  ['Media', readMedia],
  ['ActionSet', (node, path, reading) => readActionList(node, path, reading, false)],
  ['Input.Text', readInput],
  ['Input.Number', readInput],
  ['Input.Date', readInput],
  ['Input.Time', readInput],
  ['Input.Toggle', readInput],
  ['Input.ChoiceSet', readInput],
]);

/** What a card does by itself, which nothing in Slack can do for it. */
const cardHabits: Readonly<Record<string, string>> = {
  refresh: 'Slack does not refresh a card by itself',
  authentication: 'Slack does not sign a person in from a card',
};

export interface ReadCard {
  items: Item[];
  losses: Loss[];
}

/** `before`: what was lost before the card got here. */
export function readCard(card: JsonObject, markdown: boolean, before: readonly Loss[] = []): ReadCard {
  const reading: Reading = {
    markdown,
    losses: [...before],
    told: new Set(before.map(({ path }) => path)),
    revealed: toggledIds(card),
    names: new Set(),
    scope: '',
    readList,
  };
  for (const [habit, reason] of Object.entries(cardHabits).filter(([key]) => isObject(card[key]))) {
    lose(reading, below('', habit), card, reason);
  }
  noteBackground(card, '', reading);
  const items = joinTexts([
    ...readList(card['body'], '/body', reading),
    ...readSelectAction(card, '', reading),
    ...readActionList(card, '', reading, true),
  ]);
  return { items: withoutLooseAsking(items), losses: reading.losses };
}

/** A button asks first only where there is something to ask that it would send. */
function withoutLooseAsking(items: readonly Item[]): Item[] {
  const scopes = new Set(inputsOf(items).map(({ scope }) => scope));
  return items.map((item) => (item.kind === 'buttons' ? { ...item, buttons: item.buttons.map(settled) } : item));

  function settled(button: ButtonItem): ButtonItem {
    const { does, scope } = button;
    const asks = does.kind === 'send' && does.asks && [...scopes].some((around) => scope.startsWith(around));
    return does.kind === 'send' ? { ...button, does: { ...does, asks } } : button;
  }
}

function readList(nodes: Json | undefined, path: string, reading: Reading): Item[] {
  if (nodes === undefined || nodes === null) {
    return [];
  }
  if (!Array.isArray(nodes)) {
    lose(reading, path, nodes, 'a list of elements is expected here');
    return [];
  }
  return nodes.flatMap((node, index) => readElement(node, below(path, index), reading));
}

function readElement(node: Json, path: string, reading: Reading): Item[] {
  if (!isObject(node)) {
    lose(reading, path, node, 'it is no element');
    return [];
  }
  if (!isShown(node, path, reading)) {
    return [];
  }
  const reader = readers.get(wordsIn(node, 'type'));
  const why = reader === undefined ? 'an unknown kind of element' : whyNot(node);
  if (reader === undefined || why !== null) {
    return readFallback(node, path, reading, why ?? '');
  }
  noteBackground(node, path, reading);
  const items = [...reader(node, path, reading), ...readSelectAction(node, path, reading)];
  return node['separator'] === true && items.length > 0 ? [{ kind: 'divider' }, ...items] : items;
}

/** Null when Slack can show it in some way. */
function whyNot(node: JsonObject): string | null {
  if (!isMet(node['requires'])) {
    return 'it requires what Slack does not have';
  }
  return node['type'] === 'Media' && isObject(node['fallback']) ? 'Slack plays no media in a message' : null;
}

function readFallback(node: JsonObject, path: string, reading: Reading, why: string): Item[] {
  const { fallback } = node;
  if (isObject(fallback)) {
    lose(reading, path, node, `${why}; its fallback is shown`);
    return readElement(fallback, below(path, 'fallback'), reading);
  }
  lose(reading, path, node, `${why}; left out`);
  return [];
}

/** Only versions of Adaptive Cards themselves can be met: Slack has none of the features that hosts name. */
function isMet(requires: Json | undefined): boolean {
  if (!isObject(requires)) {
    return true;
  }
  return Object.entries(requires).every(([feature, version]) => {
    const [major = 0, minor = 0] = typeof version === 'string' ? version.split('.').map(Number) : [];
    return feature === 'adaptiveCards' && (version === '*' || major < 1 || (major === 1 && minor <= 5));
  });
}

function noteBackground(node: JsonObject, path: string, reading: Reading): void {
  const { backgroundImage } = node;
  if (isObject(backgroundImage) || wordsIn(node, 'backgroundImage') !== '') {
    lose(reading, below(path, 'backgroundImage'), node, 'Slack has no pictures behind text');
  }
}

function readContainer(node: JsonObject, path: string, reading: Reading): Item[] {
  const items = joinTexts(reading.readList(node['items'], below(path, 'items'), reading));
  const toned = withTone(items, choiceIn(node, 'style'), sourceOf(node, path));
  const [first, ...rest] = toned;
  const joins = isClose(node) && toned.length === items.length && first !== undefined && first === items[0];
  return first?.kind === 'text' ? [{ ...first, joins: joins && isShort(first) } satisfies TextItem, ...rest] : toned;
}

/** Longer texts keep a block of their own, so that a list of them can be told apart. */
function isShort(text: TextItem): boolean {
  return text.parts.flatMap((part) => part.lines).length <= 2;
}

function readInput(node: JsonObject, path: string, reading: Reading): Item[] {
  const name = nameFor(wordsIn(node, 'id'), reading.names);
  reading.names.add(name);
  const { inlineAction } = node;
  return [
    { kind: 'input', input: node, name, scope: reading.scope, source: sourceOf(node, path) },
    ...(isObject(inlineAction) ? readActions([inlineAction], () => below(path, 'inlineAction'), reading, false) : []),
  ];
}

function nameFor(id: string, taken: ReadonlySet<string>): string {
  if (id !== '' && id.length <= limits.id && !taken.has(id)) {
    return id;
  }
  let number = taken.size + 1;
  while (taken.has(`input-${number}`)) {
    number += 1;
  }
  return `input-${number}`;
}

/** All inputs of a card in reading order, for those who read a filled form. */
export function inputsOf(items: readonly Item[]): InputItem[] {
  return items.filter((item) => item.kind === 'input');
}
