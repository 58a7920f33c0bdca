/** What a ticket is about, where it goes on, and when it was looked at; `tables.ts` says what the columns mean. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const texts = ['subject', 'requester', 'environment', 'symptom', 'source'];
  for (const name of texts) {
    await db.schema
      .alterTable('ticket')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  }
  for (const name of ['expected_at', 'read_at', 'seen_at']) {
    await db.schema.alterTable('ticket').addColumn(name, 'text').execute();
  }
  await db.schema.alterTable('ticket').addColumn('followed_id', 'bigint').execute();
  await db.schema.createIndex('ticket_followed').on('ticket').column('followed_id').execute();
  await db.schema.createIndex('ticket_alike').on('ticket').columns(['environment', 'symptom', 'status']).execute();
}
