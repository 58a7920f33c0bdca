/**
 * A revision of a message as blocks, with the line that notifications and screen readers say. Every word of it is data;
 * the only notation of Slack's that leaves this house are the mentions written here.
 */
import type { AdaptiveCard, JsonObject } from '../../cards/adaptive-card.ts';
import type { Block } from '../../cards/block-kit/block.ts';
import { limits } from '../../cards/block-kit/limits.ts';
import { escapeMrkdwn, mrkdwn } from '../../cards/block-kit/slack-text.ts';
import { type BlockKitTranslation, toBlockKit } from '../../cards/block-kit/to-block-kit.ts';
import { cutText, visibleText } from '../../cards/text.ts';
import type { MessageContent } from '../../flows/effect.ts';

export interface Look {
  /** Ids of users of Slack who are called; nobody else ever is. */
  mentioned: readonly string[];
  revision: number;
  olderBlocks: boolean;
}

export interface Rendered {
  text: string;
  blocks: readonly object[];
  /** True when the words are more than a message holds. */
  isCut: boolean;
}

/** Of `text`: what a notification shows, and more than it shows. */
const maxLine = 300;
const maxMentions = 20;

export function renderCard(content: Pick<MessageContent, 'text'>, card: AdaptiveCard, look: Look): Rendered {
  const calls = callsOf(look);
  const keepFree =
    calls === '' ? { blocks: 0, size: 0 } : { blocks: 1, size: JSON.stringify(callLine(calls)).length + 1 };
  const translation = toBlockKit(card, { markdown: false, olderBlocks: look.olderBlocks, keepFree });
  const blocks = withOwnIds(translation.blocks, look.revision);
  const line = lineOf(calls, content.text);
  return {
    text: withLines(line, inert(translation.text)),
    blocks: calls === '' ? blocks : [callLine(calls), ...blocks],
    isCut: false,
  };
}

export function renderWords(content: Pick<MessageContent, 'speaker' | 'text'>, look: Look): Rendered {
  const calls = callsOf(look);
  const text = visibleText(content.text);
  const speaker = content.speaker === null ? null : visibleText(content.speaker);
  const translation = translateWords(speaker, text, calls.length);
  const said = speaker === null ? text : `${speaker}: ${text}`;
  return {
    text: lineOf(calls, said, limits.fallbackText / 2) || inert(translation.text),
    blocks: calls === '' ? translation.blocks : withCalls(translation.blocks, calls),
    isCut: translation.losses.length > 0,
  };
}

function translateWords(speaker: string | null, text: string, callsLength: number): BlockKitTranslation {
  return toBlockKit(
    { type: 'AdaptiveCard', version: '1.5', body: elementsOf(speaker, text) },
    { markdown: false, keepFree: { blocks: 1, size: callsLength + callFrame } },
  );
}

/** Without the punctuation that follows it. Longer ones are text: Slack takes no such link. */
const address = /\bhttps?:\/\/[^\s<>"'`|]{1,1000}[^\s<>"'`|.,;:!?()[\]{}](?=[.,;:!?()[\]{}]*(?:[\s<>"'`|]|$))/g;

/** Letters of other alphabets can pass for those of a host that everybody knows. */
function isPlainAddress(url: string): boolean {
  return /^[\x21-\x7E]+$/.test(url);
}

/** An address is a link under its own name; nothing else in the words is one. */
function elementsOf(speaker: string | null, text: string): JsonObject[] {
  const name = speaker === null ? [] : [{ type: 'TextRun', text: speaker, weight: 'Bolder' }];
  const links = [...text.matchAll(address)].filter(([url]) => isPlainAddress(url));
  if (links.length === 0) {
    const head = name.map((run) => ({ ...run, type: 'TextBlock', wrap: true }));
    return [...head, { type: 'TextBlock', text, wrap: true, spacing: 'None' }];
  }
  const runs: JsonObject[] = name.length === 0 ? [] : [...name, { type: 'TextRun', text: '\n' }];
  let at = 0;
  for (const { 0: url, index } of links) {
    runs.push({ type: 'TextRun', text: text.slice(at, index) });
    runs.push({ type: 'TextRun', text: url, selectAction: { type: 'Action.OpenUrl', url } });
    at = index + url.length;
  }
  return [{ type: 'RichTextBlock', inlines: [...runs, { type: 'TextRun', text: text.slice(at) }] }];
}

/** Around the calls, when they are a block of their own. */
const callFrame = 80;

/** A block that has a state in the client keeps it as long as its id: each revision has its own. */
function withOwnIds(blocks: readonly Block[], revision: number): object[] {
  return blocks.map((block, index) =>
    block.type === 'actions' ? { ...block, block_id: `r${revision}.${index}` } : block,
  );
}

function callsOf({ mentioned }: Look): string {
  const ids = [...new Set(mentioned)].filter((id) => /^[UW][A-Z0-9]+$/.test(id)).slice(0, maxMentions);
  return ids.map((id) => `<@${id}>`).join(' ');
}

function callLine(calls: string): Block {
  return { type: 'section', text: mrkdwn(calls) };
}

/** In front of the words where they are plain enough, else above them. */
function withCalls(blocks: readonly Block[], calls: string): Block[] {
  const [first, ...rest] = blocks;
  if (first?.type === 'section' && 'text' in first && first.text.type === 'mrkdwn') {
    const text = `${calls} ${first.text.text}`;
    if (text.length <= limits.sectionText) {
      return [{ ...first, text: mrkdwn(text) }, ...rest];
    }
  }
  return [callLine(calls), ...blocks];
}

/** Cut before it is escaped: a cut inside `&amp;` would show. */
function lineOf(calls: string, text: string, most: number = maxLine): string {
  const words = inert(escapeMrkdwn(cutText(visibleText(text).trim(), most)));
  return [calls, words].filter((part) => part !== '').join(' ');
}

/** Slack takes no longer one beside an edit. */
const maxText = 3_900;

/** Screen readers say this instead of the blocks, so all of it should be here; a notification shows how it begins. */
function withLines(first: string, more: string): string {
  const said = first === '' ? [] : [first];
  let length = first.length;
  for (const line of more.split('\n')) {
    length += line.length + 1;
    if (length > maxText) {
      break;
    }
    said.push(line);
  }
  return said.join('\n');
}

/** Bare names call people and channels in some clients, where the line is no block. */
function inert(text: string): string {
  return text.replaceAll(/@(?=(?:here|channel|everyone)\b)/gi, '@\u200B').replaceAll(/(?<!&)#(?=\w)/g, '#\u200B');
}
