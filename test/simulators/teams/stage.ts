/** A simulated Teams for one test, a bot that writes down what it gets, and plain HTTP to talk to both. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { openKeyRing } from '../../../src/simulators/teams/key-ring.ts';
import {
  startTeamsSimulator,
  type TeamsSimulator,
  type TeamsSimulatorOptions,
} from '../../../src/simulators/teams/start.ts';

export const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
export const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export const orders = '19:orders@thread.v2';
export const support = '19:support@thread.tacv2';

/** What tests read of activities; which of it is there depends on the kind. */
export interface Activity {
  id: string;
  type: string;
  name: string;
  text: string;
  value: { action: { verb: string; data: unknown }; trigger: string; uploadInfo: { uploadUrl: string } };
  replyToId: string;
  from: { id: string; aadObjectId: string };
  conversation: { id: string; conversationType: string; tenantId: string };
  attachments: { content: unknown }[];
  serviceUrl: string;
  edits: number;
  deleted: boolean;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: {
    id: string;
    activityId: string;
    conversation: string;
    delivered: boolean;
    status: number;
    because: string;
    error: { code: string; message: string };
    members: { id: string }[];
    continuationToken: string;
    access_token: string;
    expires_in: number;
    token: string;
    body: unknown;
    conversations: { id: string; name: string }[];
  };
}

export interface World {
  people: { id: string; objectId: string }[];
  places: { id: string; kind: string; members: string[]; installed: boolean }[];
  conversations: { [id: string]: Activity[] };
  views: { message: string; person: string; card: unknown }[];
  files: { name: string; text: string }[];
}

interface Received {
  headers: IncomingHttpHeaders;
  activity: Activity;
}

export interface Stage {
  teams: TeamsSimulator;
  /** What the bot got, oldest first. */
  received: Received[];
  /** What the bot says next; an empty 200 unless a test sets something else. */
  reply: { status: number; body?: unknown };
  /** `where`: path from `v3/` on, signed in unless another header is given. */
  call: (method: string, where: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  control: (name: string, body: unknown) => Promise<Answer>;
  world: () => Promise<World>;
  /** The messages of a conversation. */
  messages: (conversation: string) => Promise<Activity[]>;
}

/** Once for all tests of a file, because making keys takes longer than a test. */
const keys = openKeyRing();

export async function openStage(options: Partial<TeamsSimulatorOptions> = {}): Promise<Stage> {
  const received: Received[] = [];
  const reply: Stage['reply'] = { status: 200 };
  const bot = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Activity;
      received.push({ headers: incoming.headers, activity });
      outgoing.writeHead(reply.status, { 'Content-Type': 'application/json' });
      outgoing.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => {
    bot.listen(0, '127.0.0.1', resolve);
  });
  const botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`;
  const teams = await startTeamsSimulator({ appId, tenantId, botUrl, keys: await keys, ...options });
  onTestFinished(async () => {
    await teams.close();
    bot.closeAllConnections();
    bot.close();
  });
  const signedIn = { Authorization: `Bearer ${await signIn(teams)}` };
  async function world(): Promise<World> {
    return (await (await fetch(`${teams.origin}/_sim/world`)).json()) as World;
  }
  return {
    teams,
    received,
    reply,
    call: (method, where, body, headers = signedIn) => send(`${teams.origin}/emea/v3/${where}`, method, body, headers),
    control: (name, body) => send(`${teams.origin}/_sim/${name}`, 'POST', body, {}),
    world,
    messages: async (conversation) => (await world()).conversations[conversation] ?? [],
  };
}

export function askForToken(
  teams: TeamsSimulator,
  changes: Record<string, string> = {},
  tenant = tenantId,
): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: 'secret',
    scope: 'https://api.botframework.com/.default',
    ...changes,
  });
  return read(fetch(`${teams.loginUrl}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form }));
}

async function signIn(teams: TeamsSimulator): Promise<string> {
  return (await askForToken(teams)).body.access_token;
}

function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  return read(
    fetch(url, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

async function read(answer: Promise<Response>): Promise<Answer> {
  const response = await answer;
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Answer['body'],
  };
}

export function path(conversation: string, ...more: string[]): string {
  return ['conversations', conversation, ...more].map(encodeURIComponent).join('/');
}

export function cardMessage(actions: unknown[] = [], more: Record<string, unknown> = {}): Record<string, unknown> {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [], actions, ...more };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}
