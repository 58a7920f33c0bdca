import { expect, it } from 'vitest';
import { z } from 'zod/v4';
import type { Vocabulary } from '../../src/policy/condition.ts';
import { firstMatch, readDecisionTable } from '../../src/policy/decision-table.ts';

const vocabulary: Vocabulary = {
  colour: { values: ['red', 'green', 'blue'], groups: { 'any warm': ['red'] } },
  big: { values: [true, false] },
  version: { values: 'version' },
  note: { values: ['a', 'b'] },
};
const source = { document: 'house', section: 'Test', date: null };

function row(number: string, when: unknown, result = number) {
  return { row: number, when, result, note: 'because', source };
}

function read(...rows: unknown[]) {
  return readDecisionTable('colours', { about: 'a test', rows }, vocabulary, z.string());
}

const nothing = { colour: null, big: null, version: null, note: null };

it.each([
  [{ colour: ['red', 'blue'] }, { colour: 'blue' }, { colour: 'green' }],
  [{ colour: ['any warm'] }, { colour: 'red' }, { colour: 'green' }],
  [{ colour: ['red'], big: [true] }, { colour: 'red', big: true }, { colour: 'red' }],
  [[{ colour: ['red'] }, { big: [true] }], { big: true }, { big: false }],
  [{ big: [false, null] }, {}, { big: true }],
  [{ colour: { not: ['red'] } }, {}, { colour: 'red' }],
  [{ version: { olderThan: '10.10' } }, { version: '10.6' }, { version: '10.10' }],
  [{ version: { olderThan: '10.10' } }, { version: '9' }, { version: '10' }],
  [{ version: { olderThan: '10.10' } }, { version: '10.9.99' }, {}],
  [{ nothingKnownBut: ['note'] }, { note: 'a' }, { big: false }],
])('matches %j', (when, matching, other) => {
  const table = read(row('1', when), row('2', {}));

  expect(firstMatch(table, { ...nothing, ...matching }).result).toBe('1');
  expect(firstMatch(table, { ...nothing, ...other }).result).toBe('2');
});

it('lets the first matching row win', () => {
  const table = read(row('1', { big: [true] }), row('2', { colour: ['red'] }), row('3', {}));

  expect(firstMatch(table, { ...nothing, big: true, colour: 'red' }).result).toBe('1');
});

it('shows document, section and row as the ground', () => {
  const table = read(row('1', {}));

  expect(firstMatch(table, nothing).ground).toEqual({
    source: 'Rules of this bot',
    section: 'Test',
    date: null,
    url: null,
    underReview: false,
    note: 'because',
    row: 'colours 1',
  });
});

it.each([
  [
    'an unknown fact',
    [row('1', { colr: ['red'] }), row('2', {})],
    'row 1, when.0: colr: no such fact; facts are colour',
  ],
  [
    'an unknown value',
    [row('1', {}), row('2', { colour: ['pink'] })],
    'row 2, when.0.colour: write a list of red, green',
  ],
  ['a missing note', [{ row: '1', when: {}, result: 'x', source }], 'row 1, note'],
  ['an unknown document', [{ ...row('1', {}), source: { ...source, document: 'x' } }], 'row 1, source.document'],
  ['an unknown column', [{ ...row('1', {}), extra: 1 }], 'row 1'],
  ['a number used twice', [row('1', { big: [true] }), row('1', {})], 'row 2 uses the number 1 again'],
  [
    'a hole',
    [row('1', { big: [true] }), row('2', { big: [false] })],
    'row 2 is the last one and does not match everything',
  ],
  [
    'a hidden row',
    [row('1', { big: [true] }), row('2', { big: [true], colour: ['red'] }), row('3', {})],
    'row 2 (number 2) can never decide',
  ],
  [
    'a row hidden by several others',
    [row('1', { big: [true, null] }), row('2', { big: [false] }), row('3', { colour: ['red'] }), row('4', {})],
    'row 3 (number 3) can never decide',
  ],
])('refuses a table with %s, naming file and row', (_case, rows, message) => {
  expect(() => read(...rows)).toThrow(/colours\.json/);
  expect(() => read(...rows)).toThrow(message);
});
