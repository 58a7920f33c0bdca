/** Cards of the audit in plain words, by the templates of today: what was stored of a card is its data. */
import { placeTokens } from '../../cards/actions.ts';
import { choicesOf, executesIn, inputsIn, isObject, textOf } from '../../cards/adaptive-card.ts';
import { cardAsText } from '../../cards/as-text.ts';
import { fillCard } from '../../cards/fill.ts';
import { cardNames } from '../../cards/templates.ts';
import type { CardWords } from '../../audit/story/cards.ts';
import type { CardContent } from '../../flows/card.ts';

/** Null for what is no card of ours, or not any more. */
export function readCard(content: unknown, verbs: readonly string[]): CardWords | null {
  if (!isObject(content) || !cardNames.some((name) => name === content['name'])) {
    return null;
  }
  try {
    const card = placeTokens(fillCard(content as unknown as CardContent), verbs, () => '');
    const buttons = executesIn(card).map((action) => [textOf(action, 'verb'), textOf(action, 'title')] as const);
    const inputs = inputsIn(card).map((input) => {
      const choices = Object.fromEntries(choicesOf(input).map(({ title, value }) => [value, title]));
      return [textOf(input, 'id'), { label: textOf(input, 'label') || textOf(input, 'title'), choices }] as const;
    });
    return {
      lines: cardAsText(card).split('\n'),
      buttons: Object.fromEntries(buttons),
      inputs: Object.fromEntries(inputs.filter(([, { label }]) => label !== '')),
    };
  } catch {
    // Data of an older version may not fit the template of today; the text of the message stands alone.
    return null;
  }
}
