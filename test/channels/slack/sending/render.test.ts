import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdaptiveCard } from '../../../../src/cards/adaptive-card.ts';
import { renderCard, renderWords } from '../../../../src/channels/slack/render.ts';
import { renderHead } from '../../../../src/channels/slack/long-text.ts';
import { problemsIn } from '../../../cards/block-kit/limits.ts';

const mentioned = ['U0APPROVER1', 'W0APPROVER2'];
const look = { mentioned, revision: 3, olderBlocks: false };

/** What Slack would say about the blocks; the two calls, which nobody else may write, are as long in brackets. */
function problems(blocks: readonly object[]): string[] {
  const judged = JSON.stringify(blocks).replaceAll(/<@([UW]0APPROVER\d)>/g, '(@$1)');
  return problemsIn(JSON.parse(judged), 'message');
}

describe('any words', () => {
  it('fit into a message with whom they call, or say that they do not', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 2_000 }),
        fc.option(fc.string({ maxLength: 200 }), { nil: null }),
        fc.integer({ min: 1, max: 12 }),
        (text, speaker, times) => {
          const content = { text: text.repeat(times) || 'x', speaker };
          for (const rendered of [renderWords(content, look), renderHead(content, look)]) {
            expect(problems(rendered.blocks)).toEqual([]);
            expect(rendered.text.length).toBeLessThanOrEqual(4_000);
            expect(rendered.text).toMatch(/^<@U0APPROVER1> <@W0APPROVER2>/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['See https://a.example/b, or (https://c.example/d).', ['https://a.example/b', 'https://c.example/d']],
    [`https://a.example/${'b'.repeat(2_000)}`, []],
    ['javascript:alert(1) ftp://a.example file:///etc', []],
  ])('make links of addresses, whole ones only: %#', (text, wanted) => {
    const { blocks } = renderWords({ text, speaker: null }, { ...look, mentioned: [] });

    const urls = [...JSON.stringify(blocks).matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url);
    expect(urls).toEqual(wanted);
  });

  it('call nobody whose id is none of Slack', () => {
    const rendered = renderWords({ text: 'Hello', speaker: null }, { ...look, mentioned: ['!channel', 'U1> <!here'] });

    expect(JSON.stringify(rendered)).not.toMatch(/<[@!]/);
  });

  it('stand beside the call where they are plain enough', () => {
    const { blocks } = renderWords({ text: 'Please decide.', speaker: null }, look);

    expect(blocks).toMatchObject([
      { type: 'section', text: { type: 'mrkdwn', text: '<@U0APPROVER1> <@W0APPROVER2> Please decide.' } },
    ]);
  });
});

describe('a card that fills a whole message', () => {
  const card: AdaptiveCard = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: Array.from({ length: 80 }, (_, index) => ({ type: 'TextBlock', text: `Line ${index}`, wrap: true })),
    actions: [{ type: 'Action.Execute', title: 'Ask', verb: 'ask-approval', data: { token: 'a token' } }],
  };

  it('still has room for whom it calls, and for its buttons', () => {
    const { blocks, text } = renderCard({ text: 'A plan' }, card, look);

    expect(problems(blocks)).toEqual([]);
    expect(blocks).toHaveLength(50);
    expect(blocks[0]).toMatchObject({ text: { text: '<@U0APPROVER1> <@W0APPROVER2>' } });
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'ask-approval' }] });
    expect(text).toMatch(/^<@U0APPROVER1> <@W0APPROVER2> A plan\nLine 0\n/);
  });

  it('says no more beside its blocks than an edit takes', () => {
    const wordy = { ...card, body: Array.from({ length: 80 }, () => ({ type: 'TextBlock', text: '&'.repeat(60) })) };

    const { text } = renderCard({ text: '&'.repeat(900) }, wordy, look);

    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).not.toMatch(/&(?!amp;)/);
  });
});
