import { describe, expect, it } from 'vitest';
import { executesIn, inputsIn, objectsIn, textOf } from '../../src/cards/adaptive-card.ts';
import { cardAsText, renderAsText } from '../../src/cards/as-text.ts';
import { cardNames } from '../../src/cards/templates.ts';
import { contentOf, filledSample } from './samples.ts';

describe.each(cardNames)('the card %s in plain words', (name) => {
  const text = renderAsText(contentOf(name));

  it('says everything that the card says', () => {
    const elements = [...objectsIn(filledSample(name))];

    const words = elements
      .flatMap((element) => [
        textOf(element, 'type') === 'TextBlock' ? textOf(element, 'text') : '',
        textOf(element, 'label'),
      ])
      .flatMap((part) => part.split('\n'))
      .filter((part) => part !== '');
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it('names its inputs and buttons', () => {
    const card = filledSample(name);

    const names = [
      ...inputsIn(card).map((input) => textOf(input, 'label')),
      ...executesIn(card).map((action) => `[${textOf(action, 'title')}`),
    ];
    expect(names.filter((known) => !text.includes(known))).toEqual([]);
  });
});

it('puts a sign in front of what stands beside it', () => {
  const lines = renderAsText(contentOf('connect-plan')).split('\n');

  expect(lines).toContain('+ Peer hub-vnet with mendix-prod-vnet');
});

it('reads tables, pictures and rich text as well', () => {
  const text = cardAsText({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'Table',
        rows: [
          { cells: [{ items: [{ type: 'TextBlock', text: 'a' }] }, { items: [{ type: 'TextBlock', text: 'b' }] }] },
        ],
      },
      { type: 'Image', url: 'https://example.com/x.png', altText: 'a map' },
      { type: 'RichTextBlock', inlines: ['one ', { type: 'TextRun', text: 'two' }] },
      { type: 'TextBlock', text: 'hidden', isVisible: false },
      { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com' }] },
    ],
  });

  expect(text.split('\n')).toEqual(['a | b', '[a map]', 'one two', '[Open: https://example.com]']);
});

it('says how a switch stands', () => {
  const title = 'Send the diagnostics below';
  const text = cardAsText({
    type: 'AdaptiveCard',
    version: '1.5',
    body: ['true', 'false'].map((value) => ({ type: 'Input.Toggle', id: value, label: 'Diagnostics', title, value })),
  });

  expect(text.split('\n')).toEqual([`Diagnostics: [x] ${title}`, `Diagnostics: [ ] ${title}`]);
});
