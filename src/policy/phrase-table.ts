/**
 * The phrases by which free text is read: `tables/phrases.json`, checked at start, with the words that it knows. What
 * the columns mean stands in the table itself and in docs/policy.md.
 */
import { z } from 'zod/v4';
import { type Condition, conditionSchema } from './condition.ts';
import { type AnswerKey, answerKeys, type AnswerValue, parseAnswers } from './facts-asked.ts';
import { type Lexicon, meaningsOf, type Phrase, type SaidWord, wordsOfPhrase } from './phrase.ts';
import { readTableFile, refused } from './table-file.ts';
import phrasesJson from './tables/phrases.json' with { type: 'json' };
import wordingJson from './tables/wording.json' with { type: 'json' };
import { symptomGroups, triageVocabulary } from './triage-vocabulary.ts';
import { phraseSchema, readWording, type Wording } from './wording.ts';
import type { Word } from './words.ts';

/** How a clause is meant: `asked` is a question, `unsure` a doubt or a condition. */
const moods = ['plain', 'asked', 'unsure'] as const;
export type Mood = (typeof moods)[number];

export interface PhraseRow {
  key: AnswerKey;
  value: AnswerValue;
  phrases: readonly Phrase[];
  /** In which clauses it counts. */
  moods: readonly Mood[];
  /** Counts beside these symptoms only; null stands for none. */
  onlyWith: ReadonlySet<string | null> | null;
}

/** What an answer that was understood says beyond itself. */
interface ImpliedRow {
  when: Condition;
  key: AnswerKey;
  value: AnswerValue;
}

export interface PhraseTable {
  rows: readonly PhraseRow[];
  implied: readonly ImpliedRow[];
  wording: Wording;
  lexicon: Lexicon;
}

/** @throws {PolicyTableError} with the number of the row that is wrong. */
export function readPhrases(json: unknown, wording: Wording): PhraseTable {
  const answer = { row: z.string(), key: z.enum(answerKeys), value: z.union([z.string(), z.boolean()]) };
  const row = z.strictObject({
    ...answer,
    moods: z.array(z.enum(moods)).min(1).default(['plain']),
    onlyWith: z.array(z.string().nullable()).min(1).transform(spread).nullable().default(null),
    phrases: z.array(phraseSchema(wording.sets)).min(1),
  });
  const { rows, implied } = readTableFile(
    'phrases',
    json,
    z.strictObject({
      about: z.string(),
      implied: z.array(z.strictObject({ ...answer, when: conditionSchema(triageVocabulary) })),
      rows: z.array(row).min(1),
    }),
  );
  refuseBadValues(rows);
  refuseBadValues(implied);
  return { rows, implied, wording, lexicon: lexiconOf(rows, wording) };
}

function spread(symptoms: readonly (string | null)[]): ReadonlySet<string | null> {
  return new Set(symptoms.flatMap((name): readonly (string | null)[] => symptomGroups[name ?? ''] ?? [name]));
}

function refuseBadValues(rows: readonly { key: AnswerKey; value: AnswerValue }[]): void {
  for (const [index, { key, value }] of rows.entries()) {
    const problem = parseAnswers({ [key]: value }).error;
    if (problem !== undefined) {
      throw refused('phrases', `row ${index + 1}: ${problem}`);
    }
  }
}

function lexiconOf(rows: readonly { phrases: readonly Phrase[] }[], wording: Wording): Lexicon {
  const { clauseStarts, doubts, over, past, unaffected, passing, spellings, ignored, denials } = wording;
  const phrases = [...rows.flatMap((row) => row.phrases), ...clauseStarts, ...doubts, ...over, ...past];
  const meant = [...phrases, ...unaffected, ...passing].flatMap(wordsOfPhrase);
  const targets = new Set([...meant, ...spellings.flatMap(({ written }) => written)]);
  const { ownWords, auxiliaries, questionWords } = wording;
  return {
    ignored,
    denials,
    known: new Set([...targets, ...ignored, ...denials, ...ownWords, ...auxiliaries, ...questionWords]),
    byFirstLetter: Map.groupBy(targets, (word) => word[0] ?? ''),
  };
}

export const phraseTable: PhraseTable = readPhrases(phrasesJson, readWording(wordingJson));

/** Brings other spellings together, and says what each word may mean. */
export function respell(words: readonly Word[], { wording, lexicon }: PhraseTable): SaidWord[] {
  const spelled: SaidWord[] = [];
  for (let index = 0; index < words.length; ) {
    const found = wording.spellings.find(({ written }) =>
      written.every((word, offset) => words[index + offset]?.text === word),
    );
    const first = words[index];
    const last = words[index + (found?.written.length ?? 1) - 1];
    if (first !== undefined && last !== undefined) {
      const texts = found?.meant ?? [first.text];
      spelled.push(
        ...texts.map((text) => ({ text, from: first.from, to: last.to, meanings: meaningsOf(text, lexicon) })),
      );
    }
    index += found?.written.length ?? 1;
  }
  return spelled;
}
