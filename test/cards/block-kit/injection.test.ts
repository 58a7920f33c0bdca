/** Text from people, in every place of a card, may neither mention anybody nor disguise where a link leads. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cards/adaptive-card.ts';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { cardNames, cardSource } from '../../../src/cards/templates.ts';
import { fillCard } from '../../../src/cards/fill.ts';
import { contentOf } from '../samples.ts';
import { problemsOf, section, textBlock, translate, wordsIn } from './translate.ts';

const mentions = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<@U012AB3CD>',
  '<@U012AB3CD|rita>',
  '<#C012AB3CD>',
  '<!subteam^S012AB3CD|@oncall>',
  '<!date^1392734382^{date}^https://evil.example|now>',
];
const links = [
  '<https://evil.example|portal.azure.com>',
  '<mailto:evil@evil.example|write to us>',
  '[portal.azure.com](https://evil.example)',
  '[https://portal.azure.com/#home](https://evil.example)',
  '[portal.azure.com](https://portal.azure.com@evil.example)',
  '[**portal**.azure.com](https://evil.example)',
  '[portal.azu](https://evil.example)[re.com](https://evil.example/2)',
  '[portal․azure․com](https://evil.example)',
  '[portal.az\u200Bure.com](https://evil.example)',
  '[ｐｏｒｔａｌ.azure.com](https://evil.example)',
  '[pоrtal.azure.com](https://evil.example)',
  '[10.0.0.4](https://evil.example)',
];
const corpus = [...mentions, ...links, '&lt;!channel&gt;', '*<!channel>*', '`<!channel>`', '<\n!channel>'];

/** A card that shows the same words in every place that a card has for words. */
function cardFullOf(words: string): JsonObject {
  const text = textBlock(words);
  const choices = [{ title: words, value: words }];
  const input = { label: words, placeholder: words, errorMessage: words, value: words };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      text,
      textBlock(words, { style: 'heading' }),
      textBlock(words, { isSubtle: true }),
      textBlock(words, { weight: 'Bolder' }),
      textBlock(words, { fontType: 'Monospace' }),
      { type: 'RichTextBlock', inlines: [words, { type: 'TextRun', text: words, italic: true }] },
      { type: 'FactSet', facts: [{ title: words, value: words }] },
      { type: 'ColumnSet', columns: [{ items: [text] }, { items: [text] }] },
      { type: 'Container', style: 'warning', items: [text] },
      { type: 'Table', rows: [{ cells: [{ items: [text] }, { items: [text] }] }] },
      { type: 'Table', rows: [{ cells: [{ items: [text] }, { items: [text] }] }] },
      { type: 'Image', url: 'https://x.example/a.png', altText: words },
      { type: 'Image', url: 'data:,', altText: words },
      { type: 'Media', altText: words, sources: [{ url: 'https://x.example/a.mp4' }] },
      { type: words, fallback: text },
      { type: 'Input.Text', id: words, ...input },
      { type: 'Input.Toggle', id: 'b', title: words, ...input },
      { type: 'Input.ChoiceSet', id: 'c', choices, ...input },
      { type: 'Input.ChoiceSet', id: 'd', style: 'expanded', choices, ...input },
    ],
    actions: [
      {
        type: 'Action.Execute',
        title: words,
        tooltip: words,
        verb: words,
        data: { token: words },
        style: 'destructive',
      },
      { type: 'Action.OpenUrl', title: words, url: 'https://evil.example' },
      { type: 'Action.OpenUrl', title: words, url: words },
      { type: 'Action.ShowCard', title: words, card: { type: 'AdaptiveCard', body: [text] } },
    ],
  } as JsonObject;
}

/** What is never shown, so that it may be what it is. */
const hidden = new Set(['value', 'action_id', 'block_id', 'callback_id', 'private_metadata', 'initial_value']);

function shownIn(node: unknown): string[] {
  if (typeof node === 'string') {
    return [node];
  }
  return typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, part]) => (hidden.has(key) ? [] : shownIn(part)))
    : [];
}

