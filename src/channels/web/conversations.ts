/**
 * The rooms of the local page, and who may look into which. Three channels, and one private conversation per person
 * with the bot. Somebody without a role is in none of the channels: they may write in `team`, as a guest would, and see
 * there only their own words and what is addressed to them.
 */
import type { Person, PersonId } from '../../flows/people.ts';
import type { ChatMessage } from '../../store/chat.ts';

export interface Conversation {
  id: string;
  title: string;
  kind: 'channel' | 'direct';
}

const channels: readonly Conversation[] = [
  { id: 'team', title: 'Team', kind: 'channel' },
  { id: 'on-call', title: 'On call', kind: 'channel' },
  { id: 'support', title: 'Support', kind: 'channel' },
];

const guestChannel = 'team';

function directOf(person: PersonId): Conversation {
  return { id: `dm-${person}`, title: 'Causeway', kind: 'direct' };
}

/** What stands in this person's list. */
export function conversationsOf(person: Person): Conversation[] {
  const open = isMember(person) ? channels : channels.filter((channel) => channel.id === guestChannel);
  return [...open, directOf(person.id)];
}

export function findConversation(id: string, people: readonly Person[]): Conversation | null {
  const known = [...channels, ...people.map((person) => directOf(person.id))];
  return known.find((conversation) => conversation.id === id) ?? null;
}

export function mayWrite(person: Person, conversation: Conversation): boolean {
  return conversationsOf(person).some((open) => open.id === conversation.id);
}

export function maySee(person: Person, message: Pick<ChatMessage, 'conversation' | 'onlyFor' | 'sender'>): boolean {
  if (message.onlyFor !== null) {
    return message.onlyFor === person.id;
  }
  if (message.conversation.startsWith('dm-')) {
    return message.conversation === directOf(person.id).id;
  }
  return isMember(person) || message.sender === person.id;
}

function isMember(person: Person): boolean {
  return person.roles.length > 0;
}
