/**
 * One connection in Socket Mode, by Bolt's receiver. It does not renew itself: left alone, it waits for the other side to
 * finish closing (up to 30 s) and then for 5 s more, and what people press in the meantime is lost. Whoever opened it
 * opens the next one at once.
 */
import { type App, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { SlackOptions } from '../deps.ts';
import { within } from '../in-flight.ts';
import type { Connect, TakeEnvelope } from '../socket.ts';
import { createLogger } from './logger.ts';

interface ConnectDeps extends Pick<SlackOptions, 'log'> {
  appToken: string;
  apiUrl: string | null;
  take: TakeEnvelope;
}

const helloMs = 10_000;
const closeMs = 1_000;
/** Slack's way to say that it is about to close this connection, or that it is overloaded. */
const isDisconnect = /^\s*\{.*"type"\s*:\s*"disconnect"/s;

export function socketConnector(deps: ConnectDeps): Connect {
  return async () => {
    const receiver = createReceiver(deps);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    receiver.init(acknowledging(deps));
    receiver.client.on('disconnected', () => end());
    receiver.client.on('ws_message', (data: unknown) => {
      if (typeof data === 'string' && isDisconnect.test(data)) {
        end();
      }
    });
    const connection = { over, close: async () => void (await within(closeMs, receiver.client.disconnect())) };
    const opened = await within(
      helloMs,
      receiver.start().catch((error: unknown) => {
        throw new Error(`Opening a socket to Slack: ${reasonOf(error)}. It is tried again.`, { cause: error });
      }),
    );
    if (opened === null) {
      await connection.close();
      throw new Error('Opening a socket to Slack: it did not say hello. It is tried again.');
    }
    return connection;
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it was closed at once';
}

function createReceiver({ apiUrl, appToken, log }: ConnectDeps): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: createLogger(log),
    installerOptions: {
      clientOptions: {
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
        allowAbsoluteUrls: false,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        timeout: helloMs,
      },
    },
  });
}

/**
 * Stands where the receiver expects Bolt's app, because that one acknowledges events before anybody has stored them. It
 * takes nothing of the app but this.
 */
function acknowledging({ log, take }: ConnectDeps): App {
  async function processEvent(event: ReceiverEvent): Promise<void> {
    const answer = await take(event.body);
    if (answer !== null) {
      await event.ack(answer.body ?? undefined).catch((error: unknown) => {
        log('Answering Slack over a socket that is gone; it sends events again', { reason: String(error) });
      });
    }
  }
  return { processEvent } as unknown as App;
}
