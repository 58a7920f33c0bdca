/**
 * Coloured words on a ground of the same colour can hardly be read in Teams (measured with Microsoft's playground). The
 * ground and the words themselves tell the state, so words on a coloured ground are dark.
 */
import { type AdaptiveCard, isObject, type Json } from '../../cards/adaptive-card.ts';

const colouredGrounds: ReadonlySet<Json | undefined> = new Set(['good', 'attention', 'warning', 'accent']);

export function readable(card: AdaptiveCard): AdaptiveCard {
  return readableIn(card, false) as AdaptiveCard;
}

function readableIn(node: Json, onColour: boolean): Json {
  if (Array.isArray(node)) {
    return node.map((item) => readableIn(item, onColour));
  }
  if (!isObject(node)) {
    return node;
  }
  const inside = node['type'] === 'TextBlock' ? onColour : onColour || colouredGrounds.has(node['style']);
  const kept = Object.entries(node).filter(([key]) => !(key === 'color' && inside));
  return Object.fromEntries(kept.map(([key, value]) => [key, readableIn(value, inside)]));
}
