/**
 * The sending half of the Slack channel on a real database, with Slack as a simulator behind real HTTP. `post` does what
 * `accept` and the outbox do together: it stores a revision with its tokens, then hands it to the channel.
 */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Outgoing } from '../../../../src/channels/channel.ts';
import type { SlackOptions, SlackOut, SlackPerson } from '../../../../src/channels/slack/deps.ts';
import { createSlackOut } from '../../../../src/channels/slack/out.ts';
import type { Place } from '../../../../src/flows/event.ts';
import type { CaseState } from '../../../../src/flows/state.ts';
import type { Role } from '../../../../src/policy/people.ts';
import type { Simulator } from '../../../../src/simulators/server.ts';
import { startSlackSimulator } from '../../../../src/simulators/slack/start.ts';
import { insertFlow } from '../../../../src/store/flows.ts';
import { markSent, upsertMessage } from '../../../../src/store/messages.ts';
import type { Store } from '../../../../src/store/store.ts';
import { insertToken } from '../../../../src/store/tokens.ts';
import { openFreshStore } from '../../../support/fresh-store.ts';

export const botToken = 'xoxb-causeway-test';
export const tokenKey = 'the secret of this test';
export const team = 'C0TEAM';
export const onCall = 'C0ONCALL';
export const shared = 'C0SHARED';

export const people: readonly SlackPerson[] = [
  person('requester', 'Rosa Requester', ['requester'], 'U0REQUESTER'),
  person('approver-1', 'Anna Approver', ['approver'], 'U0APPROVER1'),
  person('approver-2', 'Ben Approver', ['approver'], 'U0APPROVER2'),
  person('admin', 'Ada Admin', ['admin'], 'U0ADMIN'),
  person('elsewhere', 'Elsa Elsewhere', ['requester'], null),
];

function person(id: string, name: string, roles: Role[], user: string | null): SlackPerson {
  const slack = user === null ? null : { team: 'T0CAUSEWAY', user };
  return {
    id,
    name,
    email: `${id}@example.com`,
    entra: null,
    slack,
    zone: 'Europe/Amsterdam',
    calendar: 'support',
    roles,
  };
}

export interface SlackBlock {
  type: string;
  block_id?: string;
  text?: { type: string; text: string };
  elements?: { type: string; action_id?: string; value?: string; text?: unknown }[];
}

