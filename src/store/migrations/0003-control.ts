/** What stops or holds up changes, and what a lock is held for; `tables.ts` says what the columns mean. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('control')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('environments', 'text')
    .addColumn('mode', 'text')
    .addColumn('from', 'text', (column) => column.notNull())
    .addColumn('until', 'text')
    .addColumn('lifted_by', 'text')
    .addColumn('lifted_at', 'text')
    .addColumn('lifted_because', 'text')
    .execute();
  await db.schema.createIndex('control_in_force').on('control').columns(['lifted_at', 'kind']).execute();
  await db.schema
    .alterTable('lock')
    .addColumn('about', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
