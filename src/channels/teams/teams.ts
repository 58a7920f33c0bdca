/**
 * Microsoft Teams as a channel. What comes in passes our own gate, then botbuilder and teams-ai, which are loaded in the
 * background because they take a second; what goes out goes through our own connector.
 */
import type { Channel } from '../channel.ts';
import type { App, Mount } from '../server.ts';
import { createBackground } from '../background.ts';
import { createBotToken } from './bot-token.ts';
import { createConnector } from './connector.ts';
import type { RegisteredBot } from '../../config/teams.ts';
import type { TeamsDeps, TeamsOptions } from './deps.ts';
import { createTeamsGate, type TeamsGate } from './gate/gate.ts';
import { checkLocal } from './local-gate.ts';
import { createMemory } from './memory.ts';
import { botFrameworkMetadata } from './microsoft.ts';
import { createPace } from './pace.ts';
import { createHandlers } from './receive.ts';
import type { Router, TurnHandlers } from './router.ts';
import { Activity } from './schema.ts';
import { createChannel } from './send.ts';

export type { TeamsOptions } from './deps.ts';

export interface TeamsChannel {
  channel: Channel;
  routes: Mount;
  /** False until the libraries are loaded. */
  ready: () => boolean;
  /** Lets notes that are under way go out. */
  stop(): Promise<void>;
}

const graceMs = 3_000;

export function createTeamsChannel(options: TeamsOptions): TeamsChannel {
  const { bot, log, now, random, store } = options;
  const token = bot.kind === 'local' ? null : createBotToken(bot, now);
  const deps: TeamsDeps = {
    ...options,
    memory: createMemory(store, now),
    connector: createConnector({ bot, token, pace: createPace(now, random) }),
  };
  const background = createBackground(log);
  const router = loadRouter(deps, createHandlers(deps, background));
  const gate = bot.kind === 'local' ? null : createGate(bot, options);
  return {
    channel: createChannel(deps, background),
    routes: (app) => mountMessages(app, gate, router.load),
    ready: router.ready,
    stop: () => background.stop(graceMs),
  };
}

function createGate(bot: RegisteredBot, options: TeamsOptions): TeamsGate {
  return createTeamsGate({
    appId: bot.appId,
    metadataUrl: bot.openIdMetadataUrl ?? botFrameworkMetadata,
    serviceHosts: bot.serviceHosts,
    loopbackServiceUrls: bot.openIdMetadataUrl !== null,
    allowedTenants: () => [bot.tenantId, ...options.tenants()],
    now: options.now,
    log: options.log,
  });
}

interface LazyRouter {
  load: () => Promise<Router>;
  ready: () => boolean;
}

/** Begun at once, so that the first message does not wait for it. */
function loadRouter(deps: TeamsDeps, handlers: TurnHandlers): LazyRouter {
  let loaded = false;
  const loading = import('./botbuilder/load.ts').then(({ createRouter }) => {
    loaded = true;
    return createRouter(deps, handlers);
  });
  // Told by every request that needs it; without one it must not end the process.
  loading.catch((error: unknown) => deps.log('Loading the Teams libraries', { reason: String(error) }));
  return { load: () => loading, ready: () => loaded };
}

function mountMessages(app: App, gate: TeamsGate | null, load: () => Promise<Router>): void {
  app.post('/api/messages', async (c) => {
    const authorization = c.req.header('authorization') ?? null;
    const { rawBody } = c.var;
    const verdict =
      gate === null
        ? checkLocal({ host: c.req.header('host') ?? null, origin: c.req.header('origin') ?? null, rawBody })
        : await gate.check({ authorization, rawBody });
    if (!verdict.ok) {
      return c.json({ because: verdict.because }, verdict.status);
    }
    const activity = Activity.safeParse(verdict.activity);
    if (!activity.success) {
      return c.json({ because: 'The activity is not as Teams sends it.' }, 400);
    }
    const router = await load();
    const answer = await router.run({ raw: verdict.activity, activity: activity.data, authorization });
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    return answer.body === undefined
      ? new Response(null, { status: answer.status })
      : new Response(JSON.stringify(answer.body), { status: answer.status, headers });
  });
}
