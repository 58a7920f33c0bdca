/**
 * How close plans come to the least time in which the service could do them: one store, one set of budgets, at most so
 * many plans at a time, each with a simulator and a company of its own, and beside each two rivals on simulators with
 * the same seed.
 *
 *     node test/bench/makespan/makespan.ts [--seeds 20] [--speed 1] [--at-once 4] [--warm-up 4]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { createArm } from '../../../src/azure/arm.ts';
import { keepBudgets } from '../../../src/azure/budgets.ts';
import { applyPlan } from '../../../src/azure/executor.ts';
import { exampleWorld } from '../../../src/simulators/azure/example-world.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryDurable } from '../../azure/house.ts';
import { criticalPathMs, workTimes } from './critical-path.ts';
import { type GraphName, graphNames, ofCompany, planFor } from './graphs.ts';
import { requestsTo, watchRequests } from './requests.ts';
import { rivals, runAsRival } from './rivals.ts';
import { openSimulators, type Simulators } from './simulators.ts';

export interface MakespanOptions {
  seeds: number;
  speed: number;
  atOnce: number;
  /** Runs of each graph before the measured ones, from which durations are learned. */
  warmUp: number;
}

interface Bench extends MakespanOptions {
  store: Store;
  simulators: Simulators;
  budgets: PipelinePolicy;
}

interface Run {
  graph: GraphName;
  seed: number;
  company: number;
  isWarmUp: boolean;
}

interface Timed {
  graph: GraphName;
  way: string;
  isWarmUp: boolean;
  ratio: number;
  criticalMs: number;
  /** While the plan was carried out, the fresh reading before the first write not counted. */
  reads: number;
}

const ours = 'ours';

export async function makespan(options: MakespanOptions, print: (text: string) => void): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-makespan-'));
  const store = await openStore({ database: { kind: 'sqlite', dataDir: directory }, migrate: true });
  const simulators = openSimulators();
  try {
    watchRequests();
    const bench = { ...options, store, simulators, budgets: keepBudgets(options.speed) };
    const timed: Timed[] = [];
    const runs = runsOf(options);
    await Promise.all(
      Array.from({ length: options.atOnce }, async () => {
        for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
          timed.push(...(await runBeside(bench, run)));
        }
      }),
    );
    print(summary(timed, options));
  } finally {
    simulators.stop();
    await store.close();
    rmSync(directory, { recursive: true });
  }
}

function runsOf({ seeds, warmUp }: MakespanOptions): Run[] {
  return Array.from({ length: warmUp + seeds }, (_, index) =>
    graphNames.map((graph, place) => ({
      graph,
      seed: index + 1,
      company: 1 + index * graphNames.length + place,
      isWarmUp: index < warmUp,
    })),
  ).flat();
}

/** Only measured runs have rivals: what is learned does not concern them. */
async function runBeside(bench: Bench, run: Run): Promise<Timed[]> {
  const ways = run.isWarmUp ? [] : rivals;
  return Promise.all([runOurs(bench, run), ...ways.map((pace) => runRival(bench, run, pace))]);
}

async function startSimulator(bench: Bench, { company, seed }: Run): Promise<string> {
  return bench.simulators.start({ seed, speed: bench.speed, world: ofCompany(exampleWorld(), company) });
}

async function runOurs(bench: Bench, run: Run): Promise<Timed> {
  const { budgets, simulators, store } = bench;
  const origin = await startSimulator(bench, run);
  const arm = createArm({ armUrl: origin, budgets });
  // Plans are made long before they are carried out.
  const plan = await planFor(createArm({ armUrl: origin }), run.graph, run.company);
  const planId = `plan-${run.company}`;
  let readsBefore = 0;
  const since = performance.now();
  const outcome = await applyPlan({
    arm,
    store,
    plan,
    planId,
    durable: memoryDurable(),
    report: () => Promise.resolve(),
    begin: () => {
      readsBefore = requestsTo(origin).reads;
      return Promise.resolve(true);
    },
    mayWrite: () => Promise.resolve({ ok: true }),
    now: () => Temporal.Now.instant(),
    owner: 'bench',
    about: planId,
  });
  const tookMs = performance.now() - since;
  if (outcome.kind !== 'complete') {
    throw new Error(`${run.graph}, seed ${run.seed}: ${JSON.stringify(outcome)}`);
  }
  const { reads, writes } = requestsTo(origin);
  const criticalMs = criticalPathMs(
    plan.steps,
    await workTimes(origin, plan.steps, { settled: true, synchronous: writes }),
  );
  await simulators.close(origin);
  return timedAs(run, ours, { tookMs, criticalMs, reads: reads - readsBefore });
}

async function runRival(bench: Bench, run: Run, pace: (typeof rivals)[number]): Promise<Timed> {
  const origin = await startSimulator(bench, run);
  const plan = await planFor(createArm({ armUrl: origin }), run.graph, run.company);
  const since = performance.now();
  const { reads, writes } = await runAsRival(origin, plan.steps, pace, bench.speed);
  const tookMs = performance.now() - since;
  const times = await workTimes(origin, plan.steps, { settled: false, synchronous: writes });
  await bench.simulators.close(origin);
  return timedAs(run, pace.name, { tookMs, criticalMs: criticalPathMs(plan.steps, times), reads });
}

function timedAs(
  { graph, isWarmUp }: Run,
  way: string,
  { criticalMs, reads, tookMs }: { tookMs: number; criticalMs: number; reads: number },
): Timed {
  return { graph, isWarmUp, way, ratio: tookMs / criticalMs, criticalMs, reads };
}

function summary(timed: readonly Timed[], { atOnce, speed, warmUp }: MakespanOptions): string {
  const measured = timed.filter(({ isWarmUp }) => !isWarmUp);
  const lines = graphNames.flatMap((graph) =>
    [ours, ...rivals.map(({ name }) => name)].map((way) => {
      const own = measured.filter((run) => run.graph === graph && run.way === way);
      return line(graph, way, own);
    }),
  );
  return [
    `Makespan over the critical path, speed ${speed}, ${atOnce} plans at a time, after ${warmUp} runs of learning:`,
    ...lines,
    'Expected of ours: mean at most 1.03, p95 at most 1.05, reads at most 40 (without the fresh reading before).',
  ].join('\n');
}

function line(graph: string, way: string, runs: readonly Timed[]): string {
  const ratios = runs.map(({ ratio }) => ratio).toSorted((one, other) => one - other);
  const p95 = ratios[Math.ceil(ratios.length * 0.95) - 1] ?? Number.NaN;
  const reads = runs.map((run) => run.reads);
  const critical = mean(runs.map(({ criticalMs }) => criticalMs)) / 1000;
  return `${graph.padEnd(32)}${way.padEnd(26)}n ${String(runs.length).padStart(3)}  mean ${mean(ratios).toFixed(3)}  p95 ${p95.toFixed(3)}  max ${(ratios.at(-1) ?? Number.NaN).toFixed(3)}  reads mean ${mean(reads).toFixed(0)} max ${Math.max(...reads)}  critical path ${critical.toFixed(1)} s`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20' },
      speed: { type: 'string', default: '1' },
      'at-once': { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '4' },
    },
  });
  await makespan(
    {
      seeds: Number(values.seeds),
      speed: Number(values.speed),
      atOnce: Number(values['at-once']),
      warmUp: Number(values['warm-up']),
    },
    (text) => process.stdout.write(`${text}\n`),
  );
}
