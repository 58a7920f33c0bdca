/**
 * Free text to answers, by the declared phrases of `tables/phrases.json`. Nothing is guessed: what is denied, doubted,
 * asked or said to be over fills in nothing, and two different values of one fact leave it unknown.
 */
import { z } from 'zod/v4';
import {
  type AnswerKey,
  answerKeys,
  type AnswerValue,
  noAnswers,
  parseAnswers,
  type TriageAnswers,
} from './facts-asked.ts';
import {
  findPhrase,
  type Lexicon,
  meaningsOf,
  parsePhrase,
  type Phrase,
  type SaidWord,
  wordsOfPhrase,
} from './phrase.ts';
import { readSince, readVersions } from './spoken-values.ts';
import { readTableFile, refused } from './table-file.ts';
import phrasesJson from './tables/phrases.json' with { type: 'json' };
import { symptomGroups } from './triage-vocabulary.ts';
import { type Clause, clausesOf, type Word } from './words.ts';

export interface Matched {
  key: AnswerKey;
  value: AnswerValue;
  /** The words of the text that say so. */
  words: string;
}

export interface Understood {
  /** Every key; null where the text does not say it. */
  answers: TriageAnswers;
  /** HH:MM as it was written, when a time was. */
  since: string | null;
  matched: readonly Matched[];
}

/** How a clause is meant: `asked` is a question, `unsure` a doubt or a condition. */
type Mood = 'plain' | 'asked' | 'unsure';

interface PhraseRow {
  key: AnswerKey;
  value: AnswerValue;
  phrases: readonly Phrase[];
  alsoWhen: readonly Mood[];
}

interface Hit extends Matched {
  clause: number;
}

/** What a person says stands at the beginning; what follows after this many characters is a pasted log. */
const longestMessage = 4000;

const table = readPhrases(phrasesJson);

