/**
 * An Adaptive Card as plain JSON. Only what every card has is typed; the rest is walked by key, because the same code
 * reads all element types.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface AdaptiveCard extends JsonObject {
  type: 'AdaptiveCard';
  version: string;
  body: Json[];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property when it is text, else ''. */
export function textOf(element: JsonObject, key: string): string {
  const value = element[key];
  return typeof value === 'string' ? value : '';
}

export function isAdaptiveCard(value: unknown): value is AdaptiveCard {
  return isObject(value) && value['type'] === 'AdaptiveCard' && Array.isArray(value['body']);
}

/** Every object in the card, parents before children, whatever it hangs from. */
export function* objectsIn(node: Json): Generator<JsonObject> {
  if (Array.isArray(node)) {
    for (const item of node) {
      yield* objectsIn(item);
    }
  } else if (isObject(node)) {
    yield node;
    for (const value of Object.values(node)) {
      yield* objectsIn(value);
    }
  }
}

export function inputsIn(card: AdaptiveCard): JsonObject[] {
  return [...objectsIn(card)].filter((element) => isInput(element));
}

export function isInput(element: JsonObject): boolean {
  return textOf(element, 'type').startsWith('Input.');
}

export function executesIn(card: AdaptiveCard): JsonObject[] {
  return [...objectsIn(card)].filter((element) => element['type'] === 'Action.Execute');
}

/** True for a button that sends what was typed; Cancel and the like carry `associatedInputs: "none"`. */
export function sendsInputs(action: JsonObject): boolean {
  return action['associatedInputs'] !== 'none';
}

/** The choices of an Input.ChoiceSet. */
export function choicesOf(input: JsonObject): { title: string; value: string }[] {
  const choices = input['choices'];
  return (Array.isArray(choices) ? choices : [])
    .filter((choice) => isObject(choice))
    .map((choice) => ({ title: textOf(choice, 'title'), value: textOf(choice, 'value') }));
}
