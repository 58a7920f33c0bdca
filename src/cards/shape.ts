/**
 * Brings card data into the shape of its sample: every key of the sample is there, text is text, lists are lists, and
 * nothing else gets through. So a template never shows a placeholder, and no object of a stranger becomes a button.
 */
import { isObject, type Json, type JsonObject } from './adaptive-card.ts';
import { cutText, visibleText } from './text.ts';

/** How much of long data is shown. */
export interface Limits {
  /** Entries of a list. */
  items: number;
  /** Entries to choose from. */
  choices: number;
  /** UTF-16 units of one text. */
  text: number;
}

/** Lists whose entries are choices of an input: an entry like "… and 3 more" could be chosen, so none is added. */
const choiceLists: ReadonlySet<string> = new Set(['environments', 'networks', 'linkServices', 'choices']);
/** Lists whose entries become inputs; an entry that only says something would be asked for. */
const inputLists: ReadonlySet<string> = new Set(['asks']);

export function shapeLike(sample: unknown, value: unknown, limits: Limits): Json {
  if (Array.isArray(sample)) {
    return shapeList(sample[0], Array.isArray(value) ? value : [], limits);
  }
  if (isObject(sample)) {
    return shapeObject(sample, isObject(value) ? value : {}, limits);
  }
  if (typeof sample === 'boolean') {
    return value === true;
  }
  if (typeof sample === 'number') {
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  }
  return cutText(visibleText(textFrom(value)), limits.text);
}

function textFrom(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function shapeObject(sample: JsonObject, value: JsonObject, limits: Limits): JsonObject {
  const entries = Object.entries(sample).map(([key, part]): [string, Json] => {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    if (choiceLists.has(key) && Array.isArray(own) && Array.isArray(part)) {
      return [key, shapeChoices(part[0], own, chosenIn(value), limits)];
    }
    if (inputLists.has(key) && Array.isArray(own)) {
      return [key, shapeLike(part, own.slice(0, limits.items), limits)];
    }
    return [key, shapeLike(part, own, limits)];
  });
  return Object.fromEntries(entries);
}

function chosenIn(value: JsonObject): ReadonlySet<string> {
  return new Set(Object.values(value).filter((part) => typeof part === 'string'));
}

/** What is chosen already stays in the list, however long it is; a value is never cut, because it has to match. */
function shapeChoices(sample: unknown, choices: readonly Json[], chosen: ReadonlySet<string>, limits: Limits): Json[] {
  const usable = choices.filter((choice) => isObject(choice) && textFrom(choice['value']).length <= limits.text);
  const [first, rest] = [
    usable.filter((choice) => isChosen(choice, chosen)),
    usable.filter((choice) => !isChosen(choice, chosen)),
  ];
  const kept = usable.length > limits.choices ? [...first, ...rest].slice(0, limits.choices) : usable;
  return kept.map((choice) => shapeLike(sample, choice, limits));
}

function isChosen(choice: Json, chosen: ReadonlySet<string>): boolean {
  return isObject(choice) && chosen.has(textFrom(choice['value']));
}

function shapeList(sample: unknown, values: readonly unknown[], limits: Limits): Json[] {
  const shaped = values.slice(0, limits.items).map((value) => shapeLike(sample, value, limits));
  const more = values.length - shaped.length;
  return more > 0 ? [...shaped, ...moreEntry(sample, `… and ${more} more`)] : shaped;
}

/** An entry that says how many were left out, where the list can hold one. */
function moreEntry(sample: unknown, words: string): Json[] {
  if (typeof sample === 'string') {
    return [words];
  }
  if (!isObject(sample)) {
    return [];
  }
  const keys = Object.keys(sample);
  const told = keys.includes('text') ? 'text' : (keys[0] ?? '');
  const rest = keys.map((key): [string, string] => [key, key === 'tone' ? 'default' : '']);
  return [{ ...Object.fromEntries(rest), [told]: words }];
}
