/**
 * Finds the documents that are nearest to a question (BM25). A document here is anything with a few sentences; at a few
 * hundred of them speed is no matter, and what counts is that people's words find the right one.
 */
import { corrected, type KnownWords, knownWords, type Language, termsOf, wordsIn } from './terms.ts';

export interface Field {
  text: string;
  /** How much a word here counts. */
  weight: number;
}

export interface Hit<Document> {
  document: Document;
  score: number;
  /**
   * How much of what the question is about the document speaks of, 0 to 1. A high score with a low cover is a document
   * about something else that shares a word or two.
   */
  cover: number;
}

/** Best first; only documents that share a word with the question that tells a subject. */
export type LookUp<Document> = (question: string) => Hit<Document>[];

/** How soon a repeated word stops to count more: the usual value. */
const saturation = 1.2;
/** How much long documents are held back: less than usual, for whoever gives many words to a subject means it. */
const lengthShare = 0.4;
/** What a common word counts beside one that tells a subject. */
const commonShare = 0.6;
/** A declared outside subject tells more than a word that happens to be unknown. */
const outsideShare = 3;

interface Entry {
  /** Weighted count of each term. */
  counts: ReadonlyMap<string, number>;
  length: number;
}

interface Term {
  text: string;
  isCommon: boolean;
  /** How telling it is. */
  weight: number;
}

export function buildLookUp<Document>(
  documents: readonly Document[],
  fieldsOf: (document: Document) => readonly Field[],
  language: Language,
): LookUp<Document> {
  const written = documents.flatMap((document) => fieldsOf(document).flatMap((field) => wordsIn(field.text)));
  const known = knownWords([...language.words, ...written]);
  const entries = documents.map((document) => entryOf(fieldsOf(document), language));
  const averageLength = entries.reduce((sum, entry) => sum + entry.length, 0) / Math.max(1, entries.length);
  const weights = weightsOf(entries);
  return (question) => {
    const terms = readQuestion(question, { known, language, weights, documents: entries.length });
    return documents
      .flatMap((document, index) => hitsOf(document, entries[index], terms, averageLength))
      .toSorted((one, other) => other.score - one.score);
  };
}

function entryOf(fields: readonly Field[], language: Language): Entry {
  const counts = new Map<string, number>();
  for (const { text, weight } of fields) {
    for (const term of termsOf(wordsIn(text), language)) {
      counts.set(term, (counts.get(term) ?? 0) + weight);
    }
  }
  for (const term of language.outside) {
    counts.delete(term);
  }
  return { counts, length: counts.values().reduce((sum, count) => sum + count, 0) };
}

function weightsOf(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const term of entries.flatMap((entry) => [...entry.counts.keys()])) {
    holders.set(term, (holders.get(term) ?? 0) + 1);
  }
  return new Map(Array.from(holders, ([term, count]) => [term, weightOf(count, entries.length)]));
}

function weightOf(holders: number, documents: number): number {
  return Math.log(1 + (documents - holders + 0.5) / (holders + 0.5));
}

interface Index {
  known: KnownWords;
  language: Language;
  weights: ReadonlyMap<string, number>;
  documents: number;
}

function readQuestion(question: string, { known, language, weights, documents }: Index): Term[] {
  const words = wordsIn(question).map((word) => corrected(word, known));
  // What no document speaks of tells as much as what a single one speaks of.
  const weightOfUnknown = weightOf(1, documents);
  return Array.from(new Set(termsOf(words, language)), (text) => ({
    text,
    isCommon: language.common.has(text),
    weight: language.outside.has(text) ? weightOfUnknown * outsideShare : (weights.get(text) ?? weightOfUnknown),
  }));
}

function hitsOf<Document>(
  document: Document,
  entry: Entry | undefined,
  terms: readonly Term[],
  averageLength: number,
): Hit<Document>[] {
  const shared = terms.filter((term) => entry?.counts.has(term.text));
  const subjects = shared.filter((term) => !term.isCommon);
  if (entry === undefined || subjects.length === 0) {
    return [];
  }
  const heldBack = saturation * (1 - lengthShare + (lengthShare * entry.length) / averageLength);
  const common = shared.filter((term) => term.isCommon);
  const score = scoreOf(subjects, entry, heldBack) + commonShare * scoreOf(common, entry, heldBack);
  const cover = sumOf(subjects) / sumOf(terms.filter((term) => !term.isCommon));
  return [{ document, score, cover }];
}

function scoreOf(terms: readonly Term[], entry: Entry, heldBack: number): number {
  return terms.reduce((sum, { text, weight }) => {
    const count = entry.counts.get(text) ?? 0;
    return sum + (weight * count * (saturation + 1)) / (count + heldBack);
  }, 0);
}

function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + term.weight, 0);
}
