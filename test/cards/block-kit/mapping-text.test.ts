/** How words become blocks. */
import { describe, expect, it } from 'vitest';
import { mrkdwn, plain, section, textBlock, translate } from './translate.ts';

describe('a TextBlock', () => {
  it.each<[string, object, object]>([
    ['is a section', textBlock('Hello'), section('Hello')],
    [
      'with a heading style is a header',
      textBlock('Hello', { style: 'heading' }),
      { type: 'header', text: plain('Hello') },
    ],
    ['that is large is a header', textBlock('Hello', { size: 'extraLarge' }), { type: 'header', text: plain('Hello') }],
    ['that is bold is bold', textBlock('Hello', { weight: 'Bolder' }), section('*Hello*')],
    [
      'that is subtle is small print',
      textBlock('Hello', { isSubtle: true }),
      { type: 'context', elements: [mrkdwn('Hello')] },
    ],
    [
      'that is small is small print',
      textBlock('Hello', { size: 'Small' }),
      { type: 'context', elements: [mrkdwn('Hello')] },
    ],
    ['in monospace is code', textBlock('ls *', { fontType: 'Monospace' }), section('`ls *`')],
    ['may be a number', textBlock(7), section('7')],
    ['with Markdown keeps its looks', textBlock('**a** _b_ `c`'), section('*a* _b_ `c`')],
    ['with a list has bullets', textBlock('- a\n* b\n1. c'), section('• a\n• b\n1. c')],
    [
      'with a link has a link',
      textBlock('[a](https://x.example/?a=1&b=2)'),
      section('<https://x.example/?a=1&amp;b=2|a>'),
    ],
    [
      'with dates has dates',
      textBlock('{{DATE(2026-11-21T09:30:00+01:00, LONG)}}, {{TIME(2026-11-21T09:30:00Z)}}'),
      section('2026-11-21, 09:30 UTC'),
    ],
    ['with escaped marks shows the marks', textBlock('\\*a'), section('*a')],
  ])('%s', (_name, element, block) => {
    const { blocks, losses } = translate([element]);

    expect(blocks).toEqual([block]);
    expect(losses).toEqual([]);
  });

  it('with a heading too long for a header is bold text, whole', () => {
    const words = 'Approve this change '.repeat(10).trim();

    const { blocks, losses } = translate([textBlock(words, { style: 'heading' })]);

    expect(blocks).toEqual([section(`*${words}*`)]);
    expect(losses).toEqual([]);
  });

  it('close under another one shares its block, small print in italics', () => {
    const { blocks } = translate([
      textBlock('What changes', { weight: 'Bolder' }),
      textBlock('two networks', { spacing: 'Small' }),
      textBlock('read today', { spacing: 'None', isSubtle: true }),
      textBlock('apart'),
    ]);

    expect(blocks).toEqual([section('*What changes*\ntwo networks\n_read today_'), section('apart')]);
  });

  it('without words is nothing', () => {
    expect(translate([textBlock(' \u200B\n')]).blocks).toEqual([]);
  });
});

describe('words that Slack would take for markup', () => {
  it.each(['_a_ and _b_', '*a* and *b*', '~a~', '`a` b', '> quoted', ':smile:', 'a *b* c'])(
    '%s are shown as they are',
    (words) => {
      const { blocks } = translate([textBlock(words)], [], { markdown: false });

      expect(blocks).toEqual([
        { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }] },
      ]);
    },
  );

  it.each(['rg_net_prod', 'a * b', '10:30', '2 > 1', '~/bin', 'file_a, file_b', 'a*b*c'])(
    '%s needs no such care',
    (words) => {
      const { blocks } = translate([textBlock(words)], [], { markdown: false });

      expect(blocks).toEqual([section(words.replaceAll('>', '&gt;'))]);
    },
  );

  it('do not keep a fact from being a field', () => {
    const { blocks } = translate([{ type: 'FactSet', facts: [{ title: 'Pattern', value: '*.log *.txt *' }] }], [], {
      markdown: false,
    });

    expect(blocks).toEqual([{ type: 'section', fields: [plain('Pattern\n*.log *.txt *')] }]);
  });
});

it('RichTextBlock is rich_text, with looks and links', () => {
  const { blocks, losses } = translate([
    {
      type: 'RichTextBlock',
      inlines: [
        'a *b* ',
        { type: 'TextRun', text: 'c', weight: 'Bolder', italic: true, strikethrough: true },
        { type: 'TextRun', text: ' d', fontType: 'Monospace' },
        { type: 'TextRun', text: 'e', selectAction: { type: 'Action.OpenUrl', url: 'https://x.example' } },
      ],
    },
  ]);

  const elements = [
    { type: 'text', text: 'a *b* ' },
    { type: 'text', text: 'c', style: { bold: true, italic: true, strike: true } },
    { type: 'text', text: ' d', style: { code: true } },
    { type: 'link', url: 'https://x.example/', text: 'e' },
  ];
  expect(blocks).toEqual([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]);
  expect(losses).toEqual([]);
});

describe('a FactSet', () => {
  it('is fields, ten to a section', () => {
    const facts = Array.from({ length: 12 }, (_, index) => ({ title: `t${index}`, value: `v${index}` }));

    const { blocks } = translate([{ type: 'FactSet', facts }]);

    expect(blocks.map((block) => (block.type === 'section' && 'fields' in block ? block.fields.length : 0))).toEqual([
      10, 2,
    ]);
    expect(blocks[0]).toMatchObject({ fields: expect.arrayContaining([mrkdwn('*t0*\nv0')]) as unknown });
  });

  it('with a value too long for a field becomes text, whole and in its place', () => {
    const facts = [
      { title: 'a', value: '1' },
      { title: 'b', value: 'word '.repeat(700).trim() },
      { title: 'c', value: '3' },
    ];

    const { blocks, losses } = translate([{ type: 'FactSet', facts }]);

    expect(blocks.map((block) => Object.keys(block)[1])).toEqual(['fields', 'text', 'text', 'fields']);
    expect(losses).toEqual([]);
  });
});
