/** Comparing and joining bodies as Azure sends them. */
import type { Json } from '../plan/plan.ts';

type Fields = { readonly [key: string]: Json };

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** `found` with what `patch` says, level by level; null in the patch takes a field away. Lists are replaced whole. */
export function patched(found: Json, patch: Json): Json {
  if (!isFields(found) || !isFields(patch)) {
    return patch;
  }
  const kept = Object.entries(found).filter(([key]) => !(key in patch));
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]): [string, Json] => [key, patched(found[key] ?? null, value)]);
  return Object.fromEntries([...kept, ...changed]);
}

export interface Comparison {
  /** Fields that say nothing. */
  ignored: ReadonlySet<string>;
  /** Lists of named things may hold further ones. */
  mayHoldMore: boolean;
}

const exact: Comparison = { ignored: new Set(), mayHoldMore: false };

/**
 * Path of the first thing that `wanted` says and `found` does not hold, such as `properties.subnet.id`; null when it
 * holds all. Null in `wanted` and a missing field in `found` are the same. Ids and regions are equal in any spelling.
 */
export function firstMissing(found: Json | undefined, wanted: Json, how: Comparison = exact): string | null {
  return missing({ found: found ?? null, wanted, path: '' }, how);
}

interface Pair {
  found: Json;
  wanted: Json;
  path: string;
}

function missing({ found, wanted, path }: Pair, how: Comparison): string | null {
  if (isFields(wanted)) {
    const fields = isFields(found) ? found : {};
    return firstOf(
      Object.entries(wanted).filter(([key]) => !how.ignored.has(key)),
      ([key, value]) =>
        missing({ found: fields[key] ?? null, wanted: value, path: path === '' ? key : `${path}.${key}` }, how),
    );
  }
  if (isList(wanted)) {
    const items = isList(found) ? found : [];
    const named = how.mayHoldMore && wanted.every((want) => keyOf(want) !== null);
    return items.length === wanted.length || (named && items.length > wanted.length)
      ? missingItem(items, wanted, path, how)
      : path;
  }
  return sameValue(found, wanted, path) ? null : path;
}

/** Azure gives lists back in an order of its own; texts, and what has a name or an id, are found by that. */
function missingItem(items: readonly Json[], wanted: readonly Json[], path: string, how: Comparison): string | null {
  return firstOf([...wanted.entries()], ([index, want]) => {
    const key = keyOf(want);
    const item = key === null ? items[index] : items.find((candidate) => keyOf(candidate) === key);
    return missing({ found: item ?? null, wanted: want, path: `${path}[${key ?? index}]` }, how);
  });
}

function firstOf<Item>(items: readonly Item[], look: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function keyOf(item: Json): string | null {
  if (typeof item === 'string') {
    return item.toLowerCase();
  }
  if (!isFields(item)) {
    return null;
  }
  const key = item['name'] ?? item['id'];
  return typeof key === 'string' ? key.toLowerCase() : null;
}

function sameValue(found: Json, wanted: Json, path: string): boolean {
  if (typeof found !== 'string' || typeof wanted !== 'string') {
    return found === wanted;
  }
  if (/^\/subscriptions\//i.test(wanted)) {
    return found.toLowerCase() === wanted.toLowerCase();
  }
  return path === 'location' ? regionName(found) === regionName(wanted) : found === wanted;
}

/** “West Europe” and `westeurope` are one region. */
function regionName(text: string): string {
  return text.replaceAll(' ', '').toLowerCase();
}
