/**
 * A card whose questions are over: its inputs become plain lines, so that nobody types into a field that nothing reads,
 * and the answers stay readable.
 */
import {
  type AdaptiveCard,
  choicesOf,
  isInput,
  isObject,
  type Json,
  type JsonObject,
  textOf,
} from './adaptive-card.ts';

export function settleInputs(card: AdaptiveCard): AdaptiveCard {
  return settleIn(card) as AdaptiveCard;
}

function settleIn(node: Json): Json {
  if (Array.isArray(node)) {
    return settleList(node);
  }
  return isObject(node) ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, settleIn(value)])) : node;
}

/** Neighbouring inputs share one list of facts; an input without an answer disappears. */
function settleList(items: readonly Json[]): Json[] {
  const settled: Json[] = [];
  let facts: Json[] | null = null;
  for (const item of items) {
    if (!isObject(item) || !isInput(item)) {
      settled.push(settleIn(item));
      facts = null;
      continue;
    }
    const answer = answerOf(item);
    if (answer === '') {
      continue;
    }
    if (facts === null) {
      facts = [];
      settled.push({ type: 'FactSet', facts });
    }
    facts.push({ title: textOf(item, 'label'), value: answer });
  }
  return settled.filter((item) => !isEmptyContainer(item));
}

function answerOf(input: JsonObject): string {
  const value = textOf(input, 'value');
  if (input['type'] !== 'Input.ChoiceSet') {
    return value;
  }
  const chosen = new Set(value.split(','));
  const titles = choicesOf(input).filter((choice) => choice.value === value || chosen.has(choice.value));
  return titles.map((choice) => choice.title).join(', ');
}

function isEmptyContainer(item: Json): boolean {
  return isObject(item) && item['type'] === 'Container' && Array.isArray(item['items']) && item['items'].length === 0;
}
