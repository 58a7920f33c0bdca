/** Waiting for an engine, in tests and in chaos runs alike: nothing here needs a test runner. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DurableEngine, RunInfo } from '../../src/engine/engine.ts';

/** The first answer of `look` that is neither null nor false. */
export async function until<T>(
  look: () => T | Promise<T>,
  { what = 'what the test waits for', seconds = 30 } = {},
): Promise<T & {}> {
  for (let tries = 0; tries < seconds * 100; tries += 1) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await delay(10);
  }
  throw new Error(`Waited in vain for ${what}.`);
}

/** The run, once it has ended. */
export function ended(engine: DurableEngine, runId: string, seconds = 30): Promise<RunInfo> {
  return until(
    async () => {
      const run = await engine.read(runId);
      return run?.finishedAt ? run : null;
    },
    { what: `run ${runId} to end`, seconds },
  );
}

/** The run, once nothing is left for it to do but wait. */
export function parked(engine: DurableEngine, runId: string): Promise<RunInfo> {
  return until(
    async () => {
      const run = await engine.read(runId);
      return run?.status === 'parked' ? run : null;
    },
    { what: `run ${runId} to wait` },
  );
}