describe.each([true, false])('with Markdown %s', (markdown) => {
  it.each(corpus)('%j does nothing, wherever it stands', (words) => {
    const translation = toBlockKit(cardFullOf(words), { markdown });
    const { blocks, modal, text } = translation;

    const notations = shownIn({ blocks, modal, text }).filter((shown) => /<[!@#]|<mailto:|<https?:[^|>]*>/.test(shown));
    expect(notations).toEqual([]);
    expect(problemsOf(translation)).toEqual([]);
    expect(text).not.toMatch(/[<>]/);
  });

  it.each(links)('no link out of %j hides its host', (words) => {
    const { blocks, modal } = toBlockKit(cardFullOf(words), { markdown });

    const disguised = [...linksIn(blocks), ...linksIn(modal)].filter(
      ({ url, label }) => URL.parse(url)?.host === 'evil.example' && !label.includes('evil.example'),
    );
    expect(disguised).toEqual([]);
  });
});

it('text as data makes no link at all', () => {
  for (const words of links) {
    const { blocks } = translate([textBlock(words)], [], { markdown: false });

    expect(linksIn(blocks)).toEqual([]);
  }
});

it.each([
  ['[portal.azure.com](https://portal.azure.com/#home)', '<https://portal.azure.com/#home|portal.azure.com>'],
  ['[the portal](https://portal.azure.com)', '<https://portal.azure.com/|the portal>'],
  ['[a](https://x.example/a|b)', '<https://x.example/a%7Cb|a>'],
  ['[a](https://x.example/?q=1&r=<b>)', '<https://x.example/?q=1&amp;r=%3Cb%3E|a>'],
  ['[](https://x.example/a)', '<https://x.example/a|x.example>'],
  ['[x.example](https://evil.example/a)', '<https://evil.example/a|x.example (evil.example)>'],
])('%s leads where it says', (words, expected) => {
  expect(translate([textBlock(words)])).toMatchObject({ blocks: [section(expected)], losses: [] });
});

it.each([
  'javascript:alert(1)',
  'mailto:a@x.example',
  'file:///etc/passwd',
  '/relative',
  'data:text/html,x',
  'java\tscript:alert(1)',
  ' ',
])('a link to %j is text, and a loss', (target) => {
  const { blocks, losses } = translate(
    [textBlock(`[label](${target.trim()})`)],
    [{ type: 'Action.OpenUrl', title: 'Open it', url: target }],
  );

  expect(JSON.stringify(blocks)).not.toMatch(/"url"|<http/);
  expect(wordsIn(blocks)).toContain('label');
  expect(wordsIn(blocks)).toContain('Open it');
  expect(losses.map(({ path }) => path)).toContain('/actions/0');
});

it('a button whose title names another host shows the real one, whole, when it is cut', () => {
  const { blocks } = translate(
    [],
    [{ type: 'Action.OpenUrl', title: `portal.azure.com ${'x'.repeat(80)}`, url: 'https://evil.example/a' }],
  );

  const title =
    wordsIn(blocks)
      .split('\n')
      .find((words) => words.includes('portal')) ?? '';
  expect(title).toMatch(/… \(evil\.example\)$/);
  expect(title.length).toBeLessThanOrEqual(75);
});

it('what a screen reader says of a link names no other host', () => {
  const { blocks, losses } = translate(
    [],
    [{ type: 'Action.OpenUrl', title: 'Open', tooltip: 'Goes to portal.azure.com', url: 'https://evil.example/a' }],
  );

  expect(JSON.stringify(blocks)).not.toContain('portal.azure.com');
  expect(losses).toMatchObject([{ path: '/actions/0/tooltip' }]);
});

it.each(cardNames)('the card %s holds, with the corpus in all its texts', (name) => {
  for (const words of corpus) {
    const data = JSON.parse(JSON.stringify(cardSource(name).sample), (key, value: unknown) =>
      typeof value === 'string' && key !== 'tone' ? words : value,
    ) as unknown;
    const card = fillCard(contentOf(name, data));

    const { blocks, modal, text } = toBlockKit(card, { markdown: false });

    expect(shownIn({ blocks, modal, text }).filter((shown) => /<[!@#]|<mailto:|<https?:/.test(shown))).toEqual([]);
    expect(problemsOf({ blocks, modal, text, losses: [] })).toEqual([]);
  }
});

interface Link {
  url: string;
  label: string;
}

function linksIn(node: unknown): Link[] {
  if (typeof node === 'string') {
    return [...node.matchAll(/<(https?:[^|>]+)\|([^>]+)>/g)].map(([, url = '', label = '']) => ({ url, label }));
  }
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { url, text } = node as { url?: unknown; text?: unknown };
  const own = typeof url === 'string' ? [{ url, label: typeof text === 'string' ? text : wordsIn(text) }] : [];
  const parts = Object.entries(node).filter(([key]) => !hidden.has(key));
  return [...own, ...parts.flatMap(([, part]) => linksIn(part))];
}
