import { describe, expect, it } from 'vitest';
import type { Durable } from '../../src/engine/engine.ts';
import { storable } from '../../src/engine/storable.ts';

describe('what a step hands over', () => {
  it.each([
    ['plain data', { a: [1, 'two', null, true] }, { a: [1, 'two', null, true] }],
    ['emoji, which are whole pairs', '🦉', '🦉'],
    ['a NUL character', 'a\0b', 'a\uFFFDb'],
    ['half a pair', ['\uD83D', 'b\uDC00'], ['\uFFFD', 'b\uFFFD']],
    ['a NUL character in a key', { list: [{ 'k\0': 1, whole: 2 }] }, { list: [{ 'k\uFFFD': 1, whole: 2 }] }],
    ['nothing', undefined, null],
    ['an absent part', { here: 1, gone: undefined }, { here: 1 }],
  ])('is stored as it will be read: %s', (_what, value, stored) => {
    expect(storable(value)).toEqual(stored);
  });

  it('is checked by the compiler, which takes interfaces and refuses what JSON would change', () => {
    interface Zone {
      name: string;
      links?: readonly Zone[];
    }

    async function body(durable: Durable, zone: Zone): Promise<Zone | null> {
      const kept = await durable.once('kept', () => Promise.resolve({ zone }));
      // @ts-expect-error: an instant comes back as text.
      await durable.once('instant', () => Promise.resolve({ at: Temporal.Now.instant() }));
      // @ts-expect-error: a function does not come back.
      await durable.once('function', () => Promise.resolve({ again: () => 1 }));
      // @ts-expect-error: nor does a bigint.
      await durable.gate('bigint', () => Promise.resolve(1n), { signal: 'go' });
      return kept.ok ? kept.value.zone : null;
    }

    expect(body).toBeTypeOf('function');
  });
});
