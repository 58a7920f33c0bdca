/** Short ways to say what a message effect says. */
import type { PersonId } from '../policy/people.ts';
import type { CardContent } from './card.ts';
import type { MessageContent, ShowMessage } from './effect.ts';
import type { Place } from './event.ts';

interface Options {
  verbs?: readonly string[];
  mention?: readonly PersonId[];
  onlyFor?: PersonId;
  speaker?: string;
  /** Somebody has to see it who does not follow the thread. */
  broadcast?: boolean;
}

/** Seconds after which an answer to one person alone is dropped: the person has moved on by then. */
const ephemeralSeconds = 600;

export function showCard(
  message: string,
  to: Place,
  text: string,
  card: CardContent,
  options: Options = {},
): ShowMessage {
  return show(message, to, { text, card, speaker: options.speaker ?? null }, options);
}

export function showText(message: string, to: Place, text: string, options: Options = {}): ShowMessage {
  const loud = options.broadcast === true ? { broadcast: true } : {};
  return show(message, to, { text, card: null, speaker: options.speaker ?? null, ...loud }, options);
}

/** A text that stands by itself, such as a script: shown as it is written, or sent as a file. */
export function showDocument(
  message: string,
  to: Place,
  text: string,
  document: NonNullable<MessageContent['document']>,
): ShowMessage {
  return show(message, to, { text, card: null, speaker: null, document }, {});
}

function show(message: string, to: Place, content: MessageContent, options: Options): ShowMessage {
  return {
    kind: 'message',
    type: 'show',
    message,
    to,
    content,
    verbs: options.verbs ?? [],
    mention: options.mention ?? [],
    onlyFor: options.onlyFor ?? null,
    expiresInSeconds: options.onlyFor === undefined ? null : ephemeralSeconds,
  };
}

/** A kind word for one person alone, with a way out; it never becomes part of the thread's story. */
export function whisper(
  key: string,
  to: Place,
  person: PersonId,
  title: string,
  text: string,
  wayOut: string,
): ShowMessage {
  const card: CardContent = { name: 'notice', data: { title, tone: 'warning', text, wayOut, lines: [] } };
  return showCard(key, to, `${title}. ${text}`, card, { onlyFor: person });
}
