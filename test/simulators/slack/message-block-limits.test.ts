/** Blocks that Slack does not take in a message, with Slack's own words. */
import { expect, it } from 'vitest';
import { container, option, over, picture, postBlocks, richText, table, times } from './block-samples.ts';
import { actions, button, input, plain, section } from './stage.ts';

const refused: [string, unknown[], string][] = [
  ['51 blocks', times(51, () => ({ type: 'divider' })), 'no more than 50 items allowed [json-pointer:/blocks]'],
  ['a section of 3,001', [section(over(3001))], 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
  ['an empty text', [section(' ')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  [
    'a section that says nothing',
    [{ type: 'section' }],
    'must define either `text` or `fields` [json-pointer:/blocks/0/type]',
  ],
  [
    'a field of 2,001',
    [{ type: 'section', fields: [plain(over(2001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    '11 fields',
    [{ type: 'section', fields: times(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a header of 151',
    [{ type: 'header', text: plain(over(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a header in mrkdwn',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    '26 buttons',
    [actions(...times(26, (index) => button(`b${index}`)))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no button', [actions()], 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    'a button of 76',
    [actions(button('b', { text: plain(over(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a value of 2,001',
    [actions(button('b', { value: over(2001) }))],
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'an unknown style',
    [actions(button('b', { style: 'positive' }))],
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a script as target',
    [actions(button('b', { url: 'javascript:alert(1)' }))],
    'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'a confirmation without text',
    [actions(button('b', { confirm: { title: plain('x') } }))],
    'missing required field: text [json-pointer:/blocks/0/elements/0/confirm]',
  ],
  [
    'a confirmation of 301',
    [actions(button('b', { confirm: { text: plain(over(301)) } }))],
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'the same action twice in a block',
    [actions(button('approve'), button('approve'))],
    '`action_id` "approve" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'the same block twice',
    times(2, () => ({ type: 'divider', block_id: 'd' })),
    '`block_id` "d" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    'an id of 256',
    [{ type: 'divider', block_id: over(256) }],
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    '101 options',
    [actions({ type: 'static_select', action_id: 's', options: times(101, option) })],
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '11 boxes',
    [actions({ type: 'checkboxes', action_id: 'c', options: times(11, option) })],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '6 overflow options',
    [actions({ type: 'overflow', action_id: 'o', options: times(6, option) })],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an option of 76',
    [actions({ type: 'radio_buttons', action_id: 'r', options: [{ text: plain(over(76)), value: 'v' }] })],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'an option value of 151',
    [actions({ type: 'static_select', action_id: 's', options: [{ text: plain('x'), value: over(151) }] })],
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'a menu without options',
    [actions({ type: 'static_select', action_id: 's' })],
    'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'a first choice that is not on the list',
    [actions({ type: 'static_select', action_id: 's', options: [option(1)], initial_option: option(2) })],
    '`initial_option` must match an option [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'null for an object',
    [actions({ type: 'static_select', action_id: 's', options: [option(1)], initial_option: null })],
    'must provide an object [json-pointer:/blocks/0/elements/0/initial_option]',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: times(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a picture without words',
    [{ type: 'image', image_url: 'https://example.com/a.png' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'a picture that Slack cannot load',
    [{ type: 'image', ...picture, image_url: 'http://127.0.0.1:3978/a.png' }],
    'downloading image failed [json-pointer:/blocks/0/image_url]',
  ],
  [
    'a picture inside the address',
    [{ type: 'image', ...picture, image_url: 'data:image/png;base64,AAAA' }],
    'must be a valid URL [json-pointer:/blocks/0/image_url]',
  ],
  [
    'a member nobody knows',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  ['a block nobody knows', [{ type: 'banner' }], 'unsupported type: banner [json-pointer:/blocks/0/type]'],
  ['an alert', [{ type: 'alert', text: plain('x') }], 'unsupported type: alert [json-pointer:/blocks/0/type]'],
  [
    'a file input',
    [input('f', { type: 'file_input' })],
    'unsupported type: file_input [json-pointer:/blocks/0/element/type]',
  ],
  ['101 rows', [table(101, 1)], 'no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
  ['21 columns', [table(1, 21)], 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
  [
    'an empty cell',
    [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }],
    'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
  ],
  [
    '11 children',
    [container(times(11, () => section('x')))],
    'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
  ],
  [
    'a container in a container',
    [container([container([section('x')])])],
    'unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]',
  ],
  [
    'rich text in a container',
    [container([richText({ type: 'text', text: 'x' })])],
    'unsupported type: rich_text [json-pointer:/blocks/0/child_blocks/0/type]',
  ],
  [
    'collapsed without being collapsible',
    [container([section('x')], { default_collapsed: true })],
    '`default_collapsed` requires `is_collapsible` [json-pointer:/blocks/0]',
  ],
  [
    '11 cards',
    [{ type: 'carousel', elements: times(11, () => ({ type: 'card', title: plain('x') })) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'an empty card',
    [{ type: 'card' }],
    'must define at least one of `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/0]',
  ],
  [
    'a plan whose title is no plain text',
    [{ type: 'plan', title: plain('x') }],
    'must provide a string [json-pointer:/blocks/0/title]',
  ],
  [
    'an unknown style of rich text',
    [richText({ type: 'text', text: 'x', style: { big: true } })],
    'invalid additional property: big [json-pointer:/blocks/0/elements/0/elements/0/style]',
  ],
];
it.each(refused)('does not take %s', async (_name, blocks, problem) => {
  expect(await postBlocks(blocks)).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    errors: expect.arrayContaining([problem]) as unknown,
    response_metadata: { messages: expect.arrayContaining([`[ERROR] ${problem}`]) as unknown },
  });
});
