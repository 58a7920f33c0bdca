/**
 * Text as words: clauses, words with their place in the text, and a cautious idea of what counts as a typo. Used for
 * reading free text by declared phrases (`understand.ts`) and names (`intent.ts`).
 */

export interface Word {
  /** Lower case, without apostrophes. */
  text: string;
  /** Place in the original text. */
  from: number;
  to: number;
}

export interface Clause {
  words: readonly Word[];
  /** What stands between this clause and the next one, such as `?`. */
  end: string;
}

const wordPattern = /\p{N}+(?:[.:]\p{N}+)+|[\p{L}\p{N}]+(?:['’`][\p{L}]+)*/gu;
const clauseBreak = /[,;:.!?()\n]/;

export function clausesOf(text: string): Clause[] {
  const clauses: { words: Word[]; end: string }[] = [{ words: [], end: '' }];
  let before = 0;
  for (const match of text.matchAll(wordPattern)) {
    const last = clauses.at(-1);
    const between = text.slice(before, match.index);
    const word = { text: plain(match[0]), from: match.index, to: match.index + match[0].length };
    before = word.to;
    if (last === undefined || (clauseBreak.test(between) && last.words.length > 0)) {
      if (last !== undefined) {
        last.end = between.trim();
      }
      clauses.push({ words: [word], end: '' });
    } else {
      last.words.push(word);
    }
  }
  const last = clauses.at(-1);
  if (last !== undefined) {
    last.end = text.slice(before).trim();
  }
  return clauses;
}

function plain(word: string): string {
  return word.normalize('NFKC').toLowerCase().replaceAll(/['’`]/g, '');
}

/**
 * Whether somebody who meant `wanted` may have written `written`. The first letter is right in nearly every typo; short
 * words are too close to each other, so only two swapped letters are forgiven in them.
 */
export function isTypoOf(written: string, wanted: string): boolean {
  if (written === wanted) {
    return true;
  }
  if (written[0] !== wanted[0] || wanted.length < 4 || /\d/.test(wanted)) {
    return false;
  }
  const allowed = wanted.length >= 12 ? 2 : wanted.length >= 5 ? 1 : 0;
  if (Math.abs(written.length - wanted.length) > allowed) {
    return false;
  }
  return isSwap(written, wanted) || (allowed > 0 && distance(written, wanted) <= allowed);
}

function isSwap(written: string, wanted: string): boolean {
  const at = Array.from(wanted).findIndex((letter, index) => letter !== written[index]);
  const swapped = `${wanted.slice(0, at)}${wanted[at + 1] ?? ''}${wanted[at] ?? ''}${wanted.slice(at + 2)}`;
  return swapped === written;
}

/** Letters to insert, remove, replace or swap (optimal string alignment). */
function distance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (now[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, now];
  }
  return last[other.length] ?? 0;
}
