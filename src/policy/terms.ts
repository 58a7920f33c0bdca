/**
 * Text as terms to compare: synonyms brought together (`tables/synonyms.json`), endings cut off. Documents and questions
 * go through the same steps; a question's typos are corrected first, by the words that the documents know.
 */
import { z } from 'zod/v4';
import { stemOf } from './stem.ts';
import { readTableFile, refused } from './table-file.ts';
import synonymsJson from './tables/synonyms.json' with { type: 'json' };
import { clausesOf, isTypoOf } from './words.ts';

interface Spelling {
  /** Stems as somebody may write them. */
  written: readonly string[];
  /** Stems that stand for them. */
  meant: readonly string[];
}

export interface Language {
  /** Stems of words that everybody uses about everything: they help to put documents in order, but are no subject. */
  common: ReadonlySet<string>;
  /** Terms of subjects that the documents say nothing about, though they may use the word. */
  outside: ReadonlySet<string>;
  /** By their first stem, longest first. */
  spellings: ReadonlyMap<string, readonly Spelling[]>;
  /** Every word of the table, as it is spelled. */
  words: readonly string[];
}

const wordsSchema = z.string().regex(/^[a-z0-9]+(?: [a-z0-9]+)*$/, 'write small letters and one space between words');

/** @throws {PolicyTableError} when one spelling is to mean two things. */
export function readSynonyms(json: unknown): Language {
  const { common, outside, sameAs } = readTableFile(
    'synonyms',
    json,
    z.strictObject({
      about: z.string(),
      common: z.array(wordsSchema).transform((lines) => lines.flatMap((line) => line.split(' '))),
      outside: z.array(wordsSchema),
      sameAs: z.record(wordsSchema, z.array(wordsSchema).min(1)),
    }),
  );
  const pairs = [
    ...Object.entries(sameAs).flatMap(([meant, all]) => all.map((written) => ({ written, meant: stemsOf(meant) }))),
    ...outside.map((written) => ({ written, meant: [written] })),
  ];
  const twice = pairs.find(({ written }, index) => pairs.findIndex((other) => other.written === written) < index);
  if (twice !== undefined) {
    throw refused('synonyms', `“${twice.written}” stands there twice. Keep it in one place.`);
  }
  const spellings = pairs
    .map(({ written, meant }) => ({ written: stemsOf(written), meant }))
    .toSorted((one, other) => other.written.length - one.written.length);
  return {
    common: new Set(common.map(stemOf)),
    outside: new Set(outside),
    spellings: Map.groupBy(spellings, ({ written }) => written[0] ?? ''),
    words: [...common, ...pairs.flatMap(({ written }) => written.split(' ')), ...Object.keys(sameAs).flatMap(wordsIn)],
  };
}

export const language: Language = readSynonyms(synonymsJson);

function stemsOf(words: string): string[] {
  return words.split(' ').map(stemOf);
}

export function wordsIn(text: string): string[] {
  return clausesOf(text).flatMap((clause) => clause.words.map((word) => word.text));
}

export function termsOf(words: readonly string[], { spellings }: Language): string[] {
  const stems = words.map(stemOf);
  const terms: string[] = [];
  for (let index = 0; index < stems.length; ) {
    const found = spellings
      .get(stems[index] ?? '')
      ?.find(({ written }) => written.every((stem, offset) => stems[index + offset] === stem));
    terms.push(...(found?.meant ?? stems.slice(index, index + 1)));
    index += found?.written.length ?? 1;
  }
  return terms;
}

/** Words that are spelled right, each with the number of times that it was seen. */
export interface KnownWords {
  counts: ReadonlyMap<string, number>;
  stems: ReadonlySet<string>;
  byFirstLetter: ReadonlyMap<string, readonly string[]>;
}

export function knownWords(words: readonly string[]): KnownWords {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return {
    counts,
    stems: new Set(Array.from(counts.keys(), stemOf)),
    byFirstLetter: Map.groupBy(counts.keys(), (word) => word[0] ?? ''),
  };
}

/** The word itself, or the most usual one that it may be a typo of. */
export function corrected(word: string, known: KnownWords): string {
  if (known.counts.has(word) || known.stems.has(stemOf(word))) {
    return word;
  }
  const meant = (known.byFirstLetter.get(word[0] ?? '') ?? []).filter((other) => isTypoOf(word, other));
  return meant.toSorted((one, other) => (known.counts.get(other) ?? 0) - (known.counts.get(one) ?? 0))[0] ?? word;
}
