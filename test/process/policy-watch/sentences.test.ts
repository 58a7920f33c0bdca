import { describe, expect, it } from 'vitest';
import { digestOf, normalise, splitSentences, textUnits } from '../../../src/process/policy-watch/sentences.ts';

describe('units of text', () => {
  it.each<[string, string, string[]]>([
    ['a paragraph that was broken into lines', 'one\ntwo\nthree', ['one two three']],
    ['paragraphs with an empty line between', 'one\n\ntwo', ['one', 'two']],
    [
      'items, each on its own, marks left out',
      '• one\n  - two\n * three\n1. four\n 2) five',
      ['one', 'two', 'three', 'four', 'five'],
    ],
    ['an item that was broken into lines', '  • one\n    and more\n  • two', ['one and more', 'two']],
    ['a list after its introduction', 'This includes:\n- one', ['This includes:', 'one']],
    ['rows of a table, without the rule', '| A | B |\n|---|:-:|\n| one | two |', ['A | B', 'one | two']],
    ['no more than a word with a dash', 'self-service\n- item', ['self-service', 'item']],
  ])('are %s', (_what, text, units) => {
    expect(textUnits(text.split('\n'))).toEqual(units);
  });
});

describe('sentences', () => {
  it.each([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    [
      'Parts (e.g. Operator, Agent) are patched. Then more.',
      ['Parts (e.g. Operator, Agent) are patched.', 'Then more.'],
    ],
    ['Only version 10.10 or later. Earlier ones fail.', ['Only version 10.10 or later.', 'Earlier ones fail.']],
    ['It said “no.” Then it went.', ['It said “no.”', 'Then it went.']],
    ['Enter a suffix, e.g., azure.mendixapps.io.', ['Enter a suffix, e.g., azure.mendixapps.io.']],
    ['Less than 2 hours. 8 hours for the rest.', ['Less than 2 hours.', '8 hours for the rest.']],
  ])('%s', (unit, sentences) => {
    expect(splitSentences(unit)).toEqual(sentences);
  });
});

describe('a digest', () => {
  it.each([
    ['white space', 'one  two\u00A0three\n', 'one two three'],
    ['case', 'Mendix Support', 'mendix support'],
    ['quotes', '“it’s”', '"it\'s"'],
    ['dashes', 'a – b — c ‑ d', 'a - b - c - d'],
    ['marks that nobody sees', 'cost\u00ADsaving\u200B', 'costsaving'],
    ['bars of a table', 'one | two', 'one two'],
  ])('is the same whatever the %s', (_what, one, other) => {
    expect(normalise(one)).toBe(normalise(other));
    expect(digestOf(one)).toBe(digestOf(other));
  });

  it('differs with a word, and keeps nothing of the text', () => {
    expect(digestOf('less than 2 hours')).not.toBe(digestOf('less than 3 hours'));
    expect(digestOf('less than 2 hours')).toMatch(/^[0-9a-f]{16}$/);
  });
});
