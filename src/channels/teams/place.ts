/**
 * How a place of ours and a conversation of Teams name each other. A thread of a channel is part of the conversation's
 * id there (`19:…@thread.tacv2;messageid=1700000000000`); chats have no threads. This is the only file that knows it.
 */
import type { Place } from '../../flows/event.ts';

/** `flat`: a personal or a group chat, where everything stands in one line. */
export type Layout = 'threads' | 'flat';

export interface TeamsPlace {
  /** Without a thread. */
  conversation: string;
  thread: string | null;
}

const threadMark = ';messageid=';

export function decodeConversation(id: string): TeamsPlace {
  const at = id.indexOf(threadMark);
  if (at < 0) {
    return { conversation: id, thread: null };
  }
  const thread = id.slice(at + threadMark.length);
  return { conversation: id.slice(0, at), thread: thread === '' ? null : thread };
}

/** Where a message has to be sent. The thread of a chat is ours alone, so Teams is not told of it. */
export function encodeConversation({ conversation, thread }: TeamsPlace, layout: Layout): string {
  return layout === 'threads' && thread !== null ? `${conversation}${threadMark}${thread}` : conversation;
}

export function placeOf({ conversation, thread }: TeamsPlace): Place {
  return { platform: 'teams', conversation, thread };
}

/** Teams says what a conversation is; where it does not, the id of a channel can be told. */
export function layoutOf(conversation: { id: string; conversationType?: string | null | undefined }): Layout {
  const { conversationType } = conversation;
  if (conversationType === 'channel') {
    return 'threads';
  }
  if (conversationType === 'personal' || conversationType === 'groupChat') {
    return 'flat';
  }
  return /@thread\.(?:tacv2|skype)\b/.test(conversation.id) || conversation.id.includes(threadMark)
    ? 'threads'
    : 'flat';
}

/**
 * The platform's id of a message of ours. An answer for one person alone stands in another conversation than the one
 * that it belongs to, and an edit has to find it there.
 */
export interface Posted {
  activity: string;
  /** Null: where the message belongs. */
  elsewhere: string | null;
}

const elsewhereMark = ' in ';

export function encodePosted({ activity, elsewhere }: Posted): string {
  return elsewhere === null ? activity : `${activity}${elsewhereMark}${elsewhere}`;
}

export function decodePosted(platformId: string): Posted {
  const [activity = '', ...elsewhere] = platformId.split(elsewhereMark);
  return { activity, elsewhere: elsewhere.length === 0 ? null : elsewhere.join(elsewhereMark) };
}
