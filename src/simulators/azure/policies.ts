/** Policies of the organisation: they look at the body of a write and refuse it. */
import { ArmError } from './arm-error.ts';
import type { ResourceId } from './resource-id.ts';
import { covers } from './rights.ts';
import type { Json, Policy, World } from './world.ts';

export function refuseByPolicy(world: World, id: ResourceId, body: Json): void {
  const policy = world.policies.find(
    (each) =>
      covers(each.scope.toLowerCase(), id.key) &&
      each.type.toLowerCase() === id.type &&
      (each.requiredTag === undefined || !hasTag(body, each.requiredTag)),
  );
  if (policy !== undefined) {
    const identifiers = JSON.stringify([
      {
        policyAssignment: { name: policy.name, id: assignmentId(policy) },
        policyDefinition: { name: policy.name, id: definitionId(policy) },
      },
    ]);
    throw new ArmError(
      403,
      'RequestDisallowedByPolicy',
      `Resource '${id.name}' was disallowed by policy. Policy identifiers: '${identifiers}'.`,
    );
  }
}

/** As the check of restrictions tells it: one entry for each policy that would refuse, with the conditions that hold. */
export function policiesAgainst(world: World, scope: string, content: Json): Json[] {
  const type = String(content['type']).toLowerCase();
  return world.policies
    .filter((policy) => covers(policy.scope.toLowerCase(), scope) && policy.type.toLowerCase() === type)
    .filter(({ requiredTag }) => requiredTag === undefined || !hasTag(content, requiredTag))
    .map((policy) => ({
      policyInfo: { policyAssignmentId: assignmentId(policy), policyDefinitionId: definitionId(policy) },
      evaluationResult: 'NonCompliant',
      evaluationDetails: {
        evaluatedExpressions: [
          condition('type', policy.type, 'Equals'),
          ...(policy.requiredTag === undefined ? [] : [condition(`tags['${policy.requiredTag}']`, 'false', 'Exists')]),
        ],
      },
      effectDetails: { policyEffect: 'Deny' },
    }));
}

function condition(expression: string, targetValue: string, operator: string): Json {
  return { result: 'True', expressionKind: 'Field', expression, path: expression, targetValue, operator };
}

export function describePolicy(policy: Policy): unknown {
  const what = policy.requiredTag === undefined ? 'forbidden' : `only with the tag '${policy.requiredTag}'`;
  return {
    id: assignmentId(policy),
    name: policy.name,
    type: 'Microsoft.Authorization/policyAssignments',
    properties: {
      displayName: policy.name,
      description: `${policy.type}: ${what}.`,
      policyDefinitionId: definitionId(policy),
      scope: policy.scope,
      enforcementMode: 'Default',
      parameters: {},
    },
  };
}

function hasTag(body: Json, tag: string): boolean {
  return Object.keys(body['tags'] ?? {}).some((name) => name.toLowerCase() === tag.toLowerCase());
}

function assignmentId(policy: Policy): string {
  return `${policy.scope}/providers/Microsoft.Authorization/policyAssignments/${slug(policy)}`;
}

function definitionId(policy: Policy): string {
  const subscription = policy.scope.split('/').slice(0, 3).join('/');
  return `${subscription}/providers/Microsoft.Authorization/policyDefinitions/${slug(policy)}`;
}

function slug(policy: Policy): string {
  return policy.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
