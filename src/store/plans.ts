/** Plans as they were made; what is approved and carried out is the stored one. */
import type { Plan } from '../plan/plan.ts';
import { instantText } from './instant.ts';
import { fromJson } from './json.ts';
import type { Reader, Tx } from './store.ts';

export interface StoredPlan {
  id: string;
  caseId: string;
  plan: Plan;
  at: string;
}

export async function insertPlan(tx: Tx, { id, caseId, plan, at }: StoredPlan): Promise<void> {
  await tx
    .insertInto('plan')
    .values({ id, case_id: caseId, hash: plan.hash, body: JSON.stringify(plan), at: instantText(at) })
    .execute();
}

export async function readPlan(db: Reader, id: string): Promise<StoredPlan | null> {
  const row = await db.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, caseId: row.case_id, plan: fromJson(row.body) as Plan, at: row.at };
}
