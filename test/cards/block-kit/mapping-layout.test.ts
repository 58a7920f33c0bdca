/** How what holds words becomes blocks, and pictures. */
import { describe, expect, it } from 'vitest';
import { mrkdwn, problemsOf, section, textBlock, translate, wordsIn } from './translate.ts';

describe('a ColumnSet', () => {
  function column(...items: object[]): object {
    return { type: 'Column', items };
  }
  const picture = { type: 'Image', url: 'https://x.example/a.png', altText: 'A face' };

  it('of texts stands side by side', () => {
    const { blocks } = translate([
      {
        type: 'ColumnSet',
        columns: [
          column(textBlock('Peering', { weight: 'Bolder' }), textBlock('fits')),
          column(textBlock('Private Link')),
        ],
      },
    ]);

    expect(blocks).toEqual([{ type: 'section', fields: [mrkdwn('*Peering*\nfits'), mrkdwn('Private Link')] }]);
  });

  it('of a sign and words is one text', () => {
    function row(word: string): object {
      return {
        type: 'ColumnSet',
        spacing: 'Small',
        columns: [
          column(textBlock('+')),
          column(textBlock(word), textBlock('create', { isSubtle: true, spacing: 'None' })),
        ],
      };
    }

    expect(translate([row('a'), row('b')]).blocks).toEqual([section('+ a — _create_\n+ b — _create_')]);
  });

  it.each([
    ['before', [column(picture), column(textBlock('Rita'))]],
    ['after', [column(textBlock('Rita')), column(picture)]],
  ])('of a picture %s words is a section with a picture', (_where, columns) => {
    const accessory = { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'A face' };

    expect(translate([{ type: 'ColumnSet', columns }]).blocks).toEqual([{ ...section('Rita'), accessory }]);
  });

  it('of anything else is read column by column', () => {
    const facts = { type: 'FactSet', facts: [{ title: 'a', value: 'b' }] };

    const { blocks } = translate([{ type: 'ColumnSet', columns: [column(facts), column(textBlock('long words'))] }]);

    expect(blocks).toEqual([{ type: 'section', fields: [mrkdwn('*a*\nb')] }, section('long words')]);
  });
});

describe('a Container', () => {
  it.each([
    ['good', '✅ *Good:* Done'],
    ['Warning', '⚠️ *Warning:* Done'],
    ['attention', '❗ *Attention:* Done'],
    ['accent', 'ℹ️ *Note:* Done'],
    ['emphasis', 'Done'],
  ])('with the style %s says so in a sign and a word', (style, words) => {
    expect(translate([{ type: 'Container', style, items: [textBlock('Done')] }]).blocks).toEqual([section(words)]);
  });

  it('says it before what is no text', () => {
    const items = [{ type: 'FactSet', facts: [{ title: 'a', value: 'b' }] }];

    expect(translate([{ type: 'Container', style: 'good', items }]).blocks[0]).toEqual(section('✅ *Good*'));
  });

  it('does not say what its own words say with a sign', () => {
    const items = [textBlock('✓ All is well')];

    expect(translate([{ type: 'Container', style: 'good', items }]).blocks).toEqual([section('✓ All is well')]);
  });

  it.each([
    ['warning', '! Please look', '⚠️ Please look'],
    ['attention', '! It stopped', '❗ It stopped'],
    ['warning', '? Not known', '❔ Not known'],
    ['accent', 'ℹ Just so you know', 'ℹ️ Just so you know'],
    ['emphasis', '! As it is', '! As it is'],
  ])('of style %s shows its sign %j as a picture: %j', (style, text, words) => {
    expect(translate([{ type: 'Container', style, items: [textBlock(text)] }]).blocks).toEqual([section(words)]);
    expect(translate([textBlock(text, { color: style })]).blocks).toEqual([section(words)]);
  });

  it('is flat in Slack, whatever it holds', () => {
    const deep = { type: 'Container', items: [{ type: 'Container', items: [textBlock('a'), textBlock('b')] }] };

    expect(translate([deep]).blocks).toEqual([section('a'), section('b')]);
  });
});

it('a separator is a divider, but not at the edge', () => {
  const { blocks } = translate([textBlock('a', { separator: true }), textBlock('b', { separator: true })]);

  expect(blocks).toEqual([section('a'), { type: 'divider' }, section('b')]);
});

