/** The same over a socket. Nobody can forge what comes over our own connection; the rest of the guard holds here, too. */
import { isObject, type JsonObject } from '../../cards/adaptive-card.ts';
import { nestsDeeper } from '../nesting.ts';
import { type Front, isFinal, routerNow } from './front.ts';
import type { Turn } from './router.ts';
import { type ReadPayload, readPayload } from './schema.ts';
import { openSocketLine, type SocketLine, type TakeEnvelope } from './socket.ts';

interface LazyLine {
  /** Does nothing without an app token. */
  start(): void;
  /** True from the first connection on. */
  wasOpen(): boolean;
  stop(): Promise<void>;
}

export function createLine(front: Front): LazyLine {
  const { bot, log } = front.options;
  const { apiUrl, appToken } = bot;
  let line: SocketLine | null = null;
  return {
    start() {
      if (appToken !== null) {
        line ??= openSocketLine(async () => {
          const { socketConnector } = await import('./bolt/connect-socket.ts');
          return socketConnector({ appToken, apiUrl, log, take: takerOf(front) })();
        }, front.options);
      }
    },
    wasOpen: () => line?.wasOpen() ?? false,
    stop: async () => line?.stop(),
  };
}

/** As for what comes over HTTP. */
const maxBytes = 256 * 1024;
const maxLevels = 32;

const acknowledged = { body: null };

function takerOf(front: Front): TakeEnvelope {
  return async (body) => {
    const text = isObject(body) ? JSON.stringify(body) : '';
    const read = readEnvelope(body, text);
    if (read.kind !== 'read') {
      if (read.kind === 'unreadable') {
        front.options.log('Slack sent something that cannot be read', { bytes: Buffer.byteLength(text) });
      }
      return acknowledged;
    }
    // Slack sends events again; a person who pressed something has to get an answer.
    const notTaken = read.payload.kind === 'event' ? null : acknowledged;
    const router = await routerNow(front);
    if (router === null) {
      return notTaken;
    }
    const { inFlight, replays } = front;
    const turn: Turn = { raw: body as JsonObject, payload: read.payload, answer: null };
    const { answer } = await replays.once(Buffer.from(text), () => inFlight.track(router.run(turn)), isFinal);
    return answer.kind === 'again' ? notTaken : { body: answer.kind === 'taken' ? answer.body : null };
  };
}

function readEnvelope(body: unknown, text: string): ReadPayload {
  const isUsable = isObject(body) && Buffer.byteLength(text) <= maxBytes && !nestsDeeper(text, maxLevels);
  return isUsable ? readPayload(body) : { kind: 'unreadable' };
}
