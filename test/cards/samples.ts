/** The sample of each card as content, the way the flows write it. */
import type { AdaptiveCard } from '../../src/cards/adaptive-card.ts';
import { fillCard } from '../../src/cards/fill.ts';
import { cardSource } from '../../src/cards/templates.ts';
import type { CardContent, CardName } from '../../src/flows/card.ts';

type DataOf<Name extends CardName> = Extract<CardContent, { name: Name }>['data'];

/** A fresh copy, so that a test may change it. */
export function sampleOf<Name extends CardName>(name: Name): DataOf<Name> {
  return structuredClone(cardSource(name).sample) as DataOf<Name>;
}

export function contentOf(name: CardName, data: unknown = sampleOf(name)): CardContent {
  return { name, data } as CardContent;
}

export function filledSample(name: CardName): AdaptiveCard {
  return fillCard(contentOf(name));
}
