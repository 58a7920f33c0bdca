/**
 * Sends messages and runs reads right after the commit that asked for them. Rows of one lane go in order, and any
 * replica may take the head of a lane; a row that nobody finished is taken up again when its lease ends.
 */
import { type Leased, leaseNextMessage, leaseReads, type ReadEffectLeased } from '../store/effect-leases.ts';
import type { EffectOf } from '../flows/effect.ts';
import type { Store } from '../store/store.ts';
import type { ReadHandlers, Send } from './handlers.ts';
import type { Inbox } from './inbox.ts';
import { instantText } from './instant-text.ts';
import { runRead } from './run-read.ts';
import { sendMessage } from './send-message.ts';

export interface OutboxDeps {
  store: Store;
  /** Of this process; says who holds a lease. */
  owner: string;
  send: Send;
  reads: ReadHandlers;
  inbox: Pick<Inbox, 'deliver'>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

export interface Outbox {
  /** Look now; called after each commit. */
  wake(): void;
  /** Takes nothing new and waits for what is under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Long enough for a slow platform, short enough that another replica takes over while the person still looks. */
const leaseMs = 10_000;
const sweepMs = 1000;
const maxAtOnce = { message: 8, read: 8 } as const;

export function createOutbox(deps: OutboxDeps): Outbox {
  const lines = [createLine(deps, 'message'), createLine(deps, 'read')];
  const wake = (): void => {
    for (const line of lines) {
      line.wake();
    }
  };
  const sweep = setInterval(wake, sweepMs);
  return {
    wake,
    async stop(graceMs) {
      clearInterval(sweep);
      await Promise.all(lines.map((line) => line.stop(graceMs)));
    },
  };
}

interface Line {
  wake(): void;
  stop(graceMs: number): Promise<void>;
}

/** One kind of effect: takes rows while there are any and there is room, each in its own promise. */
function createLine(deps: OutboxDeps, kind: 'message' | 'read'): Line {
  const busy = new Set<Promise<void>>();
  let taking = false;
  let again = false;
  let stopped = false;

  async function take(): Promise<void> {
    if (taking) {
      again = true;
      return;
    }
    taking = true;
    try {
      do {
        again = false;
        await takeAll();
      } while (again && !stopped);
    } catch (error) {
      deps.log('Looking for effects to carry out', { kind, reason: String(error) });
    } finally {
      taking = false;
    }
  }

  async function takeAll(): Promise<void> {
    while (!stopped && busy.size < maxAtOnce[kind]) {
      const leased = await leaseNext(deps, kind);
      if (leased === null) {
        return;
      }
      const work = carryOut(deps, leased).finally(() => {
        busy.delete(work);
        void take();
      });
      busy.add(work);
    }
  }

  return {
    wake: () => {
      if (!stopped) {
        void take();
      }
    },
    async stop(graceMs) {
      stopped = true;
      await Promise.race([Promise.all(busy), new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    },
  };
}

type Taken = { kind: 'message'; leased: Leased<EffectOf<'show'>> } | { kind: 'read'; leased: ReadEffectLeased };

async function leaseNext(deps: OutboxDeps, kind: 'message' | 'read'): Promise<Taken | null> {
  const request = { owner: deps.owner, now: instantText(deps.now()), leaseMs };
  if (kind === 'message') {
    const leased = await deps.store.write((tx) => leaseNextMessage(tx, request));
    return leased === null ? null : { kind, leased };
  }
  const [leased] = await deps.store.write((tx) => leaseReads(tx, { ...request, limit: 1 }));
  return leased === undefined ? null : { kind, leased };
}

/** Never throws: what goes wrong is written into the row, or left to the sweep when even that fails. */
async function carryOut(deps: OutboxDeps, taken: Taken): Promise<void> {
  try {
    await (taken.kind === 'message' ? sendMessage(deps, taken.leased) : runRead(deps, taken.leased));
  } catch (error) {
    deps.log('Carrying out an effect; the sweep takes it up again', { effect: taken.leased.id, reason: String(error) });
  }
}
