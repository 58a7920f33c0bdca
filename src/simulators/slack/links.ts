/**
 * Links of the domains that the app has registered: the app hears of each when a person posts it (`link_shared`), in every
 * conversation, and `chat.unfurl` hangs what it has to say about them below the message.
 * Source: the pages of `link_shared` and `chat.unfurl`, with its list of errors.
 */
import { type Account, newId } from './account.ts';
import { refusal } from './answers.ts';
import { isJson } from './blocks/check.ts';
import { judgeMessageBlocks } from './blocks/judge.ts';
import type { Outcome } from './deliveries.ts';
import { edit } from './messages.ts';
import { eventEnvelope, newEventId } from './payloads.ts';
import { findMessage, findRoom, type Json, type Message, type Room, type User } from './records.ts';
import { structured, text } from './request-args.ts';
import type { Stage } from './scene.ts';

/** What the app was told of one message. */
export interface SharedLinks {
  channel: string;
  ts: string;
  urls: readonly string[];
  /** Slack takes nothing for a link as long as the app has not answered the event. */
  isTaken: boolean;
}

/** Null: nothing in it that the app registered, or may hear of. */
export async function tellLinks(
  { account, deliveries }: Stage,
  room: Room,
  message: Message,
  user: User,
): Promise<Outcome | null> {
  const links = linksIn(message.text, account.settings.unfurlDomains);
  if (links.length === 0 || !account.settings.scopes.includes('links:read')) {
    return null;
  }
  const unfurlId = `${room.id}.${message.ts}.${newId('').toLowerCase()}`;
  const shared: SharedLinks = {
    channel: room.id,
    ts: message.ts,
    urls: links.map(({ url }) => url),
    isTaken: false,
  };
  account.sharedLinks.set(unfurlId, shared);
  const id = newEventId();
  const event = {
    type: 'link_shared',
    user: user.id,
    channel: room.id,
    message_ts: message.ts,
    ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
    links,
    source: 'conversations_history',
    unfurl_id: unfurlId,
    is_bot_user_member: room.members.includes(account.botUserId),
    event_ts: account.nextTs(),
  };
  const outcome = await deliveries.send('event', eventEnvelope(account, id, room, event), id);
  shared.isTaken = outcome.status === 200;
  return outcome;
}

/** A domain stands for those below it, too. */
function linksIn(words: string, domains: readonly string[]): { domain: string; url: string }[] {
  const urls = words.match(/https?:\/\/[^\s<>|]+/g) ?? [];
  return [...new Set(urls)].flatMap((url) => {
    const host = URL.canParse(url) ? new URL(url).host : '';
    const domain = domains.find((one) => host === one || host.endsWith(`.${one}`));
    return domain === undefined ? [] : [{ domain, url }];
  });
}

export function unfurl(account: Account, args: Json): Json {
  const { room, message } = target(account, args);
  const unfurls = readUnfurls(account, args);
  if (account.settings.unfurlDomains.length === 0) {
    throw refusal('cannot_find_service');
  }
  const shared = [...account.sharedLinks.values()].find(
    (entry) => entry.channel === room.id && entry.ts === message.ts && entry.isTaken,
  );
  for (const url of Object.keys(unfurls)) {
    if (!message.text.includes(url)) {
      throw refusal('cannot_unfurl_message');
    }
    if (shared === undefined || !shared.urls.includes(url)) {
      throw refusal('cannot_unfurl_url');
    }
  }
  const attachments = Object.entries(unfurls).map(([url, content], index) =>
    attached(account, url, content, index + 1),
  );
  edit(account, room, message, { attachments });
  return {};
}

function attached({ appId, botId }: Account, url: string, content: Json, id: number): Json {
  return { ...content, id, from_url: url, app_unfurl_url: url, is_app_unfurl: true, app_id: appId, bot_id: botId };
}

/** By channel and `ts`, or by what the event called it. */
function target(account: Account, args: Json): { room: Room; message: Message } {
  const known = account.sharedLinks.get(text(args, 'unfurl_id') ?? '');
  const channel = known?.channel ?? text(args, 'channel');
  const ts = known?.ts ?? text(args, 'ts');
  if (channel === undefined) {
    throw refusal('missing_channel');
  }
  if (ts === undefined) {
    throw refusal('missing_ts');
  }
  const room = findRoom(account.world, channel);
  if (room === undefined) {
    throw refusal('cannot_find_channel');
  }
  const message = findMessage(account.world, room.id, ts);
  if (message === undefined) {
    throw refusal('cannot_find_message');
  }
  return { room, message };
}

function readUnfurls(account: Account, args: Json): Record<string, Json> {
  const given = structured(args, 'unfurls', 'invalid_unfurls_format');
  if (given === undefined) {
    throw refusal('missing_unfurls');
  }
  if (!isJson(given)) {
    throw refusal('invalid_unfurls_format');
  }
  for (const content of Object.values(given)) {
    if (!isJson(content)) {
      throw refusal('cannot_parse_attachment');
    }
    if (content['blocks'] !== undefined) {
      judgeMessageBlocks(content['blocks'], account.settings.newerBlocks);
    }
  }
  return given as Record<string, Json>;
}
