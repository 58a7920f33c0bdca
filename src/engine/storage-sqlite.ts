/**
 * The engine on SQLite: one file, one process.
 *
 * The library opens its connection without a busy timeout, so any other writer makes its calls fail. Hence a file of
 * its own, the directory lock that the store holds, and writes from here that begin and end within one turn of the
 * event loop, between which the library's (synchronous too) never fall.
 */
import { DatabaseSync } from 'node:sqlite';
import { BackendSqlite } from 'openworkflow/sqlite';
import { type EngineStorage, finalStatuses, namespace } from './storage.ts';

const busyMs = 5000;

export function openSqlite(file: string): EngineStorage {
  const backend = BackendSqlite.connect(file);
  releaseLeases(file);
  return {
    backend,
    deleteFinished: (olderThan, limit) => Promise.resolve(deleteFinished(file, olderThan, limit)),
    close: () => backend.stop(),
  };
}

/**
 * Runs that a killed process had in flight are leased to it for up to 30 seconds more. Nobody else can be at work on
 * this file, so they go on at once. Never on PostgreSQL, where another replica may well be at work.
 */
function releaseLeases(file: string): void {
  withDatabase(file, (database) => {
    database
      .prepare("update workflow_runs set available_at = ? where status = 'running' and worker_id is not null")
      // The system's clock and not the caller's, because the library compares with the former.
      .run(storedTime(Temporal.Now.instant()));
  });
}

/** Times are stored with three decimals and compared as text. */
function storedTime(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}

function deleteFinished(file: string, olderThan: Temporal.Instant, limit: number): number {
  return withDatabase(file, (database) => {
    database.exec('begin immediate');
    const ids = database
      .prepare(
        `select id from workflow_runs where namespace_id = ? and finished_at < ?
         and status in (${finalStatuses.map((status) => `'${status}'`).join(', ')}) order by finished_at limit ?`,
      )
      .all(namespace, storedTime(olderThan), limit)
      .map((row) => row['id']);
    const list = JSON.stringify(ids);
    // Steps go with their run by foreign key; signals have none, and are found through the steps, which are indexed.
    database
      .prepare(
        `delete from workflow_signals where namespace_id = ? and step_attempt_id in (
           select id from step_attempts where namespace_id = ? and workflow_run_id in (select value from json_each(?)))`,
      )
      .run(namespace, namespace, list);
    database
      .prepare('delete from workflow_runs where namespace_id = ? and id in (select value from json_each(?))')
      .run(namespace, list);
    database.exec('commit');
    return ids.length;
  });
}

/** Closing rolls back what was not committed. */
function withDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: busyMs, enableForeignKeyConstraints: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
