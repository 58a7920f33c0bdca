/** Looking into bodies of plans, and taking them apart piece by piece. */
import { addressOfKey, type Json, type ResourceId } from '../plan.ts';

export type Fields = { readonly [key: string]: Json };

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The fields at this place; none when something else stands there. */
export function fieldsAt(value: Json, ...path: readonly string[]): Fields {
  const found = valueAt(value, ...path);
  return isFields(found) ? found : {};
}

export function valueAt(value: Json, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => (isFields(at) ? at[key] : undefined), value);
}

/** Empty when there is no text. */
export function textAt(value: Json, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** Null when it is no list of texts. */
export function textsAt(value: Json, ...path: readonly string[]): readonly string[] | null {
  const found = valueAt(value, ...path);
  return isList(found) && found.every((item) => typeof item === 'string') ? found : null;
}

/** The private endpoint whose address stands here once it is known; null for any other value. */
export function endpointOf(value: Json): ResourceId | null {
  const endpoint = isFields(value) ? value[addressOfKey] : undefined;
  return typeof endpoint === 'string' ? endpoint : null;
}

/** Private endpoints whose addresses a body needs, each once. */
export function endpointsIn(value: Json): ResourceId[] {
  const endpoint = endpointOf(value);
  if (endpoint !== null) {
    return [endpoint];
  }
  const inner = isList(value) ? value : isFields(value) ? Object.values(value) : [];
  const found = inner.flatMap(endpointsIn);
  return found.filter((id, index) => found.findIndex((other) => other.toLowerCase() === id.toLowerCase()) === index);
}

/** Every text in a value, wherever it stands. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  const inner = isList(value) ? value : isFields(value) ? Object.values(value) : [];
  return inner.flatMap(textsIn);
}
