/**
 * The private chat with one person, named before a platform has said which of its conversations that is. Teams and Slack
 * make theirs when something is sent there first; no id of a conversation of theirs looks like this.
 */
import type { PersonId } from '../flows/people.ts';

const mark = '@';

export function personalConversation(person: PersonId): string {
  return `${mark}${person}`;
}

/** Null for every other conversation. */
export function readerOf(conversation: string): PersonId | null {
  return conversation.startsWith(mark) ? conversation.slice(mark.length) : null;
}
