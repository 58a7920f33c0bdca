/**
 * What makes misuse of the store fail at once and by name, instead of hanging or writing into somebody else's
 * transaction: a query after its write has ended, a write or a store-wide read inside a write, a write that takes too
 * long, a write through the reader.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type KyselyPlugin, type RootOperationNode, SelectQueryNode } from 'kysely';
import type { Tx } from './store.ts';
import { StoreError, WriteTimeout } from './store-error.ts';

interface OpenWrite {
  ended: boolean;
}

const currentWrite = new AsyncLocalStorage<OpenWrite>();

/** Everybody's writes wait behind one that does not come back. */
export const writeTimeoutMs = 5000;

/** Runs one write's work on its transaction, which is of no use afterwards. */
export async function runWrite<T>(tx: Tx, work: (tx: Tx) => Promise<T>, timeoutMs: number): Promise<T> {
  const write: OpenWrite = { ended: false };
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(tookTooLong(timeoutMs)), timeoutMs);
  try {
    const guarded = tx.withPlugin(onEachQuery(() => refuseAfter(write)));
    return await Promise.race([currentWrite.run(write, () => work(guarded)), timeout.promise]);
  } finally {
    write.ended = true;
    clearTimeout(timer);
  }
}

/** @throws {StoreError} when called from within a write */
export function refuseInsideWrite(what: string): void {
  const write = currentWrite.getStore();
  if (write === undefined || write.ended) return;
  throw new StoreError(`${what} inside a write: it would wait for a write that waits for it. Use the write's own tx.`);
}

/** For the store's reader. */
export const readOnly: KyselyPlugin = onEachQuery((query) => {
  refuseInsideWrite('Reading through the store');
  if (SelectQueryNode.is(query)) return;
  throw new StoreError(`Running a ${query.kind} through the reader: it only reads. Use Store.write.`);
});

function refuseAfter(write: OpenWrite): void {
  if (!write.ended) return;
  throw new StoreError(
    'Querying after the write has ended: nothing would be saved. Await every query inside the write.',
  );
}

function tookTooLong(timeoutMs: number): WriteTimeout {
  return new WriteTimeout(
    `A write took longer than ${timeoutMs} ms and was rolled back: it blocks all others. ` +
      'Keep everything but queries out of it, and try again when the database is under less load.',
  );
}

function onEachQuery(check: (query: RootOperationNode) => void): KyselyPlugin {
  return {
    transformQuery({ node }) {
      check(node);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}
