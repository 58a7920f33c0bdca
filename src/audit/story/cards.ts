/** Cards in words, by whoever knows the templates; the audit itself knows only what was stored. */
import type { OpenEntry } from './entry.ts';
import { objectOf, textOf, textsOf } from './json.ts';

export interface CardWords {
  lines: readonly string[];
  /** Titles of the buttons by their verb. */
  buttons: Readonly<Record<string, string>>;
  /** Labels of the inputs by their id, and titles of their choices by value. */
  inputs: Readonly<Record<string, { label: string; choices: Readonly<Record<string, string>> }>>;
}

/** Null when there is no card, or no template for it any more. */
export type ReadCard = (card: unknown, verbs: readonly string[]) => CardWords | null;

/** The card that a message showed before this entry. */
export type CardBefore = (message: string, seq: number) => CardWords | null;

export function sentCards(entries: readonly OpenEntry[], readCard: ReadCard): CardBefore {
  const sent = entries.filter((entry) => entry.type === 'message-sent');
  return (message, seq) => {
    const entry = sent.findLast((one) => one.seq < seq && textOf(one.payload['message']) === message);
    return entry === undefined ? null : cardIn(entry, readCard);
  };
}

export function cardIn({ payload }: OpenEntry, readCard: ReadCard): CardWords | null {
  return readCard(objectOf(payload['content'])['card'] ?? null, textsOf(payload['verbs']));
}
