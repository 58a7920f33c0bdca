/** Which unknown facts are worth asking, first things first. The order is `tables/ask-order.json`. */
import { z } from 'zod/v4';
import { conditionSchema, holds } from './condition.ts';
import { type AnswerKey, answerKeys, type TriageAnswers } from './facts-asked.ts';
import { readTableFile, refuseRepeated } from './table-file.ts';
import askOrderJson from './tables/ask-order.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

const rowSchema = z.strictObject({
  row: z.string(),
  ask: z.enum(answerKeys),
  when: conditionSchema(triageVocabulary),
  asked: z.boolean().default(true),
  note: z.string(),
});

const { rows } = readTableFile(
  'ask-order',
  askOrderJson,
  z.strictObject({ about: z.string(), rows: z.array(rowSchema) }),
);
refuseRepeated('ask-order', rows);

/** Unknown facts that are worth a question, first things first, whether or not they would change anything. */
export function unknownInOrder(answers: TriageAnswers): AnswerKey[] {
  return unknownOf(
    answers,
    rows.filter((row) => row.asked),
  );
}

/** Every unknown fact: those worth a question first, those that no row names last. */
export function allUnknown(answers: TriageAnswers): AnswerKey[] {
  const unnamed = answerKeys.filter((key) => answers[key] === null);
  return [...new Set([...unknownInOrder(answers), ...unknownOf(answers, rows), ...unnamed])];
}

function unknownOf(answers: TriageAnswers, some: typeof rows): AnswerKey[] {
  const asked = some.filter((row) => answers[row.ask] === null && holds(row.when, answers)).map((row) => row.ask);
  return [...new Set(asked)];
}
