import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrefix, prefixContains, prefixesOverlap } from '../../src/plan/address-space.ts';

describe('prefixes that overlap', () => {
  it.each([
    ['the same', '10.0.0.0/16', '10.0.0.0/16', true],
    ['one inside the other', '10.0.0.0/8', '10.200.3.0/24', true],
    ['the other way round', '10.200.3.0/24', '10.0.0.0/8', true],
    ['neighbours', '10.0.0.0/24', '10.0.1.0/24', false],
    ['neighbours within one octet', '192.168.0.0/22', '192.168.4.0/22', false],
    ['the last address only', '192.168.3.255/32', '192.168.0.0/22', true],
    ['host bits set', '10.0.5.7/16', '10.0.200.0/24', true],
    ['everything', '0.0.0.0/0', '203.0.113.9/32', true],
    ['across families', '10.0.0.0/8', 'fd00::/8', false],
    ['IPv6', 'fd00:1::/48', 'fd00:1:0:8::/64', true],
    ['IPv6 neighbours', 'fd00:1::/48', 'fd00:2::/48', false],
    ['a text that is no prefix', '10.0.0.0/8', 'ten/8', false],
  ])('%s', (_what, left, right, overlaps) => {
    expect(prefixesOverlap([left], [right])).toEqual(overlaps ? [{ left, right }] : []);
  });

  it('names every pair', () => {
    const overlaps = prefixesOverlap(
      ['10.0.0.0/16', '172.16.0.0/12'],
      ['10.0.8.0/24', '172.20.0.0/16', '192.168.0.0/24'],
    );

    expect(overlaps).toEqual([
      { left: '10.0.0.0/16', right: '10.0.8.0/24' },
      { left: '172.16.0.0/12', right: '172.20.0.0/16' },
    ]);
  });

  it('agrees with counting every address', () => {
    // Prefixes of 10.0.0.0/24 only, so that all 256 addresses can be looked at one by one.
    const prefix = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
      .map(([last, length]) => ({ text: `10.0.0.${last}/${length}`, members: membersOf(last, length) }));

    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        const shared = [...one.members].some((address) => other.members.has(address));
        expect(prefixesOverlap([one.text], [other.text])).toHaveLength(shared ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with asking for every address whether the prefix holds it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 24, max: 32 }),
        fc.integer({ min: 0, max: 255 }),
        (last, length, address) => {
          expect(prefixContains(`10.0.0.${last}/${length}`, `10.0.0.${address}`)).toBe(
            membersOf(last, length).has(address),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same from both sides, whatever the prefixes', () => {
    const prefix = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([address, length]) => `${address}/${length}`);

    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        expect(prefixesOverlap([one], [other])).toHaveLength(prefixesOverlap([other], [one]).length);
        expect(prefixesOverlap([one], [one])).toHaveLength(1);
      }),
    );
  });
});

function membersOf(last: number, length: number): Set<number> {
  const size = 2 ** (32 - length);
  const first = Math.floor(last / size) * size;
  return new Set(Array.from({ length: size }, (_, index) => first + index));
}

describe('what is a prefix', () => {
  it.each([
    '10.0.0.0/8',
    '0.0.0.0/0',
    '255.255.255.255/32',
    'fd00::/8',
    '::/0',
    '2001:db8:0:1:2:3:4:5/128',
    'FD00::1/64',
  ])('%s is', (text) => {
    expect(isPrefix(text)).toBe(true);
  });

  it.each([
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.256/8',
    '010.0.0.0/8',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '',
    '/',
    'fd00::/129',
    'fd00:::/8',
    'fd00::1::2/64',
    '1:2:3:4:5:6:7/64',
    '1:2:3:4:5:6:7:8:9/64',
    'gd00::/8',
    '10.0.0.0/1e1',
  ])('“%s” is not', (text) => {
    expect(isPrefix(text)).toBe(false);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(() => [isPrefix(one), prefixesOverlap([one], [other]), prefixContains(one, other)]).not.toThrow();
      }),
    );
  });
});
