/** Blocks that Slack takes in a message, at the edge of each limit, and what holds for all of them together. */
import { expect, it } from 'vitest';
import { container, option, over, picture, postBlocks, richText, table, times } from './block-samples.ts';
import { actions, button, input, plain, section, type Json } from './stage.ts';

const taken: [string, Json[]][] = [
  ['no blocks at all', []],
  ['50 blocks', times(50, () => ({ type: 'divider' }))],
  ['a section of 3,000 characters', [section(over(3000))]],
  ['ten fields of 1,000', [{ type: 'section', fields: times(10, () => plain(over(1000))) }]],
  ['a header of 150', [{ type: 'header', text: plain(over(150)) }]],
  ['25 buttons', [actions(...times(25, (index) => button(`b${index}`)))]],
  [
    'a button with the longest texts',
    [
      actions(
        button('b', {
          text: plain(over(75)),
          value: over(2000),
          url: `https://example.com/${over(2900)}`,
          accessibility_label: over(75),
        }),
      ),
    ],
  ],
  [
    'a danger button that asks back',
    [
      actions(
        button('b', {
          style: 'danger',
          confirm: { title: plain(over(100)), text: plain(over(300)), confirm: plain(over(30)), deny: plain('No') },
        }),
      ),
    ],
  ],
  ['100 options', [actions({ type: 'static_select', action_id: 's', options: times(100, option) })]],
  [
    'options in groups',
    [
      actions({
        type: 'static_select',
        action_id: 's',
        option_groups: [{ label: plain('A'), options: times(2, option) }],
      }),
    ],
  ],
  [
    'an option of 75, 150 and 75',
    [
      actions({
        type: 'checkboxes',
        action_id: 'c',
        options: [{ text: plain(over(75)), value: over(150), description: plain(over(75)) }],
      }),
    ],
  ],
  ['the same action in two blocks', [actions(button('approve')), actions(button('approve'))]],
  [
    'ten context elements',
    [{ type: 'context', elements: [...times(9, () => plain('x')), { type: 'image', ...picture }] }],
  ],
  ['a picture beside a text', [{ ...section('x'), accessory: { type: 'image', ...picture } }]],
  ['inputs', [input('i', { type: 'plain_text_input' })]],
  ['markdown', [{ type: 'markdown', text: '**bold**' }]],
  ['a table', [table(20, 10)]],
  [
    'a table with words and numbers',
    [
      {
        type: 'table',
        column_settings: [{ align: 'right', is_wrapped: true }, null],
        rows: [
          [{ type: 'raw_number', value: 4, text: '4' }, richText({ type: 'text', text: 'x', style: { bold: true } })],
        ],
      },
    ],
  ],
  [
    'a collapsed container',
    [
      container([section('x'), actions(button('b'))], {
        is_collapsible: true,
        default_collapsed: true,
        subtitle: plain('y'),
      }),
    ],
  ],
  ['a carousel of cards', [{ type: 'carousel', elements: times(10, () => ({ type: 'card', title: plain('x') })) }]],
  ['a plan', [{ type: 'plan', title: 'Connect', tasks: [{ task_id: '1', title: 'One', status: 'in_progress' }] }]],
  [
    'rich text with every kind of word',
    [
      richText(
        { type: 'text', text: 'x' },
        { type: 'link', url: 'https://example.com', text: 'y' },
        { type: 'emoji', name: 'wave' },
        { type: 'user', user_id: 'U0ADMIN' },
        { type: 'date', timestamp: 1_700_000_000, format: '{date}' },
      ),
    ],
  ],
];
it.each(taken)('takes %s', async (_name, blocks) => {
  expect(await postBlocks(blocks)).toMatchObject({ ok: true });
});

it('takes one table only', async () => {
  expect(await postBlocks([table(1, 1), container([table(1, 1)])])).toMatchObject({ error: 'invalid_attachments' });
});

it('has an end that is not written down', async () => {
  expect(await postBlocks(times(5, () => section(over(2500))))).toMatchObject({ ok: true });
  expect(await postBlocks(times(6, () => section(over(2500))))).toMatchObject({ error: 'msg_blocks_too_long' });
});

it('shares 12,000 characters among all markdown', async () => {
  const blocks = times(2, () => ({ type: 'markdown', text: over(6001) }));

  expect((await postBlocks(blocks)).response_metadata.messages).toContain(
    '[ERROR] must be less than 12001 characters [json-pointer:/blocks]',
  );
});

it.each(['not json', '{"type":"divider"}', '[1]'])('knows no blocks in %s', async (blocks) => {
  expect(await postBlocks(blocks)).toMatchObject({ error: 'invalid_blocks_format' });
});

it.each([[table(1, 1)], [container([section('x')])], [{ type: 'markdown', text: 'x' }]])(
  'knows no newer block where the rollout has not come to',
  async (block) => {
    expect((await postBlocks([block], false)).response_metadata.messages).toContain(
      `[ERROR] unsupported type: ${String(block['type'])} [json-pointer:/blocks/0/type]`,
    );
    expect(await postBlocks([section('x'), richText({ type: 'text', text: 'x' })], false)).toMatchObject({
      ok: true,
    });
  },
);
