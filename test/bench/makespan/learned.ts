/** What a bot that has been in use for some days knows: how long each kind of work takes. Learned from runs, then handed on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArm } from '../../../src/azure/arm.ts';
import { applyPlan } from '../../../src/azure/executor.ts';
import { exampleWorld } from '../../../src/simulators/azure/example-world.ts';
import { readFacts, swapFact } from '../../../src/store/facts.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryDurable } from '../../azure/house.ts';
import { type GraphName, graphNames, ofCompany, planFor } from './graphs.ts';
import type { Simulators } from './simulators.ts';

const factKey = 'azure/durations';

/** `runs`: of each graph, all side by side. */
export async function learnDurations(simulators: Simulators, { runs, speed }: { runs: number; speed: number }) {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-learned-'));
  const store = await openStore({ database: { kind: 'sqlite', dataDir: directory }, migrate: true });
  try {
    const wanted = Array.from({ length: runs }, () => graphNames).flat();
    await Promise.all(wanted.map((graph, index) => carryOut(store, simulators, { graph, speed, company: index + 1 })));
    return (await readFacts(store.read, [factKey])).get(factKey)?.value;
  } finally {
    await store.close();
    rmSync(directory, { recursive: true });
  }
}

async function carryOut(
  store: Store,
  simulators: Simulators,
  { company, graph, speed }: { graph: GraphName; speed: number; company: number },
): Promise<void> {
  const origin = await simulators.start({ seed: 1000 + company, speed, world: ofCompany(exampleWorld(), company) });
  const arm = createArm({ armUrl: origin });
  await applyPlan({
    arm,
    store,
    plan: await planFor(arm, graph, company),
    planId: `plan-${company}`,
    durable: memoryDurable(),
    report: () => Promise.resolve(),
    begin: () => Promise.resolve(true),
    mayWrite: () => Promise.resolve({ ok: true }),
    now: () => Temporal.Now.instant(),
    owner: 'bench',
    about: 'learning',
  });
  await simulators.close(origin);
}

/** Into the database of a process that is about to start. */
export async function handOn(dataDir: string, durations: unknown): Promise<void> {
  const store = await openStore({ database: { kind: 'sqlite', dataDir }, migrate: true });
  const at = Temporal.Now.instant().toString();
  await store.write((tx) => swapFact(tx, factKey, { before: null, after: durations, at }));
  await store.close();
}
