/** PostgreSQL for kysely: with our number types and limits, and with nothing that can end the process. */
import { CompiledQuery, type DatabaseConnection, type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { requireBindable } from './parameters.ts';

interface PostgresConnections {
  url: string;
  /** How many at once. */
  connections: number;
  /** Null for migrations: kysely's own queries bind flags, and of several replicas all but one wait without limit. */
  limits: { statementTimeoutMs: number } | null;
}

export function postgresDialect({ url, connections, limits }: PostgresConnections): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    fallback_application_name: 'causeway',
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks says so as an event, which would end the process if nobody listened. Whoever uses the
  // connection is told by the failing query, and the pool makes a new one.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return new PostgresDialect({
    pool,
    async onCreateConnection(connection) {
      if (limits === null) return;
      checkParameters(connection);
      await setTimeouts(connection, limits.statementTimeoutMs);
    },
  });
}

const int8: number = pg.types.builtins.INT8;

/** `pg` gives bigint, and so count(), as text, to be safe beyond 2^53; our numbers never get there. */
function parserOf(type: number, format?: 'text' | 'binary') {
  return type === int8 ? Number : pg.types.getTypeParser(type, format);
}

function ignore(): void {}

/** kysely offers no other place that sees the parameters of every statement. */
function checkParameters(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (query, options) => {
    requireBindable(query.parameters);
    return execute(query, options);
  };
}

/** So that a replica which hangs in the middle of a write does not hold its locks for ever. */
async function setTimeouts(connection: DatabaseConnection, timeoutMs: number): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(`set statement_timeout = ${timeoutMs}`));
  await connection.executeQuery(CompiledQuery.raw(`set idle_in_transaction_session_timeout = ${timeoutMs * 2}`));
}
