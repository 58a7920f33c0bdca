/** Somebody's message on its way to the desk: whose words it has, and what was taken out of them. */
import { cutText } from '../cards/text.ts';
import { redact } from '../flows/redact.ts';

/** As much as the reply field of the card takes. */
export const longestWords = 3_000;

export interface WordsToSend {
  /** As they go out. */
  text: string;
  /** What whoever sends them should know; empty for nothing. */
  notes: string[];
}

/** @param author whose words they are, when somebody else sends them */
export function wordsToSend(words: string, author: string | null): WordsToSend {
  const { removed, text } = redact(author === null ? words : `${author} wrote:\n${words}`);
  const short = cutText(text, longestWords);
  return {
    text: short,
    notes: [
      ...(removed.length === 0 ? [] : [`Taken out before it is sent: ${removed.join(', ')}.`]),
      ...(short === text ? [] : ['It was longer than a reply may be, so its end is missing here.']),
    ],
  };
}

/** What whoever sends it has to know first. */
export function sendingText(ticket: number): string {
  return `This goes to ticket ${ticket} as a public comment in your name. Everybody who reads the ticket sees it; nothing else of this conversation is sent.`;
}
