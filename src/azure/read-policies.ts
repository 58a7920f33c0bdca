/**
 * Policies of the organisation that would refuse what a plan makes. Azure itself is asked, with a bare resource of each
 * kind; it names the conditions that would stop it. Asked only where policies are assigned at all.
 */
import { z } from 'zod/v4';
import type { ResourceId } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import type { PolicySeen } from '../plan/world.ts';
import { policyAssignmentVersion, policyCheckVersion } from './api-versions.ts';
import { mapFew } from './collect.ts';
import { readOrNote, type Reading } from './reading.ts';

export interface PolicyQuestion {
  /** Resource group in which something would be made. */
  group: ResourceId;
  /** Where Azure is asked: in a managed resource group only reading is allowed, so there the subscription is. */
  at: ResourceId;
  location: string;
  /** Types that would be made, such as `Microsoft.Network/privateEndpoints`. */
  types: readonly string[];
}

const assignmentBody = z.object({
  id: z.string(),
  properties: z.object({ displayName: z.string().optional(), enforcementMode: z.string().optional() }),
});

const expressionBody = z.object({ expression: z.string().default(''), result: z.string().default('') });

const answerBody = z.object({
  contentEvaluationResult: z
    .object({
      policyEvaluations: z
        .array(
          z.object({
            policyInfo: z.object({ policyAssignmentId: z.string().default('') }),
            evaluationResult: z.string(),
            evaluationDetails: z.object({ evaluatedExpressions: z.array(expressionBody).default([]) }).optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

export async function readPolicies(reading: Reading, questions: readonly PolicyQuestion[]): Promise<PolicySeen[]> {
  return (await mapFew(questions, (question) => readAt(reading, question))).flat();
}

async function readAt(reading: Reading, question: PolicyQuestion): Promise<PolicySeen[]> {
  const where = shortName(question.group);
  const path = `${question.group}/providers/Microsoft.Authorization/policyAssignments`;
  const assigned = await readOrNote(reading, `the policies of ${where}`, async () =>
    (await reading.arm.list(path, policyAssignmentVersion)).map((item) => assignmentBody.parse(item)),
  );
  const enforced = (assigned ?? []).filter(({ properties }) => properties.enforcementMode !== 'DoNotEnforce');
  if (enforced.length === 0) {
    return [];
  }
  const names = new Map(enforced.map(({ id, properties }) => [id.toLowerCase(), properties.displayName]));
  const found = await mapFew(question.types, (type) => readType(reading, question, type));
  return found.flat().map(({ assignment, scope, type, requiredTag }) => {
    const name = names.get(assignment.toLowerCase()) ?? shortName(assignment);
    return { name, scope, type, requiredTag };
  });
}

type Found = Omit<PolicySeen, 'name'> & { assignment: ResourceId };

async function readType(reading: Reading, { group, at, location }: PolicyQuestion, type: string): Promise<Found[]> {
  const question = { resourceDetails: { resourceContent: { type, location, properties: {} } } };
  const path = `${at}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
  const answer = await readOrNote(reading, `whether policies allow ${type} in ${shortName(group)}`, async () =>
    answerBody.parse(await reading.arm.ask(path, policyCheckVersion, question)),
  );
  const against = (answer?.contentEvaluationResult?.policyEvaluations ?? []).filter(
    ({ evaluationResult }) => evaluationResult === 'NonCompliant',
  );
  return against.flatMap(({ policyInfo, evaluationDetails }): Found[] => {
    const assignment = policyInfo.policyAssignmentId;
    const conditions = (evaluationDetails?.evaluatedExpressions ?? []).map(({ expression }) => expression);
    const tags = conditions.flatMap((expression) => tagIn(expression) ?? []);
    const others = conditions.filter((expression) => expression !== 'type' && tagIn(expression) === null);
    if (conditions.length === 0 || others.length > 0) {
      // What a bare resource lacks the real one may have.
      reading.unread.push(`whether the policy ${shortName(assignment)} lets me make ${type} in ${shortName(group)}`);
      return [];
    }
    return tags.length === 0
      ? [{ assignment, scope: group, type, requiredTag: null }]
      : tags.map((requiredTag) => ({ assignment, scope: group, type, requiredTag }));
  });
}

/** `tags['cost-center']` or `tags.cost-center` */
function tagIn(expression: string): string | null {
  const [, quoted, plain] = /^tags(?:\['([^']+)'\]|\.(.+))$/.exec(expression) ?? [];
  return quoted ?? plain ?? null;
}
