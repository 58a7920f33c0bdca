/**
 * One process per data directory. The lock is an exclusive SQLite transaction on `lock.db`, never committed: the system
 * ends it with the process, however that dies, so there is no stale lock to clean up.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from './store-error.ts';

const sqliteBusy = 5;

/**
 * Makes the directory when it is missing, and holds it until the returned function is called.
 * @throws {StoreError} when another process holds it or it cannot be used
 */
export function holdDirectory(dataDir: string): () => void {
  let lock: DatabaseSync | null = null;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(dataDir, 'lock.db'), { timeout: 0 });
    lock.exec('begin exclusive');
  } catch (error) {
    lock?.close();
    throw isBusy(error) ? inUse(dataDir) : unusable(dataDir, error);
  }
  const held = lock;
  return () => held.close();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function inUse(dataDir: string): StoreError {
  return new StoreError(
    `Opening the data directory ${dataDir}: another process holds it. ` +
      'Stop that process, or set DATA_DIR to a directory of its own for this one.',
  );
}

function unusable(dataDir: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    `Opening the data directory ${dataDir}: ${reason}. ` +
      'Make it a directory that this user may write to, or set DATA_DIR to another one.',
    { cause },
  );
}
