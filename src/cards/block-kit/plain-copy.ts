/**
 * A copy of whatever came in that is surely a finite tree of JSON: nothing that follows has to fear a circle, a
 * function, or a tower that is too high for the stack.
 */
import { isObject, type Json } from '../adaptive-card.ts';
import { below, type Loss } from './loss.ts';

/** Levels of JSON; a container inside a container takes two. Hand-made cards stay far below 40. */
const maxDepth = 256;

export function plainCopy(value: unknown): { copy: Json; losses: Loss[] } {
  const losses: Loss[] = [];
  const parents = new Set<unknown>();

  function copyOf(node: unknown, path: string): Json | undefined {
    if (node === null || typeof node === 'string' || typeof node === 'boolean') {
      return node;
    }
    if (typeof node === 'number') {
      return Number.isFinite(node) ? node : null;
    }
    if (typeof node !== 'object') {
      return undefined;
    }
    if (parents.has(node) || parents.size >= maxDepth) {
      const reason = parents.has(node) ? 'it contains itself' : `it is nested more than ${maxDepth} levels deep`;
      losses.push({ path, element: typeOf(node), reason });
      return undefined;
    }
    parents.add(node);
    const copy: Json = Array.isArray(node)
      ? node.map((item, index) => copyOf(item, below(path, index)) ?? null)
      : Object.fromEntries(
          Object.entries(node).flatMap(([key, part]) => {
            const copied = copyOf(part, below(path, key));
            return copied === undefined ? [] : [[key, copied]];
          }),
        );
    parents.delete(node);
    return copy;
  }

  return { copy: copyOf(value, '') ?? null, losses };
}

/** The type of an element as its author wrote it, or what kind of value it is. */
export function typeOf(node: unknown): string {
  if (isObject(node)) {
    const { type } = node;
    return typeof type === 'string' && type !== '' ? type : 'object';
  }
  return Array.isArray(node) ? 'array' : node === null ? 'null' : typeof node;
}
