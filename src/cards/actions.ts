/**
 * The buttons of a filled card: only those that this revision of the message offers, each with its own token. Authority
 * never travels in a card; the token only says which button of which revision was pressed.
 */
import {
  type AdaptiveCard,
  executesIn,
  isObject,
  type Json,
  type JsonObject,
  sendsInputs,
  textOf,
} from './adaptive-card.ts';
import { settleInputs } from './settle.ts';

/** The card as one viewer gets it. Inputs that no button sends any more are shown as settled answers. */
export function placeTokens(
  card: AdaptiveCard,
  verbs: readonly string[],
  tokenFor: (verb: string) => string,
): AdaptiveCard {
  const offered = new Set(verbs);
  const placed = placeIn(card, offered, tokenFor) as AdaptiveCard;
  return executesIn(placed).some((action) => sendsInputs(action)) ? placed : settleInputs(placed);
}

/** Undefined for what is not offered. */
function placeIn(node: Json, offered: ReadonlySet<string>, tokenFor: (verb: string) => string): Json | undefined {
  if (Array.isArray(node)) {
    return node.map((item) => placeIn(item, offered, tokenFor)).filter((item) => item !== undefined);
  }
  if (!isObject(node)) {
    return node;
  }
  if (node['type'] === 'Action.Execute') {
    const verb = textOf(node, 'verb');
    return offered.has(verb) ? withToken(node, verb, tokenFor(verb)) : undefined;
  }
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    const placed = placeIn(value, offered, tokenFor);
    const isGone = placed === undefined || (key === 'actions' && Array.isArray(placed) && placed.length === 0);
    return isGone ? [] : [[key, placed]];
  });
  const isEmptySet = node['type'] === 'ActionSet' && !entries.some(([key]) => key === 'actions');
  return isEmptySet ? undefined : Object.fromEntries(entries);
}

function withToken(action: JsonObject, verb: string, token: string): JsonObject {
  const { data, fallback } = action;
  const placed: JsonObject = { ...action, verb, data: { ...(isObject(data) ? data : {}), token } };
  if (isObject(fallback)) {
    const own = fallback['data'];
    placed['fallback'] = { ...fallback, data: { ...(isObject(own) ? own : {}), verb, token } };
  }
  return placed;
}