describe('a Table', () => {
  function table(rows: readonly (readonly string[])[], more: object = {}): object {
    const cells = rows.map((row) => ({ type: 'TableRow', cells: row.map((words) => ({ items: [textBlock(words)] })) }));
    return { type: 'Table', rows: cells, ...more };
  }

  it('is a table, with links where it has some, and nothing empty', () => {
    const { blocks, losses } = translate([
      table(
        [
          ['Name', 'Count'],
          ['[a](https://x.example)', ''],
        ],
        { columns: [{}, { horizontalCellContentAlignment: 'Right' }] },
      ),
    ]);

    const link = { type: 'link', url: 'https://x.example/', text: 'a' };
    expect(blocks).toEqual([
      {
        type: 'table',
        rows: [
          [
            { type: 'raw_text', text: 'Name' },
            { type: 'raw_text', text: 'Count' },
          ],
          [
            { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [link] }] },
            { type: 'raw_text', text: '–' },
          ],
        ],
        column_settings: [
          { align: 'left', is_wrapped: true },
          { align: 'right', is_wrapped: true },
        ],
      },
    ]);
    expect(losses).toEqual([]);
  });

  it.each([
    [
      'a second one',
      [
        table([['a']]),
        table([
          ['Name', 'N'],
          ['orders', '3'],
        ]),
      ],
    ],
    ['one of more than 100 rows', [table(Array.from({ length: 120 }, (_, index) => ['orders', `${index}`]))]],
    ['one of more than 20 columns', [table([Array.from({ length: 21 }, () => 'orders')])]],
  ])('%s is text', (_name, body) => {
    const translation = translate(body);

    expect(translation.blocks.filter((block) => block.type === 'table').length).toBe(body.length - 1);
    expect(wordsIn(translation.blocks)).toContain('orders');
    expect(translation.losses).toEqual([]);
    expect(problemsOf(translation)).toEqual([]);
  });

  it('is text when Slack did not know the block', () => {
    const { blocks } = translate(
      [
        table([
          ['Name', 'N'],
          ['orders', '3'],
        ]),
      ],
      [],
      { olderBlocks: true },
    );

    const lines = 'Name    N\n──────  ─\norders  3';
    const elements = [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: lines }] }];
    expect(blocks).toEqual([{ type: 'rich_text', elements }]);
  });

  it('of titles and values without a header is facts, where it cannot be a table', () => {
    const { blocks } = translate([table([['Region', 'westeurope']], { firstRowAsHeaders: false })], [], {
      olderBlocks: true,
    });

    expect(blocks).toEqual([{ type: 'section', fields: [mrkdwn('*Region*\nwesteurope')] }]);
  });

  it('that holds more than text is read row by row', () => {
    const picture = { type: 'Image', url: 'https://x.example/a.png', altText: 'A face' };
    const rows = [{ cells: [{ items: [textBlock('Rita')] }, { items: [picture] }] }];

    expect(translate([{ type: 'Table', rows }]).blocks.map((block) => block.type)).toEqual(['section', 'image']);
  });
});

describe('a picture', () => {
  it('is an image with a description', () => {
    const { blocks } = translate([
      {
        type: 'ImageSet',
        images: [{ url: 'https://x.example/a.png' }, { type: 'Image', url: 'http://x.example/b.png', altText: 'B' }],
      },
    ]);

    expect(blocks).toEqual([
      { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'Picture' },
      { type: 'image', image_url: 'http://x.example/b.png', alt_text: 'B' },
    ]);
  });

  it.each([
    'data:image/png;base64,AAAA',
    'http://localhost:3978/a.png',
    'http://127.0.0.1/a.png',
    'http://[::1]/a.png',
    'https://10.0.0.7/a.png',
    'https://intranet/a.png',
    'file:///a.png',
    '',
  ])('at %j is its description, and a loss', (url) => {
    const { blocks, losses } = translate([{ type: 'Image', url, altText: 'A chart' }]);

    expect(blocks).toEqual([{ type: 'context', elements: [mrkdwn('Picture: A chart')] }]);
    expect(losses).toMatchObject([{ path: '/body/0', element: 'Image' }]);
  });
});