export interface SlackMessage {
  ts: string;
  thread_ts?: string;
  text: string;
  blocks?: SlackBlock[];
  edits?: number;
  files?: { name: string }[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  mentions?: { users: string[]; channels: string[]; broadcast: string[] };
  links?: { url: string; label: string }[];
  /** Of an ephemeral one. */
  channel?: string;
  to?: string;
  shown?: boolean;
}

export interface SlackView {
  id: string;
  hash: string;
  callback_id?: string;
  private_metadata?: string;
  title?: { text: string };
  mentions?: SlackMessage['mentions'];
  links?: SlackMessage['links'];
  blocks: (SlackBlock & { element?: { options?: { value: string }[]; initial_option?: { value: string } } })[];
}

interface World {
  channels: Record<string, SlackMessage[]>;
  ephemeral: SlackMessage[];
  views: SlackView[];
  homes: Record<string, SlackView>;
  files: { name: string; text: string }[];
}

interface Logged {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface House {
  store: Store;
  slack: Simulator;
  out: SlackOut;
  logged: string[];
  post(message: Partial<Outgoing> & { key: string }): Promise<string>;
  /** What stands in one channel or in all, oldest first; the bot’s own only. */
  written(channel?: string): Promise<SlackMessage[]>;
  world(): Promise<World>;
  control(name: string, body: unknown): Promise<unknown>;
  fault(fault: string, path: string, times?: number): Promise<void>;
  without(...scopes: string[]): Promise<void>;
  calls(method: string): Promise<Logged[]>;
  requests(): Promise<Logged[]>;
  /** Lets time go by for the bot. */
  pass(ms: number): void;
  /** Where a case stands: somebody asked in this place. */
  begin(place: Place, requester?: string): Promise<void>;
}

export async function openHouse(changes: Partial<SlackOptions> = {}): Promise<House> {
  const { close: closeStore, store } = await openFreshStore();
  const slack = await startSlackSimulator({});
  const logged: string[] = [];
  let passedMs = 0;
  const out = createSlackOut({
    store,
    inbox: { say: notCalled, click: notCalled, open: notCalled, refuse: notCalled },
    bot: { signingSecret: 'secret', botToken, appToken: null, apiUrl: `${slack.origin}/api/` },
    people: () => people,
    matchByEmail: () => false,
    tokenKey,
    now: () => Temporal.Now.instant().add({ milliseconds: passedMs }),
    newId: randomUUID,
    random: Math.random,
    log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
    ...changes,
  });
  onTestFinished(async () => {
    await out.stop(2_000);
    await Promise.all([slack.close(), closeStore()]);
  });
  async function ask(name: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${slack.origin}/_sim/${name}`, init);
    const answer = (await response.json()) as { error?: string };
    if (!response.ok) {
      throw new Error(`The simulated Slack refuses ${name}: ${answer.error ?? response.status}`);
    }
    return answer;
  }
  return {
    store,
    slack,
    out,
    logged,
    post: (message) => post(store, out, message),
    async written(channel) {
      const { channels } = (await ask('world')) as World;
      return Object.entries(channels)
        .filter(([id]) => channel === undefined || id === channel)
        .flatMap(([, messages]) => messages)
        .filter((message) => 'bot_id' in message)
        .sort((left, right) => Number(left.ts) - Number(right.ts));
    },
    world: async () => (await ask('world')) as World,
    control: (name, body) => ask(name, body),
    fault: async (fault, path, times = 1) => void (await ask('faults', [{ match: { path }, fault, times }])),
    async without(...gone) {
      await ask('settings', { scopes: scopes.filter((scope) => !gone.includes(scope)) });
    },
    calls: async (method) => ((await ask('requests')) as Logged[]).filter(({ path }) => path === `/api/${method}`),
    requests: async () => (await ask('requests')) as Logged[],
    pass(ms) {
      passedMs += ms;
    },
    async begin(place, requester = 'requester') {
      const state: CaseState = { flow: 'talk', person: requester, place };
      const at = Temporal.Now.instant().toString();
      await store.write((tx) => insertFlow(tx, 'case-1', { state, revision: 1, at, auditSeq: 0, auditHead: '' }));
    },
  };
}

const scopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:read',
  'users:read',
  'users:read.email',
];

function notCalled(): Promise<never> {
  return Promise.reject(new Error('The sending half tells the inbox nothing.'));
}

export const blank: Omit<Outgoing, 'key'> = {
  caseId: 'case-1',
  revision: 1,
  place: { platform: 'slack', conversation: team, thread: null },
  content: { text: 'Hello', card: null, speaker: null },
  verbs: [],
  tokenId: null,
  mention: [],
  onlyFor: null,
  platformId: null,
  mayHaveBeenSent: false,
};

async function post(store: Store, out: SlackOut, given: Partial<Outgoing> & { key: string }): Promise<string> {
  const message = await stored(store, given);
  const { platformId } = await out.channel.send(message);
  await store.write((tx) => markSent(tx, message.key, { platformId, revision: message.revision }));
  return platformId;
}

/** The next revision of a message, as the outbox would hand it over. */
export async function stored(store: Store, given: Partial<Outgoing> & { key: string }): Promise<Outgoing> {
  const message = { ...blank, ...given };
  const { caseId, content, key, onlyFor, place, verbs } = message;
  const revision = await store.write((tx) => upsertMessage(tx, { key, caseId, place, content, verbs, onlyFor }));
  const tokenId = verbs.length > 0 ? `${key}#${revision}` : null;
  if (tokenId !== null) {
    const at = Temporal.Now.instant().toString();
    await store.write((tx) => insertToken(tx, { id: tokenId, caseId, messageKey: key, revision, verbs, at }));
  }
  return { ...message, revision, tokenId };
}

export function noticeOf(title: string, text = ''): Outgoing['content'] {
  return {
    text: title,
    speaker: null,
    card: { name: 'notice', data: { title, tone: 'warning', text, wayOut: '', lines: [] } },
  };
}

export function wordsOf(text: string, speaker: string | null = null): Outgoing['content'] {
  return { text, speaker, card: null };
}

/** Of the first button of a message. */
export function firstButton(message: SlackMessage | undefined): { action_id?: string; value?: string } {
  return message?.blocks?.find(({ type }) => type === 'actions')?.elements?.[0] ?? {};
}

export async function until<Value>(look: () => Promise<Value | undefined | false | null>): Promise<Value> {
  const end = Temporal.Now.instant().add({ seconds: 30 });
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false && value !== null) {
      return value;
    }
    if (Temporal.Instant.compare(Temporal.Now.instant(), end) > 0) {
      throw new Error('Waited in vain.');
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
