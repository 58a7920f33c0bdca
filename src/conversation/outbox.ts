/**
 * Sends messages and runs reads right after the commit that asked for them. Rows of one lane go in order, and any
 * replica may take the head of a lane; a row that nobody finished is taken up again when its lease ends.
 */
import {
  type Leased,
  leaseNextMessage,
  leaseReads,
  type MessageEffectLeased,
  type ReadEffectLeased,
} from '../store/effect-leases.ts';
import type { EffectOf } from '../flows/effect.ts';
import type { Store } from '../store/store.ts';
import type { OpenFormBy, ReadHandlers, Send } from './handlers.ts';
import type { Inbox } from './inbox.ts';
import { leaseMs } from './hold-lease.ts';
import { instantText } from './instant-text.ts';
import { createLooker } from './looker.ts';
import { openForm } from './open-form.ts';
import { runRead } from './run-read.ts';
import { sendMessage } from './send-message.ts';

export interface OutboxDeps {
  store: Store;
  /** Of this process; says who holds a lease. */
  owner: string;
  /** What was sent is kept in the audit. */
  auditKey: string;
  send: Send;
  openForm: OpenFormBy;
  reads: ReadHandlers;
  inbox: Pick<Inbox, 'deliver'>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** What one effect is carried out with. */
export interface LineDeps extends OutboxDeps {
  /** Look again in so many milliseconds, for a row that has to wait until then. */
  wakeAfter(ms: number): void;
}

export interface Outbox {
  /** Look now; called after each commit. */
  wake(): void;
  /** Takes nothing new and waits for what is under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const sweepMs = 1000;
/** Longer waits are left to the sweep. */
const maxTimerMs = 60_000;
const maxAtOnce = { message: 8, read: 8 } as const;
/** Besides those, for what is of no use later on: a platform that takes everything slowly must not keep it waiting. */
const maxUrgentAtOnce = 8;

export function createOutbox(deps: OutboxDeps): Outbox {
  const lineDeps: LineDeps = {
    ...deps,
    wakeAfter(ms) {
      if (ms <= maxTimerMs) {
        setTimeout(wake, ms).unref();
      }
    },
  };
  const lines = [createLine(lineDeps, 'message'), createLine(lineDeps, 'read')];
  function wake(): void {
    for (const line of lines) {
      line.wake();
    }
  }
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
function createLine(deps: LineDeps, kind: 'message' | 'read'): Line {
  const busy = new Map<string, Promise<void>>();
  const looker = createLooker(takeAll, (error) =>
    deps.log('Looking for effects to carry out', { kind, reason: String(error) }),
  );

  async function takeAll(): Promise<void> {
    while (!looker.stopped()) {
      const room = roomFor(kind, busy.size);
      const leased = room === 'none' ? null : await leaseNext(deps, kind, room);
      if (leased === null) {
        return;
      }
      const { id } = leased.leased;
      // A process that stood still for longer than a lease finds what it has in hand itself.
      if (!busy.has(id)) {
        busy.set(
          id,
          carryOut(deps, leased).finally(() => done(id)),
        );
      }
    }
  }

  function done(id: string): void {
    busy.delete(id);
    looker.wake();
  }

  return {
    wake: () => looker.wake(),
    stop: (graceMs) =>
      within(graceMs, async () => {
        // First the look, which may have taken one more row.
        await looker.stop();
        await Promise.all(busy.values());
      }),
  };
}

type Room = 'all' | 'urgent' | 'none';

function roomFor(kind: 'message' | 'read', busy: number): Room {
  if (busy < maxAtOnce[kind]) {
    return 'all';
  }
  return kind === 'message' && busy < maxAtOnce.message + maxUrgentAtOnce ? 'urgent' : 'none';
}

/** Waits for `work`, and no longer than `ms`. */
async function within(ms: number, work: () => Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  // Keeps the process alive: else it would end here, before what is closed after this.
  const timer = setTimeout(resolve, ms);
  await Promise.race([work(), over]);
  clearTimeout(timer);
}

type Taken = { kind: 'message'; leased: MessageEffectLeased } | { kind: 'read'; leased: ReadEffectLeased };

async function leaseNext(
  deps: OutboxDeps,
  kind: 'message' | 'read',
  room: Exclude<Room, 'none'>,
): Promise<Taken | null> {
  const request = { owner: deps.owner, now: instantText(deps.now()), leaseMs };
  if (kind === 'message') {
    const leased = await deps.store.write((tx) => leaseNextMessage(tx, { ...request, urgent: room === 'urgent' }));
    return leased === null ? null : { kind, leased };
  }
  const [leased] = await deps.store.write((tx) => leaseReads(tx, { ...request, limit: 1 }));
  return leased === undefined ? null : { kind, leased };
}

/** Never throws: what goes wrong is written into the row, or left to the sweep when even that fails. */
async function carryOut(deps: LineDeps, taken: Taken): Promise<void> {
  try {
    await (taken.kind === 'message' ? carryMessage(deps, taken.leased) : runRead(deps, taken.leased));
  } catch (error) {
    deps.log('Carrying out an effect; the sweep takes it up again', { effect: taken.leased.id, reason: String(error) });
  }
}

function carryMessage(deps: LineDeps, leased: MessageEffectLeased): Promise<void> {
  return isForm(leased) ? openForm(deps, leased) : sendMessage(deps, leased);
}

function isForm(leased: MessageEffectLeased): leased is Leased<EffectOf<'open-form'>> {
  return leased.effect.type === 'open-form';
}
