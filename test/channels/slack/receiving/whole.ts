/** Slack as a whole: a simulated workspace, both halves of the channel, and the conversation itself with its outbox. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startHttpServer } from '../../../../src/channels/server.ts';
import { createSlackChannel } from '../../../../src/channels/slack/slack.ts';
import { readSettings } from '../../../../src/config/settings-read.ts';
import type { ReadHandlers } from '../../../../src/conversation/handlers.ts';
import { createInbox } from '../../../../src/conversation/inbox.ts';
import { createOutbox, type Outbox } from '../../../../src/conversation/outbox.ts';
import { directoryOf } from '../../../../src/process/directory.ts';
import { startSlackSimulator } from '../../../../src/simulators/slack/start.ts';
import type { Store } from '../../../../src/store/store.ts';
import { openFreshStore } from '../../../support/fresh-store.ts';
import { until } from './house.ts';

export interface Shown {
  ts: string;
  thread_ts?: string;
  user?: string;
  text: string;
  blocks?: { type: string; elements?: { type: string; action_id?: string }[] }[];
}

export interface Moved {
  id: string;
  ts: string;
  status: number;
  view?: { id: string; callback_id: string; title: { text: string }; blocks: { block_id: string }[] } | null;
  errors?: Record<string, string>;
  trouble?: string;
}

export interface Whole {
  store: Store;
  move: (name: string, body: object) => Promise<Moved>;
  /** The newest message of the bot in this channel that offers such a button. */
  offering: (channel: string, actionId: string) => Promise<Shown>;
  ephemeral: () => Promise<{ to: string; text: string }[]>;
}

const example = fileURLToPath(new URL('../../../../manifest/settings.example.json', import.meta.url));

export async function openWhole(): Promise<Whole> {
  const settings = readSettings(example, (path) => readFileSync(path, 'utf8'));
  if (!settings.ok) {
    throw new Error(`Reading ${example}: ${JSON.stringify(settings.problems)}. Mend the example.`);
  }
  const { people } = settings.settings;
  const { close: closeStore, store } = await openFreshStore();
  const slack = await startSlackSimulator();
  const started: { outbox: Outbox | null } = { outbox: null };
  const common = { store, tokenKey: 'key', now: wallClock, newId: randomUUID, log: () => undefined };
  const inbox = createInbox({
    ...common,
    auditKey: 'audit',
    directory: () => directoryOf(settings.settings, ['slack']),
    adminPlaces: () => [],
    committed: () => started.outbox?.wake(),
  });
  const channel = createSlackChannel({
    ...common,
    inbox,
    bot: {
      signingSecret: 'causeway-test-signing-secret',
      botToken: 'xoxb-causeway-test',
      appToken: null,
      apiUrl: `${slack.origin}/api/`,
    },
    people: () => people,
    matchByEmail: () => false,
    random: Math.random,
  });
  const outbox = createOutbox({
    ...common,
    owner: 'test',
    auditKey: 'audit',
    send: (message) => channel.channel.send(message),
    openForm: async (_platform, form) => channel.channel.openForm?.(form),
    reads: {} as ReadHandlers,
    inbox,
  });
  started.outbox = outbox;
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: channel.ready(), parts: {} }),
    mounts: [channel.routes],
    log: () => undefined,
  });
  await channel.start();
  onTestFinished(async () => {
    await server.close(0);
    await channel.stop();
    await outbox.stop(2_000);
    await Promise.all([slack.close(), closeStore()]);
  });
  async function move(name: string, body: object): Promise<Moved> {
    const response = await fetch(`${slack.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Moved & { error?: string };
    if (!response.ok) {
      throw new Error(`The simulated Slack refuses ${name}: ${answer.error}`);
    }
    return answer;
  }
  async function world(): Promise<{ channels: Record<string, Shown[]>; ephemeral: { to: string; text: string }[] }> {
    return (await (await fetch(`${slack.origin}/_sim/world`)).json()) as never;
  }
  await move('settings', { eventsUrl: `http://127.0.0.1:${server.port}/slack/events`, limits: 'off' });
  await until(() => channel.ready());
  return {
    store,
    move,
    offering: (room, actionId) =>
      until(async () => ((await world()).channels[room] ?? []).findLast((shown) => offers(shown, actionId))),
    ephemeral: async () => (await world()).ephemeral,
  };
}

function offers({ blocks = [] }: Shown, actionId: string): boolean {
  return blocks.some(({ elements = [] }) => elements.some((element) => element.action_id === actionId));
}

function wallClock(): Temporal.Instant {
  return Temporal.Now.instant();
}
