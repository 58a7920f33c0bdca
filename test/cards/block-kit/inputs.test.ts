/** Inputs become fields of a form. */
import { describe, expect, it } from 'vitest';
import { plain, problemsOf, translate, wordsIn } from './translate.ts';

const send = { type: 'Action.Execute', title: 'Send', verb: 'send', data: { token: 'abc' } };

function input(type: string, more: object = {}): object {
  return { type: `Input.${type}`, id: 'x', label: 'Label', ...more };
}

function fieldOf(element: object): unknown {
  return translate([element], [send]).modal?.blocks[0];
}

describe('an input', () => {
  it.each<[string, object, object]>([
    ['Text', input('Text'), { type: 'plain_text_input', multiline: false }],
    ['Text of several lines', input('Text', { isMultiline: true }), { multiline: true }],
    ['Text with a limit', input('Text', { maxLength: 20, value: 'a' }), { max_length: 20, initial_value: 'a' }],
    ['Text with several lines in it', input('Text', { value: 'a\nb' }), { multiline: true, initial_value: 'a\nb' }],
    ['Text for mail', input('Text', { style: 'Email' }), { type: 'email_text_input' }],
    [
      'Text for an address',
      input('Text', { style: 'url', value: 'https://x.example' }),
      { type: 'url_text_input', initial_value: 'https://x.example' },
    ],
    [
      'Text for an address that holds none',
      input('Text', { style: 'Url', value: 'later' }),
      { type: 'plain_text_input', initial_value: 'later' },
    ],
    [
      'Number',
      input('Number', { min: 1, max: 2.5, value: 2 }),
      { type: 'number_input', is_decimal_allowed: true, min_value: '1', max_value: '2.5', initial_value: '2' },
    ],
    ['Date', input('Date', { value: '2026-11-21' }), { type: 'datepicker', initial_date: '2026-11-21' }],
    ['Time', input('Time', { value: '09:30' }), { type: 'timepicker', initial_time: '09:30' }],
    ['placeholder', input('Text', { placeholder: 'Why?' }), { placeholder: plain('Why?') }],
  ])('%s has its field', (_name, element, expected) => {
    expect(fieldOf(element)).toMatchObject({
      type: 'input',
      block_id: 'x',
      label: plain('Label'),
      element: { action_id: 'x', ...expected },
    });
    expect(translate([element], [send]).losses).toEqual([]);
  });

  it('says whether it may stay empty', () => {
    expect(fieldOf(input('Text'))).toMatchObject({ optional: true });
    expect(fieldOf(input('Text', { isRequired: true }))).toMatchObject({ optional: false });
  });

  it('tells what is expected, also what only the server can check', () => {
    const element = input('Date', { errorMessage: 'A day of this year.', min: '2026-01-01', max: '2026-12-31' });

    expect(fieldOf(element)).toMatchObject({ hint: plain('A day of this year. From 2026-01-01 to 2026-12-31.') });
  });

  it.each([
    [{ label: undefined, placeholder: 'Why?' }, 'Why?'],
    [{ label: undefined }, 'x'],
    [{ label: undefined, id: undefined }, 'Your answer'],
  ])('without a label is called by what it has: %j', (more, label) => {
    expect(fieldOf(input('Text', more))).toMatchObject({ label: plain(label) });
  });

  it.each([
    ['date', input('Date', { value: '2026-02-30' })],
    ['time', input('Time', { value: '24:61' })],
    ['number', input('Number', { value: 'many' })],
    ['number in its range', input('Number', { value: 9, max: 3 })],
    ['choice', input('ChoiceSet', { value: 'c', choices: [{ title: 'A', value: 'a' }] })],
  ])('whose value is no %s starts empty, and says so', (_name, element) => {
    const translation = translate([element], [send]);

    expect(JSON.stringify(translation.modal)).not.toContain('initial');
    expect(translation.losses).toMatchObject([{ path: '/body/0/value' }]);
  });

  it('with more text than fits is cut, and says so', () => {
    const { modal, losses } = translate(
      [input('Text', { maxLength: 9_000, value: 'v'.repeat(3_100), label: 'l'.repeat(2_100) })],
      [send],
    );

    expect(modal?.blocks[0]).toMatchObject({ element: { max_length: 3_000, initial_value: 'v'.repeat(3_000) } });
    expect(losses.map(({ path }) => path)).toEqual(['/body/0/maxLength', '/body/0/value', '/body/0/label']);
  });

  it('for a secret is a loss, and its value is not in the message', () => {
    const { blocks, losses } = translate([input('Text', { style: 'Password', value: 'hunter2' })], [send]);

    expect(wordsIn(blocks)).not.toContain('hunter2');
    expect(losses).toMatchObject([{ path: '/body/0/style' }]);
  });

  it.each(['', 'x', 'i'.repeat(300)])('has a name of its own, whatever its id is: %#', (id) => {
    const translation = translate([input('Text'), input('Text', { id })], [send]);

    expect(problemsOf(translation)).toEqual([]);
    expect(translation.modal?.blocks).toHaveLength(2);
  });
});

