/** What the buttons of one revision of a message are known by, and the clicks that used them. */
import type { Selectable } from 'kysely';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import { inserted } from './row-count.ts';
import type { Reader, Tx } from './store.ts';
import type { Tables } from './tables.ts';

export interface Token {
  id: string;
  caseId: string;
  messageKey: string;
  /** Revision of the message whose buttons these are. */
  revision: number;
  verbs: readonly string[];
  at: string;
}

export interface Click {
  /** As the person sent it. */
  token: string;
  person: string;
  /** The event that it became; its reply is the answer to every further click. */
  eventId: string;
}

export async function insertToken(tx: Tx, token: Token): Promise<void> {
  await tx
    .insertInto('token')
    .values({
      id: token.id,
      case_id: token.caseId,
      message_key: token.messageKey,
      revision: token.revision,
      verbs: JSON.stringify(token.verbs),
      at: instantText(token.at),
    })
    .execute();
}

export async function readToken(db: Reader, id: string): Promise<Token | null> {
  const row = await db.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

/** Of the message's newest revision that has buttons. */
export async function readNewestToken(db: Reader, messageKey: string): Promise<Token | null> {
  const row = await db
    .selectFrom('token')
    .selectAll()
    .where('message_key', '=', messageKey)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toToken(row);
}

export async function findClick(db: Reader, token: string): Promise<Click | null> {
  const row = await db.selectFrom('click').selectAll().where('token', '=', token).executeTakeFirst();
  return row === undefined ? null : { token: row.token, person: row.person, eventId: row.event_id };
}

/** False when the token was used before. */
export async function insertClick(tx: Tx, click: Click): Promise<boolean> {
  const result = await tx
    .insertInto('click')
    .values({ token: click.token, person: click.person, event_id: click.eventId })
    .onConflict((conflict) => conflict.column('token').doNothing())
    .executeTakeFirstOrThrow();
  return inserted(result);
}

function toToken(row: Selectable<Tables['token']>): Token {
  return {
    id: row.id,
    caseId: row.case_id,
    messageKey: row.message_key,
    revision: row.revision,
    verbs: fromJson(row.verbs) as string[],
    at: row.at,
  };
}
