/** Opens whichever of the two databases is configured. */
import { migrateSqlite, openSqliteStore, readSqlite } from './open-sqlite.ts';
import type { Store, StoreReader } from './store.ts';

export type Database = { kind: 'sqlite'; dataDir: string } | { kind: 'postgresql'; url: string };

interface OpenOptions {
  database: Database;
  /** Whether missing migrations are applied; if not, they are an error that names the command. */
  migrate: boolean;
}

/** @throws {StoreError} which says what to do */
export async function openStore({ database, migrate }: OpenOptions): Promise<Store> {
  if (database.kind === 'sqlite') return openSqliteStore({ dataDir: database.dataDir, migrate });
  const { openPostgresStore } = await import('./open-postgres.ts');
  return openPostgresStore({ url: database.url, migrate });
}

/** For a look from outside, also while the bot is running. @throws {StoreError} */
export async function openStoreReader(database: Database): Promise<StoreReader> {
  if (database.kind === 'sqlite') return readSqlite(database.dataDir);
  return openStore({ database, migrate: false });
}

/** Applies missing migrations and closes again; returns their names. @throws {StoreError} */
export async function migrateStore(database: Database): Promise<string[]> {
  if (database.kind === 'sqlite') return migrateSqlite(database.dataDir);
  const { migratePostgres } = await import('./open-postgres.ts');
  return migratePostgres(database.url);
}
