/** Engines that end with their test. */
import { afterEach } from 'vitest';
import type { DurableEngine, Workflow } from '../../src/engine/engine.ts';
import { type EngineOptions, openEngine } from '../../src/engine/openworkflow.ts';
import type { EngineDatabase } from '../../src/engine/storage.ts';

/** Makes a new, empty database. */
export type NewDatabase = () => Promise<EngineDatabase>;

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
