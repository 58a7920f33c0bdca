/** What was learned from outside, with the time at which it was read. */
import type { Fact } from '../flows/flow.ts';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import { inserted, updated } from './row-count.ts';
import type { Reader, Tx } from './store.ts';

/** Those of the keys that are known. */
export async function readFacts(db: Reader, keys: readonly string[]): Promise<Map<string, Fact<unknown>>> {
  if (keys.length === 0) return new Map();
  const rows = await db.selectFrom('fact').selectAll().where('key', 'in', keys).execute();
  return new Map(rows.map((row) => [row.key, { value: fromJson(row.value), readAt: row.read_at }]));
}

/** Puts a value in the place of the one that was read; false when another one stands there by now. */
export async function swapFact(
  tx: Tx,
  key: string,
  { before, after, at }: { before: unknown; after: unknown; at: string },
): Promise<boolean> {
  const value = JSON.stringify(after);
  const readAt = instantText(at);
  if (before === null) {
    const result = await tx
      .insertInto('fact')
      .values({ key, value, read_at: readAt })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirstOrThrow();
    return inserted(result);
  }
  const result = await tx
    .updateTable('fact')
    .set({ value, read_at: readAt })
    .where('key', '=', key)
    .where('value', '=', JSON.stringify(before))
    .executeTakeFirstOrThrow();
  return updated(result);
}

/** An older reading that arrives late does not replace a newer one. */
export async function putFact(tx: Tx, key: string, value: unknown, readAt: string): Promise<void> {
  await tx
    .insertInto('fact')
    .values({ key, value: JSON.stringify(value), read_at: instantText(readAt) })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ value: row.ref('excluded.value'), read_at: row.ref('excluded.read_at') }))
        .whereRef('fact.read_at', '<=', 'excluded.read_at'),
    )
    .execute();
}
