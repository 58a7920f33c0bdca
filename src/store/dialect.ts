/** The few places in which the two databases need different words. */
import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';

/** Tells which database a transaction, or a migration's connection, belongs to. */
export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Milliseconds since 1970 by the database's own clock, which all replicas share. */
export function databaseClock<T>(db: Kysely<T>): RawBuilder<number> {
  // Not now(): that is the start of the transaction, which may have waited for a lock since.
  return isPostgres(db)
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision`
    : sql<number>`(unixepoch('subsec') * 1000)`;
}
