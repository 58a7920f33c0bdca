/** Where something happens in Slack, for the house and for who is to be told something there. */
import type { Place } from '../../flows/event.ts';
import type { Listener } from './deps.ts';
import type { Payload, PayloadOf } from './schema.ts';

export function slackPlace(conversation: string, thread: string | null): Place {
  return { platform: 'slack', conversation, thread };
}

/** The thread of a message: the one that it stands in, else the one below it. */
export function threadOf({ thread_ts: thread, ts }: { thread_ts: string | null; ts: string }): string {
  return thread ?? ts;
}

/** Where a button was pressed; null on the App Home. What only one person sees is no thread for others. */
export function placeOfAction(payload: PayloadOf<'action'>): Place | null {
  const { channel, container, message } = payload;
  const conversation = container?.channel_id ?? channel?.id ?? null;
  if (conversation === null) {
    return null;
  }
  const thread = container?.thread_ts ?? message?.thread_ts ?? null;
  const own = container?.is_ephemeral === true ? null : (container?.message_ts ?? message?.ts ?? null);
  return slackPlace(conversation, thread ?? own);
}

/** Null when nobody did it. A form has no place of its own; whoever handles it knows where its card stands. */
export function listenerOf(payload: Payload): Listener | null {
  switch (payload.kind) {
    case 'event': {
      const { channel, thread_ts: thread, user } = payload.event;
      return user === null ? null : { userId: user, conversation: channel, thread };
    }
    case 'command':
      return { userId: payload.user_id, conversation: payload.channel_id, thread: null };
    case 'action': {
      const { channel, container, message, user } = payload;
      const conversation = container?.channel_id ?? channel?.id ?? null;
      return { userId: user.id, conversation, thread: container?.thread_ts ?? message?.thread_ts ?? null };
    }
    case 'message-shortcut':
      return { userId: payload.user.id, conversation: payload.channel.id, thread: payload.message.thread_ts };
    case 'shortcut':
    case 'submission':
    case 'closed':
    case 'suggestion':
      return { userId: payload.user.id, conversation: null, thread: null };
    default: {
      const never: never = payload;
      return never;
    }
  }
}
