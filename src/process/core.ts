/** The heart of the bot: inbox, outbox, relay and engine, each of which wakes the next. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sealerOf } from '../audit/export/seal.ts';
import type { Channel } from '../channels/channel.ts';
import type { Config } from '../config/load.ts';
import { createInbox, type Inbox } from '../conversation/inbox.ts';
import { createOutbox, type Outbox } from '../conversation/outbox.ts';
import { createRelay, type Relay } from '../conversation/relay.ts';
import { effectWorkflows } from '../conversation/run-work.ts';
import type { DurableEngine } from '../engine/engine.ts';
import { openEngine } from '../engine/openworkflow.ts';
import type { Platform } from '../flows/event.ts';
import { secretOf } from '../store/secrets.ts';
import { isAnyStepUnderWay } from '../store/steps.ts';
import type { Store } from '../store/store.ts';
import { adminPlaces } from './admin-places.ts';
import { auditKeyName } from './audit-key.ts';
import { openFormBy, sendBy } from './deliver.ts';
import { type HandlerDeps, readHandlers, workHandlers } from './handlers.ts';
import type { Logs } from './log.ts';
import { startUpkeep } from './upkeep.ts';
import { startWatch, type Watch } from './watch.ts';

export interface Core {
  inbox: Inbox;
  engine: DurableEngine;
  /** Tells the outbox which channels there are; nothing is sent before that. */
  start(channels: ReadonlyMap<Platform, Channel>): void;
  stop(): Promise<void>;
}

export interface Keys {
  /** From which buttons' tokens are derived. */
  token: string;
  /** Of the digests in the audit chain. */
  audit: string;
}

/** How long a stop waits for what is under way: a kill is safe, and containers are killed after ten seconds. */
const graceMs = 4000;

/** A plan that waits for a network keeps its run: those of others, and tickets, must find room beside it. */
const runsAtOnce = 64;

export function newId(): string {
  return randomBytes(18).toString('base64url');
}

export function now(): Temporal.Instant {
  return Temporal.Now.instant();
}

/** Made at the first start and kept in the database, so that all replicas derive the same tokens. */
export function readKeys(store: Store): Promise<Keys> {
  return store.write(async (tx) => ({
    token: await secretOf(tx, 'button-tokens', newKey),
    audit: await secretOf(tx, auditKeyName, newKey),
  }));
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

export async function openCore(config: Config, keys: Keys, deps: HandlerDeps, logs: Logs): Promise<Core> {
  const { store, directory } = deps;
  const started: Loops = { outbox: null, relay: null, watch: null };
  const inbox = createInbox({
    store,
    tokenKey: keys.token,
    auditKey: keys.audit,
    directory,
    adminPlaces: () => adminPlaces(directory()),
    now,
    newId,
    log: logs.error,
    committed() {
      started.outbox?.wake();
      started.relay?.wake();
    },
  });
  if (await isAnyStepUnderWay(store.read)) {
    // Beside everything else; when it fails, the first call tells why.
    deps.arm.load().catch(() => undefined);
  }
  const engine = await openEngine({
    database: engineDatabase(config),
    concurrency: runsAtOnce,
    workflows: effectWorkflows({ store, work: workHandlers(deps), inbox, now, log: logs.warn }),
    log: (message, cause) => logs.warn(message, { cause: String(cause) }),
  });
  const upkeep = startUpkeep({
    store,
    engine,
    anchorDir: config.anchorDir,
    sealedBy: sealerOf(keys.audit),
    auditPlace: () => directory().places.audit ?? null,
    now,
    logs,
  });
  return {
    inbox,
    engine,
    start(channels) {
      startLoops(started, { inbox, engine, channels, keys, deps, logs });
    },
    async stop() {
      // In the order of the way: what the last steps report is still sent, and the last anchor covers all of it.
      await started.watch?.stop();
      await started.relay?.stop();
      await engine.stop(graceMs);
      await started.outbox?.stop(graceMs);
      await upkeep.stop();
    },
  };
}

interface Loops {
  outbox: Outbox | null;
  relay: Relay | null;
  watch: Watch | null;
}

interface LoopDeps {
  inbox: Inbox;
  engine: DurableEngine;
  channels: ReadonlyMap<Platform, Channel>;
  keys: Keys;
  deps: HandlerDeps;
  logs: Logs;
}

function startLoops(started: Loops, { channels, deps, engine, inbox, keys, logs }: LoopDeps): void {
  const { directory, owner, store } = deps;
  started.outbox = createOutbox({
    store,
    owner,
    auditKey: keys.audit,
    send: sendBy(channels),
    openForm: openFormBy(channels),
    reads: readHandlers(deps),
    inbox,
    now,
    log: logs.warn,
  });
  started.relay = createRelay({ store, engine, inbox, now, log: logs.warn });
  started.watch = startWatch({ store, inbox, owner, directory, now, logs });
  started.outbox.wake();
  started.relay.wake();
}

function engineDatabase(config: Config): Parameters<typeof openEngine>[0]['database'] {
  const { database } = config;
  return database.kind === 'sqlite'
    ? { kind: 'sqlite', file: join(database.dataDir, 'workflow.db') }
    : { kind: 'postgresql', url: database.url, migrate: config.migrate };
}
