/** What the page asks the transcript, beyond the plain list of `store/chat.ts`. */
import type { Person } from '../../flows/people.ts';
import { type ChatMessage, listChat } from '../../store/chat.ts';
import type { Reader } from '../../store/store.ts';
import { conversationsOf, maySee } from './conversations.ts';

export type Posted = Pick<ChatMessage, 'id' | 'conversation' | 'thread' | 'sender' | 'onlyFor'>;

/** Where a message stands and whose it is; null when there is none in this conversation. */
export async function findPosted(db: Reader, conversation: string, id: string): Promise<Posted | null> {
  const row = await db
    .selectFrom('chat_message')
    .select(['id', 'conversation', 'thread', 'sender', 'only_for as onlyFor'])
    .where('conversation', '=', conversation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function newestSeq(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('chat_message')
    .select((all) => all.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Everything new or edited that this person may see, wherever it stands, in the order in which it happened. */
export async function newsFor(db: Reader, person: Person, afterSeq: number): Promise<ChatMessage[]> {
  const lists = await Promise.all(
    conversationsOf(person).map((conversation) => listChat(db, conversation.id, afterSeq)),
  );
  return lists
    .flat()
    .filter((message) => maySee(person, message))
    .toSorted((left, right) => left.seq - right.seq);
}

/** An edit of a living card is silent; what is new, or calls this person by name, counts. */
export async function unreadOf(db: Reader, person: Person, conversation: string): Promise<number> {
  const seen = await db
    .selectFrom('chat_seen')
    .select('seq')
    .where('person', '=', person.id)
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  const messages = await listChat(db, conversation, seen?.seq ?? 0);
  return messages.filter(
    (message) => message.sender !== person.id && maySee(person, message) && isNews(message, person),
  ).length;
}

function isNews(message: ChatMessage, person: Person): boolean {
  return message.revision === 1 || message.mention.includes(person.id);
}

/** Id of the tokens of exactly the revision that the page shows, by message id; older ones would be stale at once. */
export async function tokenIdsOf(db: Reader, messages: readonly ChatMessage[]): Promise<Map<string, string>> {
  const keys = messages.map((message) => message.messageKey).filter((key) => key !== null);
  if (keys.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('token')
    .select(['id', 'message_key', 'revision'])
    .where('message_key', 'in', keys)
    .execute();
  const ids = new Map(rows.map((row) => [`${row.message_key} ${row.revision}`, row.id]));
  return new Map(
    messages.flatMap((message): [string, string][] => {
      const id = ids.get(`${message.messageKey} ${message.revision}`);
      return id === undefined ? [] : [[message.id, id]];
    }),
  );
}
