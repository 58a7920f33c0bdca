/**
 * The receiving half on a real listener and a real database, with requests that are signed as Slack signs them. The inbox
 * writes down what it is told, or is the real one; the sending half is the port, written down as well.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { deriveToken } from '../../../../src/cards/token.ts';
import type { Clicked, FormAsked, FormInbox, Outgoing, Said } from '../../../../src/channels/channel.ts';
import { type HttpServer, startHttpServer } from '../../../../src/channels/server.ts';
import type { Listener, SlackOptions, SlackOut, SlackPerson } from '../../../../src/channels/slack/deps.ts';
import { createReceiving, type Receiving } from '../../../../src/channels/slack/receiving.ts';
import { readSettings } from '../../../../src/config/settings-read.ts';
import { createInbox } from '../../../../src/conversation/inbox.ts';
import type { Reply } from '../../../../src/flows/reply.ts';
import { directoryOf } from '../../../../src/process/directory.ts';
import { markSent, upsertMessage } from '../../../../src/store/messages.ts';
import type { Store } from '../../../../src/store/store.ts';
import { insertToken } from '../../../../src/store/tokens.ts';
import { openFreshStore } from '../../../support/fresh-store.ts';

export const secret = 'the signing secret of this test';
export const tokenKey = 'the token key of this test';
export const team = 'T0CAUSEWAY';
export const bot = { teamId: team, botUserId: 'U0CAUSEWAY', botId: 'B0CAUSEWAY' };
export const channel = 'C0TEAM';
export const direct = 'D0REQUESTER';

const example = fileURLToPath(new URL('../../../../manifest/settings.example.json', import.meta.url));

function readExample() {
  const reading = readSettings(example, (path) => readFileSync(path, 'utf8'));
  if (!reading.ok) {
    throw new Error(`Reading ${example}: ${JSON.stringify(reading.problems)}. Mend the example.`);
  }
  return reading.settings;
}

/** A press that was turned away. */
type Refused = Parameters<FormInbox['refuse']>[0];

export interface Told {
  listener: Listener;
  text: string;
}

export interface Answer {
  status: number;
  text: string;
  /** Null when the answer is no JSON. */
  body: Record<string, unknown> | null;
  headers: Headers;
}

export interface Signing {
  secret?: string;
  /** Seconds since 1970; now unless told otherwise. */
  timestamp?: number | string;
  contentType?: string;
  /** Over what it really is, or null for none. */
  signature?: string | null;
  headers?: Record<string, string>;
}

export interface House {
  store: Store;
  receiving: Receiving;
  server: HttpServer;
  origin: string;
  said: Said[];
  clicked: Clicked[];
  opened: FormAsked[];
  refused: Refused[];
  told: Told[];
  /** Ids of views that are over. */
  closed: string[];
  homes: { userId: string; person: string | null }[];
  copies: { key: string; channel: string; ts: string }[];
  logged: string[];
  /** What the inbox does from now on. */
  answerWith(reply: Reply | (() => Promise<Reply>)): void;
  /** Sends these bytes, signed as told. */
  send(body: string | Uint8Array, signing?: Signing): Promise<Answer>;
  json(body: object, signing?: Signing): Promise<Answer>;
  /** As Slack sends interactions: JSON in a field of a form. */
  interact(payload: object, signing?: Signing): Promise<Answer>;
  form(fields: Record<string, string>, signing?: Signing): Promise<Answer>;
  /** A message of the house as it stands in Slack. @returns the value of its button for all */
  post(message: Partial<Outgoing> & Pick<Outgoing, 'key' | 'verbs'>): Promise<(verb: string) => string>;
}

export interface HouseChanges extends Partial<Omit<SlackOptions, 'inbox'>> {
  out?: Partial<SlackOut>;
  /** The conversation itself, instead of one that only writes down. */
  realInbox?: boolean;
}

/** Slack gives up after three seconds, which the first test of all would spend on loading. */
const loaded = import('../../../../src/channels/slack/bolt/load.ts');

