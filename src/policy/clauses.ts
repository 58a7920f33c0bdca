/**
 * A message as clauses with the way each is meant: plain, asked, or behind a doubt. A label and what it labels
 * ("recovery: tried") are one clause; "but" and the like begin a new one.
 */
import { findPhrase, type Phrase, type SaidWord } from './phrase.ts';
import { type Mood, type PhraseTable, respell } from './phrase-table.ts';
import { type Clause, clausesOf, type Word } from './words.ts';

export interface SaidClause {
  words: readonly SaidWord[];
  mood: Mood;
}

interface Part {
  words: readonly SaidWord[];
  /** What stands behind it, such as `?`. */
  end: string;
}

/** Names of hosts are made of words that say nothing: "prod.example.com" names no environment. */
const hostPattern =
  /(?:https?:\/\/\S+)|(?:\*\.)?(?:[\p{L}\p{N}_-]+\.)+(?:io|com|net|org|local|lan|corp|internal|intern|example|test|dev|de|nl|eu|be|uk|ch|at|azure|cloud|app)\b(?:\/\S*)?/giu;

/** Nor does "vnet-prod-hub": it is a network. */
const resourcePattern =
  /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}-]*(?:vnet|hub|spoke|subnet|snet|rg|nsg|sub|kv|pls|pe)\b)(?=[\p{L}\p{N}-]*\b(?:prod|prd|production|acc|uat|acceptance|test|tst|dev)\b)[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/giu;

/** "the website (production)": a word or a few belong to the clause around them. */
const asidePattern = /\([\p{L}\p{N}.-]+(?:[ ,/]+[\p{L}\p{N}.-]+){0,2}\)/gu;

export function readClauses(text: string, table: PhraseTable): SaidClause[] {
  const hidden = text
    .replace(hostPattern, (host) => 'h'.repeat(host.length))
    .replace(resourcePattern, (name) =>
      name.replaceAll(/prod(?:uction)?|prd|acc(?:eptance)?|uat|te?st|dev/giu, (word) => 'h'.repeat(word.length)),
    )
    .replace(asidePattern, (aside) => aside.replaceAll(/[(),/]/g, ' '))
    .replaceAll('!=', 'no');
  const parts = joinLabels(clausesOf(hidden), table)
    .map(({ words, end }): Part => ({ words: respell(words, table), end }))
    .flatMap((part) => splitAtWords(part, table));
  return parts.map((part, index) => ({
    words: part.words,
    mood: moodOf(part, isInQuestion(parts, index), table),
  }));
}

/** Longer labels are sentences. */
const longestLabel = 2;

function joinLabels(clauses: readonly Clause[], table: PhraseTable): Clause[] {
  const joined: { words: readonly Word[]; end: string }[] = [];
  for (const clause of clauses) {
    const label = joined.at(-1);
    const begins = clause.words[0]?.text ?? '';
    if (label?.end === ':' && label.words.length <= longestLabel && !beginsQuestion(begins, table)) {
      label.words = [...label.words, ...clause.words];
      label.end = clause.end;
    } else {
      joined.push({ ...clause });
    }
  }
  return joined;
}

/** A question has no question within: "how fast do you answer" is one clause. */
function splitAtWords(part: Part, table: PhraseTable): Part[] {
  const asks = beginsQuestion(part.words[0]?.text ?? '', table);
  const at = part.words.findIndex(
    (word, index) =>
      index > 0 &&
      !(asks && beginsQuestion(word.text, table)) &&
      table.wording.clauseStarts.some((start) => beginsAt(start, part.words, index, table)),
  );
  return at < 0
    ? [part]
    : [{ words: part.words.slice(0, at), end: '' }, ...splitAtWords({ ...part, words: part.words.slice(at) }, table)];
}

function beginsAt(phrase: Phrase, words: readonly SaidWord[], index: number, table: PhraseTable): boolean {
  const next = words.slice(index, index + phrase.parts.length);
  return findPhrase(phrase, next, table.lexicon)?.first === 0;
}

/** The sentence that this clause stands in ends with a question mark. */
function isInQuestion(parts: readonly Part[], index: number): boolean {
  const ending = parts.slice(index).find(({ end }) => /[.!?\n]/.test(end));
  return ending?.end.includes('?') === true;
}

function moodOf(part: Part, inQuestion: boolean, table: PhraseTable): Mood {
  if (table.wording.doubts.some((doubt) => findPhrase(doubt, part.words, table.lexicon) !== null)) {
    return 'unsure';
  }
  const said = part.words.filter((word) => !table.wording.fillers.has(word.text));
  const begins = said[0]?.text ?? '';
  if (begins === 'why' || begins === 'because') {
    // "why is prod down" asks for the reason; that it is down stands.
    return 'plain';
  }
  const isStart = beginsQuestion(begins, table);
  const isInverted = table.wording.auxiliaries.has(begins) && table.wording.subjects.has(said[1]?.text ?? '');
  return isInverted ||
    (isStart && inQuestion) ||
    (part.end.includes('?') && !isStart) ||
    table.wording.alwaysAsking.has(begins)
    ? 'asked'
    : 'plain';
}

function beginsQuestion(word: string, table: PhraseTable): boolean {
  return table.wording.auxiliaries.has(word) || table.wording.questionWords.has(word);
}
