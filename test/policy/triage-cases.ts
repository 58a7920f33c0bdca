/** Answers for tests: what is not named is not known. */
import { noAnswers, type TriageAnswers } from '../../src/policy/facts-asked.ts';

export function answers(known: Partial<TriageAnswers>): TriageAnswers {
  return { ...noAnswers, ...known };
}
