/** Which case a thread of a chat belongs to. */
import type { Place } from '../flows/event.ts';
import { inserted } from './row-count.ts';
import type { Reader, Tx } from './store.ts';

export async function caseOfThread(db: Reader, place: Place): Promise<string | null> {
  const row = await db
    .selectFrom('conversation')
    .select('case_id')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .where('thread', '=', place.thread ?? '')
    .executeTakeFirst();
  return row?.case_id ?? null;
}

/** False when the thread belongs to a case already; it stays with that one. */
export async function bindThread(tx: Tx, place: Place, caseId: string): Promise<boolean> {
  const result = await tx
    .insertInto('conversation')
    .values({
      platform: place.platform,
      conversation: place.conversation,
      thread: place.thread ?? '',
      case_id: caseId,
    })
    .onConflict((conflict) => conflict.columns(['platform', 'conversation', 'thread']).doNothing())
    .executeTakeFirstOrThrow();
  return inserted(result);
}
