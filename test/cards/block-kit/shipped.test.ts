import { describe, expect, it } from 'vitest';
import { type AdaptiveCard, inputsIn, objectsIn, textOf } from '../../../src/cards/adaptive-card.ts';
import { placeTokens } from '../../../src/cards/actions.ts';
import { opensForm } from '../../../src/cards/block-kit/form.ts';
import type { Loss } from '../../../src/cards/block-kit/loss.ts';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { cardNames } from '../../../src/cards/templates.ts';
import { filledSample } from '../samples.ts';
import { problemsOf, wordsIn } from './translate.ts';

/** What a shipped card may lose in Slack, each with the reason why that is fine. Nothing, so far. */
const allowed: readonly Pick<Loss, 'element' | 'reason'>[] = [];

function unexpected(losses: readonly Loss[]): Loss[] {
  return losses.filter(
    (loss) => !allowed.some(({ element, reason }) => element === loss.element && reason === loss.reason),
  );
}

function verbsOf(card: AdaptiveCard): string[] {
  return [...objectsIn(card)].map((node) => textOf(node, 'verb')).filter((verb) => verb !== '');
}

function withTokens(card: AdaptiveCard): AdaptiveCard {
  return placeTokens(card, verbsOf(card), (verb) => `token-of-${verb}`);
}

describe.each(cardNames)('the card %s in Slack', (name) => {
  const card = withTokens(filledSample(name));
  const translation = toBlockKit(card, { markdown: false });

  it('loses nothing', () => {
    expect(unexpected(translation.losses)).toEqual([]);
    expect(unexpected(toBlockKit(card).losses)).toEqual([]);
    expect(unexpected(toBlockKit(card, { markdown: false, olderBlocks: true }).losses)).toEqual([]);
  });

  it('loses nothing in any of its forms, and each obeys every limit', () => {
    for (const verb of verbsOf(card).filter((one) => opensForm(card, one))) {
      const form = toBlockKit(card, { markdown: false, verb });

      expect(unexpected(form.losses)).toEqual([]);
      expect(problemsOf(form)).toEqual([]);
    }
  });

  it('obeys every limit, as a message and in the App Home', () => {
    expect(problemsOf(translation)).toEqual([]);
    expect(problemsOf(toBlockKit(card, { markdown: false, surface: 'home' }), 'home')).toEqual([]);
  });

  it('says every word of the card', () => {
    const said = `${wordsIn(translation.blocks)}\n${wordsIn(translation.modal)}`.replaceAll('&gt;', '>');
    const signs = new Set(['!', '?', 'ℹ']);
    const words = [...objectsIn(card)]
      .filter((node) => textOf(node, 'type') !== 'Action.Submit')
      .flatMap((node) => ['text', 'title', 'label', 'errorMessage', 'placeholder'].map((key) => textOf(node, key)))
      .flatMap((text) => text.split('\n'))
      // In Slack, a sign is a picture.
      .map((text) => (signs.has(text) ? '' : text.replace(/^! (?=\S)/, '')));
    const expanded = inputsIn(card).filter((input) => input['style'] === 'expanded');
    const unshown = new Set(expanded.map((input) => textOf(input, 'placeholder')));

    expect(words.filter((text) => !unshown.has(text) && !said.includes(text))).toEqual([]);
  });

  it('has a form when it asks something, with every field of the card', () => {
    const fields = (translation.modal?.blocks ?? []).flatMap((block) =>
      block.type === 'input' ? [block.block_id] : [],
    );

    expect(fields).toEqual(inputsIn(card).map((input) => textOf(input, 'id')));
    expect(translation.modal === null).toBe(fields.length === 0);
  });

  it('sends the token of the button that is pressed, or of the one that opened the form', () => {
    const buttons = translation.blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .filter((button) => button.url === undefined);

    expect(buttons.map((button) => button.value)).toEqual(buttons.map((button) => `token-of-${button.action_id}`));
    for (const { action_id: verb } of buttons.filter((button) => opensForm(card, button.action_id))) {
      expect(toBlockKit(card, { verb }).modal).toMatchObject({
        callback_id: verb,
        private_metadata: `token-of-${verb}`,
      });
    }
  });
});

it('opens the ticket form for what is sent, and not for what needs no answer', () => {
  const card = filledSample('ticket');

  expect(['send-reply', 'mark-solved', 'reopen'].map((verb) => opensForm(card, verb))).toEqual([true, false, false]);
});

it('shows a card that is over without a form', () => {
  const over = placeTokens(filledSample('connect-form'), [], () => '');

  const { blocks, modal, losses } = toBlockKit(over, { markdown: false });

  expect({ modal, losses }).toEqual({ modal: null, losses: [] });
  expect(wordsIn(blocks)).toContain('hub-vnet (10.8.0.0/16, Platform)');
});
