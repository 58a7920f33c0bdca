/**
 * A plan whose process is killed at a random moment and started again at once: how much longer than the least time it
 * takes, the time without a process not counted, and how soon the step in flight goes on.
 *
 *     node test/bench/makespan/kills.ts [--kills 20] [--speed 1] [--at-once 4] [--seed 1]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { createArm } from '../../../src/azure/arm.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { exampleWorld } from '../../../src/simulators/azure/example-world.ts';
import { seeded } from '../../chaos/random.ts';
import { criticalPathMs, workTimes } from './critical-path.ts';
import { type GraphName, graphNames, ofCompany, planFor } from './graphs.ts';
import { handOn, learnDurations } from './learned.ts';
import { openSimulators, type Simulators } from './simulators.ts';

export interface KillOptions {
  kills: number;
  speed: number;
  atOnce: number;
  seed: number;
}

interface Killed {
  graph: GraphName;
  afterMs: number;
  ratio: number;
  downMs: number;
  /** From the start of the new process, to its first question about a step; null: none was in flight. */
  goesOnMs: number | null;
  wrong: string | null;
}

/** Of each graph, before the first kill. */
const learningRuns = 3;
/** Of the shortest of the three plans, so that the kill falls into it. */
const shortestMs = 60_000;

export async function kills(options: KillOptions, print: (text: string) => void): Promise<void> {
  const simulators = openSimulators();
  const random = seeded(options.seed);
  const left = Array.from({ length: options.kills }, (_, index) => ({
    graph: graphNames[index % graphNames.length] as GraphName,
    seed: index + 1,
    afterMs: random.below(Math.round((shortestMs * 0.95) / options.speed)),
  }));
  const ends: Killed[] = [];
  try {
    const durations = await learnDurations(simulators, { runs: learningRuns, speed: options.speed });
    await Promise.all(
      Array.from({ length: options.atOnce }, async () => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          ends.push(await killOnce({ simulators, durations, speed: options.speed }, next));
        }
      }),
    );
  } finally {
    simulators.stop();
  }
  print(summary(ends, options));
}

interface Rig {
  simulators: Simulators;
  durations: unknown;
  speed: number;
}

async function killOnce(
  { durations, simulators, speed }: Rig,
  { afterMs, graph, seed }: { graph: GraphName; seed: number; afterMs: number },
): Promise<Killed> {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-kill-'));
  mkdirSync(join(directory, 'data'));
  await handOn(join(directory, 'data'), durations);
  const origin = await simulators.start({ seed, speed, world: ofCompany(exampleWorld(), 1) });
  const plan = await planFor(createArm({ armUrl: origin }), graph, 1);
  writeFileSync(join(directory, 'plan.json'), JSON.stringify(plan));
  const first = launch(directory, origin, speed);
  const begun = await said(first, 'ready');
  await wait(afterMs);
  const killedAt = Date.now();
  first.kill('SIGKILL');
  const second = launch(directory, origin, speed);
  const [up, end] = await Promise.all([said(second, 'ready'), said(second, 'end')]);
  second.kill('SIGKILL');
  const asked = await requests(origin);
  const synchronous = new Map(plan.steps.map(({ resource }) => [resource.toLowerCase(), 1150 / speed]));
  const criticalMs = criticalPathMs(plan.steps, await workTimes(origin, plan.steps, { settled: true, synchronous }));
  await simulators.close(origin);
  rmSync(directory, { recursive: true });
  const downMs = up.at - killedAt;
  return {
    graph,
    afterMs,
    downMs,
    ratio: (end.at - begun.at - downMs) / criticalMs,
    goesOnMs: goesOn(asked, plan, killedAt, up.at),
    wrong: wrongOf(asked, end.outcome),
  };
}

interface Request {
  at: string;
  method: string;
  path: string;
  status: number;
}

async function requests(origin: string): Promise<Request[]> {
  return (await (await fetch(`${origin}/_sim/requests`)).json()) as Request[];
}

/** Null when nothing was in flight at the kill. */
function goesOn(asked: readonly Request[], plan: Plan, killedAt: number, upAt: number): number | null {
  const steps = new Set(plan.steps.map(({ resource }) => resource.toLowerCase()));
  const own = asked
    .map(({ at, method, path }) => ({ at: Date.parse(at), method, path: path.split('?')[0]?.toLowerCase() ?? '' }))
    .filter(({ path }) => steps.has(path) || /operation/.test(path));
  const wasWriting = own.some(({ at, method }) => at < killedAt && method === 'PUT');
  const next = own.find(({ at }) => at > upAt - 50);
  return wasWriting && next !== undefined ? Math.max(0, next.at - upAt) : null;
}

/** A second write of the same resource would be a second request that Azure took. */
function wrongOf(asked: readonly Request[], outcome: unknown): string | null {
  const written = asked.filter(({ method, status }) => method === 'PUT' && status < 300).map(({ path }) => path);
  const twice = written.filter((path, index) => written.indexOf(path) !== index);
  const { kind } = outcome as { kind: string };
  return kind === 'complete' && twice.length === 0 ? null : `${JSON.stringify(outcome)} ${twice.join(' ')}`;
}

function launch(directory: string, origin: string, speed: number): ChildProcess {
  return fork(fileURLToPath(import.meta.resolve('./plan-process.ts')), [directory, origin, String(speed)]);
}

interface Said {
  what: 'ready' | 'end';
  at: number;
  outcome?: unknown;
}

function said(child: ChildProcess, what: Said['what']): Promise<Said> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: Said) => {
      if (message.what === what) {
        resolve(message);
      }
    });
    child.once('exit', (code, signal) => {
      if (signal === null) {
        reject(new Error(`The process ended with exit code ${code} before it said ${what}.`));
      }
    });
  });
}

function summary(ends: readonly Killed[], { kills: count, speed }: KillOptions): string {
  const ratios = ends.map(({ ratio }) => ratio);
  const waits = ends.flatMap(({ goesOnMs }) => goesOnMs ?? []);
  return [
    `kill -9 at ${count} random moments, speed ${speed}; expected: ratio at most 1.05, goes on within 1000 ms`,
    ...ends.map(
      ({ afterMs, downMs, goesOnMs, graph, ratio, wrong }) =>
        `  ${graph.padEnd(32)}killed after ${(afterMs / 1000).toFixed(1)} s, down ${(downMs / 1000).toFixed(2)} s, ratio ${ratio.toFixed(3)}, ${goesOnMs === null ? 'nothing was in flight' : `goes on after ${goesOnMs} ms`}${wrong === null ? '' : ` WRONG: ${wrong}`}`,
    ),
    `  ratio max ${Math.max(...ratios).toFixed(3)}, mean ${(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toFixed(3)}; goes on after at most ${Math.max(...waits)} ms; wrong: ${ends.filter(({ wrong }) => wrong !== null).length}`,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '20' },
      speed: { type: 'string', default: '1' },
      'at-once': { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
    },
  });
  await kills(
    {
      kills: Number(values.kills),
      speed: Number(values.speed),
      atOnce: Number(values['at-once']),
      seed: Number(values.seed),
    },
    (text) => process.stdout.write(`${text}\n`),
  );
}
