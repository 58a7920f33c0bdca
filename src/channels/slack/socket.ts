/**
 * Socket Mode, for people without a public address: a line to Slack that is always open. Slack closes connections as a
 * matter of course and says so before; the next one is opened at once then, and with growing pauses when none can be.
 */
import type { SlackOptions } from './deps.ts';

/** What came over a socket. Null: not acknowledged, so that Slack sends it again. */
export type TakeEnvelope = (body: unknown) => Promise<{ body: object | null } | null>;

interface Connection {
  /** Resolves when another one has to take its place. */
  over: Promise<void>;
  close(): Promise<void>;
}

/** @throws {Error} when Slack does not answer or the token is refused */
export type Connect = () => Promise<Connection>;

export interface SocketLine {
  /** True from the first connection on. */
  wasOpen(): boolean;
  stop(): Promise<void>;
}

const longestPauseMs = 30_000;
/** One that ends sooner counts as a failure, or two sides that disagree would go round in circles. */
const shortLifeMs = 5_000;

export function openSocketLine(
  connect: Connect,
  { log, now, random }: Pick<SlackOptions, 'log' | 'now' | 'random'>,
): SocketLine {
  const stopping = new AbortController();
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const open = new Set<Connection>();
  let wasOpen = false;

  /** Resolves when it is over; true when it lasted. */
  async function useOne(): Promise<boolean> {
    const connection = await connect();
    const since = now().epochMilliseconds;
    wasOpen = true;
    open.add(connection);
    await Promise.race([connection.over, stopped]);
    if (!stopping.signal.aborted) {
      open.delete(connection);
      void connection.close();
    }
    return now().epochMilliseconds - since >= shortLifeMs;
  }

  async function keepOpen(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        failures = (await useOne()) ? 0 : failures + 1;
      } catch (error) {
        failures += 1;
        log('The socket to Slack is not open', { reason: String(error), failures });
      }
      if (!stopping.signal.aborted && failures > 1) {
        await pause(failures, random(), stopped);
      }
    }
  }

  const keeping = keepOpen();
  return {
    wasOpen: () => wasOpen,
    async stop() {
      stopping.abort();
      stop();
      await Promise.all([...open].map((connection) => connection.close()));
      await keeping;
    },
  };
}

async function pause(failures: number, random: number, stopped: Promise<void>): Promise<void> {
  const ms = Math.min(longestPauseMs, 250 * 2 ** (failures - 1)) * (0.5 + random / 2);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([over, stopped]);
  clearTimeout(timer);
}
