/**
 * The Teams channel on a real listener and a real database, with Teams as a simulator and an inbox that writes down what
 * it is told. `post` does what `accept` and the outbox do together: it stores a revision with its tokens, then hands it
 * to the channel.
 */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Clicked, Outgoing, Said } from '../../../src/channels/channel.ts';
import { startHttpServer } from '../../../src/channels/server.ts';
import type { TeamsPerson } from '../../../src/channels/teams/identity.ts';
import { createTeamsChannel, type TeamsChannel, type TeamsOptions } from '../../../src/channels/teams/teams.ts';
import type { Reply } from '../../../src/flows/reply.ts';
import type { Role } from '../../../src/policy/people.ts';
import { openKeyRing } from '../../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../src/simulators/teams/start.ts';
import { markSent, upsertMessage } from '../../../src/store/messages.ts';
import type { Store } from '../../../src/store/store.ts';
import { insertToken } from '../../../src/store/tokens.ts';
import { openFreshStore } from '../../support/fresh-store.ts';

export const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
export const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';
export const tokenKey = 'the secret of this test';

export const group = '19:orders@thread.v2';
export const onCall = '19:on-call@thread.tacv2';

export const people: readonly TeamsPerson[] = [
  person('requester', 'Rosa Requester', ['requester'], 1),
  person('approver-1', 'Anna Approver', ['approver'], 2),
  person('approver-2', 'Ben Approver', ['approver'], 3),
  person('agent', 'Sam Support', ['support'], 4),
  person('admin', 'Ada Admin', ['admin'], 5),
  person('outsider', 'Otto Outsider', [], 6),
];

function person(id: string, name: string, roles: Role[], number: number): TeamsPerson {
  const entra = { tenant: tenantId, objectId: `a1c7e3f0-52b4-4f0e-8d11-6b0f2d9c4e0${number}` };
  return {
    id,
    name,
    email: `${id}@example.com`,
    entra,
    slack: null,
    zone: 'Europe/Amsterdam',
    calendar: 'support',
    roles,
  };
}

export interface TeamsMessage {
  id: string;
  type: string;
  text?: string;
  textFormat?: string;
  summary?: string;
  from: { id: string };
  conversation: { id: string };
  attachments?: { contentType: string; name?: string; content: Record<string, unknown> }[];
  entities?: { type: string; text: string; mentioned: { id: string; name: string } }[];
  edits?: number;
  deleted?: boolean;
}

export interface BotAnswer {
  delivered: boolean;
  id: string;
  status: number;
  body: { statusCode: number; type: string; value: unknown; because?: string } | null;
}

export interface House {
  store: Store;
  teams: TeamsSimulator;
  channel: TeamsChannel;
  said: Said[];
  clicked: Clicked[];
  /** Presses that were turned away. */
  refused: Parameters<TeamsOptions['inbox']['refuse']>[0][];
  logged: string[];
  /** What the inbox does from now on. */
  answerWith(reply: Reply | (() => Promise<Reply>)): void;
  post(message: Partial<Outgoing> & { key: string }): Promise<string>;
  say(as: string, text: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  act(kind: string, as: string, more?: Record<string, unknown>): Promise<BotAnswer>;
  faults(faults: { match: { method?: string; path?: string }; fault: string; times?: number }[]): Promise<void>;
  /** What the bot wrote, oldest first; in one conversation or everywhere. */
  written(conversation?: string): Promise<TeamsMessage[]>;
  chatOf(person: string): Promise<string>;
  requests(): Promise<{ method: string; path: string; status: number; body: { type?: string } }[]>;
  world(): Promise<{ files: { name: string; text: string }[]; views: { message: string; person: string }[] }>;
}

/** Once for all tests of a file, because making keys takes longer than a test. */
const keys = openKeyRing();

export async function openHouse(changes: Partial<TeamsOptions> = {}): Promise<House> {
  // Loading it holds the process up for seconds on a busy machine, while the bot gives Teams four for its keys.
  await import('../../../src/channels/teams/botbuilder/load.ts');
  const { close: closeStore, store } = await openFreshStore();
  const teams = await startTeamsSimulator({ appId, tenantId, keys: await keys });
  const said: Said[] = [];
  const clicked: Clicked[] = [];
  const refused: House['refused'] = [];
  const logged: string[] = [];
  const inbox = { reply: (): Promise<Reply> => Promise.resolve({ outcome: 'done', because: '', errors: [] }) };
  const channel = createTeamsChannel({
    store,
    people: () => people,
    tenants: () => [],
    tokenKey,
    inbox: {
      say: (words) => Promise.resolve(void said.push(words)).then(() => inbox.reply()),
      click: (click) => Promise.resolve(void clicked.push(click)).then(() => inbox.reply()),
      refuse: (press) => Promise.resolve(void refused.push(press)),
    },
    now: () => Temporal.Now.instant(),
    newId: randomUUID,
    random: Math.random,
    log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
    bot: {
      kind: 'registered',
      appId,
      tenantId,
      credential: { kind: 'secret', secret: 'a secret' },
      serviceHosts: ['smba.trafficmanager.net'],
      openIdMetadataUrl: teams.metadataUrl,
      loginUrl: teams.loginUrl,
    },
    ...changes,
  });
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: channel.ready(), parts: {} }),
    mounts: [channel.routes],
    log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
  });
  await control(teams, 'bot', { url: `http://127.0.0.1:${server.port}/api/messages` });
  onTestFinished(async () => {
    await server.close(0);
    await channel.stop();
    await Promise.all([teams.close(), closeStore()]);
  });
  return {
    store,
    teams,
    channel,
    said,
    clicked,
    refused,
    logged,
    answerWith(next) {
      inbox.reply = typeof next === 'function' ? next : () => Promise.resolve(next);
    },
    post: (message) => post(store, channel, message),
    say: async (as, text, more = {}) => (await control(teams, 'say', { as, text, ...more })) as BotAnswer,
    act: async (kind, as, more = {}) => (await control(teams, 'act', { kind, as, ...more })) as BotAnswer,
    faults: async (faults) => void (await control(teams, 'faults', faults)),
    written: async (conversation) => writtenIn(await worldOf(teams), conversation),
    async chatOf(who) {
      const { places } = await worldOf(teams);
      return places.find(({ kind, members }) => kind === 'personal' && members[0] === who)?.id ?? '';
    },
    requests: async () => (await (await fetch(`${teams.origin}/_sim/requests`)).json()) as never,
    world: () => worldOf(teams) as never,
  };
}

