/**
 * Answers to questions about the policy: the notes that are nearest to what was asked, or a plain "the policy does not
 * say". Nothing is made up: every answer is a row of `tables/notes-*.json` with its document, section and date.
 * Severities, response times and what is supported stand there as notes too, in the words in which people ask for them;
 * the decision tables themselves decide, they do not answer.
 */
import { z } from 'zod/v4';
import { findDanger } from './danger.ts';
import { buildLookUp, type Field, type Hit } from './look-up.ts';
import { type Note, noteByRow, notes } from './notes.ts';
import { sentencesOf } from './sentences.ts';
import { readTableFile, refused } from './table-file.ts';
import askedJson from './tables/asked.json' with { type: 'json' };
import { language } from './terms.ts';

export { findDanger } from './danger.ts';

export type Answer =
  | {
      kind: 'answer';
      /** To be shown before the answer: what was asked is dangerous. */
      warning: Note | null;
      /** The warning itself where the policy says no more about it. */
      best: Note;
      /** At most two notes to go on with. */
      more: readonly Note[];
    }
  | {
      kind: 'not-in-policy';
      /** At most three notes that share words with the question, to offer, not to answer. */
      nearest: readonly Note[];
    };

/**
 * When a note answers: it speaks of half of what was asked and shares enough telling words; where much is told around
 * the question, less of it will do with more of them. Measured on `test/policy/questions`: below these, answers are
 * about other things.
 */
const enough = [
  { score: 6, cover: 0.55 },
  { score: 8, cover: 0.4 },
] as const;

/** A note that falls this far behind the best one is about something else. */
const furtherShare = 0.3;
const mostFurther = 2;
const mostNearest = 3;
/** What a person asks stands at the beginning; what follows after this many characters is a pasted log. */
const longestQuestion = 2000;

const asked = readAsked(askedJson);

/** @throws {PolicyTableError} when questions stand under a note that is not there. */
export function readAsked(json: unknown): Readonly<Record<string, readonly string[]>> {
  const questions = z.array(z.string().regex(/\S/, 'write a question'));
  const table = readTableFile(
    'asked',
    json,
    z.strictObject({ about: z.string(), asked: z.record(z.string(), questions.min(1)) }),
  );
  for (const row of Object.keys(table.asked)) {
    try {
      noteByRow(row);
    } catch (error) {
      throw refused('asked', String(error));
    }
  }
  return table.asked;
}

const find = buildLookUp(notes, fieldsOf, language);

/** Heading and topic, too: people who know the document ask by them. */
function fieldsOf({ row, title, words, note, topic, ground }: Note): Field[] {
  return [
    { text: [title, ...words, ...(asked[row] ?? [])].join('. '), weight: 1 },
    { text: [note, topic, ground.section].join('. '), weight: 0.5 },
  ];
}

/** For any text, also one that asks nothing: whether it is a question is for `readIntent` to say. */
export function answerQuestion(text: string): Answer {
  const question = text.slice(0, longestQuestion);
  const warning = findDanger(question);
  if (warning !== null) {
    return warned(warning, question);
  }
  const [best, ...more] = furtherOf(confidentHits(question));
  return best === undefined
    ? { kind: 'not-in-policy', nearest: notesOf(find(question)).slice(0, mostNearest) }
    : { kind: 'answer', warning, best, more: more.slice(0, mostFurther) };
}

/** Behind a warning only notes on its own topic: the words of a plan find all sorts of others, and none may weaken it. */
function warned(warning: Note, question: string): Answer {
  const others = notesOf(find(question)).filter(({ row, topic }) => topic === warning.topic && row !== warning.row);
  const [best = warning, ...more] = others;
  return { kind: 'answer', warning, best, more: more.slice(0, mostFurther) };
}

/** For the whole text or, where much is told around it, for the first sentence of it that asks something answerable. */
function confidentHits(question: string): Hit<Note>[] {
  const questions = sentencesOf(question).filter((sentence) => sentence.isAsked);
  return [question, ...questions.map((sentence) => sentence.question)].map(find).find(isConfident) ?? [];
}

function isConfident([best]: readonly Hit<Note>[]): boolean {
  return best !== undefined && enough.some(({ score, cover }) => best.score >= score && best.cover >= cover);
}

function furtherOf(hits: readonly Hit<Note>[]): Note[] {
  const least = (hits[0]?.score ?? 0) * furtherShare;
  return notesOf(hits.filter((hit) => hit.score >= least));
}

function notesOf(hits: readonly Hit<Note>[]): Note[] {
  return hits.map((hit) => hit.document);
}
