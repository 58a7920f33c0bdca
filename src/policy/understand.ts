/**
 * Free text to answers, by the declared phrases of `tables/phrases.json`. Nothing is guessed: what is denied, doubted,
 * asked or said to be over fills in nothing, and two different values of one fact leave it unknown.
 */
import { readClauses, type SaidClause } from './clauses.ts';
import { holds } from './condition.ts';
import { type AnswerKey, answerKeys, type AnswerValue, noAnswers, type TriageAnswers } from './facts-asked.ts';
import { findPhrase, type Phrase } from './phrase.ts';
import { type PhraseRow, phraseTable as table } from './phrase-table.ts';
import { readSince, readVersions } from './spoken-values.ts';
import { symptomGroups } from './triage-vocabulary.ts';

export interface Matched {
  key: AnswerKey;
  value: AnswerValue;
  /** The words of the text that say so. */
  words: string;
}

export interface Understood {
  /** Every key; null where the text does not say it. */
  answers: TriageAnswers;
  /** As it was written, times as HH:MM; null when it was not. */
  since: string | null;
  matched: readonly Matched[];
}

interface Hit extends Matched {
  row: PhraseRow;
  /** Place of the row in the table. */
  rank: number;
  clause: number;
}

/** What a person says stands at the beginning; what follows after this many characters is a pasted log. */
const longestMessage = 4000;

export function understand(text: string): Understood {
  const said = text.slice(0, longestMessage);
  const clauses = readClauses(said, table).map(withoutPassing);
  const lastOver = clauses.findLastIndex((clause) => clause.mood === 'plain' && says(table.wording.over, clause));
  const hits = clauses.flatMap((clause, index) =>
    index <= lastOver || says(table.wording.past, clause) ? [] : hitsOf(clause, index, said),
  );
  const symptom = settleSymptom(hits);
  const beside = hits.filter(({ row }) => row.onlyWith?.has(symptom === null ? null : String(symptom.value)) !== false);
  const settled = answerKeys.flatMap((key) => settle(key, beside, symptom, clauses));
  const matched = withImplied([...settled, ...readVersions(plainOf(said, clauses))]);
  const answers = Object.fromEntries(matched.map(({ key, value }) => [key, value]));
  return { answers: { ...noAnswers, ...answers }, since: readSince(said), matched };
}

function says(phrases: readonly Phrase[], clause: SaidClause): boolean {
  return phrases.some((phrase) => findPhrase(phrase, clause.words, table.lexicon) !== null);
}

/** The text with spaces in the place of what is asked or doubted. */
function plainOf(text: string, clauses: readonly SaidClause[]): string {
  const hidden = clauses.filter(({ mood, words }) => mood !== 'plain' && words.length > 0);
  return hidden.reduce((rest, { words }) => {
    const from = words[0]?.from ?? 0;
    const to = words.at(-1)?.to ?? from;
    return `${rest.slice(0, from)}${' '.repeat(to - from)}${rest.slice(to)}`;
  }, text);
}

/** "our test users" names no environment. */
function withoutPassing(clause: SaidClause): SaidClause {
  const found = table.wording.passing
    .map((phrase) => findPhrase(phrase, clause.words, table.lexicon))
    .find((range) => range !== null);
  return found === undefined || found === null
    ? clause
    : withoutPassing({ ...clause, words: clause.words.toSpliced(found.first, found.last - found.first + 1) });
}

function hitsOf(clause: SaidClause, index: number, text: string): Hit[] {
  return table.rows.flatMap((row, rank) => {
    // "Why is it not encrypted" is still a question about encryption.
    const evenDenied = isIn('any question', row);
    const found = row.moods.includes(clause.mood)
      ? row.phrases
          .map((phrase) => findPhrase(phrase, clause.words, table.lexicon, evenDenied))
          .find((range) => range !== null)
      : null;
    const from = clause.words[found?.first ?? 0]?.from ?? 0;
    if (found === undefined || found === null || (row.key === 'environment' && isQuoted(text, from))) {
      return [];
    }
    const words = text.slice(from, clause.words[found.last]?.to);
    return [{ key: row.key, value: row.value, words, row, rank, clause: index }];
  });
}

