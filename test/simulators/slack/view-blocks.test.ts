/** Blocks in modals and in the App Home. */
import { describe, expect, it } from 'vitest';
import { container, openView, option, over, publish, table, times } from './block-samples.ts';
import { input, modal, plain, section, type Json } from './stage.ts';

describe('a modal', () => {
  const taken: [string, Json][] = [
    ['100 blocks', modal(times(100, () => ({ type: 'divider' })))],
    [
      'the longest of everything',
      modal([section('x')], {
        title: plain(over(24)),
        submit: plain(over(24)),
        close: plain(over(24)),
        private_metadata: over(3000),
        callback_id: over(255),
      }),
    ],
    ['an alert', modal([{ type: 'alert', text: plain('x'), level: 'warning' }])],
    [
      'inputs of all kinds',
      modal([
        input(
          'text',
          { type: 'plain_text_input', multiline: true, max_length: 3000, initial_value: 'x' },
          { hint: plain('y'), optional: true },
        ),
        input('mail', { type: 'email_text_input' }),
        input('url', { type: 'url_text_input' }),
        input('number', {
          type: 'number_input',
          is_decimal_allowed: true,
          min_value: '1',
          max_value: '9',
          initial_value: '5',
        }),
        input('day', { type: 'datepicker', initial_date: '2026-11-21' }),
        input('time', { type: 'timepicker', initial_time: '09:30' }),
        input('pick', { type: 'static_select', options: [option(1)], initial_option: option(1) }),
        input('many', {
          type: 'multi_static_select',
          options: [option(1)],
          initial_options: [option(1)],
          max_selected_items: 1,
        }),
        input('far', { type: 'external_select', min_query_length: 0 }),
        input('box', { type: 'checkboxes', options: [option(1)] }),
        input('one', { type: 'radio_buttons', options: [option(1)] }),
        input('file', { type: 'file_input', filetypes: ['pdf'], max_files: 2 }),
      ]),
    ],
  ];
  it.each(taken)('takes %s', async (_name, view) => {
    expect(await openView(view)).toMatchObject({ ok: true });
  });

  const refused: [string, Json, string][] = [
    [
      '101 blocks',
      modal(times(101, () => ({ type: 'divider' }))),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'a title of 25',
      modal([section('x')], { title: plain(over(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a button of 25',
      modal([section('x')], { submit: plain(over(25)) }),
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    ['no title', modal([section('x')], { title: undefined }), 'missing required field: title [json-pointer:/view]'],
    [
      'metadata of 3,001',
      modal([section('x')], { private_metadata: over(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'a callback of 256',
      modal([section('x')], { callback_id: over(256) }),
      'must be less than 256 characters [json-pointer:/view/callback_id]',
    ],
    [
      'inputs without a button',
      modal([input('i', { type: 'plain_text_input' })], { submit: undefined }),
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ],
    ['a table', modal([table(1, 1)]), 'unsupported type: table [json-pointer:/view/blocks/0/type]'],
    [
      'markdown',
      modal([{ type: 'markdown', text: 'x' }]),
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    [
      'an input of 3,001',
      modal([input('i', { type: 'plain_text_input', max_length: 3001 })]),
      'must be less than 3001 [json-pointer:/view/blocks/0/element/max_length]',
    ],
    [
      'a multi-line address',
      modal([input('i', { type: 'url_text_input', multiline: true })]),
      'invalid additional property: multiline [json-pointer:/view/blocks/0/element]',
    ],
    [
      'a number that says nothing of decimals',
      modal([input('i', { type: 'number_input' })]),
      'missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]',
    ],
    [
      'numbers as numbers',
      modal([input('i', { type: 'number_input', is_decimal_allowed: false, min_value: 1 })]),
      'must provide a string [json-pointer:/view/blocks/0/element/min_value]',
    ],
    [
      'a range upside down',
      modal([input('i', { type: 'number_input', is_decimal_allowed: false, min_value: '9', max_value: '1' })]),
      '`min_value` cannot be greater than `max_value` [json-pointer:/view/blocks/0/element]',
    ],
    [
      'a day that is none',
      modal([input('i', { type: 'datepicker', initial_date: '21.11.2026' })]),
      'must be a valid date [json-pointer:/view/blocks/0/element/initial_date]',
    ],
    [
      'a placeholder of 151',
      modal([input('i', { type: 'plain_text_input', placeholder: plain(over(151)) })]),
      'must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]',
    ],
    [
      'a label of 2,001',
      modal([input('i', { type: 'plain_text_input' }, { label: plain(over(2001)) })]),
      'must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]',
    ],
    [
      'two focuses',
      modal(times(2, (index) => input(`i${index}`, { type: 'plain_text_input', focus_on_load: true }))),
      'only one element can have `focus_on_load` set to `true` [json-pointer:/view/blocks]',
    ],
    ['a home', { type: 'home', blocks: [section('x')] }, 'unsupported type: home [json-pointer:/view/type]'],
  ];
  it.each(refused)('does not take %s', async (_name, view, problem) => {
    expect(await openView(view)).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] failed to match all allowed schemas [json-pointer:/view]', `[ERROR] ${problem}`],
      },
    });
  });

  it('ends at 250 kB', async () => {
    const view = modal(times(90, () => section(over(2900))));

    expect(await openView(view)).toMatchObject({ error: 'view_too_large' });
  });
});

describe('the App Home', () => {
  it('takes 100 blocks, a table among them', async () => {
    expect(await publish([table(2, 2), ...times(99, () => ({ type: 'divider' }))])).toMatchObject({ ok: true });
  });

  it.each([
    ['a plan', { type: 'plan', title: 'x' }, 'plan'],
    ['a container', container([section('x')]), 'container'],
    ['an alert', { type: 'alert', text: plain('x') }, 'alert'],
  ])('does not take %s', async (_name, block, type) => {
    expect((await publish([block])).response_metadata.messages).toContain(
      `[ERROR] unsupported type: ${type} [json-pointer:/view/blocks/0/type]`,
    );
  });
});
