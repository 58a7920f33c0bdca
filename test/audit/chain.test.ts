import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/audit/canonical-json.ts';
import { anchorDigest, deriveId, digestPayload, entryHash } from '../../src/audit/chain.ts';

const entry = {
  caseId: 'case-a',
  seq: 2,
  at: '2026-11-21T13:00:00.000Z',
  type: 'said',
  payloadDigest: 'digest',
  previous: 'before',
};

describe('the hash of an entry', () => {
  it('is the same for the same entry, on every machine', () => {
    expect(entryHash(entry)).toBe(entryHash({ ...entry }));
    expect(entryHash(entry)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['case', { caseId: 'case-b' }],
    ['number', { seq: 3 }],
    ['instant', { at: '2026-11-21T13:00:00.001Z' }],
    ['type', { type: 'clicked' }],
    ['digest', { payloadDigest: 'other' }],
    ['entry before', { previous: 'other' }],
  ])('depends on its %s', (_name, change) => {
    expect(entryHash({ ...entry, ...change })).not.toBe(entryHash(entry));
  });

  it('keeps its parts apart', () => {
    expect(entryHash({ ...entry, type: 'ab', payloadDigest: 'c' })).not.toBe(
      entryHash({ ...entry, type: 'a', payloadDigest: 'bc' }),
    );
  });
});

describe('the digest of a payload', () => {
  const { payloadDigest: _digest, ...place } = entry;

  it('depends on the key, so that nobody without it can try likely texts', () => {
    expect(digestPayload('one', place, '{}')).not.toBe(digestPayload('two', place, '{}'));
  });

  it.each([
    ['case', { caseId: 'case-b' }],
    ['number', { seq: 3 }],
    ['instant', { at: '2026-11-21T13:00:00.001Z' }],
    ['type', { type: 'clicked' }],
    ['entry before', { previous: 'other' }],
  ])('depends on the %s of its entry, so that nobody without the key can put it elsewhere', (_name, change) => {
    expect(digestPayload('one', { ...place, ...change }, '{}')).not.toBe(digestPayload('one', place, '{}'));
  });
});

describe('the digest of an anchor', () => {
  const cases = [
    { caseId: 'a', seq: 1, head: 'x' },
    { caseId: 'B', seq: 2, head: 'y' },
  ];

  it('does not depend on the order in which the database gave the cases', () => {
    expect(anchorDigest(cases.toReversed())).toBe(anchorDigest(cases));
  });

  it('depends on each case', () => {
    expect(anchorDigest(cases.slice(1))).not.toBe(anchorDigest(cases));
  });
});

describe('a derived id', () => {
  it('is the same whoever derives it, short, and fits into an id and a URL', () => {
    expect(deriveId('case', 'web/1')).toBe(deriveId('case', 'web/1'));
    expect(deriveId('case', 'web/1')).toMatch(/^case-[0-9a-f]{20}$/);
  });

  it('differs by prefix and source', () => {
    expect(new Set([deriveId('case', 'a'), deriveId('case', 'b'), deriveId('plan', 'a')]).size).toBe(3);
  });
});

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: { d: [{ z: 1, y: 2 }], c: null } }, '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}'],
    [{ left: undefined, kept: false }, '{"kept":false}'],
    [Temporal.Instant.from('2026-11-21T13:00:00Z'), '"2026-11-21T13:00:00Z"'],
    ['text', '"text"'],
    [undefined, 'null'],
  ])('of %j is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same after it was stored and read again', () => {
    const text = canonicalJson({ ä: '\uD800', zero: -0, list: [undefined] });

    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });
});
