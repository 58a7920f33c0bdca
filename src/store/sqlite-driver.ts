/**
 * SQLite for kysely on Node's own `node:sqlite`: kysely's dialect is written for another driver, this is the shim
 * between the two. One instance owns one handle; nothing else may write through it.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { requireBindable } from './parameters.ts';
import { StoreError } from './store-error.ts';

/** The texts of our queries are few; the bound is for inserts of ever new lengths. */
const cachedStatements = 500;

interface OpenOptions {
  readOnly: boolean;
}

export function sqliteDialect(file: string, options: OpenOptions): Dialect {
  const database = openDatabase(file, options);
  const dialect = new SqliteDialect({ database });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () => new TransactionalAdapter(),
  };
}

/** SQLite can roll back a change of its tables. kysely says it cannot, and would leave half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function openDatabase(file: string, options: OpenOptions): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: 5000, readOnly: options.readOnly });
  if (!options.readOnly) makeDurable(database, file);
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = cache.get(sql);
      if (known !== undefined) return known;
      const statement = wrap(database.prepare(sql));
      if (cache.size >= cachedStatements) cache.delete(cache.keys().next().value ?? '');
      cache.set(sql, statement);
      return statement;
    },
  };
}

function makeDurable(database: DatabaseSync, file: string): void {
  const mode = database.prepare('pragma journal_mode = wal').get()?.['journal_mode'];
  if (mode !== 'wal') {
    database.close();
    throw new StoreError(
      `Opening ${file}: its file system cannot hold a write-ahead log. Set DATA_DIR to a directory on a local disk.`,
    );
  }
  database.exec('pragma synchronous = full; pragma foreign_keys = on');
  // What a savepoint may have to put back is kept here; in a file it costs a third of all writes (measured).
  database.exec('pragma temp_store = memory');
}

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...requireBindable(values)),
    run: (values) => statement.run(...requireBindable(values)),
    iterate: (values) => statement.iterate(...requireBindable(values)),
  };
}
