/** How answers and the questions for them read on cards. The words are `tables/answer-words.json`. */
import { z } from 'zod/v4';
import { type AnswerKey, answerKeys, type AnswerValue, answerValues } from './facts-asked.ts';
import { scopeTable } from './scope.ts';
import { each, readTableFile } from './table-file.ts';
import wordsJson from './tables/answer-words.json' with { type: 'json' };
import { olderThan } from './version.ts';

export type { AnswerKey } from './facts-asked.ts';

interface ValueWords {
  choice: string;
  if: string;
}

interface AnswerWords {
  label: string;
  question: string;
  values: Readonly<Record<string, ValueWords>>;
}

const words = z.string().min(1);
const valueSchema = z.strictObject({ choice: words, if: words });

/** A key or value without words is refused at start, so that no card ever shows a bare key. */
const { answers } = readTableFile(
  'answer-words',
  wordsJson,
  z.strictObject({
    about: words,
    answers: z.strictObject(Object.fromEntries(answerKeys.map((key) => [key, answerSchema(key)]))),
  }),
);

function answerSchema(key: AnswerKey): z.ZodType<AnswerWords> {
  const allowed = answerValues[key];
  const values = allowed === 'version' ? ['older', 'newer'] : allowed.map(String);
  return z.strictObject({ label: words, question: words, values: z.strictObject(each(values, valueSchema)) });
}

function wordsOf(key: AnswerKey): AnswerWords {
  const found = answers[key];
  if (found === undefined) {
    throw new Error(
      `Looking up the words for ${key}: policy/tables/answer-words.json has none. Add them under "answers".`,
    );
  }
  return found;
}

/** Two or three words, as before a colon. */
export function answerLabel(key: AnswerKey): string {
  return wordsOf(key).label;
}

export function answerQuestion(key: AnswerKey): string {
  return wordsOf(key).question;
}

/** In the order of the table; empty when the answer is typed, such as a version. */
export function answerChoices(key: AnswerKey): { title: string; value: string }[] {
  const entries = answerValues[key] === 'version' ? [] : Object.entries(wordsOf(key).values);
  return entries.map(([value, entry]) => ({ title: entry.choice, value }));
}

/** An answer as a person would say it: "Production", "Yes, it did not help", "10.6"; empty when not known. */
export function answerText(key: AnswerKey, value: AnswerValue | null): string {
  const text = value === null ? '' : String(value);
  return answerValues[key] === 'version' ? text : (wordsOf(key).values[text]?.choice ?? text);
}

/** Completes "It would be … if": "it is about production". */
export function answerCondition(key: AnswerKey, value: AnswerValue): string {
  const { values } = wordsOf(key);
  if (answerValues[key] !== 'version') {
    return values[String(value)]?.if ?? `${key} is ${value}`;
  }
  const bound = oldestSupported();
  const side = olderThan(String(value), bound) === true ? 'older' : 'newer';
  return (values[side]?.if ?? `${key} is ${value}`).replace('{version}', bound);
}

/** The version that the scope table tells apart: the last one of its samples. */
function oldestSupported(): string {
  const samples = (scopeTable.samples.get('mendixVersion') ?? []).filter((value) => typeof value === 'string');
  return samples.at(-1) ?? 'the oldest supported one';
}