interface World {
  places: { id: string; kind: string; members: string[] }[];
  conversations: Record<string, TeamsMessage[]>;
}

async function worldOf(teams: TeamsSimulator): Promise<World> {
  return (await (await fetch(`${teams.origin}/_sim/world`)).json()) as World;
}

function writtenIn({ conversations }: World, conversation?: string): TeamsMessage[] {
  return Object.entries(conversations)
    .filter(([id]) => conversation === undefined || id.split(';')[0] === conversation)
    .flatMap(([, messages]) => messages)
    .filter((message) => message.from.id.startsWith('28:'))
    .sort((left, right) => Number(left.id) - Number(right.id));
}

async function control(teams: TeamsSimulator, name: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${teams.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as { error?: string };
  if (!response.ok) {
    throw new Error(`The simulated Teams refuses ${name}: ${answer.error ?? response.status}`);
  }
  return answer;
}

const blank = {
  caseId: 'case-1',
  revision: 1,
  place: { platform: 'teams' as const, conversation: group, thread: null },
  content: { text: 'Hello', card: null, speaker: null },
  verbs: [],
  mention: [],
  onlyFor: null,
  platformId: null,
  mayHaveBeenSent: false,
};

async function post(
  store: Store,
  { channel }: TeamsChannel,
  given: Partial<Outgoing> & { key: string },
): Promise<string> {
  const message = { ...blank, ...given };
  const { caseId, content, key, onlyFor, place, verbs } = message;
  const revision = await store.write((tx) => upsertMessage(tx, { key, caseId, place, content, verbs, onlyFor }));
  const tokenId = verbs.length > 0 ? `${key}#${revision}` : null;
  if (tokenId !== null) {
    const at = Temporal.Now.instant().toString();
    await store.write((tx) => insertToken(tx, { id: tokenId, caseId, messageKey: key, revision, verbs, at }));
  }
  const { platformId } = await channel.send({ ...message, revision, tokenId });
  await store.write((tx) => markSent(tx, key, { platformId, revision }));
  return platformId;
}

export function noticeOf(title: string, text = ''): Outgoing['content'] {
  return {
    text: title,
    speaker: null,
    card: { name: 'notice', data: { title, tone: 'warning', text, wayOut: '', lines: [] } },
  };
}

/** Of the first button of a message's card. */
export function firstToken(message: TeamsMessage | undefined): string {
  const actions = message?.attachments?.[0]?.content['actions'];
  return Array.isArray(actions) ? ((actions as { data: { token: string } }[])[0]?.data.token ?? '') : '';
}

export async function until<Value>(look: () => Promise<Value | undefined | false>): Promise<Value> {
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
      setTimeout(resolve, 20);
    });
  }
}
