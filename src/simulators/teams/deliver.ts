/** Sends an activity to the bot, signed like everything that Teams sends, and tells what it answered. */
import { z } from 'zod/v4';
import { BadControlRequest } from '../server.ts';
import type { KeyRing } from './key-ring.ts';
import type { Account, Json } from './records.ts';
import { mintToken, TokenRequest } from './tokens.ts';

/** What every `say` and `act` may change about the request. */
export const Disguise = z.object({
  /** Set over the members of the activity; null takes one away. */
  overrides: z.record(z.string(), z.unknown()).default({}),
  /** A text is the whole Authorization header; null sends none. */
  token: z.union([TokenRequest, z.string(), z.null()]).default({ variant: 'genuine', claims: {}, header: {} }),
});

export interface BotAnswer {
  delivered: boolean;
  /** Id of the activity, with which a repeated `say` or `act` can be told apart from a new one. */
  id: string;
  conversation: string;
  /** Status and body of the bot's answer; 0 when there was none. */
  status: number;
  body: unknown;
  because?: string;
}

export interface Line {
  account: Account;
  ring: KeyRing;
  /** Null until somebody says where the bot listens. */
  botUrl: string | null;
}

/** Long enough to see the answer of a bot that Teams itself would have given up on. */
const timeoutMs = 20_000;

/** @throws {BadControlRequest} for an address that is not on this machine */
export function checkBotUrl(address: unknown): string {
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new BadControlRequest(
      'Say where the bot listens on this machine: {"url":"http://127.0.0.1:3978/api/messages"}.',
    );
  }
  return url.href;
}

export function disguise(activity: Json, { overrides }: z.output<typeof Disguise>): Json {
  return Object.fromEntries(Object.entries({ ...activity, ...overrides }).filter(([, value]) => value !== null));
}

export async function deliver(line: Line, activity: Json, { token }: z.output<typeof Disguise>): Promise<BotAnswer> {
  if (line.botUrl === null) {
    throw new BadControlRequest('No bot is known yet. POST {"url":"…/api/messages"} to /_sim/bot first.');
  }
  const about = {
    id: String(activity['id']),
    conversation: String((activity['conversation'] as Json | undefined)?.['id']),
  };
  try {
    const response = await fetch(line.botUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', ...authorization(line, token) },
      body: JSON.stringify(activity),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { delivered: true, ...about, status: response.status, body: readable(await response.text()) };
  } catch (error) {
    return { delivered: false, ...about, status: 0, body: null, because: `The bot gave no answer: ${String(error)}` };
  }
}

function authorization({ account, ring }: Line, token: z.output<typeof Disguise>['token']): Record<string, string> {
  if (token === null) {
    return {};
  }
  return { Authorization: typeof token === 'string' ? token : `Bearer ${mintToken(account, ring, token)}` };
}

function readable(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
