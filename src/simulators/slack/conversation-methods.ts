/** `conversations.*`: who is where, and what was said. */
import type { Account } from './account.ts';
import { refusal } from './answers.ts';
import { onWire } from './messages.ts';
import { type Method, reading, writing } from './method.ts';
import { findMessage, type Json, type Message, messagesOf, type Room } from './records.ts';
import { count, flag, required, text } from './request-args.ts';
import { openDirect, roomForApp, userForApp } from './rooms.ts';

const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

export const conversationMethods = {
  'conversations.open': writing('im:write', 'tier3', openConversation),
  'conversations.history': { ...reading(historyScopes, 'tier3', history), takesJson: true },
  'conversations.replies': reading(historyScopes, 'tier3', replies),
  'conversations.info': reading(readScopes, 'tier3', info),
  'conversations.members': reading(readScopes, 'tier4', members),
} as const satisfies Record<string, Method>;

function openConversation(account: Account, args: Json): Json {
  const ids = (text(args, 'users') ?? '').split(',').filter((id) => id !== '');
  const [only] = ids;
  if (only === undefined) {
    throw refusal('users_list_not_supplied');
  }
  if (ids.length > 1) {
    throw refusal('method_not_supported_for_channel_type');
  }
  const user = userForApp(account, only);
  if (user.deleted) {
    throw refusal('user_disabled');
  }
  if (user.is_bot) {
    throw refusal('cannot_dm_bot');
  }
  const { room, wasOpen } = openDirect(account.world, account.botUserId, user);
  return { ...(wasOpen && { no_op: true, already_open: true }), channel: { id: room.id } };
}

function history(account: Account, args: Json): Json {
  const room = seenRoom(account, args, 'history');
  const top = messagesOf(account.world, room.id).filter(
    (message) =>
      message.thread_ts === undefined || message.thread_ts === message.ts || message['subtype'] === 'thread_broadcast',
  );
  return page(args, within(args, top).toReversed());
}

function replies(account: Account, args: Json): Json {
  const room = seenRoom(account, args, 'history');
  const asked = findMessage(account.world, room.id, required(args, 'ts'));
  if (asked === undefined) {
    throw refusal('thread_not_found');
  }
  const root = asked.thread_ts ?? asked.ts;
  const thread = messagesOf(account.world, room.id).filter(
    (message) => message.ts === root || message.thread_ts === root,
  );
  const [parent, ...rest] = thread;
  return page(args, [...(parent === undefined ? [] : [parent]), ...within(args, rest)]);
}

/** Oldest first, as they came. */
function within(args: Json, messages: readonly Message[]): Message[] {
  const oldest = Number(text(args, 'oldest') ?? 0);
  const latest = Number(text(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function page(args: Json, messages: readonly Message[]): Json {
  const limit = count(args, 'limit', 100, 999);
  const cursor = text(args, 'cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().split(':')[1]);
  if (!Number.isInteger(start)) {
    throw refusal('invalid_cursor');
  }
  const shown = messages.slice(start, start + limit);
  const hasMore = messages.length > start + limit;
  const nextCursor = hasMore ? Buffer.from(`next_at:${start + limit}`).toString('base64') : '';
  return {
    messages: shown.map((message) => withoutMetadata(onWire(message), flag(args, 'include_all_metadata'))),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: nextCursor } }),
  };
}

function withoutMetadata(message: Json, keeps: boolean): Json {
  const { metadata, ...rest } = message;
  if (metadata === undefined || keeps) {
    return message;
  }
  // Without the flag only the kind of the metadata is told.
  return { ...rest, metadata: { event_type: (metadata as Json)['event_type'] } };
}

function info(account: Account, args: Json): Json {
  const room = account.world.rooms.find((entry) => entry.id === required(args, 'channel'));
  if (room === undefined || (room.is_private && !room.members.includes(account.botUserId))) {
    throw refusal('channel_not_found');
  }
  needScopeFor(account, room, 'read');
  return { channel: shownRoom(account, room, flag(args, 'include_num_members')) };
}

function shownRoom(account: Account, room: Room, withCount: boolean): Json {
  const isIm = room.kind === 'im';
  return {
    id: room.id,
    is_channel: !isIm,
    is_group: false,
    is_im: isIm,
    is_mpim: false,
    is_private: room.is_private,
    is_archived: room.is_archived,
    is_shared: room.is_ext_shared,
    is_ext_shared: room.is_ext_shared,
    is_org_shared: false,
    context_team_id: account.teamId,
    ...(isIm
      ? { user: room.members.find((id) => id !== account.botUserId), is_open: true }
      : { name: room.name, name_normalized: room.name, is_member: room.members.includes(account.botUserId) }),
    ...(withCount && { num_members: room.members.length }),
  };
}

function members(account: Account, args: Json): Json {
  const room = seenRoom(account, args, 'read');
  return { members: room.members, response_metadata: { next_cursor: '' } };
}

function seenRoom(account: Account, args: Json, right: 'history' | 'read'): Room {
  const room = roomForApp(account, required(args, 'channel'));
  needScopeFor(account, room, right);
  return room;
}

/** Each kind of conversation has a scope of its own. */
function needScopeFor(account: Account, room: Room, right: 'history' | 'read'): void {
  const kind = room.kind === 'im' ? 'im' : room.is_private ? 'groups' : 'channels';
  const needed = `${kind}:${right}`;
  if (!account.settings.scopes.includes(needed)) {
    throw refusal('missing_scope', { needed, provided: account.settings.scopes.join(',') });
  }
}
