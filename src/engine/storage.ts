/** What the engine needs from a database, whichever it is. */
import type { Backend } from 'openworkflow/internal';

export type EngineDatabase =
  | {
      kind: 'sqlite';
      /** A file of the engine's own, in a directory whose lock the caller holds. */
      file: string;
    }
  | {
      kind: 'postgresql';
      url: string;
      /** False: the tables must be there already. */
      migrate: boolean;
      /** Default `openworkflow`. */
      schema?: string;
    };

export interface EngineStorage {
  backend: Backend;
  /** Deletes at most `limit` runs that ended before `olderThan`, with their steps and signals; returns how many. */
  deleteFinished(olderThan: Temporal.Instant, limit: number): Promise<number>;
  close(): Promise<void>;
}

/** The library files everything under a namespace; the bot has a database or a schema to itself. */
export const namespace = 'default';

/** `succeeded` is the library's older word for `completed`. */
export const finalStatuses = ['completed', 'succeeded', 'failed', 'canceled'] as const;

export async function openStorage(database: EngineDatabase): Promise<EngineStorage> {
  if (database.kind === 'sqlite') {
    const { openSqlite } = await import('./storage-sqlite.ts');
    return openSqlite(database.file);
  }
  const { openPostgres } = await import('./storage-postgres.ts');
  return openPostgres(database);
}
