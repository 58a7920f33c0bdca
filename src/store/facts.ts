/** What was learned from outside, with the time at which it was read. */
import type { Fact } from '../flows/flow.ts';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import type { Reader, Tx } from './store.ts';

/** Those of the keys that are known. */
export async function readFacts(db: Reader, keys: readonly string[]): Promise<Map<string, Fact<unknown>>> {
  if (keys.length === 0) return new Map();
  const rows = await db.selectFrom('fact').selectAll().where('key', 'in', keys).execute();
  return new Map(rows.map((row) => [row.key, { value: fromJson(row.value), readAt: row.read_at }]));
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
