/** What a person filled in comes back under the ids and values of the card. */
import { describe, expect, it } from 'vitest';
import type { AdaptiveCard } from '../../../src/cards/adaptive-card.ts';
import { checkInputs } from '../../../src/cards/check.ts';
import { formErrors, formInputs, formOptions, opensForm } from '../../../src/cards/block-kit/form.ts';
import { toBlockKit } from '../../../src/cards/block-kit/to-block-kit.ts';
import { filledSample } from '../samples.ts';
import { cardOf } from './translate.ts';

const choices = [
  { title: 'hub-vnet', value: `/subscriptions/${'2'.repeat(150)}/hub-vnet` },
  { title: 'spoke-7', value: `/subscriptions/${'2'.repeat(150)}/spoke-7` },
];
const card = cardOf(
  [
    { type: 'Input.Text', id: 'name', label: 'Name' },
    { type: 'Input.Number', id: 'count', label: 'Count' },
    { type: 'Input.Date', id: 'day', label: 'Day' },
    { type: 'Input.Time', id: 'time', label: 'Time' },
    { type: 'Input.Toggle', id: 'copy', title: 'Copy', valueOn: 'ja', valueOff: 'nein' },
    { type: 'Input.Toggle', id: 'mail', title: 'Mail' },
    { type: 'Input.ChoiceSet', id: 'network', label: 'Network', choices },
    {
      type: 'Input.ChoiceSet',
      id: 'many',
      label: 'Many',
      isMultiSelect: true,
      choices: [
        { title: 'A', value: 'a' },
        { title: 'B', value: 'b' },
      ],
    },
    { type: 'Input.Text', id: 'empty', label: 'Empty' },
  ],
  [{ type: 'Action.Execute', title: 'Send', verb: 'send' }],
) as AdaptiveCard;

function stateOf(fields: Record<string, object>): unknown {
  return Object.fromEntries(Object.entries(fields).map(([id, state]) => [id, { [id]: state }]));
}

describe('a filled form', () => {
  it('gives the answers by the ids and values of the card', () => {
    const values = stateOf({
      name: { type: 'plain_text_input', value: 'orders' },
      count: { type: 'number_input', value: '7' },
      day: { type: 'datepicker', selected_date: '2026-11-21' },
      time: { type: 'timepicker', selected_time: '09:30' },
      copy: { type: 'checkboxes', selected_options: [{ value: 'on' }] },
      mail: { type: 'checkboxes', selected_options: [] },
      network: { type: 'static_select', selected_option: { value: '1' } },
      many: { type: 'multi_static_select', selected_options: [{ value: 'a' }, { value: 'b' }] },
      empty: { type: 'plain_text_input', value: null },
    });

    expect(formInputs(card, values)).toEqual({
      name: 'orders',
      count: '7',
      day: '2026-11-21',
      time: '09:30',
      copy: 'ja',
      mail: 'false',
      network: choices[1]?.value,
      many: 'a,b',
      empty: '',
    });
    expect(checkInputs(card, 'send', formInputs(card, values)).errors).toEqual([]);
  });

  it('passes on what the card does not offer, so that the check refuses it', () => {
    const inputs = formInputs(card, stateOf({ network: { selected_option: { value: '9' } } }));

    expect(checkInputs(card, 'send', inputs).errors).toMatchObject([{ input: 'network' }]);
  });

  it.each([undefined, null, 7, [], { name: 7 }, { name: { name: 7 } }, { __proto__: { name: { name: {} } } }])(
    'of a strange shape gives what can be read of it: %j',
    (values) => {
      expect(Object.values(formInputs(card, values)).every((value) => value === '')).toBe(true);
    },
  );

  it('comes back from what the form showed, for every choice of a card of ours', () => {
    const form = filledSample('connect-form');
    const { modal } = toBlockKit(form, { markdown: false });

    const values = (modal?.blocks ?? []).flatMap((block): [string, object][] =>
      block.type === 'input' && 'initial_option' in block.element
        ? [[block.block_id, { selected_option: block.element.initial_option }]]
        : [],
    );
    const inputs = formInputs(form, stateOf(Object.fromEntries(values)));

    expect(Object.keys(inputs)).toEqual(['wish', 'environment', 'network', 'names', 'isolation']);
    expect(checkInputs(form, 'connect-continue', inputs).errors).toEqual([]);
  });
});

it('a problem stands at its field, and one without a field at the first', () => {
  const errors = [
    { input: 'day', message: 'No such day.' },
    { input: 'stranger', message: 'What?' },
  ];

  expect(formErrors(card, errors)).toEqual({ day: 'No such day.', name: 'What?' });
});

describe('a list that is asked for while typing', () => {
  const many = cardOf([
    {
      type: 'Input.ChoiceSet',
      id: 'app',
      choices: Array.from({ length: 250 }, (_, index) => ({ title: `App ${index}`, value: `a${index}` })),
    },
  ]) as AdaptiveCard;

  it('gives at most a hundred, those that hold what was typed', () => {
    expect(formOptions(many, 'app', '')).toHaveLength(100);
    expect(formOptions(many, 'app', ' app 24').map(({ value }) => value)).toEqual([
      'a24',
      ...Array.from({ length: 10 }, (_, index) => `a24${index}`),
    ]);
  });

  it('gives nothing for a field that is not there', () => {
    expect(formOptions(many, 'stranger', '')).toEqual([]);
  });
});

it('opens for the buttons that send something', () => {
  expect(opensForm(card, 'send')).toBe(true);
  expect(opensForm(card, 'cancel')).toBe(false);
});
