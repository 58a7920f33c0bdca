/** Fills somebody's template with data, once. Data stays data: text in it is never expanded, and no object of it becomes an element. */
// The package's own entry drags in another package's TypeScript sources; this file of it is all that is needed.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import { isObject } from '../adaptive-card.ts';
import { below, type Loss } from './loss.ts';
import { typeOf } from './plain-copy.ts';

export function fillTemplate(card: unknown, data: unknown): { card: unknown; losses: Loss[] } {
  try {
    const filled: unknown = new Template(card).expand({ $root: data });
    const losses: Loss[] = [];
    return { card: withoutSmuggled(filled, '', partsOf(data), losses), losses };
  } catch (error) {
    const reason = `the template could not be filled: ${error instanceof Error ? error.message : String(error)}`;
    return {
      card,
      losses: [{ path: '', element: 'AdaptiveCard', reason: reason.slice(0, 300).replaceAll(/\s+/g, ' ') }],
    };
  }
}

/** Every object and list inside the data, by identity: an expression hands them on as they are. */
function partsOf(data: unknown, parts = new Set<unknown>()): Set<unknown> {
  if (typeof data === 'object' && data !== null && !parts.has(data)) {
    parts.add(data);
    Object.values(data).forEach((part) => partsOf(part, parts));
  }
  return parts;
}

/** An element or action is what has a type; choices and facts have none and may come from data. */
function withoutSmuggled(node: unknown, path: string, data: ReadonlySet<unknown>, losses: Loss[]): unknown {
  if (Array.isArray(node)) {
    return node.map((item, index) => withoutSmuggled(item, below(path, index), data, losses));
  }
  if (!isObject(node)) {
    return node;
  }
  if (data.has(node) && Object.hasOwn(node, 'type')) {
    losses.push({ path, element: typeOf(node), reason: 'it comes from the data, which is shown as text only' });
    return null;
  }
  const entries = Object.entries(node).map(([key, part]) => [
    key,
    withoutSmuggled(part, below(path, key), data, losses),
  ]);
  return Object.fromEntries(entries);
}
