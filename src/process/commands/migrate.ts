/** `causeway migrate`: our own tables and the engine's, in one go. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '../../config/database.ts';
import { loadStorageConfig } from '../../config/load.ts';
import { migrateEngine } from '../../engine/openworkflow.ts';
import { migrateStore } from '../../store/open.ts';

export async function migrateCommand(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const applied = await migrateAll(loadStorageConfig().database);
  process.stdout.write(applied.length === 0 ? 'The tables are up to date.\n' : `Applied: ${applied.join(', ')}.\n`);
  return 0;
}

/** @returns the names of the migrations of our own tables that were applied. */
async function migrateAll(database: Database): Promise<string[]> {
  const applied = await migrateStore(database);
  await migrateEngine(
    database.kind === 'sqlite'
      ? { kind: 'sqlite', file: join(database.dataDir, 'workflow.db') }
      : { kind: 'postgresql', url: database.url, migrate: true },
  );
  return applied;
}
