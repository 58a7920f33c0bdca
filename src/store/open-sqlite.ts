/**
 * The default store: SQLite in a directory that this process holds alone. Two handles: one for all writes, behind the
 * queue, and a read-only one that sees what was committed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { holdDirectory } from './directory-lock.ts';
import { readOnly, writeTimeoutMs } from './guard.ts';
import { migrateToLatest, requireCurrentSchema } from './migrations.ts';
import { sqliteDialect } from './sqlite-driver.ts';
import type { Reader, Store, StoreReader } from './store.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';
import { createWriteQueue } from './write-queue.ts';

export interface SqliteOptions {
  dataDir: string;
  migrate: boolean;
  /** How long one write may take; five seconds unless told. */
  writeTimeoutMs?: number;
}

/** @throws {StoreError} when another process holds the directory, or its tables are too old and may not be migrated */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const releaseDirectory = holdDirectory(options.dataDir);
  const file = join(options.dataDir, 'bot.db');
  let writer: Kysely<Tables> | null = null;
  try {
    writer = new Kysely<Tables>({ dialect: sqliteDialect(file, { readOnly: false }) });
    if (options.migrate) await migrateToLatest({ db: writer, kind: 'sqlite' });
    else await requireCurrentSchema({ db: writer, kind: 'sqlite' });
    await releaseLeases(writer);
  } catch (error) {
    await writer?.destroy();
    releaseDirectory();
    throw error;
  }
  return storeOn(file, writer, releaseDirectory, options.writeTimeoutMs ?? writeTimeoutMs);
}

/** Only looks, and so needs no lock: another process may be working in the directory. @throws {StoreError} */
export async function readSqlite(dataDir: string): Promise<StoreReader> {
  const file = join(dataDir, 'bot.db');
  if (!existsSync(file)) {
    throw new StoreError(`Reading ${file}: there is no such database. Set DATA_DIR to the directory of the bot.`);
  }
  const reader = openReader(file);
  try {
    await requireCurrentSchema({ db: reader, kind: 'sqlite' });
  } catch (error) {
    await reader.destroy();
    throw error;
  }
  return {
    read: reader.withPlugin(readOnly),
    snapshot: (work) => readSnapshot(file, work),
    close: () => reader.destroy(),
  };
}

/** Makes the tables of a directory current; returns the names of what was applied. @throws {StoreError} */
export async function migrateSqlite(dataDir: string): Promise<string[]> {
  const releaseDirectory = holdDirectory(dataDir);
  let db: Kysely<Tables> | null = null;
  try {
    db = new Kysely<Tables>({ dialect: sqliteDialect(join(dataDir, 'bot.db'), { readOnly: false }) });
    return await migrateToLatest({ db, kind: 'sqlite' });
  } finally {
    await db?.destroy();
    releaseDirectory();
  }
}

/** Whoever held a lease or a lock here is dead: the directory is ours. Nobody need wait until it has run out. */
async function releaseLeases(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('lock').set({ until: 0, owner: '' }).execute();
  await db
    .updateTable('effect')
    .set({ status: 'open', lease_until: 0, lease_owner: null })
    .where('status', '=', 'leased')
    .where('kind', 'in', ['message', 'read'])
    .execute();
}

function storeOn(file: string, writer: Kysely<Tables>, releaseDirectory: () => void, timeoutMs: number): Store {
  const queue = createWriteQueue(writer, timeoutMs);
  const reader = openReader(file);
  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await queue.close();
    await reader.destroy();
    // Last, because the last handle that closes brings the write-ahead log home, and a reader cannot.
    await writer.destroy();
    releaseDirectory();
  }
  return {
    kind: 'sqlite',
    read: reader.withPlugin(readOnly),
    snapshot: (work) => readSnapshot(file, work),
    write: (work) => queue.write(work),
    close: () => (closing ??= closeAll()),
  };
}

function openReader(file: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: sqliteDialect(file, { readOnly: true }) });
}

/** On a handle of its own, so that a long look at everything does not hold up other reads. */
async function readSnapshot<T>(file: string, work: (db: Reader) => Promise<T>): Promise<T> {
  const db = openReader(file);
  try {
    return await db.transaction().execute((tx) => work(tx.withPlugin(readOnly)));
  } finally {
    await db.destroy();
  }
}
