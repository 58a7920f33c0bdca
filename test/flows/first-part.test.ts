import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstPart } from '../../src/flows/first-part.ts';

it('is the beginning, no longer than asked for, without half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const part = firstPart(text, most);
      expect(text.startsWith(part)).toBe(true);
      expect(part.length).toBeLessThanOrEqual(most);
      expect(part.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
      expect(part.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});
