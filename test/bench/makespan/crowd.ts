/**
 * Many plans at once over few networks: do all of them finish, are the budgets kept, and how much memory does it take.
 *
 *     node test/bench/makespan/crowd.ts [--plans 300] [--networks 50] [--speed 20]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Arm, createArm } from '../../../src/azure/arm.ts';
import { keepBudgets } from '../../../src/azure/budgets.ts';
import { applyPlan } from '../../../src/azure/executor.ts';
import type { PlanOutcome } from '../../../src/flows/event.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { exampleNetworks, exampleWorld } from '../../../src/simulators/azure/example-world.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryDurable } from '../../azure/house.ts';
import { ofCompany, planFor } from './graphs.ts';
import { mostWithin, traffic, watchRequests } from './requests.ts';
import { openSimulators } from './simulators.ts';

export interface CrowdOptions {
  plans: number;
  networks: number;
  speed: number;
}

/** Of the networks of each company. */
const targets = [exampleNetworks.hub, exampleNetworks.data];
const windowSeconds = 300;
const limits = { zoneReads: 500, writes: 1000, reads: 250 + 25 * windowSeconds };

export async function crowd({ networks, plans, speed }: CrowdOptions, print: (text: string) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-crowd-'));
  const store = await openStore({ database: { kind: 'sqlite', dataDir: directory }, migrate: true });
  const simulators = openSimulators();
  try {
    watchRequests();
    const budgets = keepBudgets(speed);
    const companies = await Promise.all(
      Array.from({ length: networks / targets.length }, async (_, index) => {
        const company = index + 1;
        const origin = await simulators.start({ seed: company, speed, world: ofCompany(exampleWorld(), company) });
        return { company, arm: createArm({ armUrl: origin, budgets }) };
      }),
    );
    // Peered beforehand, so that the plans need not be made anew because another one has peered meanwhile.
    await Promise.all(companies.map(({ arm, company }) => carryOut(store, arm, company, 'first', targets)));
    const wanted = Array.from({ length: plans }, (_, index) => {
      const place = companies[index % companies.length] as (typeof companies)[0];
      const target = targets[Math.floor(index / companies.length) % targets.length] ?? '';
      return { ...place, app: `app${index}`, target };
    });
    const before = memory();
    const since = performance.now();
    const ends = await Promise.all(
      wanted.map(({ app, arm, company, target }) => carryOut(store, arm, company, app, [target])),
    );
    const seconds = (performance.now() - since) / 1000;
    print(summary(ends, { seconds, before, speed, plans, networks }));
  } finally {
    simulators.stop();
    await store.close();
    rmSync(directory, { recursive: true });
  }
}

async function carryOut(
  store: Store,
  arm: Arm,
  company: number,
  app: string,
  networks: readonly string[],
): Promise<PlanOutcome> {
  const plan: Plan = await planFor(arm, 'peering + DNS', company, { apps: [app], networks });
  return applyPlan({
    arm,
    store,
    plan,
    planId: `${company}/${app}`,
    durable: memoryDurable(),
    report: () => Promise.resolve(),
    begin: () => Promise.resolve(true),
    mayWrite: () => Promise.resolve({ ok: true }),
    now: () => Temporal.Now.instant(),
    owner: 'bench',
    about: `the plan for ${app}`,
  });
}

interface Run extends CrowdOptions {
  seconds: number;
  before: number;
}

function summary(ends: readonly PlanOutcome[], { before, networks, plans, seconds, speed }: Run): string {
  const done = ends.filter(({ kind }) => kind === 'complete').length;
  const others = ends.filter(({ kind }) => kind !== 'complete').slice(0, 3);
  const windowMs = (windowSeconds * 1000) / speed;
  const used = (['zoneReads', 'reads', 'writes'] as const).map(
    (name) => `${name} ${mostWithin(traffic[name], windowMs)} of ${limits[name]}`,
  );
  return [
    `${plans} plans at once over ${networks} networks, speed ${speed}: ${done} complete in ${seconds.toFixed(0)} s`,
    ...others.map((outcome) => `  ${JSON.stringify(outcome)}`),
    `  most requests in any five minutes of the service (against all limits of one subscription): ${used.join(', ')}; refused as too many: ${traffic.throttled}`,
    `  heap in use before ${before.toFixed(0)} MiB, after ${memory().toFixed(0)} MiB; resident ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
  ].join('\n');
}

/** MiB in use once what nobody holds is gone. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      plans: { type: 'string', default: '300' },
      networks: { type: 'string', default: '50' },
      speed: { type: 'string', default: '20' },
    },
  });
  await crowd({ plans: Number(values.plans), networks: Number(values.networks), speed: Number(values.speed) }, (text) =>
    process.stdout.write(`${text}\n`),
  );
}
