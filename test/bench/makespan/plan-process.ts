/** One plan in a process that can be killed: the real engine, the real store, the real executor. Says `ready` and the end. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArm } from '../../../src/azure/arm.ts';
import { keepBudgets } from '../../../src/azure/budgets.ts';
import { applyPlan } from '../../../src/azure/executor.ts';
import { openEngine } from '../../../src/engine/openworkflow.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { openStore } from '../../../src/store/open.ts';
import { isAnyStepUnderWay } from '../../../src/store/steps.ts';

const [directory = '', armUrl = '', speed = '1'] = process.argv.slice(2);
const dataDir = join(directory, 'data');
const plan = JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')) as Plan;
const store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
const arm = createArm({ armUrl, budgets: keepBudgets(Number(speed)) });
if (await isAnyStepUnderWay(store.read)) {
  void arm.load();
}
const engine = await openEngine({
  database: { kind: 'sqlite', file: join(dataDir, 'workflow.db') },
  workflows: {
    apply: async (durable) => {
      const outcome = await applyPlan({
        arm,
        store,
        plan,
        planId: 'plan',
        durable,
        report: () => Promise.resolve(),
        begin: () => Promise.resolve(true),
        mayWrite: () => Promise.resolve({ ok: true }),
        now: () => Temporal.Now.instant(),
        owner: String(process.pid),
        about: 'the plan',
      });
      process.send?.({ what: 'end', at: Date.now(), outcome });
      return outcome.kind;
    },
  },
});
process.send?.({ what: 'ready', at: Date.now() });
await engine.start('apply', 'apply', null);
