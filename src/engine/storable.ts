/** What both databases accept: PostgreSQL's jsonb refuses NUL characters and halves of surrogate pairs. */
import type { Json } from './engine.ts';

/**
 * A copy of `value` as it will be read back. A text that only one database refuses would otherwise fail the step that
 * produced it after its work was done, and run it again.
 */
export function storable(value: unknown): Json {
  // `undefined` has no JSON text at all.
  return JSON.parse(JSON.stringify(value, replaceText) ?? 'null') as Json;
}

function replaceText(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Object.keys(value).every((key) => storableText(key) === key)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [storableText(key), entry]));
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
