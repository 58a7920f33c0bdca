/** Alerts of Azure, the threads that they run in, and digests that were posted; `tables.ts` says what the columns mean. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alert')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('fired', 'integer', (column) => column.notNull())
    .addColumn('resolved', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('alert_of_case').on('alert').columns(['case_id', 'resolved']).execute();
  await db.schema
    .createTable('alert_thread')
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('turn', 'integer', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('over_at', 'text')
    .addPrimaryKeyConstraint('alert_thread_key', ['environment', 'rule'])
    .execute();
  await db.schema.createIndex('alert_thread_of_case').on('alert_thread').columns(['case_id']).execute();
  await db.schema
    .createTable('digest')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('digest_key', ['channel', 'day'])
    .execute();
}
