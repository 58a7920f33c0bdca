/** Brings the tables of either database to the version that this code works with. */
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { up as makeFirstTables } from './migrations/0001-first-tables.ts';
import { up as addOverrides } from './migrations/0002-overrides.ts';
import { up as addControl } from './migrations/0003-control.ts';
import { up as addTicketTopics } from './migrations/0004-tickets.ts';
import { up as addAlerts } from './migrations/0005-alerts.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/** Name of the PostgreSQL schema of our tables; the durable engine has its own. */
export const postgresSchema = 'bot';

export type Migrations = Readonly<Record<string, Migration>>;

/** In the order of their names. One that was released is never changed: add another. */
export const allMigrations: Migrations = {
  '0001-first-tables': { up: makeFirstTables },
  '0002-overrides': { up: addOverrides },
  '0003-control': { up: addControl },
  '0004-tickets': { up: addTicketTopics },
  '0005-alerts': { up: addAlerts },
};

interface Options {
  db: Kysely<Tables>;
  kind: 'sqlite' | 'postgresql';
  migrations?: Migrations;
}

/**
 * Applies what is missing, all or nothing; of several processes at once, one does it and the others wait.
 * Returns the names of what was applied.
 * @throws {StoreError}
 */
export async function migrateToLatest(options: Options): Promise<string[]> {
  const { error, results = [] } = await migratorFor(options).migrateToLatest();
  if (error === undefined) return results.map((result) => result.migrationName);
  const at = results.find((result) => result.status === 'Error')?.migrationName;
  throw notMigrated(at, error);
}

/** @throws {StoreError} when migrations are missing, with the command that applies them */
export async function requireCurrentSchema(options: Options): Promise<void> {
  const all = await migratorFor(options).getMigrations();
  const missing = all.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
  if (missing.length === 0) return;
  throw new StoreError(
    `Opening the database: its tables are older than this version (missing: ${missing.join(', ')}). ` +
      'Run `causeway migrate` first, or start without MIGRATE=off.',
  );
}

function migratorFor({ db, kind, migrations = allMigrations }: Options): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    ...(kind === 'postgresql' ? { migrationTableSchema: postgresSchema } : {}),
  });
}

function notMigrated(at: string | undefined, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (reason.startsWith('corrupted migrations')) {
    return new StoreError(
      `Migrating the database: a newer version of Causeway has already changed it (${reason}). ` +
        'Start that version, or restore a backup that was made before.',
      { cause },
    );
  }
  return new StoreError(
    `Migrating the database${at === undefined ? '' : `, step ${at}`}: ${reason}. ` +
      'Nothing of this step was kept. Mend the cause, then run `causeway migrate`.',
    { cause },
  );
}
