import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { engines } from './engines.ts';
import { killInSecondStep, readJournal, threeSteps, threeStepsKey } from './fixtures/three-steps.ts';
import { ended } from './waiting.ts';

const directory = mkdtempSync(join(tmpdir(), 'causeway-crash-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('a process that is killed inside a step, on SQLite', () => {
  const { open } = engines();

  it('goes on at once after a restart, with the step that was in flight', async () => {
    const database: EngineDatabase = { kind: 'sqlite', file: join(directory, 'workflow.db') };
    const journal = join(directory, 'journal');
    await killInSecondStep(database, journal);

    // Well within the 30 seconds that the dead process's lease has left.
    const engine = await open(database, threeSteps(journal, false));
    const id = await engine.start('threeSteps', threeStepsKey, null);
    const run = await ended(engine, id);

    expect(run.status).toBe('completed');
    expect(readJournal(journal)).toEqual(['first', 'second', 'second', 'third']);
    expect(await engine.list({})).toHaveLength(1);
  });
});
