/** The facts that the triage tables may speak of, with the names for several symptoms at once. */
import { z } from 'zod/v4';
import type { Vocabulary } from './condition.ts';
import { answerValues, symptoms } from './facts-asked.ts';
import { readTableFile } from './table-file.ts';
import groupsJson from './tables/symptom-groups.json' with { type: 'json' };

/** Symptoms by the name of their group, such as `any fault`. */
export const symptomGroups: Readonly<Record<string, readonly string[]>> = readTableFile(
  'symptom-groups',
  groupsJson,
  z.strictObject({ about: z.string(), groups: z.record(z.string(), z.array(z.enum(symptoms)).min(1)) }),
).groups;

export const triageVocabulary: Vocabulary = Object.fromEntries(
  Object.entries(answerValues).map(([key, values]) => [
    key,
    key === 'symptom' ? { values, groups: symptomGroups } : { values },
  ]),
);
