/**
 * Situations as people tell them, with the verdict that the documents give: expectations were derived by reading the
 * policy and CONTRACTS.md section 3, not by running the code.
 */
import { z } from 'zod/v4';
import { answerKeys, parseAnswers, type TriageAnswers } from '../../src/policy/facts-asked.ts';
import availability from './situations/availability.json' with { type: 'json' };
import cluster from './situations/cluster.json' with { type: 'json' };
import network from './situations/network.json' with { type: 'json' };
import requests from './situations/requests.json' with { type: 'json' };
import security from './situations/security-and-compliance.json' with { type: 'json' };
import unknown from './situations/unknown.json' with { type: 'json' };
import versions from './situations/versions.json' with { type: 'json' };

const key = z.enum(answerKeys);
export type Situation = z.infer<typeof situationSchema>;

const situationSchema = z.strictObject({
  situation: z.string().min(1),
  answers: z.partialRecord(key, z.union([z.string(), z.boolean()])),
  expected: z.strictObject({
    scope: z.string(),
    route: z.string(),
    responsible: z.string().nullable(),
    severity: z.string().nullable(),
    target: z.string().nullable(),
  }),
  /** All that is asked, in this order. */
  ask: z.array(key).optional(),
  asksFirst: key.optional(),
  /** Among what is asked. */
  asks: z.array(key).optional(),
});

export const situations: readonly Situation[] = z
  .array(situationSchema)
  .parse([...availability, ...versions, ...cluster, ...network, ...requests, ...security, ...unknown]);

/** @throws {Error} when the situation was written down with an answer that there is not. */
export function answersOf(situation: Situation): TriageAnswers {
  const { answers, error } = parseAnswers(situation.answers);
  if (answers === undefined) {
    throw new Error(`Reading the situation “${situation.situation}”: ${error} Correct it in test/policy/situations.`);
  }
  return answers;
}
