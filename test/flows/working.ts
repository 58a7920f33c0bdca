/** A case whose plan was approved and is carried out. */
import type { Plan } from '../../src/plan/plan.ts';
import { atPlan, begins, type Case, connectAt, openCase } from './cases.ts';

/** At work on a plan with these steps. */
export function working(plan: Partial<Plan>): Case {
  const planned = connectAt(atPlan(), 'planned');
  const the = openCase({ state: { ...planned, plan: { ...planned.plan, ...plan } } });
  the.click('rosa', 'ask-approval');
  the.click('anna', 'approve');
  begins(the);
  return the;
}

export function finish(the: Case): void {
  the.happen({
    type: 'plan-finished',
    planId: connectAt(the, 'applying').planId,
    outcome: { kind: 'complete' },
  });
}