describe('a switch', () => {
  it('is one box, with its own words beside it', () => {
    const on = { text: plain('Send me a copy'), value: 'on' };

    expect(fieldOf(input('Toggle', { title: 'Send me a copy', valueOn: 'yes', value: 'yes' }))).toMatchObject({
      label: plain('Label'),
      element: { type: 'checkboxes', options: [on], initial_options: [on] },
    });
  });

  it('without a label is called by its words', () => {
    const element = { type: 'Input.Toggle', id: 'x', title: 'Send me a copy' };

    expect(fieldOf(element)).toMatchObject({
      label: plain('Send me a copy'),
      element: { options: [{ text: plain('Yes') }] },
    });
  });
});

describe('a choice', () => {
  function choices(count: number): object[] {
    return Array.from({ length: count }, (_, index) => ({ title: `Title ${index}`, value: `v${index}` }));
  }

  it.each<[string, object, string]>([
    ['of one', { choices: choices(3) }, 'static_select'],
    ['of one, all shown', { style: 'expanded', choices: choices(10) }, 'radio_buttons'],
    ['of one, too many to show', { style: 'expanded', choices: choices(11) }, 'static_select'],
    ['of several', { isMultiSelect: true, choices: choices(3) }, 'multi_static_select'],
    ['of several, all shown', { isMultiSelect: true, style: 'expanded', choices: choices(10) }, 'checkboxes'],
    [
      'of several, too many to show',
      { isMultiSelect: true, style: 'expanded', choices: choices(11) },
      'multi_static_select',
    ],
    ['with a filter, which lists in Slack have', { style: 'filtered', choices: choices(100) }, 'static_select'],
  ])('%s has its list', (_name, more, type) => {
    const { modal, losses } = translate([input('ChoiceSet', { value: 'v1', ...more })], [send]);

    expect(modal?.blocks[0]).toMatchObject({ element: { type } });
    expect(JSON.stringify(modal)).toContain('initial_option');
    expect(losses).toEqual([]);
  });

  it.each([
    [false, 'external_select', 'initial_option'],
    [true, 'multi_external_select', 'initial_options'],
  ])('of more than a list holds is asked for while the person types', (isMultiSelect, type, key) => {
    const first = { text: plain('Title 0'), value: 'v0' };

    const { modal, losses } = translate(
      [input('ChoiceSet', { isMultiSelect, value: 'v0', choices: choices(101) })],
      [send],
    );

    expect(modal?.blocks[0]).toMatchObject({
      element: { type, min_query_length: 0, [key]: isMultiSelect ? [first] : first },
    });
    expect(losses).toMatchObject([{ path: '/body/0/choices' }]);
  });

  it('with a long title is cut, and says so', () => {
    const long = [{ title: 't'.repeat(80), value: 'a' }];

    const { modal, losses } = translate([input('ChoiceSet', { choices: long })], [send]);

    expect(modal?.blocks[0]).toMatchObject({
      element: { options: [{ text: plain(`${'t'.repeat(74)}…`), value: 'a' }] },
    });
    expect(losses).toMatchObject([{ path: '/body/0/choices/0/title', element: 'Input.ChoiceSet' }]);
  });

  it.each([
    ['long', ['v'.repeat(200), 'b']],
    ['the same twice', ['a', 'a']],
    ['empty', ['', 'b']],
  ])('with values that Slack refuses (%s) sends the place in the list', (_why, values) => {
    const list = values.map((value) => ({ title: 'T', value }));

    expect(fieldOf(input('ChoiceSet', { choices: list }))).toMatchObject({
      element: { options: [{ value: '0' }, { value: '1' }] },
    });
  });

  it('without choices is a sentence, and a loss', () => {
    const { modal, losses } = translate([input('ChoiceSet', { choices: [] })], [send]);

    expect(modal?.blocks).toMatchObject([{ type: 'section', text: plain('Label: there is nothing to choose from.') }]);
    expect(losses).toMatchObject([{ path: '/body/0', element: 'Input.ChoiceSet' }]);
  });
});
