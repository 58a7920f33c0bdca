/** What people changed about verdicts, for the list of the support lead; `tables.ts` says what the columns mean. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('override')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('from_scope', 'text', (column) => column.notNull())
    .addColumn('from_route', 'text', (column) => column.notNull())
    .addColumn('from_severity', 'text')
    .addColumn('to_scope', 'text', (column) => column.notNull())
    .addColumn('to_route', 'text', (column) => column.notNull())
    .addColumn('to_severity', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('tables_version', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('override_newest').on('override').columns(['at', 'id']).execute();
}
