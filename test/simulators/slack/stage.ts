/** A simulated Slack for one test, an app that writes down what it gets, and plain HTTP to talk to both. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../../src/simulators/server.ts';
import { type SlackSimulatorOptions, startSlackSimulator } from '../../../src/simulators/slack/start.ts';

export const botToken = 'xoxb-causeway-test';
export const appToken = 'xapp-causeway-test';
export const signingSecret = 'causeway-test-signing-secret';

export type Json = Record<string, unknown>;

export interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
  /** The payload: JSON, the member `payload` of a form, or the form itself. */
  payload: Json;
}

/** What tests read of answers; which of it is there depends on the call. */
export interface Answer extends Json {
  ok: boolean;
  error: string;
  ts: string;
  message_ts: string;
  response_metadata: { messages: string[]; warnings: string[]; next_cursor: string };
  messages: Json[];
  message: Json;
  view: View;
  url: string;
  status: number;
  id: string;
  retries: number;
  trouble: string;
  errors: Record<string, string>;
  trigger_id: string;
}

export interface View extends Json {
  id: string;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  state: { values: Record<string, Record<string, Json>> };
  blocks: Json[];
}

export interface Message extends Json {
  ts: string;
  text: string;
  blocks?: Json[];
  mentions: { users: string[]; channels: string[]; broadcast: string[] };
  links: { url: string; label: string }[];
}

export interface World {
  channels: Record<string, Message[]>;
  ephemeral: (Message & { to: string; shown: boolean })[];
  views: View[];
  homes: Record<string, View>;
  users: Json[];
  rooms: Json[];
  files: Json[];
  deliveries: {
    id: string;
    kind: string;
    attempts: { via: string; status: number; retryNum: number; retryReason: string | null }[];
  }[];
}

type Reply = { status: number; body?: unknown; headers?: Record<string, string> } | 'never';

export interface Stage {
  slack: Simulator;
  /** What the app got, oldest first. */
  received: Received[];
  /** What the app says to the next requests, first things first; an empty 200 once there is nothing left. */
  replies: Reply[];
  /** Calls a method of the Web API with JSON; as a form when `form` says so. */
  api: (method: string, args?: Json, how?: { token?: string | null; form?: boolean }) => Promise<Answer>;
  /** Makes a move. The answer carries `http`, its own status. */
  move: (name: string, body?: Json) => Promise<Answer & { http: number; error: string }>;
  world: () => Promise<World>;
  messages: (channel: string) => Promise<Message[]>;
}

export async function openStage(options: SlackSimulatorOptions = {}): Promise<Stage> {
  const received: Received[] = [];
  const replies: Reply[] = [];
  const app = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: incoming.headers, raw, payload: payloadOf(raw) });
      answer(outgoing, payloadOf(raw), replies);
    });
  });
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const eventsUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`;
  const slack = await startSlackSimulator({ eventsUrl, ...options });
  onTestFinished(async () => {
    app.closeAllConnections();
    app.close();
    await slack.close();
  });
  async function world(): Promise<World> {
    return (await (await fetch(`${slack.origin}/_sim/world`)).json()) as World;
  }
  return {
    slack,
    received,
    replies,
    api: (method, args = {}, how = {}) => call(slack, method, args, how),
    async move(name, body = {}) {
      const response = await fetch(`${slack.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
      return { ...((await response.json()) as Answer), http: response.status };
    },
    world,
    messages: async (channel) => (await world()).channels[channel] ?? [],
  };
}

function payloadOf(raw: string): Json {
  if (raw.startsWith('{')) {
    return JSON.parse(raw) as Json;
  }
  const form = Object.fromEntries(new URLSearchParams(raw));
  return form['payload'] === undefined ? form : (JSON.parse(form['payload']) as Json);
}

function answer(outgoing: ServerResponse, payload: Json, replies: Reply[]): void {
  const reply = payload['type'] === 'url_verification' ? undefined : replies.shift();
  if (reply === 'never') {
    return;
  }
  const challenge = payload['type'] === 'url_verification' ? { challenge: payload['challenge'] } : undefined;
  const body = reply?.body ?? challenge;
  outgoing.writeHead(reply?.status ?? 200, {
    ...(body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json' }),
    ...reply?.headers,
  });
  outgoing.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
}

async function call(
  slack: Simulator,
  method: string,
  args: Json,
  { token = botToken, form = false }: { token?: string | null; form?: boolean },
): Promise<Answer> {
  const texts = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${slack.origin}/api/${method}`, {
    method: 'POST',
    headers: {
      'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
      ...(token !== null && { Authorization: `Bearer ${token}` }),
    },
    body: form
      ? new URLSearchParams(Object.fromEntries(texts) as Record<string, string>).toString()
      : JSON.stringify(args),
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

export function plain(text: string): Json {
  return { type: 'plain_text', text };
}

export function section(text: string): Json {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

export function button(actionId: string, more: Json = {}): Json {
  return { type: 'button', action_id: actionId, text: plain('Approve'), value: 'token-1', ...more };
}

export function actions(...elements: Json[]): Json {
  return { type: 'actions', elements };
}

export function input(id: string, element: Json, more: Json = {}): Json {
  return { type: 'input', block_id: id, label: plain(id), element: { action_id: id, ...element }, ...more };
}

export function modal(blocks: Json[] = [section('Hello')], more: Json = {}): Json {
  return { type: 'modal', callback_id: 'ask', title: plain('Ask'), submit: plain('Send'), blocks, ...more };
}

/** Posts a message with one button and lets somebody press it, which gives a trigger. */
export async function triggerOf(stage: Stage, user = 'U0REQUESTER'): Promise<string> {
  const pressed = await stage.move('command', { user, channel: 'C0TEAM', command: '/causeway', text: 'help' });
  return pressed.trigger_id;
}

export async function openModal(stage: Stage, view: Json, user = 'U0REQUESTER'): Promise<View> {
  const opened = await stage.api('views.open', { trigger_id: await triggerOf(stage, user), view });
  if (!opened.ok) {
    throw new Error(JSON.stringify(opened));
  }
  return opened.view;
}
