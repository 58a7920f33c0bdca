import fc from 'fast-check';

const firstSurrogate = 0xd800;
const surrogates = 0x800;

/**
 * Every character there is, as a unit for `fc.string`. The library's own unit makes a table of all of them first, which
 * takes two seconds and much memory in each process.
 */
export const anyCharacter = fc
  .nat(0x10ffff - surrogates)
  .map((place) => String.fromCodePoint(place < firstSurrogate ? place : place + surrogates));
