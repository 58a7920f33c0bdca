/**
 * What a message does besides being read: whom it calls, and where its links lead. Slack takes both out of `mrkdwn`, of
 * `rich_text`, of `markdown` and of the text beside the blocks; never out of `plain_text`, nor out of the words of a
 * `rich_text`.
 */
import type { Json, Room, World } from './records.ts';

export interface Effects {
  mentions: { users: string[]; channels: string[]; broadcast: string[] };
  links: { url: string; label: string }[];
}

/** Reading of one message; the sets keep the order in which things were found. */
interface Reading {
  users: Set<string>;
  channels: Set<string>;
  broadcast: Set<string>;
  links: Effects['links'];
  rooms: readonly Room[];
}

/** `content`: a message or a view. */
export function effectsOf(world: World, content: Json): Effects {
  const reading: Reading = {
    users: new Set(),
    channels: new Set(),
    broadcast: new Set(),
    links: [],
    rooms: world.rooms,
  };
  if (typeof content['text'] === 'string') {
    readMrkdwn(content['text'], false, reading);
  }
  readNode(content['blocks'], reading);
  readNode(content['attachments'], reading);
  const { users, channels, broadcast, links } = reading;
  return { mentions: { users: [...users], channels: [...channels], broadcast: [...broadcast] }, links };
}

function readNode(node: unknown, reading: Reading): void {
  if (Array.isArray(node)) {
    for (const entry of node) {
      readNode(entry, reading);
    }
  } else if (typeof node === 'object' && node !== null) {
    readObject(node as Json, reading);
  }
}

function readObject(node: Json, reading: Reading): void {
  const { type, text } = node;
  if (type === 'mrkdwn') {
    readMrkdwn(String(text), node['verbatim'] === true, reading);
    return;
  }
  if (type === 'markdown') {
    readMarkdown(String(text), reading);
    return;
  }
  readRichText(node, reading);
  if (type === 'button' && typeof node['url'] === 'string') {
    reading.links.push({ url: node['url'], label: String((text as Json | undefined)?.['text']) });
  }
  for (const inner of Object.values(node)) {
    readNode(inner, reading);
  }
}

function readRichText(node: Json, { users, channels, broadcast, links }: Reading): void {
  const { type } = node;
  if (type === 'user' && typeof node['user_id'] === 'string') {
    users.add(node['user_id']);
  } else if (type === 'channel' && typeof node['channel_id'] === 'string') {
    channels.add(node['channel_id']);
  } else if (type === 'usergroup' && typeof node['usergroup_id'] === 'string') {
    broadcast.add(`subteam:${node['usergroup_id']}`);
  } else if (type === 'broadcast' && typeof node['range'] === 'string') {
    broadcast.add(node['range']);
  } else if ((type === 'link' || type === 'date' || type === 'url') && typeof node['url'] === 'string') {
    const label = node['text'] ?? node['fallback'] ?? node['url'];
    links.push({ url: node['url'], label: typeof label === 'string' ? label : node['url'] });
  }
}

/** `verbatim`: bare words stay what they are; without it Slack makes links and mentions of some. */
function readMrkdwn(text: string, verbatim: boolean, reading: Reading): void {
  const plain = text.replaceAll(/<([^<>\n]+)>/g, (_whole, inner: string) => {
    readToken(inner, reading);
    return ' ';
  });
  if (verbatim) {
    return;
  }
  for (const [url] of plain.matchAll(/\bhttps?:\/\/[^\s<>|"'`]+/g)) {
    reading.links.push({ url: unescape(url), label: unescape(url) });
  }
  for (const [, word = ''] of plain.matchAll(/(?<![\w.])@(here|channel|everyone)\b/g)) {
    reading.broadcast.add(word);
  }
  for (const [, name] of plain.matchAll(/(?<![\w&])#([\w-]+)/g)) {
    const room = reading.rooms.find((entry) => entry.kind === 'channel' && entry.name === name);
    if (room !== undefined) {
      reading.channels.add(room.id);
    }
  }
}

function readToken(inner: string, { users, channels, broadcast, links }: Reading): void {
  const [target = '', label] = inner.split('|', 2);
  const word = target.slice(1);
  if (/^@[UW][A-Z0-9]+$/.test(target)) {
    users.add(word);
  } else if (/^#[CDG][A-Z0-9]+$/.test(target)) {
    channels.add(word);
  } else if (/^!(?:here|channel|everyone|group)$/.test(target)) {
    broadcast.add(word);
  } else if (target.startsWith('!subteam^')) {
    broadcast.add(`subteam:${target.slice('!subteam^'.length)}`);
  } else if (target.startsWith('!date^')) {
    const url = target.split('^')[3];
    if (url !== undefined) {
      links.push({ url: unescape(url), label: unescape(label ?? url) });
    }
  } else if (/^(?:https?|mailto|tel|slack|ftp):/i.test(target)) {
    links.push({ url: unescape(target), label: unescape(label ?? target) });
  }
}

/** CommonMark, in which Slack still reads its own notation. */
function readMarkdown(text: string, reading: Reading): void {
  const rest = text.replaceAll(/!?\[([^\]\n]*)\]\(([^)\s]+)[^)]*\)/g, (_whole, label: string, url: string) => {
    reading.links.push({ url, label });
    return ' ';
  });
  readMrkdwn(rest, false, reading);
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
