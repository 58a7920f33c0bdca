/** The databases that the engine's contract is tested on, and engines that end with their test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { DurableEngine, Workflow } from '../../src/engine/engine.ts';
import { type EngineOptions, openEngine } from '../../src/engine/openworkflow.ts';
import type { EngineDatabase } from '../../src/engine/storage.ts';
import { startPostgres } from '../support/postgres.ts';

export interface EngineBackend {
  name: 'SQLite' | 'PostgreSQL';
  skip: boolean;
  /** A new, empty database. */
  database: () => Promise<EngineDatabase>;
}

/** Called at the top of a test file; cleans up after the file's tests. */
export async function engineBackends(): Promise<[EngineBackend, EngineBackend]> {
  const directory = mkdtempSync(join(tmpdir(), 'causeway-engine-'));
  const postgres = await startPostgres();
  const url = await postgres?.url('engine');
  let count = 0;
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await postgres?.stop();
  });
  return [
    {
      name: 'SQLite',
      skip: false,
      database: () => Promise.resolve({ kind: 'sqlite', file: join(directory, `workflow-${++count}.db`) }),
    },
    {
      name: 'PostgreSQL',
      skip: url === undefined,
      database: () =>
        Promise.resolve({ kind: 'postgresql', url: url ?? '', migrate: true, schema: `engine_${++count}` }),
    },
  ];
}

export interface OpenEngines {
  open: (
    database: EngineDatabase,
    workflows: Record<string, Workflow>,
    options?: Partial<EngineOptions>,
  ) => Promise<DurableEngine>;
  /** What the engines of the current test logged. */
  logged: string[];
}

/** Engines that are stopped after each test. */
export function engines(): OpenEngines {
  const opened: DurableEngine[] = [];
  const logged: string[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((engine) => engine.stop(2000)));
    logged.length = 0;
  });
  return {
    logged,
    async open(database, workflows, options) {
      const engine = await openEngine({
        database,
        workflows,
        // Each slot is a connection on PostgreSQL.
        concurrency: 2,
        log: (message, cause) => void logged.push(`${message}: ${String(cause)}`),
        ...options,
      });
      opened.push(engine);
      return engine;
    },
  };
}
