/**
 * The store as the rest of the house sees it. Two databases stand behind it, with one set of tables and queries;
 * `open.ts` chooses.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What queries inside a write take. It ends with its write: a query that comes later is refused. */
export type Tx = Transaction<Tables>;

/** What read-only queries take: a write's transaction, or the store's own reader. It has no way to write. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'selectNoFrom' | 'fn'>;

/** The half of a store that changes nothing. */
export type StoreReader = Pick<Store, 'read' | 'snapshot' | 'close'>;

export interface Store {
  readonly kind: 'sqlite' | 'postgresql';
  /** Sees what was committed. Inside a write it is refused: it would read around the write, and could wait for it for ever. */
  readonly read: Reader;
  /** Runs several reads that all see the database as it stood at one instant. */
  snapshot<T>(work: (db: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. On SQLite, writes that wait share one commit, each behind a savepoint: one that throws
   * is rolled back alone. Resolves after the commit is on disk.
   *
   * `work` may touch nothing but the database, and has five seconds: everybody else's writes wait for it.
   * @throws {StoreError} when it takes longer, when it is called inside another write, or after `close`
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Waits for the writes that are under way; later ones are refused. */
  close(): Promise<void>;
}
