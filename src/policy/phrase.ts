/**
 * Phrases as they stand in `tables/phrases.json`:
 *
 *   production is/are down        words in order; a slash gives alternatives
 *   <place> is/are <down>         a word of that set; sets stand in the same table, and mix with a slash
 *   recovery .. did nothing       two dots stand for up to three other words
 *   live (mendix) environment     a word in brackets may be missing, not the first one
 *   # of # apps                   a number, in figures or up to ten in words
 *   ^ down    same problem $      at the beginning, or the end, of a clause
 *
 * Small words that carry no meaning ("the", "still") may stand anywhere in between. A phrase does not reach across a
 * clause, nor do its dots across "and" or a denial, and a denial right before it means that it was not said.
 */
import { isTypoOf, type Word } from './words.ts';

/** A word of the text with every word that it may mean: itself, or those that it is a typo of. */
export interface SaidWord extends Word {
  meanings: readonly string[];
}

type Part =
  | { kind: 'word'; anyOf: ReadonlySet<string>; optional: boolean }
  | { kind: 'gap' }
  | { kind: 'number' }
  | { kind: 'start' }
  | { kind: 'end' };

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

/** Words by the name of their set, such as `down`. */
export type WordSets = Readonly<Record<string, readonly string[]>>;

/** Index of the first and the last word. */
export interface Range {
  first: number;
  last: number;
}

const longestGap = 3;
const numberPattern = /^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twice)$/;

/** @throws {RangeError} when a set is named that is not there. */
export function parsePhrase(written: string, sets: WordSets): Phrase {
  return { written, parts: written.split(/\s+/).map((word) => parsePart(word, sets)) };
}

function parsePart(word: string, sets: WordSets): Part {
  switch (word) {
    case '..':
      return { kind: 'gap' };
    case '#':
      return { kind: 'number' };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    default: {
      const optional = word.startsWith('(') && word.endsWith(')');
      const alternatives = (optional ? word.slice(1, -1) : word).split('/');
      return { kind: 'word', anyOf: new Set(alternatives.flatMap((one) => spread(one, sets))), optional };
    }
  }
}

function spread(word: string, sets: WordSets): readonly string[] {
  const name = /^<(.+)>$/.exec(word)?.[1];
  if (name === undefined) {
    return [word];
  }
  const words = sets[name];
  if (words === undefined) {
    throw new RangeError(`there is no set <${name}>; sets are ${Object.keys(sets).join(', ')}`);
  }
  return words;
}

export function wordsOfPhrase(phrase: Phrase): string[] {
  return phrase.parts.flatMap((part) => (part.kind === 'word' ? [...part.anyOf] : []));
}

/** The words that say this phrase, or null. `evenDenied` finds it behind a "not" as well. */
export function findPhrase(
  phrase: Phrase,
  words: readonly SaidWord[],
  lexicon: Lexicon,
  evenDenied = false,
): Range | null {
  const [anchor, ...rest] = phrase.parts;
  const atStart = anchor?.kind === 'start';
  const [start, ...others] = atStart ? rest : phrase.parts;
  for (const [first, word] of words.entries()) {
    if (start !== undefined && isPart(start, word) && (evenDenied || !isDenied(words, first, lexicon))) {
      const end = matchFrom(others, words, first + 1, lexicon);
      if (end !== null) {
        return { first, last: end - 1 };
      }
    }
    if (atStart && !lexicon.ignored.has(word.text)) {
      return null;
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
  if (part.kind === 'end') {
    return words.slice(at).every((word) => lexicon.ignored.has(word.text)) ? at : null;
  }
  for (let next = at; next < words.length; next += 1) {
    const word = words[next];
    const end = word !== undefined && isPart(part, word) ? matchFrom(rest, words, next + 1, lexicon) : null;
    if (end !== null) {
      return end;
    }
    if (word === undefined || !lexicon.ignored.has(word.text)) {
      break;
    }
  }
  return part.kind === 'word' && part.optional ? matchFrom(rest, words, at, lexicon) : null;
}

function matchAfterGap(rest: readonly Part[], words: readonly SaidWord[], at: number, lexicon: Lexicon): number | null {
  let skipped = 0;
  let isTried = false;
  for (let next = at; next < words.length; next += 1) {
    const end = isTried ? null : matchFrom(rest, words, next, lexicon);
    if (end !== null) {
      return end;
    }
    const word = words[next]?.text ?? '';
    // The look from a word without meaning went on behind it already.
    isTried = lexicon.ignored.has(word);
    skipped += isTried ? 0 : 1;
    if (skipped > longestGap || word === 'and' || word === 'or' || lexicon.denials.has(word)) {
      return null;
    }
  }
  return null;
}

function isPart(part: Part, word: SaidWord): boolean {
  return part.kind === 'word'
    ? word.meanings.some((meaning) => part.anyOf.has(meaning))
    : part.kind === 'number' && numberPattern.test(word.text);
}

/** A word that some phrase names is never a typo of another one. */
export function meaningsOf(word: string, lexicon: Lexicon): readonly string[] {
  return lexicon.known.has(word)
    ? [word]
    : (lexicon.byFirstLetter.get(word[0] ?? '') ?? []).filter(
        (known) => isTypoOf(word, known) && !isOtherWord(word, known),
      );
}

/** In a short word another letter makes another word more often than a typo: "world" and "would". */
function isOtherWord(written: string, known: string): boolean {
  return written.length === known.length && known.length < shortestReplaced && lettersOf(written) !== lettersOf(known);
}

const shortestReplaced = 7;

function lettersOf(word: string): string {
  return Array.from(word).toSorted().join('');
}
