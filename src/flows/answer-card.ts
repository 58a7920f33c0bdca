/** Answers from the policy: each with its source, and a warning before anything that cannot be taken back (STORYBOARD B7). */
import type { Note, NoteParty, NoteTopic } from '../policy/notes.ts';
import type { AnswerData } from './card.ts';
import { firstPart } from './first-part.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { showCard } from './message.ts';
import { groundLine, linksOf } from './support-verdict.ts';

/** What can begin where the answer is shown; a running case goes on undisturbed. */
export interface Doors {
  support: boolean;
  connect: boolean;
}

export interface Shown {
  /** Key of the message. */
  message: string;
  to: Place;
  /** The words that asked; empty when a button did. */
  asked: string;
  doors: Doors;
}

/** Begins the verb of a button that shows a note; the row follows. */
export const noteVerb = 'note-';

/** A platform cuts longer questions anyway, and a pasted log is none. */
const longestQuestion = 200;

const parties: Record<NoteParty, string> = {
  mendix: 'Mendix',
  microsoft: 'Microsoft',
  customer: 'Yours',
  shared: 'Shared',
};

const connectTopics: ReadonlySet<NoteTopic> = new Set([
  'customer-side-customizations',
  'connectivity-uses',
  'connectivity-methods',
  'peering',
  'name-resolution',
  'private-link-to-apps',
  'private-endpoint-to-services',
  'database-access',
]);

/** A note as an answer; one that warns has a card of its own that nobody overlooks. */
export function noteCard(note: Note, related: readonly Note[], shown: Shown): ShowMessage {
  const { source, review } = groundLine(note.ground);
  const data: AnswerData = {
    asked: cut(shown.asked),
    headline: note.title,
    text: note.note,
    next: note.next ?? '',
    party: note.party === null ? '' : parties[note.party],
    source,
    review,
    related: related.map(relatedButton),
    links: linksOf([note.ground]),
  };
  const verbs = [
    ...data.related.map((button) => button.verb),
    ...(shown.doors.connect && connectTopics.has(note.topic) ? ['start-connect'] : []),
    ...(shown.doors.support ? ['start-support'] : []),
  ];
  const text = `${note.warning ? 'Stop and read this first. ' : ''}${note.title}: ${note.note}`;
  return showCard(shown.message, shown.to, text, { name: note.warning ? 'warning' : 'answer', data }, { verbs });
}

/** Nothing is made up: what the policy does not say is said not to be in it. */
export function notInPolicyCard(nearest: readonly Note[], shown: Shown): ShowMessage {
  const near = nearest.length === 0 ? '' : ' What comes nearest is below.';
  const desk = shown.doors.support
    ? 'Ask the support desk: I prepare the ticket, as a general question without a fixed time.'
    : 'To ask the support desk, write your question to me in a new message.';
  const data: AnswerData = {
    asked: cut(shown.asked),
    headline: 'The policy does not say',
    text: `I answer from the policy only, and found nothing about this in it.${near}`,
    next: desk,
    party: '',
    source: '',
    review: '',
    related: nearest.map(relatedButton),
    links: [],
  };
  const verbs = [...(shown.doors.support ? ['ask-desk'] : []), ...data.related.map((button) => button.verb)];
  return showCard(shown.message, shown.to, `${data.headline}. ${desk}`, { name: 'answer', data }, { verbs });
}

function relatedButton(note: Note): { title: string; verb: string } {
  return { title: note.title, verb: `${noteVerb}${note.row}` };
}

function cut(asked: string): string {
  const line = asked.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longestQuestion ? line : `${firstPart(line, longestQuestion - 1).trimEnd()}…`;
}
