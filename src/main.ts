/**
 * Wires everything and owns the process: opens what is configured, hands each room what it needs, and closes it all in
 * order. Nothing is decided here.
 */
import { createArm } from './azure/arm.ts';
import { type HttpServer, startHttpServer } from './channels/server.ts';
import type { Config } from './config/load.ts';
import type { ZendeskConfig } from './config/zendesk.ts';
import { alertMounts } from './process/alerts.ts';
import { type Channels, openChannels } from './process/channels.ts';
import { type Core, type Keys, newId, now, openCore, readKeys } from './process/core.ts';
import { startReconcile } from './process/desk-reconcile.ts';
import { openDesk, openWebhookSecret, withDesk } from './process/desk.ts';
import { startDigest } from './process/digest.ts';
import { createLogs, type Logs } from './process/log.ts';
import { followSettings, type LiveSettings } from './process/settings.ts';
import { openStandIns } from './process/stand-ins.ts';
import { mountDeskWebhook } from './process/webhook-route.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';

export interface Bot {
  /** Where it listens, such as `http://127.0.0.1:3978`. */
  origin: string;
  /** Takes nothing new, lets what runs finish, and closes; what is cut short goes on at the next start. */
  stop(): Promise<void>;
}

type Closers = (() => Promise<void> | void)[];

export async function startBot(config: Config): Promise<Bot> {
  const logs = createLogs(config.logLevel);
  logs.info('Starting', { mode: config.mode, standIns: config.standIns });
  const closers: Closers = [];
  try {
    const origin = await assemble(config, logs, closers);
    logs.info('Ready', { origin });
    return { origin, stop: () => closeAll(closers, logs) };
  } catch (error) {
    await closeAll(closers, logs);
    throw error;
  }
}

async function assemble(config: Config, logs: Logs, closers: Closers): Promise<string> {
  const store = await openStore({ database: config.database, migrate: config.migrate });
  closers.push(() => store.close());
  const standIns = await openStandIns(config, logs);
  closers.push(() => standIns.close());
  const settings = followSettings(config, newId, logs);
  closers.push(() => settings.stop());
  const keys = await readKeys(store);
  const zendesk = deskConfig(config, standIns.zendeskUrl);
  const desk = openDesk(zendesk, {
    rights: () => settings.file().zendesk.rights,
    fields: () => settings.file().zendesk.fields,
    read: store.read,
  });
  const arm = createArm({ armUrl: standIns.armUrl });
  const owner = newId();
  // The webhook needs an address, and work begins before there is one: until then nothing is known to be wrong.
  const told = { current: (): boolean => true };
  const core = await openCore(
    config,
    keys,
    {
      store,
      arm,
      desk,
      directory: () => withDesk(settings, told.current()),
      now,
      owner,
      probe: () => settings.file().probe,
    },
    logs,
  );
  closers.push(() => core.stop());
  const digest = startDigest({ store, directory: () => settings.current(), now, logs });
  closers.push(() => digest.stop());
  settings.onChange((id, event) => core.inbox.deliver({ id, caseId: 'settings', event }));

  const secret = { current: (): string | null => zendesk.webhookSecret };
  const server = await serve(config, { core, store, keys, settings, secret, logs }, closers);
  closers.push(() => server.close());
  const origin = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${server.port}`;
  const webhook = openWebhookSecret(zendesk, desk, `${config.publicUrl ?? origin}/zendesk/webhook`, logs);
  secret.current = () => webhook.current();
  closers.push(() => webhook.stop());
  told.current = () => webhook.isTold();
  const reconciling = startReconcile({
    store,
    desk,
    inbox: core.inbox,
    owner,
    isTold: told.current,
    readsPerMinute: () => settings.file().zendesk.readsPerMinute,
    now,
    logs,
  });
  closers.push(() => reconciling.stop());
  return origin;
}

interface Parts {
  core: Core;
  store: Store;
  keys: Keys;
  settings: LiveSettings;
  secret: { current: () => string | null };
  logs: Logs;
}

async function serve(config: Config, parts: Parts, closers: Closers): Promise<HttpServer> {
  const { core, store, keys, settings, secret, logs } = parts;
  const channels = await openChannels(config, { store, inbox: core.inbox, settings, tokenKey: keys.token, logs });
  closers.push(() => channels.stop());
  const server = await startHttpServer({
    host: config.host,
    port: config.port,
    mounts: [
      (app) => mountDeskWebhook(app, { secret: () => secret.current(), store, inbox: core.inbox, logs }),
      ...alertMounts(config, { store, inbox: core.inbox, settings, logs }),
      ...channels.mounts,
    ],
    rawRoutes: channels.rawRoutes,
    ready: () => readiness(store, core, channels),
    log: logs.error,
  });
  core.start(channels.byPlatform);
  await channels.start();
  return server;
}

async function readiness(
  store: Store,
  core: Core,
  channels: Channels,
): Promise<{ ok: boolean; parts: Record<string, boolean> }> {
  const database = await store.read
    .selectFrom('lock')
    .select('name')
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    );
  const parts = { database, engine: core.engine.ready(), ...channels.ready() };
  return { ok: Object.values(parts).every(Boolean), parts };
}

type Connected = Exclude<ZendeskConfig, { kind: 'simulator' }>;

function deskConfig(config: Config, simulatorUrl: string | null): Connected {
  if (config.zendesk.kind !== 'simulator') {
    return config.zendesk;
  }
  if (simulatorUrl === null) {
    throw new Error(
      'Opening the desk: neither ZENDESK_URL nor a simulator is there. Set ZENDESK_URL, or use “causeway start”.',
    );
  }
  return { kind: 'stand-in', url: simulatorUrl, webhookSecret: null, credential: { kind: 'test-token' } };
}

/** The other way round than it was opened. One that does not close does not keep the others open. */
async function closeAll(closers: Closers, logs: Logs): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      logs.error('Closing a part of the process', { reason: String(error) });
    }
  }
  closers.length = 0;
}
