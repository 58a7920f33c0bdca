/** Cards that nobody drew: what the translator makes of them is taken by the simulated Slack, which knows the rules itself. */
import fc from 'fast-check';
import { it } from 'vitest';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { anyCard } from '../../cards/block-kit/any-card.ts';
import { runs } from '../../support/runs.ts';
import { judge } from './judge-translation.ts';

it('takes whatever the translator makes of a card', () => {
  fc.assert(
    fc.property(anyCard, ({ card }) => {
      judge(toBlockKit(card));
    }),
    runs(25, 250),
  );
});
