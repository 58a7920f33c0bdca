/**
 * `POST /_sim/say`: a person writes something. The app hears of it where it is mentioned, and in direct messages; of links
 * that it registered, everywhere.
 */
import { z } from 'zod/v4';
import { newId } from './account.ts';
import { isJson } from './blocks/check.ts';
import type { Outcome } from './deliveries.ts';
import { shownFile, storedFile } from './file-methods.ts';
import { tellLinks } from './links.ts';
import { onWire, place } from './messages.ts';
import { asTyped, authorOf, eventEnvelope, newEventId } from './payloads.ts';
import type { Json, Message, Room, User } from './records.ts';
import { idsOf, person, placeOf, readMove, type Stage } from './scene.ts';

const Say = z.strictObject({
  user: z.string(),
  channel: z.string(),
  thread: z.string().nullish(),
  text: z.string(),
  mention: z.boolean().default(false),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        text: z.string().default(''),
        mimetype: z.string().default('text/plain'),
      }),
    )
    .default([]),
  /** The text comes as it is, as from an app or an old client; without it three characters are escaped. */
  raw: z.boolean().default(false),
});

export interface Said extends Outcome {
  ts: string;
  channel: string;
  /** False: the app hears nothing of this. */
  delivered: boolean;
  /** How the app took `link_shared`; absent where it hears of no link. */
  linkShared?: Outcome;
}

export async function say(stage: Stage, body: unknown): Promise<Said> {
  const { account } = stage;
  const said = readMove(Say, body, 'This cannot be said');
  const user = person(account, said.user);
  const room = placeOf(account, user, said.channel);
  const typed = said.raw ? said.text : asTyped(said.text, idsOf(account));
  const mention = `<@${account.botUserId}>`;
  const text = said.mention && !typed.includes(mention) ? `${mention} ${typed}` : typed;
  const files = said.files.map((file) =>
    storedFile(account, { ...file, id: newId('F'), bytes: Buffer.from(file.text), user: user.id }),
  );
  account.world.files.push(...files);
  const message = place(
    account,
    room,
    {
      ...authorOf(account, user),
      text,
      client_msg_id: crypto.randomUUID(),
      blocks: [richTextOf(text)],
      ...(files.length > 0 && { files: files.map(shownFile), upload: false }),
    },
    { thread: said.thread ?? undefined },
  );
  const words = await tellWords(stage, room, message, user);
  const linkShared = await tellLinks(stage, room, message, user);
  return { ts: message.ts, channel: room.id, ...words, ...(linkShared !== null && { linkShared }) };
}

async function tellWords(
  { account, deliveries }: Stage,
  room: Room,
  message: Message,
  user: User,
): Promise<Outcome & { delivered: boolean }> {
  const isMentioned = message.text.includes(`<@${account.botUserId}>`);
  const event = heard(room, isMentioned, account.settings.scopes, onWire(message), user);
  if (event === null || !room.members.includes(account.botUserId)) {
    return { delivered: false, id: '', status: 0, body: null, retries: 0 };
  }
  const id = newEventId();
  const outcome = await deliveries.send('event', eventEnvelope(account, id, room, event), id);
  return { delivered: true, ...outcome };
}

/** What the app does in direct messages comes back to it, as everything there does. */
export function echo({ account, deliveries }: Stage, room: Room, event: Json): void {
  const { echoes, scopes } = account.settings;
  if (room.kind === 'im' && echoes && scopes.includes('im:history')) {
    const id = newEventId();
    const whole = { ...event, channel: room.id, channel_type: 'im', event_ts: event['ts'] };
    deliveries.tell('event', eventEnvelope(account, id, room, whole), id);
  }
}

/** Null: the app did not subscribe to this, or has no right to it. */
function heard(room: Room, isMentioned: boolean, scopes: readonly string[], message: Json, user: User): Json | null {
  const base = { ...message, channel: room.id, event_ts: message['ts'] };
  if (room.kind === 'im') {
    const subtype = message['files'] === undefined ? {} : { subtype: 'file_share' };
    return scopes.includes('im:history') ? { ...base, ...subtype, type: 'message', channel_type: 'im' } : null;
  }
  if (!isMentioned || !scopes.includes('app_mentions:read') || user.is_bot) {
    return null;
  }
  const { parent_user_id: _parent, ...event } = base as Json;
  return { ...event, type: 'app_mention' };
}

/** What the composer makes of plain words. */
function richTextOf(text: string): Json {
  const elements = text
    .split(/(<@[A-Z0-9]+>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const user = /^<@([A-Z0-9]+)>$/.exec(part)?.[1];
      return user === undefined ? { type: 'text', text: part } : { type: 'user', user_id: user };
    });
  return {
    type: 'rich_text',
    block_id: newId('').slice(0, 5),
    elements: [{ type: 'rich_text_section', elements }].filter(isJson),
  };
}
