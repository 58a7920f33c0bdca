/**
 * The receiving half as one: the route, the socket, and the stop that lets both finish. Bolt is loaded in the background,
 * because it takes a third of a second; what comes before waits for it.
 */
import type { Mount } from '../server.ts';
import type { Installation, SlackOptions, SlackOut } from './deps.ts';
import type { Front } from './front.ts';
import { createInFlight } from './in-flight.ts';
import { createMemory } from './memory.ts';
import { endpoint, mountEvents } from './receive-http.ts';
import { createLine } from './receive-socket.ts';
import { createReceive } from './receive.ts';
import { createReplays } from './replay.ts';

export interface Receiving {
  routes: Mount;
  /** True once everything that a request needs is there. */
  ready(): boolean;
  /** Asks where the app is installed, and opens the socket where there is one. Waits for neither. */
  start(): void;
  /** Takes nothing new, and lets what is under way finish. */
  stop(): Promise<void>;
}

const graceMs = 10_000;

export function createReceiving(options: SlackOptions, out: SlackOut): Receiving {
  const { bot, log, now, store } = options;
  const known: { installation: Installation | null; isLoaded: boolean } = { installation: null, isLoaded: false };
  async function installation(): Promise<Installation> {
    known.installation = await out.installation();
    return known.installation;
  }
  const inFlight = createInFlight();
  const memory = createMemory(store, now);
  const receive = createReceive({ deps: options, out: { ...out, installation }, memory, inFlight });
  const loading = import('./bolt/load.ts').then(({ createRouter }) => {
    known.isLoaded = true;
    const { signingSecret } = bot;
    return createRouter({ signingSecret, endpoint, receive, installation: () => known.installation, log });
  });
  // Told by every request that needs it; without one it must not end the process.
  loading.catch((error: unknown) => log('Loading Bolt', { reason: String(error) }));
  const front: Front = { options, inFlight, replays: createReplays(now), router: () => loading };
  const line = createLine(front);
  const asking = createAsking(installation, log);
  return {
    routes: mountEvents(front),
    ready: () => known.isLoaded && known.installation !== null && (bot.appToken === null || line.wasOpen()),
    start() {
      asking.start();
      line.start();
    },
    async stop() {
      asking.stop();
      await inFlight.drain(graceMs);
      await line.stop();
    },
  };
}

interface Asking {
  start(): void;
  stop(): void;
}

const askAgainMs = 5_000;

/** Slack may be away when we start; what comes in before it has answered is sent again. */
function createAsking(ask: () => Promise<unknown>, log: SlackOptions['log']): Asking {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  async function tryOnce(): Promise<void> {
    try {
      await ask();
    } catch (error) {
      log('Asking Slack where this app is installed; it is asked again', { reason: String(error) });
      if (!stopped) {
        timer = setTimeout(() => void tryOnce(), askAgainMs);
        timer.unref();
      }
    }
  }
  return {
    start: () => void tryOnce(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
