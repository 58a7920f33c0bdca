/**
 * The whole bot on a real listener, with Slack, Azure and the desk as simulators, all over HTTP. Nothing here knows which
 * library the bot uses for Slack: signed requests go in, calls of the Web API come out.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/config/load.ts';
import { startBot } from '../../../../src/main.ts';
import { startAzureSimulator } from '../../../../src/simulators/azure/start.ts';
import { startSlackSimulator } from '../../../../src/simulators/slack/start.ts';
import { startZendeskSimulator } from '../../../../src/simulators/zendesk/start.ts';
import { createClient, type SlackClient, waitFor } from './slack-client.ts';

/** Of the simulated workspace. */
export const onCall = 'C0ONCALL';
export const support = 'C0SUPPORT';
export const shared = 'C0SHARED';

export interface House {
  slack: SlackClient;
  /** A channel of its own for one test, with everybody in it: a channel takes one message a second. */
  newChannel(): string;
  /** Of the desk: what an agent does there. */
  agent(move: Record<string, unknown>): Promise<void>;
  tickets(): Promise<Ticket[]>;
  /** Where its tickets stand. */
  deskOrigin: string;
  /** Like hub-vnet, next to it, called extra-0 and so on. */
  addNetworks(count: number): Promise<void>;
  /** Tells the bot to stop; resolves when it has. */
  stop(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface Ticket {
  id: number;
  subject: string;
  status: string;
  comments: { body: string; public: boolean }[];
}

interface Setup {
  /** Events and interactions come over a socket that the bot opens. */
  socket?: boolean;
  /** Over the example settings. */
  settings?: object;
}

export async function openHouse(setup: Setup = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-contract-'));
  const simulator = await startSlackSimulator({});
  const desk = await startZendeskSimulator({});
  const azure = await startAzureSimulator({ speed: 200 });
  const slack = createClient(simulator.origin);
  // The bot keeps to Slack's limits by itself; a simulator that counts as well would make the tests wait twice.
  await slack.control('settings', { limits: 'off' });
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    SETTINGS_FILE: await writeSettings(dataDir, setup.settings ?? {}),
    LOG_LEVEL: 'error',
    ARM_URL: azure.origin,
    ZENDESK_URL: `${desk.origin}/api/v2`,
    SLACK_API_URL: simulator.origin,
    SLACK_BOT_TOKEN: 'xoxb-causeway-test',
    ...(setup.socket === true
      ? { SLACK_APP_TOKEN: 'xapp-causeway-test' }
      : { SLACK_SIGNING_SECRET: 'causeway-test-signing-secret' }),
  };
  async function open(): Promise<{ stop(): Promise<void> }> {
    const started = await startBot(loadConfig({ mode: 'start', env }));
    if (setup.socket !== true) {
      await slack.control('settings', { eventsUrl: `${started.origin}/slack/events` });
    }
    await waitFor('the bot to be ready', async () => (await fetch(`${started.origin}/readyz`)).ok || undefined);
    return started;
  }
  let bot: { stop(): Promise<void> } | null = await open();
  async function stop(): Promise<void> {
    const running = bot;
    bot = null;
    await running?.stop();
  }
  const channels = Array.from({ length: 20 }, (_, index) => `C0TEST${index + 1}`);
  await slack.addChannels(channels);
  return {
    slack,
    deskOrigin: desk.origin,
    newChannel: () => channels.pop() ?? 'C0TEAM',
    agent: (move) => tell(`${desk.origin}/_sim/agent`, move),
    tickets: async () => ((await (await fetch(`${desk.origin}/_sim/world`)).json()) as { tickets: Ticket[] }).tickets,
    addNetworks: (count) => addNetworks(azure.origin, count),
    stop,
    async start() {
      bot = await open();
    },
    async close() {
      await stop();
      await Promise.all([simulator.close(), desk.close(), azure.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function addNetworks(azure: string, count: number): Promise<void> {
  const { resources } = (await (await fetch(`${azure}/_sim/world`)).json()) as { resources: Record<string, object> };
  const hub = Object.keys(resources).find((id) => id.endsWith('/virtualnetworks/hub-vnet')) ?? '';
  const text = JSON.stringify(resources[hub]);
  const more = Array.from({ length: count }, (_, index): [string, object] => [
    hub.replace('hub-vnet', `extra-${index}`),
    JSON.parse(text.replaceAll('hub-vnet', `extra-${index}`)) as object,
  ]);
  await tell(`${azure}/_sim/world`, { arm: { resources: { ...resources, ...Object.fromEntries(more) } } });
}

async function tell(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`The simulator refuses ${url}: ${await response.text()}`);
  }
}

/** The example settings, with approvals and tickets in channels of Slack. */
async function writeSettings(dataDir: string, changes: object): Promise<string> {
  const example = new URL('../../../../manifest/settings.example.json', import.meta.url);
  const settings = JSON.parse(await readFile(example, 'utf8')) as Record<string, unknown>;
  const channels = [
    { platform: 'slack', id: onCall, for: ['approvals'] },
    { platform: 'slack', id: support, for: ['support'] },
  ];
  const file = join(dataDir, 'settings.json');
  await writeFile(file, JSON.stringify({ ...settings, channels, ...changes }));
  return file;
}
