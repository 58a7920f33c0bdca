/** Finds every text of a card that people see, and how clients read it. Values and ids are left alone. */
import { type AdaptiveCard, isObject, type Json, type JsonObject, textOf } from '../../cards/adaptive-card.ts';

/** Measured with Microsoft's playground: text blocks and facts are Markdown, everything else is shown as it is. */
export type Reading = 'markdown' | 'plain';

type Change = (text: string, reading: Reading) => string;

export function changeTexts(card: AdaptiveCard, change: Change): AdaptiveCard {
  return changeIn(card, change) as AdaptiveCard;
}

const plainKeys: ReadonlySet<string> = new Set(['label', 'placeholder', 'title', 'altText', 'text', 'tooltip']);

function changeIn(node: Json, change: Change): Json {
  if (Array.isArray(node)) {
    return node.map((item) => changeIn(item, change));
  }
  if (!isObject(node)) {
    return node;
  }
  const changed = Object.entries(node).map(([key, value]): [string, Json] => {
    if (node['type'] === 'FactSet' && key === 'facts' && Array.isArray(value)) {
      return [key, value.map((fact) => (isObject(fact) ? changeFact(fact, change) : fact))];
    }
    const reading = readingOf(node, key);
    return [key, typeof value === 'string' && reading !== null ? change(value, reading) : changeIn(value, change)];
  });
  return Object.fromEntries(changed);
}

function changeFact(fact: JsonObject, change: Change): JsonObject {
  const { title: _title, value: _value, ...rest } = fact;
  return {
    title: change(textOf(fact, 'title'), 'markdown'),
    value: change(textOf(fact, 'value'), 'markdown'),
    ...rest,
  };
}

/** Null for what is no text to be shown. A choice has no type; its title is shown, its value is what is sent. */
function readingOf(element: JsonObject, key: string): Reading | null {
  if (element['type'] === 'TextBlock') {
    return key === 'text' ? 'markdown' : null;
  }
  const isChoice = element['type'] === undefined;
  return (isChoice ? key === 'title' : plainKeys.has(key)) ? 'plain' : null;
}
