import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { anyCard, anyMess } from './any-card.ts';
import { runs } from '../../support/runs.ts';
import { problemsOf, wordsIn } from './translate.ts';

/** A failure is shrunk for this long at most. */
const tries = { ...runs(20, 150), interruptAfterTimeLimit: 60_000 };

describe('any card', () => {
  it('obeys every limit of messages, forms and the App Home', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), fc.boolean(), ({ card }, markdown, olderBlocks) => {
        expect(problemsOf(toBlockKit(card, { markdown, olderBlocks }))).toEqual([]);
        expect(problemsOf(toBlockKit(card, { markdown, surface: 'home' }), 'home')).toEqual([]);
      }),
      tries,
    );
  });

  it('loses nothing silently', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), ({ card, markers }, markdown) => {
        const { blocks, modal, losses } = toBlockKit(card, { markdown });

        const shown = `${wordsIn(blocks)}\n${wordsIn(modal)}`;
        const lost = losses.map(({ path }) => `${path}/`);
        const silent = markers.filter(
          ({ marker, path }) =>
            !shown.includes(marker) && !lost.some((at) => `${path}/`.startsWith(at) || at.startsWith(`${path}/`)),
        );
        expect(silent).toEqual([]);
      }),
      tries,
    );
  });

  it('names only places that the card has', () => {
    fc.assert(
      fc.property(anyCard, ({ card }) => {
        const { losses } = toBlockKit(card);

        const nowhere = losses.filter(({ path }) => !exists(card, path));
        expect(nowhere).toEqual([]);
        expect(losses.filter(({ element, reason }) => element === '' || reason === '')).toEqual([]);
      }),
      tries,
    );
  });

  it('is translated the same way twice, and stays as it was', () => {
    fc.assert(
      fc.property(anyCard, ({ card }) => {
        const before = JSON.stringify(card);

        expect(JSON.stringify(toBlockKit(card))).toBe(JSON.stringify(toBlockKit(JSON.parse(before))));
        expect(JSON.stringify(card)).toBe(before);
      }),
      runs(10, 100),
    );
  });
});

describe('anything else', () => {
  it('never throws, and still obeys every limit', () => {
    fc.assert(
      fc.property(anyMess, (mess) => {
        expect(problemsOf(toBlockKit(mess))).toEqual([]);
      }),
      runs(60, 500),
    );
  });

  it.each([undefined, null, 7, 'card', [[]], {}, { type: 'adaptivecard' }, Symbol('card'), () => null, 7n])(
    'is told to be no card: %s',
    (mess: unknown) => {
      expect(toBlockKit(mess)).toMatchObject({ blocks: [], modal: null, losses: [{ path: '' }] });
    },
  );

  it('may contain itself or be a tower', () => {
    const circle: { type: string; items: unknown[] } = { type: 'Container', items: [] };
    circle.items.push(circle);
    let tower: object = { type: 'TextBlock', text: 'top' };
    for (let floor = 0; floor < 20_000; floor += 1) {
      tower = { type: 'Container', items: [tower] };
    }

    const { losses } = toBlockKit({ type: 'AdaptiveCard', body: [circle, tower] });

    expect(losses.map(({ reason }) => reason)).toEqual([
      'it contains itself',
      'it is nested more than 256 levels deep',
    ]);
  });
});

function exists(card: unknown, path: string): boolean {
  let node: unknown = card;
  for (const key of path.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      return false;
    }
    node = (node as Record<string, unknown>)[key];
  }
  return true;
}
