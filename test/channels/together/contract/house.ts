/**
 * One bot that speaks in Slack, in Teams and, in local mode, on the page, with all of them as simulators over HTTP. What
 * people do goes in as a signed request of their platform; what they see is what the bot wrote there.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/config/load.ts';
import { type Chat, openChat } from '../../../../src/demo/chat.ts';
import { openWorld, type World } from '../../../../src/demo/world.ts';
import { startBot } from '../../../../src/main.ts';
import { openDesk } from '../../../../src/process/desk.ts';
import { startAzureSimulator } from '../../../../src/simulators/azure/start.ts';
import { startSlackSimulator } from '../../../../src/simulators/slack/start.ts';
import { openKeyRing } from '../../../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator } from '../../../../src/simulators/teams/start.ts';
import { startZendeskSimulator } from '../../../../src/simulators/zendesk/start.ts';
import { createClient as createSlackClient, type SlackClient, waitFor } from '../../slack/contract/slack-client.ts';
import { createClient as createTeamsClient, type TeamsClient } from '../../teams/contract/teams-client.ts';

const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export const slackOnCall = 'C0ONCALL';
export const slackTeam = 'C0TEAM';
export const teamsOnCall = '19:on-call@thread.tacv2';
export const teamsGeneral = '19:general@thread.tacv2';
export const pageOnCall = 'on-call';

export interface House {
  slack: SlackClient;
  teams: TeamsClient;
  /** The local page; in `serve` there is none. */
  page: Chat;
  /** What stands at the desk and in Azure, and what an agent of the desk does. */
  world: World;
  /** Where its tickets stand. */
  deskOrigin: string;
  /** Opens a ticket at the desk by itself, as Rosa Requester does who writes a mail there. */
  openAtDesk(subject: string): Promise<number>;
  close(): Promise<void>;
}

interface Setup {
  /** `start` has the page as well. */
  mode: 'start' | 'serve';
  /** Over what the example settings say of people, by their id. */
  people?: Readonly<Record<string, object>>;
  /** On call in this order, the first one now. */
  onCall?: readonly string[];
  /** Over the example settings. */
  settings?: object;
  /** The bot has the rights of Rosa Requester, as a customer of the provider has; else those of an agent. */
  asCustomer?: boolean;
  /** Nobody has registered a webhook for that customer: the bot has to look. */
  isUntold?: boolean;
}