export function readPhrases(json: unknown) {
  const words = z.array(
    z.string().regex(/^[^\s(.]\S*(?: \S+)*$/, 'write words with one space between them; the first one must be there'),
  );
  const row = z.strictObject({
    row: z.string(),
    key: z.enum(answerKeys),
    value: z.union([z.string(), z.boolean()]),
    alsoWhen: z.array(z.enum(['asked', 'unsure'])).default([]),
    phrases: words.min(1).transform((phrases) => phrases.map(parsePhrase)),
  });
  const written = readTableFile(
    'phrases',
    json,
    z.strictObject({
      about: z.string(),
      ignored: words,
      denials: words,
      doubts: words,
      questionStarts: words,
      clauseStarts: words,
      over: words.transform((phrases) => phrases.map(parsePhrase)),
      unaffected: words.transform((phrases) => phrases.map(parsePhrase)),
      sameAs: z.record(z.string(), words),
      rows: z.array(row).min(1),
    }),
  );
  for (const [index, { key, value }] of written.rows.entries()) {
    const problem = parseAnswers({ [key]: value }).error;
    if (problem !== undefined) {
      throw refused('phrases', `row ${index + 1}: ${problem}`);
    }
  }
  return { ...written, rows: written.rows satisfies readonly PhraseRow[] };
}

const known = new Set([
  ...table.rows.flatMap((row) => row.phrases.flatMap(wordsOfPhrase)),
  ...table.ignored,
  ...table.denials,
  ...Object.values(table.sameAs).flat(),
]);

const lexicon: Lexicon = {
  ignored: new Set(table.ignored),
  denials: new Set(table.denials),
  known,
  byFirstLetter: Map.groupBy(known, (word) => word[0] ?? ''),
};

/** Other spellings, longest first: "pre flight" before "pre". */
const spellings = Object.entries(table.sameAs)
  .flatMap(([meant, written]) => written.map((words) => ({ meant: meant.split(' '), words: words.split(' ') })))
  .toSorted((one, other) => other.words.length - one.words.length);

export function understand(text: string): Understood {
  const clauses = clausesOf(text.slice(0, longestMessage))
    .flatMap(splitAtWords)
    .map((clause) => ({ words: respell(clause.words), mood: moodOf(clause) }));
  const over = clauses.some((clause) =>
    table.over.some((phrase) => findPhrase(phrase, clause.words, lexicon) !== null),
  );
  const hits = clauses.flatMap((clause, index) => hitsOf(clause.words, clause.mood, index, text));
  const said = hits.filter((hit) => !(over && isFault(hit)));
  const settled = settle(said, clauses);
  const versions = readVersions(text);
  const matched = versions.length === 1 ? [...settled, ...versions] : settled;
  const answers = Object.fromEntries(matched.map(({ key, value }) => [key, value]));
  return { answers: { ...noAnswers, ...answers }, since: readSince(text), matched };
}

function isFault({ key, value }: Matched): boolean {
  return key === 'symptom' && (symptomGroups['any fault'] ?? []).some((symptom) => symptom === value);
}

function hitsOf(words: readonly SaidWord[], mood: Mood, clause: number, text: string): Hit[] {
  return table.rows.flatMap((row) => {
    if (mood !== 'plain' && !row.alsoWhen.includes(mood)) {
      return [];
    }
    const found = row.phrases.map((phrase) => findPhrase(phrase, words, lexicon)).find((range) => range !== null);
    if (found === undefined || found === null) {
      return [];
    }
    const said = text.slice(words[found.first]?.from, words[found.last]?.to);
    return [{ key: row.key, value: row.value, words: said, clause }];
  });
}

/** One value per fact. Of several symptoms the first row of the table counts; anything else that differs is unknown. */
function settle(hits: readonly Hit[], clauses: readonly { words: readonly SaidWord[] }[]): Matched[] {
  const order = new Map(table.rows.map((row, index) => [`${row.key} ${row.value}`, index]));
  return answerKeys.flatMap((key) => {
    const candidates = hits.filter((hit) => hit.key === key);
    const kept = key === 'environment' ? concerned(candidates, hits, clauses) : candidates;
    const ranked = kept.toSorted((one, other) => rank(one, order) - rank(other, order));
    const values = new Set(ranked.map((hit) => hit.value));
    const [first] = ranked;
    return first === undefined || (values.size > 1 && key !== 'symptom')
      ? []
      : [{ key, value: first.value, words: first.words }];
  });
}

function rank(hit: Matched, order: ReadonlyMap<string, number>): number {
  return order.get(`${hit.key} ${hit.value}`) ?? 0;
}

/** "Test works, prod is down": an environment that works is not what it is about; one beside the symptom is. */
function concerned(
  environments: readonly Hit[],
  hits: readonly Hit[],
  clauses: readonly { words: readonly SaidWord[] }[],
): readonly Hit[] {
  const affected = environments.filter(
    (hit) => !table.unaffected.some((phrase) => findPhrase(phrase, clauses[hit.clause]?.words ?? [], lexicon) !== null),
  );
  const beside = affected.filter((hit) => hits.some((other) => other.key === 'symptom' && other.clause === hit.clause));
  return beside.length > 0 ? beside : affected;
}

function moodOf(clause: Clause): Mood {
  const said = ` ${clause.words.map((word) => word.text).join(' ')} `;
  if (table.doubts.some((doubt) => said.includes(` ${doubt} `))) {
    return 'unsure';
  }
  const [first] = clause.words;
  return clause.end.startsWith('?') && first !== undefined && table.questionStarts.includes(first.text)
    ? 'asked'
    : 'plain';
}

/** "but" and the like begin a new clause. */
function splitAtWords(clause: Clause): Clause[] {
  const at = clause.words.findIndex((word, index) => index > 0 && table.clauseStarts.includes(word.text));
  if (at < 0) {
    return [clause];
  }
  return [
    { words: clause.words.slice(0, at), end: '' },
    ...splitAtWords({ words: clause.words.slice(at), end: clause.end }),
  ];
}

function respell(words: readonly Word[]): SaidWord[] {
  const spelled: SaidWord[] = [];
  for (let index = 0; index < words.length; ) {
    const found = spellings.find((spelling) =>
      spelling.words.every((word, offset) => words[index + offset]?.text === word),
    );
    const first = words[index];
    const last = words[index + (found?.words.length ?? 1) - 1];
    if (first !== undefined && last !== undefined) {
      const texts = found?.meant ?? [first.text];
      spelled.push(
        ...texts.map((text) => ({ text, from: first.from, to: last.to, meanings: meaningsOf(text, lexicon) })),
      );
    }
    index += found?.words.length ?? 1;
  }
  return spelled;
}
