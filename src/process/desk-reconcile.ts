/** Looks again and again at the open tickets, in one replica at a time, within the budget of the settings. */
import type { Inbox } from '../conversation/inbox.ts';
import { holdLock } from '../store/hold-lock.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from '../tickets/desk.ts';
import { reconcileOnce } from '../tickets/reconcile-pass.ts';
import type { Logs } from './log.ts';

export interface ReconcileDeps {
  store: Store;
  desk: Desk;
  inbox: Pick<Inbox, 'deliver'>;
  /** Of this process. */
  owner: string;
  isTold: () => boolean;
  /** As the settings say it now. */
  readsPerMinute: () => number;
  now: () => Temporal.Instant;
  logs: Logs;
  /** How often it is looked what is due; by default four times a minute. */
  everyMs?: number;
}

const usualMs = 15_000;
const minuteMs = 60_000;
/** Longer than a request to the desk may take; it is renewed while the pass lasts. */
const lockSeconds = 30;

export interface Reconciling {
  /** Lets the request that is under way end. */
  stop(): Promise<void>;
}

export function startReconcile(deps: ReconcileDeps): Reconciling {
  const { everyMs = usualMs, logs } = deps;
  const stopped = new AbortController();
  let said = '';
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    try {
      await passAlone(deps, everyMs, stopped.signal);
      said = '';
    } catch (error) {
      const reason = String(error);
      if (reason !== said) {
        said = reason;
        logs.warn('Looking for what no webhook told; it is tried again', { reason });
      }
    }
    if (!stopped.signal.aborted) {
      timer = setTimeout(() => {
        running = round();
      }, everyMs);
      timer.unref();
    }
  }

  let running = round();
  return {
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/** Another replica that looks already looks for all. */
async function passAlone(deps: ReconcileDeps, everyMs: number, stopped: AbortSignal): Promise<void> {
  const { desk, inbox, isTold, now, owner, readsPerMinute, store } = deps;
  const hold = await holdLock(store, { name: 'desk-reconcile', owner, ttlSeconds: lockSeconds, about: 'open tickets' });
  if (hold === null) {
    return;
  }
  try {
    await reconcileOnce({
      store,
      desk,
      deliver: (delivery) => inbox.deliver(delivery),
      isTold,
      now,
      budget: Math.max(2, Math.floor((readsPerMinute() * everyMs) / minuteMs)),
      signal: AbortSignal.any([hold.lost, stopped]),
    });
  } finally {
    await hold.release();
  }
}
