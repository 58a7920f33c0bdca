import { describe, expect, it } from 'vitest';
import { executesIn, inputsIn, objectsIn, textOf } from '../../src/cards/adaptive-card.ts';
import { placeTokens } from '../../src/cards/actions.ts';
import { filledSample } from './samples.ts';

function tokenFor(verb: string): string {
  return `token-of-${verb}`;
}

describe('placeTokens', () => {
  it('keeps only the buttons that are offered, and puts the token into each and its fallback', () => {
    const card = placeTokens(filledSample('approval'), ['approve'], tokenFor);

    expect(executesIn(card)).toEqual([
      expect.objectContaining({
        verb: 'approve',
        data: { token: 'token-of-approve' },
        fallback: expect.objectContaining({ data: { verb: 'approve', token: 'token-of-approve' } }) as unknown,
      }),
    ]);
  });

  it('leaves the card it was given as it was', () => {
    const filled = filledSample('approval');
    const before = structuredClone(filled);

    placeTokens(filled, ['approve'], tokenFor);

    expect(filled).toEqual(before);
  });

  it('has no empty bar of actions', () => {
    const card = placeTokens(filledSample('approval'), [], tokenFor);

    expect(card).not.toHaveProperty('actions');
  });

  it('keeps a link beside the buttons', () => {
    const card = placeTokens(filledSample('ticket'), [], tokenFor);

    expect(card['actions']).toEqual([expect.objectContaining({ type: 'Action.OpenUrl' })]);
  });
});

describe('a card whose questions are over', () => {
  it('shows what was answered instead of fields', () => {
    const card = placeTokens(filledSample('connect-form'), ['cancel'], tokenFor);

    const facts = [...objectsIn(card)].filter((element) => textOf(element, 'title') !== '');
    expect(inputsIn(card)).toEqual([]);
    expect(facts).toContainEqual({ title: 'The other network', value: 'hub-vnet (10.8.0.0/16, Platform)' });
    expect(facts).toContainEqual({ title: 'Apps that people there must open', value: 'orders' });
  });

  it('leaves no trace of a question without an answer', () => {
    const card = placeTokens(filledSample('approval'), [], tokenFor);

    expect(JSON.stringify(card)).not.toContain('Reason, or what should');
  });
});
