/**
 * Chaos: a replica is killed inside a step on a shared PostgreSQL, and another one finishes the run. Apart from the
 * unit tests because it takes as long as the engine's lease, 30 seconds.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { openEngine } from '../../src/engine/openworkflow.ts';
import { killInSecondStep, readJournal, threeSteps, threeStepsKey } from '../engine/fixtures/three-steps.ts';
import { ended } from '../engine/waiting.ts';
import { startPostgres } from '../support/postgres.ts';

/** Throws when the run was lost, or a step ran more often than it may. Returns at once where there is no PostgreSQL. */
export async function takesOverAfterLease(): Promise<void> {
  const postgres = await startPostgres();
  if (postgres === null) return;
  const directory = mkdtempSync(join(tmpdir(), 'causeway-takeover-'));
  try {
    const database: EngineDatabase = { kind: 'postgresql', url: await postgres.url('takeover'), migrate: true };
    await takeOver(database, join(directory, 'journal'));
  } finally {
    rmSync(directory, { recursive: true });
    await postgres.stop();
  }
}

async function takeOver(database: EngineDatabase, journal: string): Promise<void> {
  await killInSecondStep(database, journal);
  const survivor = await openEngine({ database, workflows: threeSteps(journal, false) });
  try {
    const run = await ended(survivor, await survivor.start('threeSteps', threeStepsKey, null), 60);
    deepStrictEqual(run.status, 'completed');
    deepStrictEqual(readJournal(journal), ['first', 'second', 'second', 'third']);
    deepStrictEqual((await survivor.list({})).length, 1);
  } finally {
    await survivor.stop(1000);
  }
}
