import { describe, expect, it } from 'vitest';
import { executesIn, inputsIn, isObject, objectsIn, textOf } from '../../src/cards/adaptive-card.ts';
import { cardNames, cardSource } from '../../src/cards/templates.ts';
import type { CardName } from '../../src/flows/card.ts';
import { filledSample } from './samples.ts';

/** Every verb that a card may offer; what a flow offers beyond it would be a button that nobody sees. */
const verbs: Record<CardName, readonly string[]> = {
  help: ['start-connect', 'start-support'],
  notice: ['retry', 'cancel'],
  'connect-form': ['connect-continue', 'take-draft', 'cancel'],
  'connect-method': ['use-peering', 'use-private-link', 'back', 'cancel'],
  'connect-plan': [
    'show-text',
    'show-az',
    'show-bicep',
    'show-terraform',
    'ask-approval',
    'change-answers',
    'check-again',
    'start-support',
    'keep-it',
    'cancel',
  ],
  'connect-status': ['retry', 'undo', 'leave', 'start-support', 'change-answers', 'show-text', 'withdraw'],
  approval: [
    'show-text',
    'show-az',
    'show-bicep',
    'show-terraform',
    'approve',
    'reject',
    'ask-change',
    'hand-over',
    'withdraw',
  ],
  'change-asked': ['change-answers', 'keep-plan'],
  'connect-result': ['judge-output', 'check-again', 'start-support', 'undo'],
  triage: ['triage-continue', 'back', 'cancel'],
  verdict: ['preview-ticket', 'start-connect', 'did-that', 'change-answers', 'differ', 'not-now'],
  differ: ['override', 'back'],
  overrides: [],
  'ticket-list': [],
  control: ['stop-changes', 'allow-changes', 'lift-freeze'],
  waiting: [],
  answer: ['ask-desk', 'note-settings-3', 'note-settings-4', 'start-connect', 'start-support'],
  warning: ['note-off-boarding-1', 'note-off-boarding-4', 'start-connect', 'start-support'],
  'ticket-preview': ['add-to-ticket', 'open-ticket', 'back', 'not-now'],
  alert: ['triage-alert', 'leave-alert'],
  'auto-ticket': ['link-ticket', 'find-ticket', 'no-auto-ticket'],
  digest: ['take-alert-alert-0123456789abcdef0123456789abcdef-1'],
  ticket: [
    'send-reply',
    'follow-up',
    'mark-solved',
    'reopen',
    'it-helped',
    'did-not-help',
    'severity-form',
    'provider-form',
  ],
  'ticket-form': ['change-severity', 'provider-number', 'send-asked'],
};

const allowedTypes = new Set([
  'AdaptiveCard',
  'TextBlock',
  'Container',
  'ColumnSet',
  'Column',
  'FactSet',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Toggle',
  'ActionSet',
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
]);

describe.each(cardNames)('the card %s', (name) => {
  it('fills from its sample without a leftover placeholder', () => {
    const json = JSON.stringify(filledSample(name));

    expect(json).not.toContain('${');
    expect(json).not.toContain('undefined');
  });

  it('is version 1.5, stays under 25 KB, and uses only elements that every platform shows', () => {
    const card = filledSample(name);

    const types = [...objectsIn(card)].map((element) => textOf(element, 'type')).filter((type) => type !== '');

    expect(card.version).toBe('1.5');
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(25_000);
    expect(types.filter((type) => !allowedTypes.has(type))).toEqual([]);
  });

  it('offers the verbs that the flows know, each with a fallback that says the same', () => {
    const actions = executesIn(filledSample(name));

    expect(actions.map((action) => textOf(action, 'verb'))).toEqual(verbs[name]);
    for (const action of actions) {
      const { fallback } = action;
      expect(fallback).toMatchObject({ type: 'Action.Submit', title: action['title'], data: { verb: action['verb'] } });
      expect(isObject(fallback) && fallback['associatedInputs']).toBe(action['associatedInputs']);
    }
  });

  it('has labelled inputs with unique ids, a limit and a word for what is wrong', () => {
    const inputs = inputsIn(filledSample(name));

    const ids = inputs.map((input) => textOf(input, 'id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const input of inputs) {
      expect(textOf(input, 'id')).toMatch(/^[a-z][A-Za-z]*$/);
      expect(textOf(input, 'label')).not.toBe('');
      expect(textOf(input, 'errorMessage')).not.toBe('');
      expect(input['type'] !== 'Input.Text' || typeof input['maxLength'] === 'number').toBe(true);
    }
  });

  it('says every state in words and links to https only', () => {
    const elements = [...objectsIn(filledSample(name))];

    const coloured = elements.filter(
      (element) => typeof element['color'] === 'string' && element['color'] !== 'default',
    );
    expect(coloured.filter((element) => textOf(element, 'text').trim() === '')).toEqual([]);
    const urls = elements.map((element) => textOf(element, 'url')).filter((url) => url !== '');
    expect(urls.filter((url) => !url.startsWith('https://'))).toEqual([]);
  });

  it('wraps every text, so that it reads on a narrow screen', () => {
    const texts = [...objectsIn(filledSample(name))].filter((element) => element['type'] === 'TextBlock');

    expect(texts.filter((text) => text['wrap'] !== true && textOf(text, 'text').length > 2)).toEqual([]);
  });
});

it('has only positive conditions, because a missing key would make a negative one true', () => {
  const conditions = cardNames.flatMap((name) =>
    [...objectsIn(JSON.parse(JSON.stringify(cardSource(name).template)))].map((element) => textOf(element, '$when')),
  );

  const doubtful = conditions.filter((condition) => condition.includes('!='));

  expect(conditions.filter((condition) => condition !== '').length).toBeGreaterThan(0);
  expect(doubtful).toEqual([]);
});