/** A quoted environment is part of a name or of a message. */
function isQuoted(text: string, at: number): boolean {
  return (text.slice(0, at).match(/["“”„]/gu)?.length ?? 0) % 2 === 1;
}

function isIn(group: string, { value }: { value: AnswerValue }): boolean {
  return symptomGroups[group]?.some((symptom) => symptom === value) === true;
}

/**
 * A fault counts before a request, and of several faults the first row of the table. Of several requests it is not
 * plain which one is meant, and one that fails ("the restore ends with an error") is none of them; a general question
 * counts beside nothing else.
 */
function settleSymptom(said: readonly Hit[]): Hit | null {
  const hits = said.filter((hit) => hit.key === 'symptom');
  const failing = new Set(said.filter((hit) => hit.value === 'problem').map((hit) => hit.clause));
  const faults = hits.filter((hit) => isIn('any fault', hit));
  const others = hits.filter((hit) => !faults.includes(hit) && !failing.has(hit.clause));
  const requests = others.filter((hit) => isIn('any request', hit));
  const specific = others.filter((hit) => hit.value !== 'general-question');
  const [first] = [faults, specific, others].find((some) => some.length > 0)?.toSorted(byRank) ?? [];
  const isMixed = faults.length === 0 && requests.length > 0 && new Set(specific.map((hit) => hit.value)).size > 1;
  return first === undefined || isMixed ? null : first;
}

function byRank(one: Hit, other: Hit): number {
  return one.rank - other.rank;
}

/** One value per fact: two different ones leave it unknown, but a problem or a "how do I" is the kind of request it is. */
function settle(key: AnswerKey, hits: readonly Hit[], symptom: Hit | null, clauses: readonly SaidClause[]): Matched[] {
  if (key === 'symptom') {
    return symptom === null ? [] : [matchedOf(symptom)];
  }
  const candidates = hits.filter((hit) => hit.key === key);
  const kept = key === 'environment' ? concerned(candidates, hits, clauses) : candidates.toSorted(byRank);
  const [first] = kept;
  const differs = kept.some((hit) => hit.value !== first?.value);
  const decides = key === 'requestKind' && (first?.value === 'problem' || first?.value === 'how-to');
  return first === undefined || (differs && !decides) ? [] : [matchedOf(first)];
}

function matchedOf({ key, value, words }: Hit): Matched {
  return { key, value, words };
}

/** "Test works, prod is down": an environment that works is not what it is about; one beside the symptom is. */
function concerned(environments: readonly Hit[], hits: readonly Hit[], clauses: readonly SaidClause[]): readonly Hit[] {
  const affected = environments.filter((hit) => {
    const clause = clauses[hit.clause];
    return clause === undefined || clause.mood !== 'plain' || !says(table.wording.unaffected, clause);
  });
  const beside = affected.filter((hit) => hits.some((other) => other.key === 'symptom' && other.clause === hit.clause));
  return beside.length > 0 ? beside : affected;
}

/** What follows from an answer. A fault is a problem whatever is asked about it; else what was said stands. */
function withImplied(matched: readonly Matched[]): readonly Matched[] {
  const known = Object.fromEntries(matched.map(({ key, value }) => [key, value]));
  const implied = table.implied
    .filter((row) => holds(row.when, known))
    .map(({ key, value }) => ({
      key,
      value,
      words: (matched.find((one) => one.key === 'symptom') ?? matched[0])?.words ?? '',
    }));
  const stated = matched.filter(
    ({ key }) => !(key === 'requestKind' && implied.some((row) => row.value === 'problem')),
  );
  return [...stated, ...implied.filter((row) => !stated.some(({ key }) => key === row.key))];
}
