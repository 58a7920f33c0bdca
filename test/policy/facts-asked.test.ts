import { expect, it } from 'vitest';
import { answerKeys, mergeAnswers, noAnswers, parseAnswers } from '../../src/policy/facts-asked.ts';

it('has every key in the answers, null where nothing was said', () => {
  const { answers } = parseAnswers({});

  expect(answers).toEqual(noAnswers);
  expect(Object.keys(noAnswers)).toEqual(answerKeys);
});

it.each([[undefined], [null], ['']])('reads %j as not known', (value) => {
  expect(parseAnswers({ environment: value, canMakeChanges: value, mendixVersion: value }).answers).toEqual(noAnswers);
});

it('keeps what is known', () => {
  const known = { environment: 'production', symptom: 'inaccessible', retriesDone: false, mendixVersion: '10.10.1' };

  expect(parseAnswers(known).answers).toEqual({ ...noAnswers, ...known });
});

it.each([
  [{ colour: 'red' }, 'colour', 'environment, symptom'],
  [{ environment: 'prod' }, '"prod"', 'production, acceptance, test, development'],
  [{ environment: 'Production' }, '"Production"', 'production'],
  [{ canMakeChanges: 'true' }, '"true"', 'true, false'],
  [{ canMakeChanges: 1 }, '1', 'true, false'],
  [{ mendixVersion: 10.1 }, '10.1', 'version as text'],
  [{ mendixVersion: 'ten' }, '"ten"', 'version as text'],
  [{ __proto__x: 1 }, '__proto__x', 'environment'],
  [['environment'], 'must be an object', 'environment'],
  [null, 'must be an object', 'environment'],
])('refuses %j and names what is allowed', (raw, named, allowed) => {
  const { error } = parseAnswers(raw);

  expect(error).toContain(named);
  expect(error).toContain(allowed);
});

it('reports every mistake at once', () => {
  const { error } = parseAnswers({ environment: 'prod', symptom: 'sad' });

  expect(error).toContain('"environment"');
  expect(error).toContain('"symptom"');
});

it('adds what a form says, reading its text as values', () => {
  const merged = mergeAnswers(
    { ...noAnswers, environment: 'test', workaround: true },
    { environment: ' production ', canMakeChanges: 'false', workaround: '', reply: 'not an answer' },
  );

  expect(merged).toEqual({
    kind: 'merged',
    answers: { ...noAnswers, environment: 'production', canMakeChanges: false },
  });
});

it('names the input that a form got wrong', () => {
  const merged = mergeAnswers(noAnswers, { mendixVersion: 'latest', environment: 'production' });

  expect(merged).toEqual({
    kind: 'invalid',
    errors: [{ input: 'mendixVersion', message: expect.stringContaining('such as "10.10"') }],
  });
});
