/** The heart of the bot: inbox, outbox, relay and engine, each of which wakes the next. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sealerOf } from '../audit/export/seal.ts';
import type { Channel } from '../channels/channel.ts';
import type { Config } from '../config/load.ts';
import type { OpenFormBy, Send } from '../conversation/handlers.ts';
import { createInbox, type Inbox } from '../conversation/inbox.ts';
import { createOutbox, type Outbox } from '../conversation/outbox.ts';
import { createRelay, type Relay } from '../conversation/relay.ts';
import { effectWorkflows } from '../conversation/run-work.ts';
import type { DurableEngine } from '../engine/engine.ts';
import { openEngine } from '../engine/openworkflow.ts';
import type { Platform } from '../flows/event.ts';
import { secretOf } from '../store/secrets.ts';
import type { Store } from '../store/store.ts';
import { adminPlaces } from './admin-places.ts';
import { auditKeyName } from './audit-key.ts';
import { type HandlerDeps, readHandlers, workHandlers } from './handlers.ts';
import type { Logs } from './log.ts';
import { startUpkeep } from './upkeep.ts';

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
  const started: { outbox: Outbox | null; relay: Relay | null } = { outbox: null, relay: null };
  const inbox = createInbox({
    store,
    tokenKey: keys.token,
    auditKey: keys.audit,
    directory,
    adminPlaces: () => adminPlaces(directory(), config.mode),
    now,
    newId,
    log: logs.error,
    committed() {
      started.outbox?.wake();
      started.relay?.wake();
    },
  });
  const engine = await openEngine({
    database: engineDatabase(config),
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
      started.outbox = createOutbox({
        store,
        owner: deps.owner,
        auditKey: keys.audit,
        send: sendBy(channels),
        openForm: openFormBy(channels),
        reads: readHandlers(deps),
        inbox,
        now,
        log: logs.warn,
      });
      started.relay = createRelay({ store, engine, inbox, now, log: logs.warn });
      started.outbox.wake();
      started.relay.wake();
    },
    async stop() {
      // In the order of the way: what the last steps report is still sent, and the last anchor covers all of it.
      await started.relay?.stop();
      await engine.stop(graceMs);
      await started.outbox?.stop(graceMs);
      await upkeep.stop();
    },
  };
}

function engineDatabase(config: Config): Parameters<typeof openEngine>[0]['database'] {
  const { database } = config;
  return database.kind === 'sqlite'
    ? { kind: 'sqlite', file: join(database.dataDir, 'workflow.db') }
    : { kind: 'postgresql', url: database.url, migrate: config.migrate };
}

function sendBy(channels: ReadonlyMap<Platform, Channel>): Send {
  return (message) => {
    const channel = channels.get(message.place.platform);
    if (channel === undefined) {
      throw Object.assign(
        new Error(
          `Sending to ${message.place.platform}: this channel is not configured. Set its variables, or change the settings’ channels.`,
        ),
        {
          name: 'Undeliverable',
        },
      );
    }
    return channel.send(message);
  };
}

function openFormBy(channels: ReadonlyMap<Platform, Channel>): OpenFormBy {
  return async (platform, form) => {
    const channel = channels.get(platform);
    if (channel?.openForm === undefined) {
      throw new Error(`Opening a form in ${platform}: there is no channel with forms for it. Type what the form asks.`);
    }
    await channel.openForm(form);
  };
}
