/** What has to be done from time to time: anchors over all audit chains, and clearing away finished runs. */
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Anchor, writeAnchor } from '../audit/anchor.ts';
import type { DurableEngine } from '../engine/engine.ts';
import type { Store } from '../store/store.ts';
import type { Logs } from './log.ts';

const anchorEveryMs = 60_000;
const clearEveryMs = 24 * 60 * 60 * 1000;
/** Runs are control flow, not the truth; a day is enough to look at what went wrong. */
const keepRunsHours = 24;

export interface Upkeep {
  /** Writes a last anchor, inside and outside of the database. */
  stop(): Promise<void>;
}

export interface UpkeepDeps {
  store: Store;
  engine: DurableEngine;
  /** Where anchors leave the database to. */
  dataDir: string;
  now: () => Temporal.Instant;
  logs: Logs;
}

export function startUpkeep(deps: UpkeepDeps): Upkeep {
  let lastDay = '';
  async function anchor(leave: boolean): Promise<void> {
    const written = await writeAnchor(deps.store, deps.now());
    const today = deps.now().toString().slice(0, 10);
    if (written !== null && (leave || today !== lastDay)) {
      lastDay = today;
      await keepOutside(deps.dataDir, written);
    }
  }
  const timers = [
    setInterval(() => void safely(deps, 'Writing an anchor', () => anchor(false)), anchorEveryMs),
    setInterval(() => void safely(deps, 'Clearing away finished runs', () => clear(deps)), clearEveryMs),
  ];
  for (const timer of timers) {
    timer.unref();
  }
  return {
    async stop() {
      for (const timer of timers) {
        clearInterval(timer);
      }
      await safely(deps, 'Writing the last anchor', () => anchor(true));
    },
  };
}

async function clear(deps: UpkeepDeps): Promise<void> {
  await deps.engine.deleteFinished(deps.now().subtract({ hours: keepRunsHours }));
}

/** One line per anchor; who cuts the database's tail does not reach this file by the same way. */
async function keepOutside(dataDir: string, anchor: Anchor): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await appendFile(join(dataDir, 'anchors.jsonl'), `${JSON.stringify(anchor)}\n`);
}

async function safely(deps: UpkeepDeps, doing: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.logs.error(`${doing}; it is tried again`, { reason: String(error) });
  }
}
