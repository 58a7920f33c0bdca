/** Messages of the app and of people: posted, edited, taken back. */
import { type Account, epochSeconds } from './account.ts';
import { refusal } from './answers.ts';
import { type Content, named } from './content.ts';
import { type Ephemeral, findMessage, type Json, type Message, messagesOf, type Room } from './records.ts';

export interface Placement {
  /** `thread_ts` as given; a reply stands for its thread. */
  thread?: string | undefined;
  /** Shown in the channel too. */
  broadcast?: boolean;
  /** What else belongs to the message, such as files. */
  more?: Json;
}

/** @throws {Refused} for a thread that is not there */
export function post(account: Account, room: Room, content: Content, placement: Placement = {}): Message {
  const message = place(account, room, { ...botIdentity(account), ...shown(content) }, placement);
  account.echo(room, onWire(message));
  return message;
}

/** `body`: who says what; the rest follows. */
export function place(account: Account, room: Room, body: Json, { thread, broadcast, more }: Placement): Message {
  const parent = thread === undefined ? null : parentOf(account, room, thread);
  const message: Message = {
    type: 'message',
    ...(parent !== null && broadcast === true && { subtype: 'thread_broadcast' }),
    text: '',
    ...body,
    ...more,
    ts: account.nextTs(),
    ...(parent !== null && { thread_ts: parent.ts, parent_user_id: parent['user'] }),
  };
  messagesOf(account.world, room.id).push(message);
  if (parent !== null) {
    countReplies(account, room, parent);
  }
  return message;
}

function parentOf(account: Account, room: Room, thread: string): Message {
  const found = findMessage(account.world, room.id, thread);
  const parent =
    found?.thread_ts === undefined || found.thread_ts === found.ts
      ? found
      : findMessage(account.world, room.id, found.thread_ts);
  if (parent === undefined) {
    // What Slack does with a thread that never was is not written down; a bot should not find out by accident.
    throw refusal('cannot_reply_to_message');
  }
  return parent;
}

function repliesTo(account: Account, room: Room, parent: Message): Message[] {
  return messagesOf(account.world, room.id).filter(
    (message) => message.thread_ts === parent.ts && message.ts !== parent.ts,
  );
}

function countReplies(account: Account, room: Room, parent: Message): void {
  const replies = repliesTo(account, room, parent);
  const users = [...new Set(replies.map((reply) => reply['user']))];
  Object.assign(parent, {
    thread_ts: parent.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: false,
  });
}

export function edit(account: Account, room: Room, message: Message, content: Content): void {
  const before = onWire({ ...message });
  const { text, blocks, attachments, metadata } = content;
  if (text !== undefined) {
    message.text = text;
  }
  if (blocks !== undefined) {
    message.blocks = named(blocks);
  } else if (text !== undefined) {
    // Words without blocks take the blocks away, and only such an edit is marked as one.
    delete message.blocks;
    message['edited'] = { user: account.botUserId, ts: account.nextTs() };
  }
  if (attachments !== undefined) {
    message['attachments'] = attachments;
  }
  if (metadata !== undefined) {
    message['metadata'] = metadata ?? undefined;
  }
  message['edits'] = Number(message['edits'] ?? 0) + 1;
  account.echo(room, {
    type: 'message',
    subtype: 'message_changed',
    message: onWire(message),
    previous_message: before,
    hidden: true,
    ts: account.nextTs(),
  });
}

/** A parent whose replies stay leaves a stone behind. */
export function remove(account: Account, room: Room, message: Message): void {
  account.echo(room, {
    type: 'message',
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: onWire({ ...message }),
    hidden: true,
    ts: account.nextTs(),
  });
  const messages = messagesOf(account.world, room.id);
  if (repliesTo(account, room, message).length > 0) {
    for (const name of ['blocks', 'attachments', 'metadata', 'files', 'bot_id', 'bot_profile', 'app_id']) {
      delete message[name];
    }
    Object.assign(message, {
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: 'USLACKBOT',
      hidden: true,
    });
    return;
  }
  messages.splice(messages.indexOf(message), 1);
  const parent = message.thread_ts === undefined ? undefined : findMessage(account.world, room.id, message.thread_ts);
  if (parent !== undefined) {
    countReplies(account, room, parent);
  }
}

/** For one person's eyes. In a thread that has no reply yet, Slack takes it and shows it to nobody. */
export function postEphemeral(
  account: Account,
  room: Room,
  to: string,
  content: Content,
  thread: string | undefined,
): Ephemeral {
  const parent = thread === undefined ? undefined : findMessage(account.world, room.id, thread);
  const message: Ephemeral = {
    type: 'message',
    ...botIdentity(account),
    ...shown(content),
    ts: account.nextTs(),
    ...(thread !== undefined && { thread_ts: thread }),
    channel: room.id,
    to,
    shown: thread === undefined || (parent !== undefined && isActiveThread(account, room, parent)),
    is_ephemeral: true,
  };
  account.world.ephemeral.push(message);
  return message;
}

function isActiveThread(account: Account, room: Room, message: Message): boolean {
  return (
    message.thread_ts !== undefined &&
    (message.thread_ts !== message.ts || repliesTo(account, room, message).length > 0)
  );
}

function shown({ text, blocks, attachments, metadata }: Content): Json & { text: string } {
  return {
    text: text ?? '',
    ...(blocks !== undefined && { blocks: named(blocks) }),
    ...(attachments !== undefined && { attachments }),
    ...(metadata !== undefined && metadata !== null && { metadata }),
  };
}

function botIdentity({ botUserId, botId, appId, teamId, wall }: Account): Json {
  return {
    user: botUserId,
    bot_id: botId,
    app_id: appId,
    team: teamId,
    bot_profile: {
      id: botId,
      app_id: appId,
      name: 'Causeway',
      deleted: false,
      updated: epochSeconds(wall()),
      icons: {},
      team_id: teamId,
    },
  };
}

/** The message as clients get it: what this simulator notes down beside it stays here. */
export function onWire(message: Message): Json {
  const { edits: _edits, to: _to, shown: _shown, hidden: _hidden, ...rest } = message;
  return rest;
}
