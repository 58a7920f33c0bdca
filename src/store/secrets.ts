/** Keys that the bot makes for itself and that all replicas share. */
import type { Reader, Tx } from './store.ts';

/** Makes the secret on the first call ever; returns the stored one. */
export async function secretOf(tx: Tx, name: string, make: () => string): Promise<string> {
  const known = await readSecret(tx, name);
  if (known !== null) return known;
  await tx
    .insertInto('secret')
    .values({ name, value: make() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  // Not the one just made: another replica may have been first.
  const row = await tx.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}

export async function readSecret(db: Reader, name: string): Promise<string | null> {
  const row = await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}
