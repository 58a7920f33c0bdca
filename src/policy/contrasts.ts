/**
 * Answers that were given and could have been otherwise: shown beside a verdict as "It would be … if …" where the other
 * answer changes it. The rows are `tables/contrasts.json`; all that hold count, in their order.
 */
import { z } from 'zod/v4';
import { type Condition, conditionSchema, holds } from './condition.ts';
import { type AnswerKey, answerKeys, type AnswerValue, parseAnswers, type TriageAnswers } from './facts-asked.ts';
import { readTableFile, refuseRepeated } from './table-file.ts';
import contrastsJson from './tables/contrasts.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

export interface Contrast {
  row: string;
  when: Condition;
  key: AnswerKey;
  value: AnswerValue;
  /** Completes the sentence after "if". */
  if: string;
}

const rowSchema = z
  .strictObject({
    row: z.string().min(1),
    when: conditionSchema(triageVocabulary),
    key: z.enum(answerKeys),
    value: z.union([z.string(), z.boolean()]),
    if: z.string().min(1),
  })
  .superRefine((row, context) => {
    const { error } = parseAnswers({ [row.key]: row.value });
    if (error !== undefined) {
      context.addIssue({ code: 'custom', path: ['value'], message: error });
    }
  });

const contrasts = readContrasts(contrastsJson);

/** @throws {PolicyTableError} that names the row. */
export function readContrasts(json: unknown): Contrast[] {
  const { rows } = readTableFile('contrasts', json, z.strictObject({ about: z.string(), rows: z.array(rowSchema) }));
  refuseRepeated('contrasts', rows);
  return rows;
}

export function contrastsOf(answers: TriageAnswers): Contrast[] {
  return contrasts.filter((row) => holds(row.when, answers));
}
