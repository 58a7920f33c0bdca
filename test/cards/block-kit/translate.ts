/** Cards for the tests of the translator, and what a person would read in its answer. */
import type { JsonObject } from '../../../src/cards/adaptive-card.ts';
import {
  type BlockKitOptions,
  type BlockKitTranslation,
  toBlockKit,
} from '../../../src/cards/block-kit/to-block-kit.ts';
import { problemsIn, problemsInView } from './limits.ts';

export function cardOf(body: unknown, actions: unknown = []): JsonObject {
  return { type: 'AdaptiveCard', version: '1.5', body, actions } as JsonObject;
}

export function translate(body: unknown, actions: unknown = [], options: BlockKitOptions = {}): BlockKitTranslation {
  return toBlockKit(cardOf(body, actions), options);
}

/** What Slack would say to the whole translation. */
export function problemsOf(
  { blocks, modal, text }: BlockKitTranslation,
  surface: 'message' | 'home' = 'message',
): string[] {
  const fallback = text.trim() === '' || text.length > 3_000 ? [`a fallback text of ${text.length} characters`] : [];
  return [...fallback, ...problemsIn(blocks, surface), ...(modal === null ? [] : problemsInView(modal))];
}

/** All words of blocks, markup and all. */
export function wordsIn(node: unknown): string {
  if (typeof node === 'string') {
    return node;
  }
  return typeof node === 'object' && node !== null ? Object.values(node).map(wordsIn).join('\n') : '';
}

/** Elements and blocks as the tests write them most. */
export function textBlock(words: unknown, more: object = {}): object {
  return { type: 'TextBlock', text: words, ...more };
}

export function mrkdwn(words: string): object {
  return { type: 'mrkdwn', text: words, verbatim: true };
}

export function plain(words: string): object {
  return { type: 'plain_text', text: words, emoji: false };
}

export function section(words: string): object {
  return { type: 'section', text: mrkdwn(words) };
}
