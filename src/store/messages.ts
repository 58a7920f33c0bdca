/** The bot's messages: what each says now, where it stands, and the platform's id of it. */
import type { Selectable } from 'kysely';
import type { MessageContent } from '../flows/effect.ts';
import type { Place, Platform } from '../flows/event.ts';
import { fromJson } from './json.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface NewMessage {
  /** `case/message` */
  key: string;
  caseId: string;
  place: Place;
  content: MessageContent;
  verbs: readonly string[];
  onlyFor: string | null;
}

export interface Message extends NewMessage {
  /** Null until it was posted. */
  platformId: string | null;
  revision: number;
  /** Newest revision that reached the platform; 0 when none did. */
  sentRevision: number;
}

/** Stores what a message says now and returns its revision, from 1. A message stays at the place where it was first. */
export async function upsertMessage(tx: Tx, message: NewMessage): Promise<number> {
  const row = await tx
    .insertInto('message')
    .values({
      key: message.key,
      case_id: message.caseId,
      platform: message.place.platform,
      conversation: message.place.conversation,
      thread: message.place.thread,
      platform_id: null,
      revision: 1,
      sent_revision: 0,
      content: JSON.stringify(message.content),
      verbs: JSON.stringify(message.verbs),
      only_for: message.onlyFor,
    })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((old) => ({
        revision: old('message.revision', '+', 1),
        content: old.ref('excluded.content'),
        verbs: old.ref('excluded.verbs'),
        only_for: old.ref('excluded.only_for'),
      })),
    )
    .returning('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

/** The platform has this revision now. A later one that went out meanwhile stays the newest. */
export async function markSent(tx: Tx, key: string, sent: { platformId: string; revision: number }): Promise<void> {
  await tx
    .updateTable('message')
    .set({ platform_id: sent.platformId, sent_revision: sent.revision })
    .where('key', '=', key)
    .where('sent_revision', '<', sent.revision)
    .execute();
}

export async function readMessage(db: Reader, key: string): Promise<Message | null> {
  const row = await db.selectFrom('message').selectAll().where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

/** By key. */
export async function listMessages(db: Reader, caseId: string): Promise<Message[]> {
  const rows = await db.selectFrom('message').selectAll().where('case_id', '=', caseId).orderBy('key').execute();
  return rows.map(toMessage);
}

function toMessage(row: Selectable<Tables['message']>): Message {
  return {
    key: row.key,
    caseId: row.case_id,
    // Only places that a flow named are ever stored here.
    place: { platform: row.platform as Platform, conversation: row.conversation, thread: row.thread },
    content: fromJson(row.content) as MessageContent,
    verbs: fromJson(row.verbs) as string[],
    onlyFor: row.only_for,
    platformId: row.platform_id,
    revision: row.revision,
    sentRevision: row.sent_revision,
  };
}