export async function openHouse(setup: Setup): Promise<House> {
  // Loading it holds the process up for seconds on a busy machine, while the bot gives Teams four for its keys.
  await import('../../../../src/channels/teams/botbuilder/load.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-contract-'));
  const [slackSimulator, teamsSimulator, desk, azure] = await Promise.all([
    startSlackSimulator({}),
    openKeyRing().then((keys) => startTeamsSimulator({ appId, tenantId, keys })),
    startZendeskSimulator({}),
    startAzureSimulator({ speed: 200 }),
  ]);
  const slack = createSlackClient(slackSimulator.origin);
  const teams = createTeamsClient(teamsSimulator.origin);
  // The bot keeps to Slack's limits by itself; a simulator that counts as well would make the tests wait twice.
  await slack.control('settings', { limits: 'off' });
  const isTold = setup.asCustomer === true && setup.isUntold !== true;
  const byHand = isTold ? await registerByHand(desk.origin) : null;
  const env = {
    ...(setup.asCustomer === true && { ZENDESK_EMAIL: 'requester@example.com', ZENDESK_API_TOKEN: 'abc' }),
    ...(byHand !== null && { ZENDESK_WEBHOOK_SECRET: byHand.secret }),
    PORT: '0',
    DATA_DIR: dataDir,
    SETTINGS_FILE: await writeSettings(dataDir, setup),
    LOG_LEVEL: 'error',
    ARM_URL: azure.origin,
    ZENDESK_URL: `${desk.origin}/api/v2`,
    SLACK_API_URL: slackSimulator.origin,
    SLACK_BOT_TOKEN: 'xoxb-causeway-test',
    SLACK_SIGNING_SECRET: 'causeway-test-signing-secret',
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_PASSWORD: 'a secret that nobody may read',
    TEAMS_OPENID_METADATA_URL: teamsSimulator.metadataUrl,
    TEAMS_LOGIN_URL: teamsSimulator.loginUrl,
  };
  const bot = await startBot(loadConfig({ mode: setup.mode, env }));
  await byHand?.point(bot.origin);
  await slack.control('settings', { eventsUrl: `${bot.origin}/slack/events` });
  await teams.control('bot', { url: `${bot.origin}/api/messages` });
  await waitFor('the bot to be ready', async () => (await fetch(`${bot.origin}/readyz`)).ok || undefined);
  // The bot is told where the tenant's service is when the app is installed, or when anybody speaks to it.
  await teams.say('admin', 'help');
  return {
    slack,
    teams,
    page: openChat(bot.origin),
    world: openWorld(azure.origin, desk.origin),
    deskOrigin: desk.origin,
    openAtDesk: (subject) => openAtDesk(desk.origin, subject),
    async close() {
      await bot.stop();
      await Promise.all([slackSimulator.close(), teamsSimulator.close(), desk.close(), azure.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const asAdmin = { authorization: 'Bearer causeway-stand-in', 'content-type': 'application/json' };

async function openAtDesk(desk: string, subject: string): Promise<number> {
  const answer = await fetch(`${desk}/api/v2/requests`, {
    method: 'POST',
    headers: { ...asAdmin, authorization: `Basic ${btoa('requester@example.com/token:abc')}` },
    body: JSON.stringify({ request: { subject, comment: { body: 'It is the same trouble as in my other ticket.' } } }),
  });
  return ((await answer.json()) as { request: { id: number } }).request.id;
}

/**
 * The webhook as somebody at the desk registers it, where the bot itself may not: without one, everything is found by
 * reading once a minute, which would make a life of minutes.
 */
async function registerByHand(desk: string): Promise<{ secret: string; point(bot: string): Promise<void> }> {
  const config = { kind: 'stand-in', url: `${desk}/api/v2`, webhookSecret: null } as const;
  const admin = openDesk({ ...config, credential: { kind: 'test-token' } });
  const { signingSecret } = await admin.registerWebhook('http://127.0.0.1:9/zendesk/webhook');
  return {
    secret: signingSecret,
    async point(bot) {
      const { webhooks } = (await (await fetch(`${desk}/api/v2/webhooks`, { headers: asAdmin })).json()) as {
        webhooks: Person[];
      };
      const answer = await fetch(`${desk}/api/v2/webhooks/${webhooks[0]?.id ?? ''}`, {
        method: 'PATCH',
        headers: asAdmin,
        body: JSON.stringify({ webhook: { endpoint: `${bot}/zendesk/webhook` } }),
      });
      if (!answer.ok) {
        throw new Error(`The simulated desk refuses to point its webhook at the bot: ${await answer.text()}`);
      }
    },
  };
}

interface Person {
  id: string;
}

async function writeSettings(dataDir: string, { mode, onCall, people = {}, settings = {} }: Setup): Promise<string> {
  const example = new URL('../../../../manifest/settings.example.json', import.meta.url);
  const written = JSON.parse(await readFile(example, 'utf8')) as { people: Person[]; onCall: { start: string }[] };
  const channels = [
    { platform: 'teams', id: teamsOnCall, for: ['approvals'] },
    { platform: 'slack', id: slackOnCall, for: ['approvals'] },
    ...(mode === 'start' ? [{ platform: 'web', id: pageOnCall, for: ['approvals'] }] : []),
  ];
  // It began yesterday, so the first one has it for some days yet.
  const start = `${Temporal.Now.plainDateISO('Europe/Amsterdam').subtract({ days: 1 }).toString()}T00:00`;
  const file = join(dataDir, 'settings.json');
  await writeFile(
    file,
    JSON.stringify({
      ...written,
      people: written.people.map((person) => Object.assign(person, people[person.id])),
      onCall: written.onCall.map((rotation) => Object.assign(rotation, { start }, onCall && { people: onCall })),
      channels,
      ...settings,
    }),
  );
  return file;
}
