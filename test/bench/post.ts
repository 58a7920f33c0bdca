/** From the call until the first message that it causes is handed to the platform, while nothing else happens. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReadHandlers } from '../../src/conversation/handlers.ts';
import { createOutbox, type Outbox } from '../../src/conversation/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { help, inboxOn } from './inbox.ts';
import { type Samples, samplesOf } from './samples.ts';

const events = 100;
const idleMs = 20;

export async function postLatency(store: Store): Promise<Samples> {
  await forgetOpenMessages(store);
  let next = Promise.withResolvers<void>();
  const started: { outbox: Outbox | null } = { outbox: null };
  const inbox = inboxOn(store, () => started.outbox?.wake());
  started.outbox = createOutbox({
    store,
    owner: 'bench',
    auditKey: 'audit-key',
    send: () => {
      next.resolve();
      return Promise.resolve({ platformId: randomUUID() });
    },
    openForm: () => Promise.reject(new Error('Nothing asks for a form here.')),
    reads: {} as ReadHandlers,
    inbox,
    now: () => Temporal.Now.instant(),
    log: () => undefined,
  });
  const durations: number[] = [];
  const since = performance.now();
  for (let index = 0; index < events; index += 1) {
    next = Promise.withResolvers<void>();
    const sent = next.promise;
    const start = performance.now();
    await Promise.all([help(inbox, `post-${index}`), sent.then(() => durations.push(performance.now() - start))]);
    await wait(idleMs);
  }
  await started.outbox.stop(1000);
  return samplesOf(durations, performance.now() - since);
}

/** What earlier measurements asked for and nobody sent. */
async function forgetOpenMessages(store: Store): Promise<void> {
  await store.write((tx) => tx.updateTable('effect').set({ status: 'done' }).where('status', '=', 'open').execute());
}
