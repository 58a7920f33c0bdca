/** The chat channels of this process, as configured. */
import type { Channel } from '../channels/channel.ts';
import type { Mount } from '../channels/server.ts';
import type { Config } from '../config/load.ts';
import type { Inbox } from '../conversation/inbox.ts';
import type { Platform } from '../flows/event.ts';
import type { Store } from '../store/store.ts';
import { newId, now } from './core.ts';
import { withDesk } from './desk.ts';
import { homeCards } from './home.ts';
import type { Logs } from './log.ts';
import type { LiveSettings } from './settings.ts';

export interface Channels {
  byPlatform: ReadonlyMap<Platform, Channel>;
  mounts: readonly Mount[];
  rawRoutes: ReadonlyMap<string, number>;
  /** By name; false while a channel cannot answer yet. */
  ready(): Record<string, boolean>;
  /** For channels that open a connection themselves; called when everything else stands. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChannelDeps {
  store: Store;
  inbox: Inbox;
  settings: LiveSettings;
  tokenKey: string;
  logs: Logs;
}

/** The local page belongs to local mode only: it has no sign-in. */
export function platformsOf(config: Config): Platform[] {
  return [
    ...(config.mode === 'serve' ? [] : ['web' as const]),
    ...(config.teams === null ? [] : ['teams' as const]),
    ...(config.slack === null ? [] : ['slack' as const]),
  ];
}

interface Part {
  channel: Channel;
  mount: Mount;
  rawRoutes: ReadonlyMap<string, number>;
  ready: () => boolean;
  /** Begins to listen where nobody calls us; nothing to wait for. */
  start?: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Each is imported only when it is configured. */
export async function openChannels(config: Config, deps: ChannelDeps): Promise<Channels> {
  const parts = [
    ...(config.mode === 'serve' ? [] : [await openWeb(deps)]),
    ...(config.teams === null ? [] : [await openTeams(config.teams, deps)]),
    ...(config.slack === null ? [] : [await openSlack(config.slack, deps)]),
  ];
  if (parts.length === 0) {
    deps.logs.warn(
      'No chat channel is configured: set the variables of Teams or Slack, or use “causeway start” for the local page',
    );
  }
  return {
    byPlatform: new Map(parts.map(({ channel }) => [channel.platform, channel])),
    mounts: parts.map(({ mount }) => mount),
    rawRoutes: new Map(parts.flatMap(({ rawRoutes }) => [...rawRoutes])),
    ready: () => Object.fromEntries(parts.map(({ channel, ready }) => [channel.platform, ready()])),
    async start() {
      for (const { start } of parts) {
        await start?.();
      }
    },
    async stop() {
      await Promise.all(parts.map(({ stop }) => stop()));
    },
  };
}

async function openWeb({ store, inbox, settings, tokenKey }: ChannelDeps): Promise<Part> {
  const { createWebChannel } = await import('../channels/web/web.ts');
  const web = createWebChannel({ store, people: () => settings.current().people, tokenKey, inbox, now, newId });
  return {
    channel: web.channel,
    mount: web.routes,
    rawRoutes: web.rawRoutes,
    ready: () => true,
    stop: () => Promise.resolve(),
  };
}

async function openTeams(bot: NonNullable<Config['teams']>, deps: ChannelDeps): Promise<Part> {
  const { createTeamsChannel } = await import('../channels/teams/teams.ts');
  const { store, inbox, settings, tokenKey, logs } = deps;
  const teams = createTeamsChannel({
    store,
    inbox,
    tokenKey,
    bot,
    people: () => settings.file().people,
    tenants: () => settings.file().tenants,
    now,
    newId,
    random: Math.random,
    log: logs.warn,
  });
  return {
    channel: teams.channel,
    mount: teams.routes,
    rawRoutes: new Map(),
    ready: () => teams.ready(),
    stop: () => teams.stop(),
  };
}

async function openSlack(bot: NonNullable<Config['slack']>, deps: ChannelDeps): Promise<Part> {
  const { createSlackChannel } = await import('../channels/slack/slack.ts');
  const { store, inbox, settings, tokenKey, logs } = deps;
  const slack = createSlackChannel({
    store,
    inbox,
    tokenKey,
    bot,
    people: () => settings.file().people,
    matchByEmail: () => settings.file().slack.matchByEmail,
    home: (person) => homeCards({ store, directory: withDesk(settings, true), now: now() }, person),
    now,
    newId,
    random: Math.random,
    log: logs.warn,
  });
  return {
    channel: slack.channel,
    mount: slack.routes,
    rawRoutes: new Map(),
    ready: () => slack.ready(),
    start: () => slack.start(),
    stop: () => slack.stop(),
  };
}
