/** How the facts of triage are called on cards, and how they are asked for. The words are in `tables/answer-words.json`. */
import { z } from 'zod/v4';
import { type AnswerKey, type AnswerValue, answerValues } from './facts-asked.ts';
import { readTableFile } from './table-file.ts';
import wordsJson from './tables/answer-words.json' with { type: 'json' };

const Words = z.strictObject({ label: z.string(), question: z.string(), choices: z.record(z.string(), z.string()) });

const words = readTableFile('answer-words', wordsJson, z.record(z.string(), Words));

/** @throws {Error} when the table has no words for a key, so that no card ever shows a bare key. */
function wordsOf(key: AnswerKey): z.infer<typeof Words> {
  const found = words[key];
  if (found === undefined) {
    throw new Error(`Reading answer-words.json: it has no entry “${key}”. Add its label, question and choices.`);
  }
  return found;
}

export function answerLabel(key: AnswerKey): string {
  return wordsOf(key).label;
}

export function answerQuestion(key: AnswerKey): string {
  return wordsOf(key).question;
}

/** In the order of the table; empty for a value that is typed, such as a version. */
export function answerChoices(key: AnswerKey): { title: string; value: string }[] {
  return Object.entries(wordsOf(key).choices).map(([value, title]) => ({ title, value }));
}

export function answerText(key: AnswerKey, value: AnswerValue): string {
  return wordsOf(key).choices[String(value)] ?? String(value);
}

/** Keys and values without words, for the test that finds a hole in the table. */
export function missingWords(): string[] {
  return Object.entries(answerValues).flatMap(([key, values]) => {
    const choices = words[key]?.choices ?? {};
    const wanted = values === 'version' ? [] : values.map(String);
    return words[key] === undefined ? [key] : wanted.filter((value) => choices[value] === undefined).map((value) => `${key}/${value}`);
  });
}
