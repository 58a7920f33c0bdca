/** `causeway migrate`: our own tables and the engine's, in one go. */
import { join } from 'node:path';
import type { Database } from '../config/database.ts';
import { migrateEngine } from '../engine/openworkflow.ts';
import { migrateStore } from '../store/open.ts';

/** @returns the names of the migrations of our own tables that were applied. */
export async function migrateAll(database: Database): Promise<string[]> {
  const applied = await migrateStore(database);
  await migrateEngine(
    database.kind === 'sqlite'
      ? { kind: 'sqlite', file: join(database.dataDir, 'workflow.db') }
      : { kind: 'postgresql', url: database.url, migrate: true },
  );
  return applied;
}
