import { expect, it } from 'vitest';
import {
  answerChoices,
  answerCondition,
  answerLabel,
  answerQuestion,
  answerText,
} from '../../src/policy/answer-words.ts';
import { answerKeys, answerValues } from '../../src/policy/facts-asked.ts';
import { digest } from '../../src/policy/tables-version.ts';
import { clausesOf, isTypoOf } from '../../src/policy/words.ts';

it.each(answerKeys)('has a label, a question and a choice for every value of %s', (key) => {
  const values = answerValues[key];

  expect(answerLabel(key)).not.toBe('');
  expect(answerQuestion(key)).toMatch(/\?$/);
  expect(answerChoices(key).map((choice) => choice.value)).toEqual(values === 'version' ? [] : values.map(String));
});

it('shows answers as people say them', () => {
  expect(answerText('selfServiceRecoveryTried', false)).toBe('Not yet');
  expect(answerText('mendixVersion', '10.6')).toBe('10.6');
  expect(answerText('environment', null)).toBe('');
  expect(answerCondition('mendixVersion', '10.12')).toBe('the app is on Mendix 10.10 or newer');
});

it('gives the same digest for the same text, and another for another', () => {
  expect(digest('rules')).toBe(digest('rules'));
  expect(digest('rules')).not.toBe(digest('rulez'));
});

it.each([
  ['dwon', 'down'],
  ['prodution', 'production'],
  ['acceptence', 'acceptance'],
  ['unavialable', 'unavailable'],
])('takes %s for %s', (written, wanted) => {
  expect(isTypoOf(written, wanted)).toBe(true);
});

it.each([
  ['town', 'down'],
  ['rest', 'test'],
  ['acceptable', 'acceptance'],
  ['product', 'production'],
  ['fail', 'file'],
])('does not take %s for %s', (written, wanted) => {
  expect(isTypoOf(written, wanted)).toBe(false);
});

it('splits text into clauses and keeps numbers and contractions whole', () => {
  const clauses = clausesOf("It can't start, since 8:30! Mendix 10.10 (prod)");

  expect(clauses.map((clause) => clause.words.map((word) => word.text))).toEqual([
    ['it', 'cant', 'start'],
    ['since', '8:30'],
    ['mendix', '10.10'],
    ['prod'],
  ]);
});
