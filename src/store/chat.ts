/** The local page's own transcript: what the platform's servers are to Teams and Slack. */
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { CardContent } from '../flows/card.ts';
import { isPostgres } from './dialect.ts';
import { instantText } from './instant.ts';
import { fromJson, toJsonOrNull } from './json.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface ChatContent {
  revision: number;
  /** Name shown when the sender speaks for somebody else. */
  speaker: string | null;
  text: string;
  /** Rendered per viewer; null for plain text. */
  card: CardContent | null;
  verbs: readonly string[];
  mention: readonly string[];
}

export interface NewChatMessage extends ChatContent {
  id: string;
  conversation: string;
  /** Id of the thread's first message; null at top level. */
  thread: string | null;
  /** Person id, or `causeway`. */
  sender: string;
  onlyFor: string | null;
  /** Key of the bot's message; null for what people write. */
  messageKey: string | null;
  at: string;
}

export interface ChatMessage extends NewChatMessage {
  /** Grows with every new or edited message, in the order in which they can be seen. */
  seq: number;
}

/** Returns the message's `seq`. */
export async function appendChat(tx: Tx, message: NewChatMessage): Promise<number> {
  const row = await tx
    .insertInto('chat_message')
    .values(toRow(message, await nextSeq(tx)))
    .returning('seq')
    .executeTakeFirstOrThrow();
  return row.seq;
}

/** A message that stands there already, because it was sent before, stays as it is. */
export async function appendChatOnce(tx: Tx, message: NewChatMessage): Promise<void> {
  await tx
    .insertInto('chat_message')
    .values(toRow(message, await nextSeq(tx)))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Returns the new `seq`; null when there is no such message. It keeps its place and time. */
export async function editChat(tx: Tx, id: string, content: ChatContent): Promise<number | null> {
  const row = await tx
    .updateTable('chat_message')
    .set({ seq: await nextSeq(tx), ...toColumns(content) })
    .where('id', '=', id)
    .returning('seq')
    .executeTakeFirst();
  return row?.seq ?? null;
}

/** The bot's message of this key, in case it was posted by somebody who did not live to say so. */
export async function findChat(db: Reader, messageKey: string): Promise<ChatMessage | null> {
  const row = await db
    .selectFrom('chat_message')
    .selectAll()
    .where('message_key', '=', messageKey)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

/** New and edited messages after this `seq`, oldest first, also those that only one person may see. */
export async function listChat(db: Reader, conversation: string, afterSeq: number): Promise<ChatMessage[]> {
  const rows = await db
    .selectFrom('chat_message')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return rows.map(toMessage);
}

/** How many messages of others this person may see and has not. */
export async function conversationsUnread(db: Reader, person: string, conversation: string): Promise<number> {
  const seen = await db
    .selectFrom('chat_seen')
    .select('seq')
    .where('person', '=', person)
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  const row = await db
    .selectFrom('chat_message')
    .select((all) => all.fn.countAll<number>().as('unread'))
    .where('conversation', '=', conversation)
    .where('seq', '>', seen?.seq ?? 0)
    .where('sender', '<>', person)
    .where((message) => visibleTo(message, person))
    .executeTakeFirstOrThrow();
  return row.unread;
}

/** Never goes back. */
export async function markSeen(tx: Tx, person: string, conversation: string, seq: number): Promise<void> {
  await tx
    .insertInto('chat_seen')
    .values({ person, conversation, seq })
    .onConflict((conflict) =>
      conflict
        .columns(['person', 'conversation'])
        .doUpdateSet((row) => ({ seq: row.ref('excluded.seq') }))
        .whereRef('chat_seen.seq', '<', 'excluded.seq'),
    )
    .execute();
}

export interface ChatFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  at: string;
}

export async function putFile(tx: Tx, file: ChatFile): Promise<void> {
  await tx
    .insertInto('chat_file')
    .values({ ...file, at: instantText(file.at) })
    .execute();
}

export async function readFile(db: Reader, id: string): Promise<ChatFile | null> {
  return (await db.selectFrom('chat_file').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Any number will do that nothing else in this database takes. */
const transcriptLock = 4_017_226;

/**
 * One more than the newest. On PostgreSQL the next to ask waits until this write has ended, so that messages become
 * visible in the order of their `seq`: a reader who goes on after the newest one it saw misses none.
 */
async function nextSeq(tx: Tx): Promise<number> {
  if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${sql.lit(transcriptLock)})`.execute(tx);
  const newest = await tx
    .selectFrom('chat_message')
    .select((all) => all.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return (newest?.seq ?? 0) + 1;
}

function visibleTo(message: ExpressionBuilder<Tables, 'chat_message'>, person: string) {
  return message.or([message('only_for', 'is', null), message('only_for', '=', person)]);
}

function toRow(message: NewChatMessage, seq: number) {
  return {
    id: message.id,
    seq,
    conversation: message.conversation,
    thread: message.thread,
    sender: message.sender,
    only_for: message.onlyFor,
    message_key: message.messageKey,
    at: instantText(message.at),
    ...toColumns(message),
  };
}

function toColumns(content: ChatContent) {
  return {
    revision: content.revision,
    speaker: content.speaker,
    text: content.text,
    card: toJsonOrNull(content.card),
    verbs: JSON.stringify(content.verbs),
    mention: JSON.stringify(content.mention),
  };
}

function toMessage(row: Selectable<Tables['chat_message']>): ChatMessage {
  return {
    id: row.id,
    seq: row.seq,
    conversation: row.conversation,
    thread: row.thread,
    revision: row.revision,
    sender: row.sender,
    speaker: row.speaker,
    onlyFor: row.only_for,
    text: row.text,
    messageKey: row.message_key,
    card: fromJson(row.card) as CardContent | null,
    verbs: fromJson(row.verbs) as string[],
    mention: fromJson(row.mention) as string[],
    at: row.at,
  };
}
