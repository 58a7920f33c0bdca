/** A message as an activity for the connector: words, card, mentions, and the line that notifications show. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { cutText, visibleText } from '../../cards/text.ts';
import type { MessageContent } from '../../flows/effect.ts';
import { escapeXml } from './escape.ts';

export interface Mentioned {
  userId: string;
  name: string;
}

const maxSummary = 300;
export const cardType = 'application/vnd.microsoft.card.adaptive';

/** Words stand above a card only when they call somebody: the card says everything itself. */
export function activityOf(
  content: Pick<MessageContent, 'speaker' | 'text'>,
  card: AdaptiveCard | null,
  mentioned: readonly Mentioned[],
): object {
  const calls = mentioned.map((who) => ({ who, text: `<at>${escapeXml(who.name)}</at>` }));
  const words = card === null ? wordsOf(content) : calls.length === 0 ? '' : escapeXml(firstSentence(content.text));
  const text = [...calls.map((call) => call.text), words].filter((part) => part !== '').join(' ');
  return {
    type: 'message',
    summary: cutText(visibleText(content.text), maxSummary),
    ...(text === '' ? {} : { text, textFormat: 'xml' }),
    ...(card === null ? {} : { attachments: [{ contentType: cardType, content: card }] }),
    ...(calls.length === 0
      ? {}
      : {
          entities: calls.map(({ who, text: call }) => ({
            type: 'mention',
            text: call,
            mentioned: { id: who.userId, name: who.name },
          })),
        }),
  };
}

function firstSentence(text: string): string {
  return /^.+?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function wordsOf({ speaker, text }: Pick<MessageContent, 'speaker' | 'text'>): string {
  return speaker === null ? escapeXml(text) : `<b>${escapeXml(speaker)}</b><br/>${escapeXml(text)}`;
}
