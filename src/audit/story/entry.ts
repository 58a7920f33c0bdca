/** An entry of the chain, opened: the parts that every teller looks at. */
import type { StoredEntry } from '../check-entry.ts';
import { isObject, type JsonObject, objectOf, textOf } from './json.ts';

export interface OpenEntry {
  seq: number;
  at: string;
  type: string;
  /** Empty when it was erased. */
  payload: JsonObject;
  erased: boolean;
  event: JsonObject;
  /** What the case holds since then, by name; what stands elsewhere in the entry is put in. */
  changed: JsonObject;
  /** Where the case stood afterwards, such as `connect` and `planned`; '' for what was no event of it. */
  flow: string;
  state: string;
}

export function openEntry({ seq, at, type, payload: body }: StoredEntry): OpenEntry {
  const whole = body === null ? {} : objectOf(JSON.parse(body));
  // What belongs to a case that never began stands in the chain of the house.
  const payload = 'of' in whole && isObject(whole['note']) ? whole['note'] : whole;
  const changed = Object.entries(objectOf(payload['changed'])).map(([name, value]) => [name, follow(value, payload)]);
  return {
    seq,
    at,
    type,
    payload,
    erased: body === null,
    event: objectOf(payload['event']),
    changed: Object.fromEntries(changed) as JsonObject,
    flow: textOf(payload['flow']),
    state: textOf(payload['state']),
  };
}

/** `{ as: 'projections.0.plan' }` stands for what is there in the same entry. */
function follow(value: unknown, payload: JsonObject): unknown {
  const path = isObject(value) && Object.keys(value).length === 1 ? textOf(value['as']) : '';
  if (!/^(?:event|projections)\./.test(path)) {
    return value;
  }
  return path
    .split('.')
    .reduce<unknown>((at, key) => (Array.isArray(at) ? at[Number(key)] : objectOf(at)[key]), payload);
}
