/**
 * Phrases as they stand in `tables/phrases.json`:
 *
 *   production is/are down        words in order; a slash gives alternatives
 *   recovery .. did nothing       two dots stand for up to three other words
 *   live (mendix) environment     a word in brackets may be missing, not the first one
 *
 * Small words that carry no meaning ("the", "still") may stand anywhere in between. A phrase does not reach across a
 * clause, nor do its dots across "and" or a denial, and a denial right before it means that it was not said.
 */
import { isTypoOf, type Word } from './words.ts';

/** A word of the text with every word that it may mean: itself, or those that it is a typo of. */
export interface SaidWord extends Word {
  meanings: readonly string[];
}

type Part = { kind: 'word'; anyOf: readonly string[]; optional: boolean } | { kind: 'gap' };

export interface Phrase {
  written: string;
  parts: readonly Part[];
}

export interface Lexicon {
  /** Words without meaning. */
  ignored: ReadonlySet<string>;
  denials: ReadonlySet<string>;
  /** Every word that a phrase names: none of them is a typo of another. */
  known: ReadonlySet<string>;
  byFirstLetter: ReadonlyMap<string, readonly string[]>;
}

const longestGap = 3;

export function parsePhrase(written: string): Phrase {
  return { written, parts: written.split(/\s+/).map(parsePart) };
}

function parsePart(word: string): Part {
  if (word === '..') {
    return { kind: 'gap' };
  }
  const optional = word.startsWith('(') && word.endsWith(')');
  return { kind: 'word', anyOf: (optional ? word.slice(1, -1) : word).split('/'), optional };
}

export function wordsOfPhrase(phrase: Phrase): string[] {
  return phrase.parts.flatMap((part) => (part.kind === 'word' ? part.anyOf : []));
}

/** First and last index of the words that say this phrase, or null. */
export function findPhrase(
  phrase: Phrase,
  words: readonly SaidWord[],
  lexicon: Lexicon,
): { first: number; last: number } | null {
  const [start, ...rest] = phrase.parts;
  for (const [first, word] of words.entries()) {
    const begins = start?.kind === 'word' && isSaid(word, start.anyOf) && !isDenied(words, first, lexicon);
    const end = begins ? matchFrom(rest, words, first + 1, lexicon) : null;
    if (end !== null) {
      return { first, last: end - 1 };
    }
  }
  return null;
}

/** "not down", "never really down": looks back over words without meaning. */
function isDenied(words: readonly SaidWord[], first: number, lexicon: Lexicon): boolean {
  let index = first - 1;
  while (index >= 0 && lexicon.ignored.has(words[index]?.text ?? '')) {
    index -= 1;
  }
  return lexicon.denials.has(words[index]?.text ?? '');
}

/** The index behind the match. */
function matchFrom(parts: readonly Part[], words: readonly SaidWord[], at: number, lexicon: Lexicon): number | null {
  const [part, ...rest] = parts;
  if (part === undefined) {
    return at;
  }
  if (part.kind === 'gap') {
    return matchAfterGap(rest, words, at, lexicon);
  }
  for (let next = at; next < words.length; next += 1) {
    const word = words[next];
    const end = word !== undefined && isSaid(word, part.anyOf) ? matchFrom(rest, words, next + 1, lexicon) : null;
    if (end !== null) {
      return end;
    }
    if (word === undefined || !lexicon.ignored.has(word.text)) {
      break;
    }
  }
  return part.optional ? matchFrom(rest, words, at, lexicon) : null;
}

function matchAfterGap(rest: readonly Part[], words: readonly SaidWord[], at: number, lexicon: Lexicon): number | null {
  let skipped = 0;
  for (let next = at; next < words.length; next += 1) {
    const end = matchFrom(rest, words, next, lexicon);
    if (end !== null) {
      return end;
    }
    const word = words[next]?.text ?? '';
    skipped += lexicon.ignored.has(word) ? 0 : 1;
    if (skipped > longestGap || word === 'and' || word === 'or' || lexicon.denials.has(word)) {
      return null;
    }
  }
  return null;
}

function isSaid(word: SaidWord, anyOf: readonly string[]): boolean {
  return word.meanings.some((meaning) => anyOf.includes(meaning));
}

/** A word that some phrase names is never a typo of another one. */
export function meaningsOf(word: string, lexicon: Lexicon): readonly string[] {
  return lexicon.known.has(word)
    ? [word]
    : (lexicon.byFirstLetter.get(word[0] ?? '') ?? []).filter((known) => isTypoOf(word, known));
}
