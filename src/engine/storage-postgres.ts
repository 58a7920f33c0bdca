/** The engine on PostgreSQL: any number of replicas. Loaded only when a PostgreSQL URL is configured. */
import { BackendPostgres } from 'openworkflow/postgres';
import postgres from 'postgres';
import { type EngineDatabase, type EngineStorage, finalStatuses, namespace } from './storage.ts';

type Sql = ReturnType<typeof connect>;

const defaultSchema = 'openworkflow';
const closeSeconds = 2;

export async function openPostgres(database: EngineDatabase & { kind: 'postgresql' }): Promise<EngineStorage> {
  const schema = database.schema ?? defaultSchema;
  const sql = connect(database.url);
  try {
    if (database.migrate) await migrateOnce(sql, database.url, schema);
    else await checkMigrated(sql, schema);
  } catch (error) {
    await sql.end({ timeout: closeSeconds });
    throw openFailed(error, schema);
  }
  return {
    backend: BackendPostgres.fromPool(sql, { schema }),
    deleteFinished: (olderThan, limit) => deleteFinished(sql, schema, olderThan, limit),
    close: () => sql.end({ timeout: closeSeconds }),
  };
}

/** The pool that the library would make for itself, but quiet: by default notices are printed on standard output. */
function connect(url: string) {
  return postgres(url, {
    max: 10,
    connect_timeout: 10,
    // By default up to 20 seconds pass between attempts to reach a server that was away.
    backoff: () => 0.5,
    onnotice: () => {},
    connection: { application_name: 'causeway-engine' },
    transform: { column: { from: postgres.toCamel } },
  });
}

/**
 * The library's migrations do not bear company: of three processes that start on an empty database, two fail with a
 * violated constraint of the system catalogue. The lock is released with its transaction, also when a process dies.
 */
async function migrateOnce(sql: Sql, url: string, schema: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`causeway engine ${schema}`}, 0))`;
    const migrated = await BackendPostgres.connect(url, { schema, runMigrations: true });
    await migrated.stop();
  });
}

async function checkMigrated(sql: Sql, schema: string): Promise<void> {
  const [row] = await sql`select to_regclass(${`${schema}.workflow_signals`}) as found`;
  if (row?.['found'] !== null) return;
  throw new Error('its tables are missing');
}

function openFailed(cause: unknown, schema: string): Error {
  const because = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `Opening the engine's schema "${schema}" failed: ${because}. Check that DATABASE_URL can be reached and its role may ` +
      'use the schema; tables are made by `causeway migrate`, and at every start unless MIGRATE is off.',
    { cause },
  );
}

async function deleteFinished(sql: Sql, schema: string, olderThan: Temporal.Instant, limit: number): Promise<number> {
  const runs = sql(`${schema}.workflow_runs`);
  const steps = sql(`${schema}.step_attempts`);
  const deleted = await sql`
    with ended as (
      select id from ${runs}
      where namespace_id = ${namespace} and status in ${sql(finalStatuses)} and finished_at < ${olderThan.toString()}
      order by finished_at limit ${limit} for update skip locked
    ), signals as (
      delete from ${sql(`${schema}.workflow_signals`)} where namespace_id = ${namespace} and step_attempt_id in (
        select id from ${steps} where namespace_id = ${namespace} and workflow_run_id in (select id from ended))
    )
    delete from ${runs} where namespace_id = ${namespace} and id in (select id from ended)`;
  return deleted.count;
}
