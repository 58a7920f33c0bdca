/** Everything that happened, under its id, with what was answered: an event whose id is here changes nothing again. */
import type { Event } from '../flows/event.ts';
import type { Reply } from '../flows/reply.ts';
import { instantText } from './instant.ts';
import { fromJson, toJsonOrNull } from './json.ts';
import { inserted } from './row-count.ts';
import type { Reader, Tx } from './store.ts';

/** What became of an event that was seen before. */
export interface SeenEvent {
  caseId: string | null;
  /** Null when it was stored without an answer. */
  reply: Reply | null;
  /** Revision of the case after it; null when it failed. */
  revision: number | null;
  /** Why it failed; null when it did not. */
  failed: string | null;
}

export interface NewEvent {
  id: string;
  caseId: string | null;
  at: string;
  event: Event;
}

export async function findEvent(db: Reader, id: string): Promise<SeenEvent | null> {
  const row = await db
    .selectFrom('event')
    .select(['case_id', 'reply', 'revision', 'failed'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    caseId: row.case_id,
    reply: fromJson(row.reply) as Reply | null,
    revision: row.revision,
    failed: row.failed,
  };
}

export async function readEventBody(db: Reader, id: string): Promise<Event | null> {
  const row = await db.selectFrom('event').select('body').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : (fromJson(row.body) as Event);
}

/** False when an event of this id was there already; on PostgreSQL it waits for another write that is storing it. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<boolean> {
  return insertRow(tx, event, { reply: null, failed: null });
}

export async function finishEvent(tx: Tx, id: string, result: { reply: Reply; revision: number }): Promise<void> {
  await tx
    .updateTable('event')
    .set({ reply: JSON.stringify(result.reply), revision: result.revision })
    .where('id', '=', id)
    .execute();
}

/**
 * Stores an event whose write was rolled back, with the reason and what the person was told. False when another replica
 * has stored it meanwhile, failed or not; then `findEvent` has the answer.
 */
export async function failEvent(tx: Tx, event: NewEvent & { reply: Reply; failed: string }): Promise<boolean> {
  return insertRow(tx, event, event);
}

type Ending = { reply: Reply | null; failed: string | null };

async function insertRow(tx: Tx, { id, caseId, at, event }: NewEvent, { reply, failed }: Ending): Promise<boolean> {
  const result = await tx
    .insertInto('event')
    .values({
      id,
      case_id: caseId,
      type: event.type,
      at: instantText(at),
      body: JSON.stringify(event),
      reply: toJsonOrNull(reply),
      revision: null,
      failed,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return inserted(result);
}
