/**
 * Response URLs: a message for the person who did something, or in place of the message on which they did it. Five
 * uses in thirty minutes, without a token.
 */
import type { SimRequest, SimResponse } from '../server.ts';
import { type Account, newSecretId, type Response } from './account.ts';
import { refusal, Refused } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { type Content, named, readContent, saysNothing } from './content.ts';
import { edit, post, postEphemeral, remove } from './messages.ts';
import { type Ephemeral, findMessage, findRoom, type Json, type Message, type Room } from './records.ts';
import { text } from './request-args.ts';

const responsePath = '/response/';
const uses = 5;
const lifeMinutes = 30;
const textLimit = 40_000;

export function newResponseUrl(account: Account, about: Pick<Response, 'user' | 'channel' | 'ts' | 'thread'>): string {
  const id = newSecretId();
  const expiresAt = account.now().add({ minutes: lifeMinutes });
  account.responses.set(id, { ...about, usesLeft: uses, expiresAt });
  return `${account.origin()}${responsePath}${id}`;
}

/** Undefined when the request goes elsewhere. */
export function answerResponseUrl(account: Account, request: SimRequest): SimResponse | undefined {
  if (!request.path.startsWith(responsePath)) {
    return undefined;
  }
  try {
    const response = spend(account, request);
    respond(account, response, readBody(request));
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (error instanceof Refused) {
      const failed = (error.response.body as { error?: unknown }).error;
      return { ...error.response, status: failed === 'used_url' || failed === 'expired_url' ? 404 : 400 };
    }
    throw error;
  }
}

function spend(account: Account, request: SimRequest): Response {
  const response = account.responses.get(request.path.slice(responsePath.length));
  if (response === undefined || Temporal.Instant.compare(account.now(), response.expiresAt) > 0) {
    throw refusal('expired_url');
  }
  if (response.usesLeft === 0) {
    throw refusal('used_url');
  }
  response.usesLeft -= 1;
  return response;
}

function readBody(request: SimRequest): Json {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw refusal('invalid_payload');
  }
  if (!isJson(body)) {
    throw refusal('invalid_payload');
  }
  return body;
}

/** @throws {Refused} */
function respond(account: Account, response: Response, body: Json): void {
  const room = findRoom(account.world, response.channel);
  if (room === undefined) {
    throw refusal('channel_not_found');
  }
  const original = originalOf(account, response);
  if (body['delete_original'] === true && original !== undefined) {
    takeBack(account, room, original);
    return;
  }
  const content = readContent(account, body, textLimit);
  if (saysNothing(content)) {
    throw refusal('no_text');
  }
  if (body['replace_original'] === true && original !== undefined) {
    replace(account, room, original, content);
    return;
  }
  sayBack(account, room, response.user, content, {
    inChannel: body['response_type'] === 'in_channel',
    thread: text(body, 'thread_ts'),
  });
}

/** Also what an answer to a slash command does. */
export function sayBack(
  account: Account,
  room: Room,
  to: string,
  content: Content,
  { inChannel, thread }: { inChannel: boolean; thread?: string | undefined },
): void {
  if (inChannel) {
    post(account, room, content, { thread });
  } else {
    postEphemeral(account, room, to, content, thread);
  }
}

function originalOf({ world }: Account, { channel, ts }: Response): Message | Ephemeral | undefined {
  if (ts === null) {
    return undefined;
  }
  return findMessage(world, channel, ts) ?? world.ephemeral.find((message) => message.ts === ts);
}

function isEphemeral(message: Message): message is Ephemeral {
  return message['is_ephemeral'] === true;
}

function takeBack(account: Account, room: Room, original: Message): void {
  if (isEphemeral(original)) {
    account.world.ephemeral.splice(account.world.ephemeral.indexOf(original), 1);
  } else {
    remove(account, room, original);
  }
}

function replace(account: Account, room: Room, original: Message, content: Content): void {
  if (!isEphemeral(original)) {
    edit(account, room, original, { text: '', ...content });
    return;
  }
  original.text = content.text ?? '';
  delete original.blocks;
  if (content.blocks !== undefined) {
    original.blocks = named(content.blocks);
  }
  original['edits'] = Number(original['edits'] ?? 0) + 1;
}
