/** How actions become buttons, and what becomes of the unknown. */
import { describe, expect, it } from 'vitest';
import { mrkdwn, plain, section, textBlock, translate } from './translate.ts';

describe('actions', () => {
  function button(title: string, more: object = {}): object {
    return { type: 'Action.Submit', title, ...more };
  }

  it('are buttons, 25 to a block, each with a name of its own', () => {
    const { blocks } = translate(
      [],
      Array.from({ length: 30 }, (_, index) => button(`b${index}`)),
    );

    const rows = blocks.map((block) => (block.type === 'actions' ? block.elements : []));
    expect(rows.map((row) => row.length)).toEqual([25, 5]);
    expect(
      rows
        .flat()
        .map((one) => one.action_id)
        .slice(0, 3),
    ).toEqual(['submit', 'submit~2', 'submit~3']);
  });

  it.each([
    [
      'a verb and a token',
      { type: 'Action.Execute', title: 'Go', verb: 'go', data: { token: 'abc' } },
      { action_id: 'go', value: 'abc' },
    ],
    [
      'a verb in the data',
      button('Go', { data: { verb: 'go', n: 1 } }),
      { action_id: 'go', value: '{"verb":"go","n":1}' },
    ],
    ['text as data', button('Go', { id: 'x', data: 'abc' }), { action_id: 'x', value: 'abc' }],
    ['a good ending', button('Go', { style: 'positive' }), { style: 'primary' }],
    ['an address', { type: 'Action.OpenUrl', title: 'Go', url: 'https://x.example' }, { url: 'https://x.example/' }],
    ['a tooltip', button('Go', { tooltip: 'Goes on' }), { accessibility_label: 'Goes on' }],
  ])('with %s keep it', (_name, action, expected) => {
    const { blocks, losses } = translate([textBlock('a')], [action]);

    expect(blocks[1]).toMatchObject({ type: 'actions', elements: [{ text: plain('Go'), ...expected }] });
    expect(losses).toEqual([]);
  });

  it('that destroy ask once more', () => {
    const { blocks } = translate([], [button('Delete all', { style: 'destructive' })]);

    expect(blocks[0]).toMatchObject({
      elements: [{ style: 'danger', confirm: { confirm: plain('Delete all'), style: 'danger' } }],
    });
  });

  it('with too long a title or too much data are cut or left out, and say so', () => {
    const { blocks, losses } = translate(
      [],
      [button('t'.repeat(90), { data: { big: 'd'.repeat(2_500) }, verb: 'go' })],
    );

    expect(blocks[0]).toEqual({
      type: 'actions',
      elements: [{ type: 'button', action_id: 'go', text: plain(`${'t'.repeat(74)}…`) }],
    });
    expect(losses.map(({ path }) => path)).toEqual(['/actions/0/data', '/actions/0/title']);
  });

  it('that show a card show it at once, under their title', () => {
    const card = { type: 'AdaptiveCard', body: [textBlock('inside')], actions: [button('Go')] };

    const { blocks, losses } = translate([], [{ type: 'Action.ShowCard', title: 'More', card }]);

    expect(blocks).toMatchObject([section('*More*'), section('inside'), { type: 'actions' }]);
    expect(losses).toEqual([]);
  });

  it('that hide and show are a loss, and what they show is there', () => {
    const { blocks, losses } = translate(
      [textBlock('secret', { id: 'more', isVisible: false }), textBlock('never', { id: 'other', isVisible: false })],
      [{ type: 'Action.ToggleVisibility', title: 'More', targetElements: [{ elementId: 'more' }] }],
    );

    expect(blocks).toEqual([section('secret')]);
    expect(losses.map(({ path }) => path)).toEqual(['/body/1', '/actions/0']);
  });

  it('that cannot be pressed are text, and a loss', () => {
    const { blocks, losses } = translate([], [button('Go', { isEnabled: false })]);

    expect(blocks).toEqual([{ type: 'context', elements: [mrkdwn('Go (not available)')] }]);
    expect(losses).toMatchObject([{ path: '/actions/0', element: 'Action.Submit' }]);
  });

  it('behind a press on something else are buttons after it', () => {
    const selectAction = { type: 'Action.OpenUrl', url: 'https://x.example' };

    const { blocks } = translate([{ type: 'Container', items: [textBlock('a')], selectAction }]);

    expect(blocks).toMatchObject([
      section('a'),
      { type: 'actions', elements: [{ text: plain('Open'), url: 'https://x.example/' }] },
    ]);
  });
});

describe('what Slack does not know', () => {
  it.each([
    ['its fallback', { type: 'Badge', fallback: textBlock('a') }, ['a'], ['/body/0']],
    [
      'the fallback of its fallback',
      { type: 'Badge', fallback: { type: 'Icon', fallback: textBlock('a') } },
      ['a'],
      ['/body/0', '/body/0/fallback'],
    ],
    ['nothing', { type: 'Badge', text: 'a' }, [], ['/body/0']],
    ['nothing, as it asks', { type: 'Badge', fallback: 'drop' }, [], ['/body/0']],
    [
      'its fallback when it requires too much',
      textBlock('a', { requires: { acme: '1.0' }, fallback: textBlock('b') }),
      ['b'],
      ['/body/0'],
    ],
    ['itself when it requires what there is', textBlock('a', { requires: { adaptiveCards: '1.5' } }), ['a'], []],
    ['nothing without a type', { text: 'a' }, [], ['/body/0']],
    ['nothing of a word', 'a', [], ['/body/0']],
  ])('is %s, and a loss', (_name, element, shown, lost) => {
    const { blocks, losses } = translate([element]);

    expect(blocks).toEqual(shown.map(section));
    expect(losses.map(({ path }) => path)).toEqual(lost);
  });

  it('films become links, or their fallback', () => {
    const media = {
      type: 'Media',
      altText: 'A film',
      sources: [{ url: 'https://x.example/a.mp4' }, { url: 'file:///b' }],
    };

    const { blocks, losses } = translate([media, { ...media, fallback: textBlock('a') }]);

    expect(blocks).toEqual([section('A film: <https://x.example/a.mp4|x.example>'), section('a')]);
    expect(losses.map(({ path }) => path)).toEqual(['/body/0', '/body/0/sources/1', '/body/1']);
  });

  it('what a card does by itself, and pictures behind text, are losses', () => {
    const { losses } = translate(
      [{ type: 'Container', backgroundImage: 'https://x.example/a.png', items: [textBlock('a')] }],
      [{ type: 'Action.Submit', title: 'Go', iconUrl: 'https://x.example/i.png' }],
    );

    expect(losses.map(({ path }) => path)).toEqual(['/body/0/backgroundImage', '/actions/0/iconUrl']);
  });
});
