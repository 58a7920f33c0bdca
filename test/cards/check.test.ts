import { describe, expect, it } from 'vitest';
import type { AdaptiveCard, Json, JsonObject } from '../../src/cards/adaptive-card.ts';
import { checkInputs } from '../../src/cards/check.ts';
import { filledSample } from './samples.ts';

function cardWith(...inputs: JsonObject[]): AdaptiveCard {
  const actions: Json[] = [
    { type: 'Action.Execute', verb: 'send' },
    { type: 'Action.Execute', verb: 'cancel', associatedInputs: 'none' },
  ];
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Container', items: inputs }], actions };
}

const choices = [
  { title: 'Yes', value: 'yes' },
  { title: 'No', value: 'no' },
];

describe('the rule of an input', () => {
  it.each<[string, JsonObject, unknown, boolean]>([
    ['needs a value', { type: 'Input.Text', isRequired: true }, undefined, false],
    ['takes spaces for nothing', { type: 'Input.Text', isRequired: true }, ' \n ', false],
    ['may stay empty', { type: 'Input.Text', regex: '^x$' }, '', true],
    ['matches its form', { type: 'Input.Text', regex: '^[a-z]+$' }, 'orders', true],
    ['does not match its form', { type: 'Input.Text', regex: '^[a-z]+$' }, 'Orders 1', false],
    ['is just short enough', { type: 'Input.Text', maxLength: 3 }, 'abc', true],
    ['is too long', { type: 'Input.Text', maxLength: 3 }, 'abcd', false],
    ['is one of the choices', { type: 'Input.ChoiceSet', choices }, 'yes', true],
    ['is none of the choices', { type: 'Input.ChoiceSet', choices }, 'maybe', false],
    ['is two where one is asked', { type: 'Input.ChoiceSet', choices }, 'yes,no', false],
    ['is two of many', { type: 'Input.ChoiceSet', isMultiSelect: true, choices }, 'yes,no', true],
    ['is a list', { type: 'Input.ChoiceSet', isMultiSelect: true, choices }, ['yes', 'no'], true],
    ['has a stranger among many', { type: 'Input.ChoiceSet', isMultiSelect: true, choices }, 'yes,maybe', false],
    ['is a number', { type: 'Input.Number', min: 1, max: 10 }, '10', true],
    ['is a number as JSON', { type: 'Input.Number', min: 1, max: 10 }, 7.5, true],
    ['is a number with a comma', { type: 'Input.Number', min: 1 }, '2,5', true],
    ['is below', { type: 'Input.Number', min: 1 }, '0', false],
    ['is above', { type: 'Input.Number', max: 10 }, '10.1', false],
    ['is no number', { type: 'Input.Number' }, '1e3', false],
    ['is a date', { type: 'Input.Date', min: '2026-01-01', max: '2026-12-31' }, '2026-02-28', true],
    ['is no day of the calendar', { type: 'Input.Date' }, '2026-02-30', false],
    ['is a date in another form', { type: 'Input.Date' }, '28.02.2026', false],
    ['is too early', { type: 'Input.Date', min: '2026-01-01' }, '2025-12-31', false],
    ['is a time', { type: 'Input.Time', max: '18:00' }, '18:00', true],
    ['is no time', { type: 'Input.Time' }, '24:61', false],
    ['is too late', { type: 'Input.Time', max: '18:00' }, '18:01', false],
    ['is switched on', { type: 'Input.Toggle' }, 'true', true],
    ['is switched off as JSON', { type: 'Input.Toggle', valueOff: 'nein', valueOn: 'ja' }, false, true],
    ['is a stranger to the switch', { type: 'Input.Toggle', valueOff: 'nein', valueOn: 'ja' }, 'true', false],
  ])('%s', (_name, input, value, fine) => {
    const { errors } = checkInputs(cardWith({ id: 'x', ...input }), 'send', { x: value });

    expect(errors.map((error) => error.input)).toEqual(fine ? [] : ['x']);
    expect(errors.every((error) => error.message !== '')).toBe(true);
  });

  it('is told in the words of the card', () => {
    const card = cardWith({ type: 'Input.Text', id: 'x', isRequired: true, errorMessage: 'Write a subject.' });

    expect(checkInputs(card, 'send', {}).errors).toEqual([{ input: 'x', message: 'Write a subject.' }]);
  });
});

describe('what is handed on', () => {
  it('are the known inputs only', () => {
    const { inputs } = checkInputs(cardWith({ type: 'Input.Text', id: 'x' }), 'send', {
      x: 'a',
      verb: 'approve',
      __proto__: 'b',
    });

    expect(inputs).toEqual({ x: 'a' });
  });

  it('is text without characters that a database refuses', () => {
    const { inputs } = checkInputs(cardWith({ type: 'Input.Text', id: 'x' }), 'send', { x: 'a\u0000b\r\nc' });

    expect(inputs).toEqual({ x: 'ab\nc' });
  });

  it('does not read what only looks like an own input', () => {
    const { inputs, errors } = checkInputs(
      cardWith({ type: 'Input.Text', id: 'constructor', isRequired: true }),
      'send',
      {},
    );

    expect(inputs).toEqual({});
    expect(errors).toHaveLength(1);
  });

  it('leaves out an object where text is expected', () => {
    const { inputs } = checkInputs(cardWith({ type: 'Input.Text', id: 'x' }), 'send', { x: { a: 1 } });

    expect(inputs).toEqual({ x: '' });
  });
});

describe('a button that sends nothing', () => {
  it('needs nothing', () => {
    const card = cardWith({ type: 'Input.Text', id: 'x', isRequired: true });

    expect(checkInputs(card, 'cancel', { x: 'typed' })).toEqual({ inputs: {}, errors: [] });
  });

  it.each([undefined, 'another'])('is not %s', (verb) => {
    const card = cardWith({ type: 'Input.Text', id: 'x', isRequired: true });

    expect(checkInputs(card, verb, {}).errors).toHaveLength(1);
  });
});

describe('our own cards', () => {
  it('take their own sample', () => {
    const given = { environment: 'mendix-prod', apps: 'orders', names: 'exact', isolation: 'no', database: 'no' };

    expect(checkInputs(filledSample('connect-form'), 'connect-continue', given).errors).toEqual([]);
  });

  it('refuse an environment that was not in the list', () => {
    const { errors } = checkInputs(filledSample('connect-form'), 'connect-continue', { environment: 'mendix-secret' });

    expect(errors).toEqual([{ input: 'environment', message: 'Choose the environment that you want to connect.' }]);
  });

  it('refuse a ticket without a subject', () => {
    const { errors } = checkInputs(filledSample('ticket-preview'), 'open-ticket', {
      subject: ' ',
      body: 'It is down.',
    });

    expect(errors.map((error) => error.input)).toEqual(['subject']);
  });

  it('ask for no reply when the ticket is marked as solved', () => {
    expect(checkInputs(filledSample('ticket'), 'mark-solved', {}).errors).toEqual([]);
  });
});
