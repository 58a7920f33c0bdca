/** `chat.*` and `reactions.add`. */
import type { Account } from './account.ts';
import { refusal } from './answers.ts';
import { readContent, saysNothing } from './content.ts';
import { unfurl } from './links.ts';
import { edit, onWire, post, postEphemeral, remove } from './messages.ts';
import { type Method, reading, writing } from './method.ts';
import { findMessage, type Json, type Message, type Room } from './records.ts';
import { flag, required, text } from './request-args.ts';
import { roomForApp, roomToPost, roomToWrite, userForApp } from './rooms.ts';

/** Slack cuts a post beyond this; a bot that gets there has lost something. */
const postTextLimit = 40_000;
const editTextLimit = 4_000;

export const chatMethods = {
  'chat.postMessage': writing('chat:write', 'post', postMessage),
  'chat.update': writing('chat:write', 'tier3', updateMessage),
  'chat.delete': writing('chat:write', 'tier3', deleteMessage),
  'chat.postEphemeral': writing('chat:write', 'tier4', postEphemeralMessage),
  'chat.unfurl': writing('links:write', 'tier3', unfurl),
  'chat.getPermalink': reading([], 'none', getPermalink),
  'reactions.add': writing('reactions:write', 'tier3', addReaction),
} as const satisfies Record<string, Method>;

function postMessage(account: Account, args: Json): Json {
  const room = roomToPost(account, required(args, 'channel'));
  const content = readContent(account, args, postTextLimit);
  if (saysNothing(content)) {
    throw refusal('no_text');
  }
  const message = post(account, room, content, {
    thread: text(args, 'thread_ts'),
    broadcast: flag(args, 'reply_broadcast'),
  });
  return { channel: room.id, ts: message.ts, message: onWire(message) };
}

function updateMessage(account: Account, args: Json): Json {
  const room = roomToWrite(account, required(args, 'channel'));
  const message = ownMessage(account, room, required(args, 'ts'), 'cant_update_message');
  const content = readContent(account, args, editTextLimit);
  if (saysNothing(content) && content.blocks === undefined) {
    throw refusal('no_text');
  }
  edit(account, room, message, content);
  return { channel: room.id, ts: message.ts, text: message.text, message: onWire(message) };
}

function deleteMessage(account: Account, args: Json): Json {
  const room = roomForApp(account, required(args, 'channel'));
  const message = ownMessage(account, room, required(args, 'ts'), 'cant_delete_message');
  remove(account, room, message);
  return { channel: room.id, ts: message.ts };
}

function ownMessage(account: Account, room: Room, ts: string, error: string): Message {
  // An ephemeral message has a ts, and nothing but a response URL changes it.
  const message = findMessage(account.world, room.id, ts);
  if (message === undefined || message['subtype'] === 'tombstone') {
    throw refusal('message_not_found');
  }
  if (message['bot_id'] !== account.botId) {
    throw refusal(error);
  }
  return message;
}

function postEphemeralMessage(account: Account, args: Json): Json {
  const room = roomToWrite(account, required(args, 'channel'));
  const to = userForApp(account, required(args, 'user'), 'user_not_in_channel');
  if (!room.members.includes(to.id)) {
    throw refusal('user_not_in_channel');
  }
  const content = readContent(account, args, postTextLimit);
  if (saysNothing(content)) {
    throw refusal('no_text');
  }
  return { message_ts: postEphemeral(account, room, to.id, content, text(args, 'thread_ts')).ts };
}

function getPermalink(account: Account, args: Json): Json {
  const room = roomForApp(account, required(args, 'channel'));
  const message = findMessage(account.world, room.id, required(args, 'message_ts'));
  if (message === undefined) {
    throw refusal('message_not_found');
  }
  const { ts, thread_ts: thread } = message;
  const inThread = thread === undefined || thread === ts ? '' : `?thread_ts=${thread}&cid=${room.id}`;
  const permalink = `https://${account.teamDomain}.slack.com/archives/${room.id}/p${ts.replace('.', '')}${inThread}`;
  return { channel: room.id, permalink };
}

function addReaction(account: Account, args: Json): Json {
  const room = roomForApp(account, required(args, 'channel'));
  const message = findMessage(account.world, room.id, required(args, 'timestamp'));
  const name = required(args, 'name');
  if (message === undefined) {
    throw refusal('message_not_found');
  }
  if (!/^[a-z0-9_+'-]+$/.test(name)) {
    throw refusal('invalid_name');
  }
  const reactions = (message['reactions'] ?? []) as { name: string; users: string[]; count: number }[];
  if (reactions.some((reaction) => reaction.name === name && reaction.users.includes(account.botUserId))) {
    throw refusal('already_reacted');
  }
  message['reactions'] = [...reactions, { name, users: [account.botUserId], count: 1 }];
  return {};
}
