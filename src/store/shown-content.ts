/** What a message said at an earlier revision; the message itself only knows what it says now. */
import type { MessageContent, ShowMessage } from '../flows/effect.ts';
import { fromJson } from './json.ts';
import type { Message } from './messages.ts';
import type { Reader } from './store.ts';

/** Each effect that shows a message makes one revision of it, in the order in which they were stored. */
export async function contentAt(db: Reader, message: Message, revision: number): Promise<MessageContent | null> {
  if (message.revision === revision) {
    return message.content;
  }
  const row = await db
    .selectFrom('effect')
    .select('body')
    .where('message_key', '=', message.key)
    .orderBy('seq')
    .offset(revision - 1)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : (fromJson(row.body) as ShowMessage).content;
}
