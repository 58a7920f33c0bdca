/**
 * The shared store: PostgreSQL, for any number of identical replicas. `open.ts` loads this file only when a database URL
 * is given, because it brings `pg` with it.
 */
import { Kysely } from 'kysely';
import { readOnly, refuseInsideWrite, runWrite, writeTimeoutMs } from './guard.ts';
import { migrateToLatest, postgresSchema, requireCurrentSchema } from './migrations.ts';
import { postgresDialect } from './postgres-driver.ts';
import type { Reader, Store, Tx } from './store.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  url: string;
  migrate: boolean;
  /** How long one write may take; five seconds unless told. */
  writeTimeoutMs?: number;
}

/** @throws {StoreError} when the database cannot be reached, or its tables are too old and may not be migrated */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const timeoutMs = options.writeTimeoutMs ?? writeTimeoutMs;
  if (options.migrate) await migratePostgres(options.url);
  else await withoutLimits(options.url, (db) => requireCurrentSchema({ db, kind: 'postgresql' }));
  const db = await connect({ url: options.url, connections: 5, limits: { statementTimeoutMs: timeoutMs } });
  return storeOn(db, timeoutMs);
}

/** Makes the tables of a database current; returns the names of what was applied. @throws {StoreError} */
export async function migratePostgres(url: string): Promise<string[]> {
  return withoutLimits(url, (db) => migrateToLatest({ db, kind: 'postgresql' }));
}

async function withoutLimits<T>(url: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const db = await connect({ url, connections: 2, limits: null });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

function storeOn(db: Kysely<Tables>, timeoutMs: number): Store {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    refuseInsideWrite('Starting a write');
    if (closing !== null) throw new StoreError('Writing to a store that was closed. Finish writes before closing it.');
    const written = db.transaction().execute((tx) => runWrite(tx, work, timeoutMs));
    underWay.add(written);
    try {
      return await written;
    } finally {
      underWay.delete(written);
    }
  }
  async function closeAll(): Promise<void> {
    await Promise.allSettled(underWay);
    await db.destroy();
  }
  return {
    kind: 'postgresql',
    read: db.withPlugin(readOnly),
    snapshot: (work) => readSnapshot(db, work),
    write,
    close: () => (closing ??= closeAll()),
  };
}

function readSnapshot<T>(db: Kysely<Tables>, work: (db: Reader) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => work(tx.withPlugin(readOnly)));
}

/** Connects at once, so that a wrong address or password is found before anything is built on it. */
async function connect(options: Parameters<typeof postgresDialect>[0]): Promise<Kysely<Tables>> {
  let db: Kysely<Tables> | null = null;
  try {
    db = new Kysely<Tables>({ dialect: postgresDialect(options) }).withSchema(postgresSchema);
    await db.connection().execute(() => Promise.resolve());
    return db;
  } catch (error) {
    await db?.destroy();
    throw notReachable(options.url, error);
  }
}

/** Neither the URL nor the error it may have caused is passed on: both hold the password. */
function notReachable(url: string, error: unknown): StoreError {
  const address = URL.parse(url);
  const where = address === null ? 'PostgreSQL' : `PostgreSQL at ${address.host}${address.pathname}`;
  const reason = address === null ? 'the URL cannot be read' : reasonOf(error);
  return new StoreError(
    `Connecting to ${where}: ${reason}. ` +
      'Check DATABASE_URL (postgresql://user:password@host:5432/database) and that the server takes connections.',
  );
}

/** A host with several addresses fails with one error for each, and an empty message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
