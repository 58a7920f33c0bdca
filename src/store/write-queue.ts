/**
 * Group commit for SQLite, whose commits cost a flush to disk each: what waits is committed as one transaction. Each
 * write stands behind its own savepoint, so that one that throws is rolled back alone.
 */
import { CompiledQuery, type Kysely } from 'kysely';
import { refuseInsideWrite, runWrite } from './guard.ts';
import type { Tx } from './store.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

/** More would only make the first ones wait longer: one flush among 64 writes is next to nothing. */
const writesPerCommit = 64;

export interface WriteQueue {
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when nothing waits any more; refuses new writes from now on. */
  close(): Promise<void>;
}

interface WaitingWrite {
  run(tx: Tx): Promise<void>;
  /** Hands over what `run` found; called after the commit. */
  committed(): void;
  failed(error: unknown): void;
}

export function createWriteQueue(db: Kysely<Tables>, timeoutMs: number): WriteQueue {
  const waiting: WaitingWrite[] = [];
  let underWay: Promise<void> | null = null;
  let closed = false;

  async function commitAll(): Promise<void> {
    // A turn of the event loop's microtasks, so that callers of the same moment share the commit.
    await Promise.resolve();
    while (waiting.length > 0) await commitTogether(db, waiting.splice(0, writesPerCommit));
    underWay = null;
  }

  return {
    async write(work) {
      refuseInsideWrite('Starting a write');
      if (closed) throw new StoreError('Writing to a store that was closed. Finish writes before closing it.');
      const { promise, write } = toWaitingWrite(work, timeoutMs);
      waiting.push(write);
      underWay ??= commitAll();
      return promise;
    },
    async close() {
      closed = true;
      await underWay;
    },
  };
}

function toWaitingWrite<T>(work: (tx: Tx) => Promise<T>, timeoutMs: number) {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let settle: (() => void) | null = null;
  const write: WaitingWrite = {
    async run(tx) {
      const result = await runWrite(tx, work, timeoutMs);
      settle = () => resolve(result);
    },
    committed: () => settle?.(),
    failed: reject,
  };
  return { promise, write };
}

async function commitTogether(db: Kysely<Tables>, writes: readonly WaitingWrite[]): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      for (const write of writes) await runBehindSavepoint(tx, write);
    });
  } catch (error) {
    // Nothing was committed. Those that failed before have their own error already; this one does not replace it.
    for (const write of writes) write.failed(error);
    return;
  }
  for (const write of writes) write.committed();
}

async function runBehindSavepoint(tx: Tx, write: WaitingWrite): Promise<void> {
  await tx.executeQuery(savepoint);
  try {
    await write.run(tx);
  } catch (error) {
    write.failed(error);
    await tx.executeQuery(rollbackToSavepoint);
  }
  await tx.executeQuery(releaseSavepoint);
}

const savepoint = CompiledQuery.raw('savepoint one_write');
const rollbackToSavepoint = CompiledQuery.raw('rollback to one_write');
const releaseSavepoint = CompiledQuery.raw('release one_write');
