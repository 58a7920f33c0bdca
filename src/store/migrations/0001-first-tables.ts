/** The first set of tables; `tables.ts` says what the columns mean. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { isPostgres } from '../dialect.ts';

type Database = Kysely<unknown>;

export async function up(db: Database): Promise<void> {
  await createCases(db);
  await createEffects(db);
  await createMessages(db);
  await createPlans(db);
  await createTickets(db);
  await createAudit(db);
  await createUpkeep(db);
  await createChat(db);
}

/** A growing number as primary key. SQLite must not give a number again after its row was deleted, hence autoincrement. */
function serial<Name extends string>(table: CreateTableBuilder<Name>, db: Database) {
  return isPostgres(db)
    ? table.addColumn('seq', 'bigint', (column) => column.generatedAlwaysAsIdentity().primaryKey())
    : table.addColumn('seq', 'integer', (column) => column.autoIncrement().primaryKey());
}

async function createCases(db: Database): Promise<void> {
  await db.schema
    .createTable('conversation')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('thread', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('conversation_key', ['platform', 'conversation', 'thread'])
    .execute();
  await serial(db.schema.createTable('event'), db)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('case_id', 'text')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('reply', 'text')
    .addColumn('revision', 'integer')
    .addColumn('failed', 'text')
    .execute();
  await db.schema.createIndex('event_of_case').on('event').columns(['case_id', 'seq']).execute();
  await db.schema
    .createTable('flow')
    .addColumn('case_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('audit_seq', 'integer', (column) => column.notNull())
    .addColumn('audit_head', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('fact')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .execute();
}

async function createEffects(db: Database): Promise<void> {
  await serial(db.schema.createTable('effect'), db)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('lane', 'text')
    .addColumn('message_key', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'double precision', (column) => column.notNull().defaultTo(0))
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('run_id', 'text')
    .addColumn('outcome', 'text')
    .addColumn('finished_at', 'text')
    .execute();
  await createEffectIndexes(db);
}

/** Rows that are finished leave the partial indexes, so that looking for work costs the same after years. */
async function createEffectIndexes(db: Database): Promise<void> {
  const unfinished = sql<boolean>`status in ('open', 'leased')`;
  await db.schema.createIndex('effect_lane').on('effect').columns(['lane', 'seq']).where(unfinished).execute();
  await db.schema.createIndex('effect_queue').on('effect').columns(['kind', 'seq']).where(unfinished).execute();
  await db.schema.createIndex('effect_due').on('effect').columns(['kind', 'status', 'due_at']).execute();
  await db.schema.createIndex('effect_of_message').on('effect').columns(['message_key', 'seq']).execute();
}

async function createMessages(db: Database): Promise<void> {
  await db.schema
    .createTable('message')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('thread', 'text')
    .addColumn('platform_id', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('sent_revision', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('verbs', 'text', (column) => column.notNull())
    .addColumn('only_for', 'text')
    .execute();
  await db.schema.createIndex('message_of_case').on('message').column('case_id').execute();
  await db.schema
    .createTable('token')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('message_key', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('verbs', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('token_of_message').on('token').columns(['message_key', 'revision']).execute();
  await db.schema
    .createTable('click')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .execute();
}

async function createPlans(db: Database): Promise<void> {
  await db.schema
    .createTable('plan')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('step')
    .addColumn('plan_id', 'text', (column) => column.notNull())
    .addColumn('step_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('request', 'text')
    .addColumn('operation', 'text')
    .addColumn('etag', 'text')
    .addColumn('answer', 'text')
    .addColumn('error', 'text')
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addPrimaryKeyConstraint('step_key', ['plan_id', 'step_id'])
    .execute();
  await db.schema
    .createTable('approval')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('plan_id', 'text', (column) => column.notNull())
    .addColumn('plan_hash', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('reason', 'text')
    .execute();
  await db.schema.createIndex('approval_status').on('approval').columns(['status', 'asked_at']).execute();
}

async function createTickets(db: Database): Promise<void> {
  await db.schema
    .createTable('ticket')
    .addColumn('case_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'bigint')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text')
    .execute();
  await db.schema.createIndex('ticket_number').on('ticket').column('ticket_id').execute();
}

async function createAudit(db: Database): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('payload_digest', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_key', ['case_id', 'seq'])
    .execute();
  await db.schema
    .createTable('audit_payload')
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_payload_key', ['case_id', 'seq'])
    .execute();
  await db.schema
    .createTable('anchor')
    .addColumn('seq', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('cases', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('anchor_case')
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('head', 'text', (column) => column.notNull())
    .addColumn('anchor', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('anchor_case_key', ['case_id', 'seq'])
    .execute();
  await db.schema.createIndex('anchor_case_of_anchor').on('anchor_case').column('anchor').execute();
}

async function createUpkeep(db: Database): Promise<void> {
  await db.schema
    .createTable('lock')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('until', 'double precision', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('secret')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function createChat(db: Database): Promise<void> {
  await db.schema
    .createTable('chat_message')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull().unique())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('thread', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('speaker', 'text')
    .addColumn('only_for', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('message_key', 'text')
    .addColumn('card', 'text')
    .addColumn('verbs', 'text', (column) => column.notNull())
    .addColumn('mention', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('chat_of_conversation').on('chat_message').columns(['conversation', 'seq']).execute();
  await db.schema.createIndex('chat_of_message').on('chat_message').column('message_key').execute();
  await db.schema
    .createTable('chat_seen')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('chat_seen_key', ['person', 'conversation'])
    .execute();
  await db.schema
    .createTable('chat_file')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('bytes', isPostgres(db) ? 'bytea' : 'blob', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
