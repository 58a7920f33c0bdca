/**
 * What may be bound to a statement. node:sqlite takes an object in the first position for named parameters and stores
 * null without a word, and `pg` would write it as JSON; both turn `undefined` into null. So nothing but plain values
 * gets through, on either database.
 */
import { StoreError } from './store-error.ts';

export type Bindable = null | string | number | bigint | Uint8Array;

export function requireBindable(values: readonly unknown[]): Bindable[] {
  return values.map((value, index) => {
    if (isBindable(value)) return value;
    throw new StoreError(
      `Binding parameter ${index + 1} of a statement: ${describe(value)} is no database value. ` +
        'Pass text, a number, bytes or null; serialise anything else in the query file.',
    );
  });
}

function isBindable(value: unknown): value is Bindable {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Uint8Array
  );
}

/** The kind only: the value itself may be somebody's text. */
function describe(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'bare object'}` : typeof value;
}
