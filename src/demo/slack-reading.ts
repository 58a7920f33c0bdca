/** Reads what stands in the fake Slack the way a person's client shows it: notation, escapes and markup are gone. */
import type { Card } from './card.ts';
import type { ChatMessage } from './chat.ts';

export interface SlackWorld {
  users: { id: string; name: string; real_name: string; team_id: string }[];
  rooms: { id: string; name: string; kind: string; members: string[] }[];
  /** By id of the conversation. */
  channels: Record<string, SlackMessage[]>;
  /** What one person alone sees. */
  ephemeral: (SlackMessage & { channel: string; to: string; shown: boolean })[];
  /** Forms, on the screens of people. */
  views: SlackView[];
}

export interface SlackMessage {
  ts: string;
  thread_ts?: string;
  user?: string;
  subtype?: string;
  text: string;
  blocks?: SlackBlock[];
  edits?: number;
}

export interface SlackView {
  id: string;
  user: string;
  title: { text: string };
  blocks: SlackBlock[];
}

interface Words {
  type: string;
  text: string;
}

export interface SlackBlock {
  type: string;
  block_id?: string;
  text?: Words;
  fields?: Words[];
  elements?: unknown[];
  rows?: unknown[][];
  alt_text?: string;
}

export function readAs(world: SlackWorld, message: SlackMessage): ChatMessage {
  const { blocks = [], edits = 0, text, thread_ts: thread, ts, user } = message;
  const isCard = blocks.some(({ type }) => type === 'header' || type === 'context' || type === 'actions');
  const shown = shownText(world, text);
  return {
    id: ts,
    seq: Number(ts),
    revision: edits + 1,
    thread: thread ?? null,
    from: world.users.find(({ id }) => id === user)?.name ?? 'causeway',
    // Beside a card stands all of it for screen readers; what it is about is said first.
    text: isCard ? (shown.split('\n')[0] ?? '') : shown,
    card: isCard ? cardOf(world, blocks) : null,
    at: Temporal.Instant.fromEpochMilliseconds(Math.round(Number(ts) * 1000)).toString(),
  };
}

/** Words with Slack's notation, as a client shows them; the bot's own mention is no part of them. */
export function shownText({ users }: Pick<SlackWorld, 'users'>, text: string): string {
  return text
    .replace(/^<@(U\w*CAUSEWAY)>\s*/, '')
    .replaceAll(
      /<@(\w+)(?:\|[^>]*)?>/g,
      (_all, id: string) => `@${users.find((user) => user.id === id)?.real_name ?? id}`,
    )
    .replaceAll(/<(https?:[^|>]+)\|([^>]+)>/g, '$2')
    .replaceAll(/<(https?:[^|>]+)>/g, '$1')
    .replaceAll('\u200B', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** `blocks`: as they came, for a press on what this person saw. */
function cardOf(world: SlackWorld, blocks: readonly SlackBlock[]): Card {
  return { type: 'AdaptiveCard', blocks, body: blocks.flatMap((block) => elementsOf(world, block)) };
}

function elementsOf(world: SlackWorld, block: SlackBlock): Card[] {
  const { elements = [], fields = [], rows = [], text } = block;
  switch (block.type) {
    case 'header':
    case 'section':
      return [...(text === undefined ? [] : [textBlock(wordsOf(world, text))]), ...factsOf(world, fields)];
    case 'context':
      return elements.map((element) => textBlock(wordsOf(world, element as Words)));
    case 'rich_text':
      return [textBlock(runsIn(block).join(''))];
    case 'table':
      return rows.map((row) => textBlock(row.map((cell) => runsIn(cell).join('')).join(' | ')));
    case 'image':
      return [textBlock(block.alt_text ?? '')];
    case 'actions':
      return elements.map((element) => buttonOf(element as Button));
    default:
      return [];
  }
}

function textBlock(text: string): Card {
  return { type: 'TextBlock', text };
}

function wordsOf(world: SlackWorld, { text, type }: Words): string {
  return type === 'mrkdwn' ? shownText(world, withoutMarkup(text)) : text;
}

/** Bold, italic and code, as they stand around whole words. */
function withoutMarkup(text: string): string {
  return text.replaceAll(/(?<![\w*_`])([*_`])(?=\S)([^\n]*?\S)\1(?![\w*_`])/g, '$2');
}

/** Each is a title and a value below it. */
function factsOf(world: SlackWorld, fields: readonly Words[]): Card[] {
  const facts = fields.map((field) => {
    const [title = '', ...value] = wordsOf(world, field).split('\n');
    return { title, value: value.join('\n') };
  });
  return facts.length === 0 ? [] : [{ type: 'FactSet', facts }];
}

function runsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { elements, text } = node as { elements?: unknown[]; text?: unknown };
  return typeof text === 'string' ? [text.replaceAll('\u200B', '')] : (elements ?? []).flatMap(runsIn);
}

interface Button {
  action_id: string;
  text: Words;
  value?: string;
  url?: string;
}

function buttonOf({ action_id: verb, text, url, value }: Button): Card {
  return url === undefined
    ? { type: 'Action.Execute', verb, title: text.text, data: { token: value ?? '' } }
    : { type: 'Action.OpenUrl', title: text.text };
}
