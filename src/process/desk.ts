/** The desk as configured, and the webhook by which it tells us of changes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ZendeskConfig } from '../config/zendesk.ts';
import type { Directory } from '../flows/flow.ts';
import type { Reader } from '../store/store.ts';
import { readFile } from '../store/chat.ts';
import { hasEarlierWork } from '../store/effect-work.ts';
import { currentId, readTicket } from '../store/tickets.ts';
import { createDesk } from '../tickets/create-desk.ts';
import type { Desk, OwnFile, Rights } from '../tickets/desk.ts';
import { doneInTurn } from '../tickets/work.ts';
import { connectZendesk } from '../tickets/zendesk.ts';
import { ZendeskError } from '../tickets/zendesk-error.ts';
import type { Logs } from './log.ts';
import type { LiveSettings } from './settings.ts';

type Connected = Exclude<ZendeskConfig, { kind: 'simulator' }>;

export interface DeskSurroundings {
  /** As the settings say it now; default: an agent's. */
  rights?: () => Rights;
  /** Numbers of the desk's own fields by what they hold, as the settings say it now. */
  fields?: () => Readonly<Record<string, number>>;
  /** Our own tables, which know a case's ticket before the desk is asked. */
  read?: Reader;
}

export function openDesk(config: Connected, surroundings: DeskSurroundings = {}): Desk {
  const { rights = () => 'agent', fields = () => ({}), read } = surroundings;
  const credential = config.credential.kind === 'test-token' ? { kind: 'stand-in' as const } : config.credential;
  return createDesk({
    client: connectZendesk({ url: config.url, credential }),
    apiUrl: config.url,
    rights,
    fields,
    ownTicket: async (caseId) => {
      const row = read === undefined ? null : await readTicket(read, caseId);
      return row === null ? null : currentId(row);
    },
    isBehind: async (effectId) => read !== undefined && hasEarlierWork(read, effectId, doneInTurn),
    ownFile: async (fileId) => (read === undefined ? null : fileOf(read, fileId)),
  });
}

/** What came by Slack or Teams may still be on its way from there. */
const onItsWay = /^(?:slack|teams)\//;
const waitForFileTries = 20;

async function fileOf(read: Reader, fileId: string): Promise<OwnFile | null> {
  for (let tries = 1; ; tries += 1) {
    const file = await readFile(read, fileId);
    if (file !== null) {
      return { name: file.name, bytes: new Uint8Array(file.bytes) };
    }
    if (!onItsWay.test(fileId) || tries === waitForFileTries) {
      return null;
    }
    await pause(1_000);
  }
}

/** The settings of this moment, with what the desk is like. */
export function withDesk(settings: Pick<LiveSettings, 'current' | 'file'>, tells: boolean): Directory {
  const { desk: whose, rights } = settings.file().zendesk;
  return { ...settings.current(), desk: { whose, rights, tells } };
}

export interface WebhookSecret {
  /** Null until it is known. */
  current(): string | null;
  /**
   * False while the desk tells us nothing: then only reading again finds out what changed. True until the desk has been
   * asked once: after a restart cards would say so for moments in which nothing is wrong.
   */
  isTold(): boolean;
  /** Stops trying to register. */
  stop(): void;
}

export interface WebhookPace {
  /** After trouble on the way. */
  retryMs: number;
  /** After a refusal: rights are given by people. */
  refusedMs: number;
  /** A secret that was renewed at the desk, or a webhook that was deleted there, is noticed by then. */
  refreshMs: number;
}

const usualPace: WebhookPace = { retryMs: 15_000, refusedMs: 60 * 60_000, refreshMs: 10 * 60_000 };

/**
 * A secret of the settings wins; else the bot registers its webhook, where its account may, and reads the secret that
 * the desk made. A desk that does not answer is asked again. Without a webhook cards follow by reading alone.
 */
export function openWebhookSecret(
  config: Connected,
  desk: Desk,
  endpoint: string,
  logs: Logs,
  pace: WebhookPace = usualPace,
): WebhookSecret {
  let secret = config.webhookSecret;
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let wasAsked = false;

  function say(level: 'info' | 'warn', message: string, details: Record<string, unknown>): void {
    if (message !== said) {
      said = message;
      logs[level](message, details);
    }
  }

  async function round(): Promise<void> {
    const { waitMs, ...news } = await register(config, desk, endpoint, pace);
    secret = news.secret ?? secret;
    wasAsked = true;
    say(news.level, news.message, news.details);
    if (!stopped) {
      timer = setTimeout(() => void round(), waitMs);
      timer.unref();
    }
  }

  warnOfToken(config, logs);
  if (secret === null) {
    void round();
  }
  return {
    current: () => secret,
    isTold: () => secret !== null || !wasAsked,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

interface News {
  level: 'info' | 'warn';
  message: string;
  details: Record<string, unknown>;
  secret: string | null;
  waitMs: number;
}

async function register(config: Connected, desk: Desk, endpoint: string, pace: WebhookPace): Promise<News> {
  const nothing = { secret: null, waitMs: pace.refusedMs };
  if (desk.rights() === 'end-user') {
    const message = 'The desk gives a requester no webhooks: tickets are read again from time to time';
    return { ...nothing, level: 'info', message, details: {} };
  }
  if (config.kind === 'desk' && !endpoint.startsWith('https://')) {
    const message =
      'The desk cannot reach this address: set PUBLIC_URL; until then tickets are read again now and then';
    return { ...nothing, level: 'warn', message, details: { endpoint } };
  }
  try {
    const { signingSecret, mode } = await desk.registerWebhook(endpoint);
    const message = 'The webhook is registered at the desk';
    return { level: 'info', message, details: { endpoint, mode }, secret: signingSecret, waitMs: pace.refreshMs };
  } catch (error) {
    const details = { endpoint, reason: String(error) };
    if (error instanceof ZendeskError && (error.status === 403 || error.status === 401)) {
      const message =
        'The bot’s account may not register a webhook: register it by hand and set ZENDESK_WEBHOOK_SECRET (docs/zendesk.md)';
      return { ...nothing, level: 'warn', message, details };
    }
    const message = 'Registering the webhook at the desk; it is tried again';
    return { level: 'warn', message, details, secret: null, waitMs: pace.retryMs };
  }
}

function warnOfToken(config: Connected, logs: Logs): void {
  if (config.kind === 'desk' && config.credential.kind === 'api-token') {
    logs.warn('The desk is reached with an API token, and Zendesk switches those off on 30 April 2027', {
      instead: 'Set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET (docs/zendesk.md).',
    });
  }
}