export async function openHouse(changes: HouseChanges = {}): Promise<House> {
  await loaded;
  const { out: outChanges = {}, realInbox = false, ...optionChanges } = changes;
  const { close: closeStore, store } = await openFreshStore();
  const notes = {
    said: [],
    clicked: [],
    opened: [],
    refused: [],
    told: [],
    closed: [],
    homes: [],
    copies: [],
    logged: [],
  } as Pick<House, 'said' | 'clicked' | 'opened' | 'refused' | 'told' | 'closed' | 'homes' | 'copies' | 'logged'>;
  function log(message: string, details: Record<string, unknown>): void {
    notes.logged.push(`${message} ${JSON.stringify(details)}`);
  }
  const answering = { reply: (): Promise<Reply> => Promise.resolve({ outcome: 'done', because: '', errors: [] }) };
  const writing = {
    say: (words: Said) => Promise.resolve(void notes.said.push(words)).then(() => answering.reply()),
    click: (click: Clicked) => Promise.resolve(void notes.clicked.push(click)).then(() => answering.reply()),
    refuse: (press: Refused) => Promise.resolve(void notes.refused.push(press)),
    open: (asked: FormAsked) => Promise.resolve(void notes.opened.push(asked)).then(() => answering.reply()),
  };
  const file = readExample();
  const options: SlackOptions = {
    store,
    inbox: realInbox
      ? createInbox({
          store,
          tokenKey,
          auditKey: 'audit',
          directory: () => directoryOf(file, ['slack']),
          adminPlaces: () => [],
          now: wallClock,
          newId: randomUUID,
          committed: () => undefined,
          log,
        })
      : writing,
    bot: { signingSecret: secret, botToken: 'xoxb-causeway-test', appToken: null, apiUrl: null },
    people: (): readonly SlackPerson[] => file.people,
    matchByEmail: () => false,
    tokenKey,
    now: wallClock,
    newId: randomUUID,
    random: Math.random,
    log,
    ...optionChanges,
  };
  const receiving = createReceiving(options, { ...outOf(notes), ...outChanges });
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: receiving.ready(), parts: {} }),
    mounts: [receiving.routes],
    log,
  });
  receiving.start();
  onTestFinished(async () => {
    await server.close(0);
    await receiving.stop();
    await closeStore();
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const formType = 'application/x-www-form-urlencoded';
  function send(body: string | Uint8Array, signing: Signing = {}): Promise<Answer> {
    return request(`${origin}/slack/events`, body, signing);
  }
  return {
    ...notes,
    store,
    receiving,
    server,
    origin,
    answerWith(next) {
      answering.reply = typeof next === 'function' ? next : () => Promise.resolve(next);
    },
    send,
    json: (body, signing = {}) => send(JSON.stringify(body), signing),
    interact: (payload, signing = {}) =>
      send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), { contentType: formType, ...signing }),
    form: (fields, signing = {}) => send(new URLSearchParams(fields).toString(), { contentType: formType, ...signing }),
    post: (message) => post(store, message),
  };
}

function wallClock(): Temporal.Instant {
  return Temporal.Now.instant();
}

function outOf(notes: Pick<House, 'told' | 'closed' | 'homes' | 'copies'>): SlackOut {
  return {
    channel: { platform: 'slack', send: () => Promise.reject(new Error('Nothing is sent here.')) },
    installation: () => Promise.resolve(bot),
    emailOf: () => Promise.resolve(null),
    tell: (listener, text) => Promise.resolve(void notes.told.push({ listener, text })),
    openForm: () => Promise.reject(new Error('Nothing is opened here.')),
    openView: () => Promise.reject(new Error('Nothing is opened here.')),
    directOf: (userId) => Promise.resolve(`D0OF${userId}`),
    copySeen: (key, spot) => Promise.resolve(void notes.copies.push({ key, ...spot })),
    holdForm: () => undefined,
    releaseForm: () => undefined,
    formClosed: (viewId) => Promise.resolve(void notes.closed.push(viewId)),
    unfurl: () => Promise.reject(new Error('Nothing is shown here.')),
    showHome: (userId, person) => Promise.resolve(void notes.homes.push({ userId, person: person?.id ?? null })),
    stop: () => Promise.resolve(),
  };
}

export function sign(body: string | Uint8Array, timestamp: number | string, key = secret): string {
  return `v0=${createHmac('sha256', key).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

export function nowSeconds(): number {
  return Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
}

async function request(url: string, body: string | Uint8Array, signing: Signing): Promise<Answer> {
  const { contentType = 'application/json', headers = {}, secret: key = secret, timestamp = nowSeconds() } = signing;
  const signature = signing.signature === undefined ? sign(body, timestamp, key) : signing.signature;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      ...(signature === null ? {} : { 'x-slack-signature': signature }),
      ...headers,
    },
    body: body as never,
  });
  const text = await response.text();
  return { status: response.status, text, body: parse(text), headers: response.headers };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

const blank = {
  caseId: 'case-1',
  place: { platform: 'slack' as const, conversation: channel, thread: null },
  content: { text: 'Hello', card: null, speaker: null },
  onlyFor: null,
};

async function post(
  store: Store,
  given: Partial<Outgoing> & Pick<Outgoing, 'key' | 'verbs'>,
): Promise<(verb: string) => string> {
  const { caseId, content, key, onlyFor, place, platformId = ts(), verbs } = { ...blank, ...given };
  const tokenId = await store.write(async (tx) => {
    const revision = await upsertMessage(tx, { key, caseId, place, content, verbs, onlyFor });
    const at = Temporal.Now.instant().toString();
    const id = `${key}#${revision}`;
    await insertToken(tx, { id, caseId, messageKey: key, revision, verbs, at });
    await markSent(tx, key, { platformId: platformId ?? ts(), revision });
    return id;
  });
  return (verb) => deriveToken({ key: tokenKey, tokenId, verb, person: 'slack/*' });
}

let clock = 0;

/** As Slack counts messages; each call is a later one. */
export function ts(): string {
  clock += 1;
  return `1790000000.${String(clock).padStart(6, '0')}`;
}

export async function until<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const end = Temporal.Now.instant().add({ seconds: 30 });
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) {
      return value;
    }
    if (Temporal.Instant.compare(Temporal.Now.instant(), end) > 0) {
      throw new Error('Waited in vain.');
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

/** The first thing of this list, once there is one. */
export function first<Item>(list: readonly Item[]): Promise<Item> {
  return until(() => list[0]);
}
