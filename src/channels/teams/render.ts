/** A card as Teams gets it: filled, with the viewer's own buttons, every text of it literal, and small enough. */
import { placeTokens } from '../../cards/actions.ts';
import type { AdaptiveCard, Json } from '../../cards/adaptive-card.ts';
import { fillCard } from '../../cards/fill.ts';
import { cutText } from '../../cards/text.ts';
import type { CardContent } from '../../flows/card.ts';
import { changeTexts } from './card-texts.ts';
import { readable } from './contrast.ts';
import { escapeMarkdown, escapePlain } from './escape.ts';

export interface CardView {
  content: CardContent;
  /** Verbs whose buttons are shown. */
  verbs: readonly string[];
  tokenFor: (verb: string) => string;
  /** Said above the card, to this viewer only; empty for nothing. */
  note: string;
  /** Makes the clients of these people ask for their own view; null when everybody sees the same. */
  refresh: { verb: string; token: string; userIds: readonly string[] } | null;
}

/** Of the whole card as JSON in UTF-8. Teams takes more on some ways, less on others; this is safe on all. */
const maxBytes = 25_000;
/** Source: "User Specific Views". */
const maxRefreshed = 60;
/** Tried in this order when a card is too large with its escapes and tokens. */
const textLimits = [1_000, 400, 150, 60] as const;

export function renderCard(view: CardView): AdaptiveCard {
  const { content, note, refresh, tokenFor, verbs } = view;
  const bare = withNote(placeTokens(fillCard(content), verbs, tokenFor), note);
  const asking = withRefresh(literal(bare), refresh);
  if (fits(asking)) {
    return asking;
  }
  // A view of one's own is a convenience; the words are not.
  const plain = literal(bare);
  if (fits(plain)) {
    return plain;
  }
  const limit = textLimits.find((most) => fits(literal(cutTexts(bare, most)))) ?? textLimits[3];
  return literal(cutTexts(bare, limit));
}

/** For `causeway card`: with every button that the template has, as long as nobody's token is known. */
export function renderForTeams(content: CardContent): AdaptiveCard {
  return literal(fillCard(content));
}

function fits(card: AdaptiveCard): boolean {
  return Buffer.byteLength(JSON.stringify(card)) <= maxBytes;
}

function literal(card: AdaptiveCard): AdaptiveCard {
  return changeTexts(readable(card), (text, reading) =>
    reading === 'markdown' ? escapeMarkdown(text) : escapePlain(text),
  );
}

function withNote(card: AdaptiveCard, note: string): AdaptiveCard {
  if (note === '') {
    return card;
  }
  const text: Json = { type: 'TextBlock', text: note, wrap: true, weight: 'Bolder' };
  return { ...card, body: [{ type: 'Container', style: 'warning', bleed: true, items: [text] }, ...card.body] };
}

function withRefresh(card: AdaptiveCard, refresh: CardView['refresh']): AdaptiveCard {
  if (refresh === null || refresh.userIds.length === 0) {
    return card;
  }
  const { token, userIds, verb } = refresh;
  const fallback: Json = { type: 'Action.Submit', title: 'Refresh', data: { verb, token } };
  const action: Json = { type: 'Action.Execute', title: 'Refresh', verb, data: { token }, fallback };
  return { ...card, refresh: { action, userIds: userIds.slice(0, maxRefreshed) } };
}

function cutTexts(card: AdaptiveCard, most: number): AdaptiveCard {
  return changeTexts(card, (text) => cutText(text, most));
}
