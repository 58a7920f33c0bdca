/**
 * How sentences are read, whatever they are about: `tables/wording.json`, checked at start. Which phrase gives which
 * answer stands in `tables/phrases.json`.
 */
import { z } from 'zod/v4';
import { parsePhrase, type Phrase, type WordSets } from './phrase.ts';
import { readTableFile } from './table-file.ts';

export interface Wording {
  sets: WordSets;
  /** Words without meaning. */
  ignored: ReadonlySet<string>;
  denials: ReadonlySet<string>;
  /** Words that are near one of a phrase and yet no typo of it. */
  ownWords: ReadonlySet<string>;
  /** "is", "can" and the like: a question when one of `subjects` follows or a question mark ends it. */
  auxiliaries: ReadonlySet<string>;
  subjects: ReadonlySet<string>;
  /** "when", "which" and the like: a question when a question mark ends it. */
  questionWords: ReadonlySet<string>;
  /** Nobody begins a statement with these. */
  alwaysAsking: ReadonlySet<string>;
  /** Before the word that a clause begins with. */
  fillers: ReadonlySet<string>;
  doubts: readonly Phrase[];
  /** Words with which a new clause begins. */
  clauseStarts: readonly Phrase[];
  over: readonly Phrase[];
  past: readonly Phrase[];
  unaffected: readonly Phrase[];
  passing: readonly Phrase[];
  /** Other spellings, longest first: "pre flight" before "pre". */
  spellings: readonly { meant: readonly string[]; written: readonly string[] }[];
}

const phrasePattern = /^[^\s(.]\S*(?: \S+)*$/;

/** A phrase as a table writes it, which may name these sets. */
export function phraseSchema(sets: WordSets): z.ZodType<Phrase> {
  return z
    .string()
    .regex(phrasePattern, 'write words with one space between them; the first one must be there')
    .transform((written, context) => {
      try {
        return parsePhrase(written, sets);
      } catch (error) {
        context.addIssue(`“${written}”: ${error instanceof Error ? error.message : String(error)}`);
        return z.NEVER;
      }
    });
}

const words = z
  .string()
  .regex(/^\S+(?: \S+)*$/, 'write words with one space between them')
  .transform((list) => list.split(' '));
const wordSet = words.transform((list): ReadonlySet<string> => new Set(list));
const setsSchema = z.record(z.string(), words);

/** @throws {PolicyTableError} with the entry that is wrong. */
export function readWording(json: unknown): Wording {
  const { sets } = readTableFile('wording', json, z.looseObject({ sets: setsSchema }));
  const phrases = z.array(phraseSchema(sets));
  const { sameAs, ...table } = readTableFile(
    'wording',
    json,
    z.strictObject({
      about: z.string(),
      sets: setsSchema,
      ignored: wordSet,
      denials: wordSet,
      ownWords: wordSet,
      auxiliaries: wordSet,
      subjects: wordSet,
      questionWords: wordSet,
      alwaysAsking: wordSet,
      fillers: wordSet,
      doubts: phrases,
      clauseStarts: phrases,
      over: phrases,
      past: phrases,
      unaffected: phrases,
      passing: phrases,
      sameAs: z.record(z.string(), z.array(words).min(1)),
    }),
  );
  const spellings = Object.entries(sameAs).flatMap(([meant, all]) =>
    all.map((written) => ({ meant: meant.split(' '), written })),
  );
  return { ...table, spellings: spellings.toSorted((one, other) => other.written.length - one.written.length) };
}
