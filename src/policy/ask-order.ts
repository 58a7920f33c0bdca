/** Which unknown facts are worth asking, first things first. The order is `tables/ask-order.json`. */
import { z } from 'zod/v4';
import { conditionSchema, holds } from './condition.ts';
import { type AnswerKey, answerKeys, type TriageAnswers } from './facts-asked.ts';
import { readTableFile } from './table-file.ts';
import askOrderJson from './tables/ask-order.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

const rowSchema = z.strictObject({
  row: z.string(),
  ask: z.enum(answerKeys),
  when: conditionSchema(triageVocabulary),
  note: z.string(),
});

const { rows } = readTableFile(
  'ask-order',
  askOrderJson,
  z.strictObject({ about: z.string(), rows: z.array(rowSchema) }),
);

/** Unknown facts in the order in which they are asked, whether or not they would change anything. */
export function unknownInOrder(answers: TriageAnswers): AnswerKey[] {
  const asked = rows.filter((row) => answers[row.ask] === null && holds(row.when, answers)).map((row) => row.ask);
  return [...new Set(asked)];
}
