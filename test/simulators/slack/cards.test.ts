/** The product's own cards, as Slack gets them: the simulator and the translator know Slack's rules apart from each other. */
import { describe, expect, it } from 'vitest';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { cardNames } from '../../../src/cards/templates.ts';
import { judgeView } from '../../../src/simulators/slack/blocks/judge.ts';
import { filledSample } from '../../cards/samples.ts';
import { judge } from './judge-translation.ts';

describe.each(cardNames)('the card %s', (name) => {
  it('is taken as a message, as a modal and in the App Home', () => {
    const card = filledSample(name);
    const home = toBlockKit(card, { markdown: false, surface: 'home' });

    expect(() => judge(toBlockKit(card, { markdown: false }))).not.toThrow();
    expect(() => judgeView({ type: 'home', blocks: home.blocks }, 'home', true)).not.toThrow();
  });
});
