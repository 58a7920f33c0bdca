/** A plan as JSON, with just the keys that others rely on, in a fixed order (CONTRACTS.md section 2). */
import type { Finding, Plan, Planned } from '../../plan/plan.ts';

export function planJson(planned: Planned): string {
  const body = planned.kind === 'planned' ? planBody(planned.plan) : refusalBody(planned.findings);
  return `${JSON.stringify(body, null, 2)}\n`;
}

function planBody(plan: Plan): object {
  return {
    hash: plan.hash,
    scenario: plan.scenario,
    method: plan.method,
    because: plan.because.map(({ source, section, note }) => ({ source, section, note })),
    findings: plan.findings.map(findingBody),
    steps: plan.steps.map(({ id, kind, after, change, resource, before, body }) => ({
      id,
      kind,
      after,
      change,
      resource,
      before,
      body,
    })),
    undo: plan.undo.map(({ id, kind, after, change, resource, body }) => ({ id, kind, after, change, resource, body })),
  };
}

/** The same keys, so that a script need not ask which of two shapes it got. */
function refusalBody(findings: readonly Finding[]): object {
  return {
    hash: null,
    scenario: null,
    method: null,
    because: [],
    findings: findings.map(findingBody),
    steps: [],
    undo: [],
  };
}

function findingBody({ level, code, text, wayOut }: Finding): object {
  return { level, code, text, wayOut };
}
