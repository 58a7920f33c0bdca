/**
 * Asks Slack's Web API. Slack's own client is loaded in the background, because it takes half a second; it neither
 * waits nor tries again by itself, since both are the outbox's business.
 */
import type { webApi } from '@slack/bolt';
import type { z } from 'zod/v4';
import type { SlackConfig } from '../../config/slack.ts';
import { HeldBack, Throttled } from '../channel.ts';
import { readFailure } from './failure.ts';
import type { Method, Pace } from './pace.ts';

export interface SlackApi {
  /**
   * The answer as `schema` reads it. @throws {Undeliverable} @throws {Throttled} and, when it may be tried again at
   * once or may have arrived, a plain error
   */
  ask<Schema extends z.ZodType>(
    method: Method,
    args: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

export interface ApiParts {
  bot: SlackConfig;
  pace: Pace;
}

/** Slack answers within seconds or not at all; what was sent may still arrive. */
const patienceMs = 10_000;
/** Shorter waits are slept through here; longer ones are the outbox's. */
const shortWaitMs = 1_200;

type Client = webApi.WebClient;

export function createApi({ bot, pace }: ApiParts): SlackApi {
  let client: Promise<Client> | null = null;
  function load(): Promise<Client> {
    client ??= loadClient(bot).catch((error: unknown) => {
      client = null;
      throw error;
    });
    return client;
  }
  // Begun at once, so that the first message does not wait for it; whoever needs it is told what went wrong.
  load().catch(() => undefined);

  return {
    async ask(method, args, schema) {
      const channel = typeof args['channel'] === 'string' ? args['channel'] : null;
      const what = `Asking Slack (${method})`;
      await waitForTurn(pace, method, channel);
      const answer = await call(await load(), method, args).catch((error: unknown) => {
        throw toError(error, { pace, method, channel, what });
      });
      pace.eased(method, channel);
      const parsed = schema.safeParse(answer);
      if (!parsed.success) {
        throw new Error(`${what}: its answer is none of Slack. It is tried again.`);
      }
      return parsed.data;
    },
  };
}

async function loadClient({ apiUrl, botToken }: SlackConfig): Promise<Client> {
  const { webApi } = await import('@slack/bolt');
  return new webApi.WebClient(botToken, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    allowAbsoluteUrls: false,
    fetch: fetchWithRetryAfter,
    // It would write what was sent, and what came back, to the console.
    logger: silent(webApi.LogLevel.ERROR),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: patienceMs,
  });
}

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/** Slack's client takes a 429 for one only when it says how long to wait. */
async function fetchWithRetryAfter(...[url, init]: Parameters<Fetch>): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) {
    return response;
  }
  await response.body?.cancel();
  return new Response(null, { status: 429, headers: { 'retry-after': '1' } });
}

function silent(level: webApi.LogLevel): NonNullable<webApi.WebClientOptions['logger']> {
  function nothing(): void {
    // Nothing is written.
  }
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => level,
  };
}

function call(client: Client, method: Method, args: Readonly<Record<string, unknown>>): Promise<unknown> {
  return client.apiCall(method, { ...args });
}

async function waitForTurn(pace: Pace, method: Method, channel: string | null): Promise<void> {
  for (let waitMs = pace.take(method, channel); waitMs > 0; waitMs = pace.take(method, channel)) {
    if (waitMs > shortWaitMs || isEdit(method)) {
      throw toWait(method, `Asking Slack (${method}): it has had its share for now. It goes on by itself.`, waitMs);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
  }
}

interface Asked {
  pace: Pace;
  method: Method;
  channel: string | null;
  what: string;
}

function toError(thrown: unknown, { pace, method, channel, what }: Asked): Error {
  const failure = readFailure(thrown, what);
  if (failure.kind !== 'throttled') {
    return failure.error;
  }
  const waitMs = pace.backOff(method, channel, failure.askedMs);
  return toWait(method, `${what}: it asks to wait. It is tried again by itself.`, waitMs);
}

/** Slack counts the edits of all channels together, so one that waits holds up nobody's posts. */
function toWait(method: Method, message: string, waitMs: number): Throttled {
  return isEdit(method) ? new HeldBack(message, waitMs) : new Throttled(message, waitMs);
}

function isEdit(method: Method): boolean {
  return method === 'chat.update';
}
