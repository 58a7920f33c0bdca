/**
 * Calls the Bot Framework's connector: posts, edits, private conversations, members. Every address is checked against
 * the list before the bot's token goes out, because a stored address may be older than the list.
 * Source: "Bot Connector service API reference", version 3.0.
 */
import { z } from 'zod/v4';
import { isLoopback } from '../../config/address.ts';
import { Throttled, Undeliverable } from '../channel.ts';
import type { BotToken } from './bot-token.ts';
import { readFailure } from './connector-failure.ts';
import type { TeamsConfig } from '../../config/teams.ts';
import { isAllowedServiceUrl } from './gate/service-url.ts';
import type { Pace } from './pace.ts';

export interface Target {
  serviceUrl: string;
  /** With its thread, as Teams names it. */
  conversation: string;
}

export interface Member {
  userId: string;
  name: string;
}

export interface Connector {
  /** @returns the id of the message. @throws {Undeliverable} @throws {Throttled} */
  post(target: Target, activity: object): Promise<string>;
  /** A sign that passes by, such as that somebody is typing. */
  sign(target: Target, activity: object): Promise<void>;
  /** @throws {Gone} when the message is not there any more. @throws {Undeliverable} @throws {Throttled} */
  edit(target: Target, id: string, activity: object): Promise<void>;
  /** @returns the id of the private conversation with this user, new or old. */
  openPersonal(serviceUrl: string, who: { botId: string; userId: string; tenant: string | null }): Promise<string>;
  /** By `29:…` id or by object id in the directory. */
  member(target: Target, user: string): Promise<Member>;
}

export interface ConnectorParts {
  bot: TeamsConfig;
  /** Null when none is needed, in local mode. */
  token: BotToken | null;
  pace: Pace;
}

/** Teams answers within seconds or not at all; what was sent may still arrive. */
const patienceMs = 15_000;
/** Shorter waits are slept through here; longer ones are the outbox's. */
const shortWaitMs = 2_000;

const Created = z.object({ id: z.string().min(1) });
const MemberAnswer = z.object({ id: z.string().min(1), name: z.string().catch('') });

export function createConnector(parts: ConnectorParts): Connector {
  function call(request: Request): Promise<unknown> {
    return callOnce(parts, request, true);
  }
  return {
    async post(target, activity) {
      return read(Created, await call({ ...target, method: 'POST', path: '/activities', body: activity })).id;
    },
    async sign(target, activity) {
      await call({ ...target, method: 'POST', path: '/activities', body: activity });
    },
    async edit(target, id, activity) {
      await call({ ...target, method: 'PUT', path: `/activities/${encodeURIComponent(id)}`, body: activity });
    },
    async openPersonal(serviceUrl, { botId, userId, tenant }) {
      const body = {
        isGroup: false,
        bot: { id: botId },
        members: [{ id: userId }],
        ...(tenant === null ? {} : { tenantId: tenant, channelData: { tenant: { id: tenant } } }),
      };
      return read(Created, await call({ serviceUrl, conversation: null, method: 'POST', path: '', body })).id;
    },
    async member(target, user) {
      const path = `/members/${encodeURIComponent(user)}`;
      const { id, name } = read(MemberAnswer, await call({ ...target, method: 'GET', path, body: null }));
      return { userId: id, name };
    },
  };
}

function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new Error('Asking Teams: its answer is not one of Teams. It is tried again.');
  }
  return parsed.data;
}

interface Request {
  serviceUrl: string;
  conversation: string | null;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body: object | null;
}

async function callOnce(parts: ConnectorParts, request: Request, mayRenewToken: boolean): Promise<unknown> {
  assertAllowed(parts.bot, request.serviceUrl);
  const thread = request.conversation ?? 'new conversations';
  await waitForTurn(parts.pace, thread);
  const response = await send(request, await authorization(parts));
  if (response.ok && isTeams(response)) {
    parts.pace.eased(thread);
    return response.json().catch(() => null);
  }
  if (response.status === 401 && mayRenewToken && parts.token !== null) {
    parts.token.forget();
    await response.body?.cancel();
    return callOnce(parts, request, false);
  }
  throw await readFailure(response, parts.pace, thread);
}

/** A proxy or a page about maintenance may say 200 as well. */
function isTeams(response: Response): boolean {
  return response.headers.get('content-type')?.includes('html') !== true;
}

async function authorization({ token }: ConnectorParts): Promise<Record<string, string>> {
  return token === null ? {} : { authorization: `Bearer ${await token.current()}` };
}

async function send({ serviceUrl, conversation, method, path, body }: Request, headers: Record<string, string>) {
  const place = conversation === null ? '' : `/${encodeURIComponent(conversation)}`;
  const url = `${serviceUrl.replace(/\/+$/, '')}/v3/conversations${place}${path}`;
  try {
    return await fetch(url, {
      method,
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      // The token is for this address only.
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (cause) {
    throw new Error(`Writing to Teams (${method}): no answer. It may have arrived, and is tried again.`, { cause });
  }
}

async function waitForTurn(pace: Pace, thread: string): Promise<void> {
  for (;;) {
    const waitMs = pace.take(thread);
    if (waitMs === 0) {
      return;
    }
    if (waitMs > shortWaitMs) {
      throw new Throttled('Writing to Teams: this thread has had its share for now. It goes on by itself.', waitMs);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
  }
}

function assertAllowed(bot: TeamsConfig, serviceUrl: string): void {
  const url = URL.parse(serviceUrl);
  const allowed =
    bot.kind === 'local'
      ? url !== null && isLoopback(url.hostname)
      : isAllowedServiceUrl(serviceUrl, {
          serviceHosts: bot.serviceHosts,
          loopbackServiceUrls: bot.openIdMetadataUrl !== null,
        });
  if (!allowed) {
    throw new Undeliverable(
      `Writing to Teams at ${url?.host ?? 'an unreadable address'}: this host is not on the list. Add it to TEAMS_SERVICE_HOSTS if it is Microsoft’s.`,
    );
  }
}
