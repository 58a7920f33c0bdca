/**
 * Simulators of Azure in a process of their own, so that they do not share the event loop of what is measured. Each has
 * the example world under subscriptions of its own, as if each run belonged to another company: they share the budgets
 * and what was learned, and nothing else.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import type { Simulator } from '../../../src/simulators/server.ts';

export interface SimulatorSpec {
  seed: number;
  speed: number;
  world?: unknown;
}

type Ask = { id: number } & ({ what: 'start'; spec: SimulatorSpec } | { what: 'close'; origin: string });
interface Answer {
  id: number;
  origin: string;
}

export interface Simulators {
  start(spec: SimulatorSpec): Promise<string>;
  close(origin: string): Promise<void>;
  stop(): void;
}

export function openSimulators(): Simulators {
  const child = fork(fileURLToPath(import.meta.url), ['simulators'], { serialization: 'advanced' });
  const waiting = new Map<number, (origin: string) => void>();
  let asked = 0;
  child.on('message', ({ id, origin }: Answer) => waiting.get(id)?.(origin));
  return {
    start: (spec) => send(child, waiting, { id: (asked += 1), what: 'start', spec }),
    close: async (origin) => {
      await send(child, waiting, { id: (asked += 1), what: 'close', origin });
    },
    stop: () => child.kill(),
  };
}

function send(child: ChildProcess, waiting: Map<number, (origin: string) => void>, ask: Ask): Promise<string> {
  return new Promise((resolve) => {
    waiting.set(ask.id, (origin) => {
      waiting.delete(ask.id);
      resolve(origin);
    });
    child.send(ask);
  });
}

function serve(): void {
  const running = new Map<string, Simulator>();
  process.on('message', (ask: Ask) => {
    void answer(running, ask).then((origin) => process.send?.({ id: ask.id, origin }));
  });
}

async function answer(running: Map<string, Simulator>, ask: Ask): Promise<string> {
  if (ask.what === 'start') {
    const simulator = await startAzureSimulator(ask.spec);
    running.set(simulator.origin, simulator);
    return simulator.origin;
  }
  await running.get(ask.origin)?.close();
  running.delete(ask.origin);
  return ask.origin;
}

if (process.argv[2] === 'simulators' && process.send !== undefined) {
  serve();
}
