/** What became of messages that stand in several places: the watchdog's look at them. */
import type { Place, Platform } from '../flows/event.ts';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import type { Reader } from './store.ts';

export interface PostedCopy {
  /** Key of the message. */
  key: string;
  place: Place;
  revision: number;
  /** Newest revision that reached the platform; 0 when none did. */
  sentRevision: number;
  /** A revision is on its way. */
  isUnderWay: boolean;
}

/** What was last tried in a place on behalf of a case, and has come to an end. */
export interface LastTry {
  place: Place;
  failed: boolean;
  because: string;
}

export interface PostedInCase {
  copies: PostedCopy[];
  /** One per place. */
  tries: LastTry[];
}

/** Top-level messages of this case in the conversations of these, and how it went with them. */
export async function readPosted(db: Reader, caseId: string, keys: readonly string[]): Promise<PostedInCase> {
  const messages = await db
    .selectFrom('message')
    .select(['key', 'platform', 'conversation', 'revision', 'sent_revision'])
    .where('case_id', '=', caseId)
    .where('thread', 'is', null)
    .execute();
  const named = messages.filter(({ key }) => keys.includes(key));
  const inThesePlaces = messages.filter((message) => named.some((copy) => placeName(copy) === placeName(message)));
  const efforts =
    inThesePlaces.length === 0
      ? []
      : await effortsFor(
          db,
          inThesePlaces.map(({ key }) => key),
        );
  const placeOfKey = new Map(inThesePlaces.map((message) => [message.key, message]));
  const lasts = new Map<string, LastTry>();
  // Oldest first, so that the newest of each place stays.
  for (const { message_key, outcome, status } of efforts.filter((row) => row.finished_at !== null)) {
    const message = message_key === null ? undefined : placeOfKey.get(message_key);
    if (message !== undefined) {
      const failed = status === 'failed';
      lasts.set(placeName(message), { place: placeOf(message), failed, because: failed ? wordsOf(outcome) : '' });
    }
  }
  return {
    copies: named.map((message) => ({
      key: message.key,
      place: placeOf(message),
      revision: message.revision,
      sentRevision: message.sent_revision,
      isUnderWay: efforts.some((row) => row.message_key === message.key && row.finished_at === null),
    })),
    tries: [...lasts.values()],
  };
}

function effortsFor(db: Reader, keys: readonly string[]) {
  return db
    .selectFrom('effect')
    .select(['message_key', 'status', 'outcome', 'finished_at'])
    .where('message_key', 'in', keys)
    .where('status', 'in', ['open', 'leased', 'done', 'failed'])
    .orderBy('finished_at')
    .orderBy('seq')
    .execute();
}

/** Cases with a message of such a name that could not be sent since then. */
export async function casesWithFailed(db: Reader, since: string, namePart: string): Promise<string[]> {
  const rows = await db
    .selectFrom('effect')
    .select('case_id')
    .distinct()
    .where('kind', '=', 'message')
    .where('status', '=', 'failed')
    .where('finished_at', '>=', instantText(since))
    .where('message_key', 'like', `%/${namePart}%`)
    .execute();
  return rows.map(({ case_id }) => case_id);
}

interface InPlace {
  platform: string;
  conversation: string;
}

function placeName({ conversation, platform }: InPlace): string {
  return `${platform}/${conversation}`;
}

function placeOf({ conversation, platform }: InPlace): Place {
  // Only places that a flow named are ever stored here.
  return { platform: platform as Platform, conversation, thread: null };
}

function wordsOf(outcome: string | null): string {
  const said = fromJson(outcome);
  return typeof said === 'string' ? said : '';
}
