/**
 * How what was posted reads. The same words in several places at once, such as an approval in its channel and in private
 * chats, are one piece of news.
 */
import type { OpenEntry } from './entry.ts';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import type { Moment } from './model.ts';
import type { People } from './people.ts';
import { listedText, placeText } from './words.ts';

export interface Posts {
  /** By number of the entry that posted them first: all entries with the same words. Null for those that follow it. */
  copies: ReadonlyMap<number, readonly OpenEntry[] | null>;
  /** Whose private chat a place is, as far as a request for approval said it; '' for a room. */
  readerAt(place: unknown): string;
}

export function postsIn(entries: readonly OpenEntry[]): Posts {
  const readers = new Map(
    entries
      .flatMap(({ changed }) => objectsOf(objectOf(changed['approval'])['copies']))
      .map((copy) => [roomOf(copy['place']), textOf(copy['reader'])] as const),
  );
  return { copies: copiesIn(entries), readerAt: (place) => readers.get(roomOf(place)) ?? '' };
}

function roomOf(place: unknown): string {
  const { conversation, platform } = objectOf(place);
  return `${textOf(platform)}/${textOf(conversation)}`;
}

function copiesIn(entries: readonly OpenEntry[]): Map<number, OpenEntry[] | null> {
  const copies = new Map<number, OpenEntry[] | null>();
  let open: OpenEntry[][] = [];
  for (const entry of entries) {
    if (entry.type !== 'message-sent') {
      open = [];
    } else if (isNews(entry)) {
      const same = open.find(([first]) => first !== undefined && saysTheSame(first, entry));
      copies.set(entry.seq, same === undefined ? [entry] : null);
      if (same === undefined) {
        open.push(copies.get(entry.seq) ?? []);
      } else {
        same.push(entry);
      }
    }
  }
  return copies;
}

/** Edits are listed with the messages; what one person alone was shown is told for itself. */
function isNews({ erased, payload }: OpenEntry): boolean {
  return !erased && payload['edited'] !== true;
}

function saysTheSame(one: OpenEntry, other: OpenEntry): boolean {
  const [first, second] = [one, other].map(({ payload }) => {
    const { speaker, text } = objectOf(payload['content']);
    return JSON.stringify([text, speaker, payload['onlyFor']]);
  });
  return first === second;
}

type Told = Pick<Moment, 'who' | 'text' | 'quote'>;

export function tellMessage({ payload, seq }: OpenEntry, people: People, posts: Posts): Told | null {
  const copies = posts.copies.get(seq) ?? null;
  if (copies === null) {
    return null;
  }
  const content = objectOf(payload['content']);
  const speaker = textOf(content['speaker']);
  const reader = people.nameOf(payload['onlyFor'], seq);
  const where = wheresOf(copies, people, posts);
  const place = reader === '' ? where : `${where}, for ${reader} alone`;
  return {
    who: 'Causeway',
    text: speaker === '' ? `posted ${place}:` : `showed ${place} what was written by ${speaker}:`,
    quote: textOf(content['text']),
  };
}

/** "in on-call in Teams, to Anna Abel, and in private to Anna Abel and Ben Berg" */
function wheresOf(copies: readonly OpenEntry[], people: People, posts: Posts): string {
  const rooms = copies
    .filter((copy) => readerOf(copy, posts) === '')
    .map((copy) => roomText(copy.payload, copy.seq, people));
  const readers = copies.map((copy) => people.nameOf(readerOf(copy, posts), copy.seq)).filter((name) => name !== '');
  const inPrivate = readers.length === 0 ? [] : [`in private to ${listedText([...new Set(readers)])}`];
  return [...rooms, ...inPrivate].join(', and ');
}

function readerOf({ payload }: OpenEntry, posts: Posts): string {
  return posts.readerAt(payload['place']);
}

function roomText({ mention, onlyFor, place }: JsonObject, seq: number, people: People): string {
  const mentioned = textOf(onlyFor) === '' ? textsOf(mention).map((id) => people.nameOf(id, seq)) : [];
  return `in ${placeText(place)}${mentioned.length === 0 ? '' : `, to ${mentioned.join(', ')}`}`;
}
