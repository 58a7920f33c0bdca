/**
 * The whole bot on a real listener, with Teams, Azure and the desk as simulators, all over HTTP. Nothing here knows which
 * library the bot uses for Teams: signed activities go in, requests to the connector come out.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../src/config/load.ts';
import { startBot } from '../../../../src/main.ts';
import { startAzureSimulator } from '../../../../src/simulators/azure/start.ts';
import { openKeyRing } from '../../../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator } from '../../../../src/simulators/teams/start.ts';
import { startZendeskSimulator } from '../../../../src/simulators/zendesk/start.ts';
import { createClient, type TeamsClient } from './teams-client.ts';

const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export const group = '19:orders@thread.v2';
export const general = '19:general@thread.tacv2';
export const onCall = '19:on-call@thread.tacv2';
export const support = '19:support@thread.tacv2';

export interface House {
  teams: TeamsClient;
  /** Of the desk: what an agent does there. */
  agent(move: Record<string, unknown>): Promise<void>;
  tickets(): Promise<{ id: number; subject: string; status: string; comments: { body: string }[] }[]>;
  /** Stops the bot and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Once for all tests of a file, because making keys takes longer than a test. */
const keys = openKeyRing();

export async function openHouse(): Promise<House> {
  // Loading it holds the process up for seconds on a busy machine, while the bot gives Teams four for its keys.
  await import('../../../../src/channels/teams/botbuilder/load.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-contract-'));
  const simulator = await startTeamsSimulator({ appId, tenantId, keys: await keys });
  const desk = await startZendeskSimulator({});
  const azure = await startAzureSimulator({ speed: 200 });
  const teams = createClient(simulator.origin);
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    SETTINGS_FILE: await writeSettings(dataDir),
    LOG_LEVEL: 'error',
    ARM_URL: azure.origin,
    ZENDESK_URL: `${desk.origin}/api/v2`,
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_PASSWORD: 'a secret that nobody may read',
    TEAMS_OPENID_METADATA_URL: simulator.metadataUrl,
    TEAMS_LOGIN_URL: simulator.loginUrl,
  };
  async function start(): Promise<{ stop(): Promise<void> }> {
    const started = await startBot(loadConfig({ mode: 'start', env }));
    await teams.control('bot', { url: `${started.origin}/api/messages` });
    return started;
  }
  let bot = await start();
  return {
    teams,
    async agent(move) {
      const response = await fetch(`${desk.origin}/_sim/agent`, { method: 'POST', body: JSON.stringify(move) });
      if (!response.ok) {
        throw new Error(`The simulated desk refuses: ${await response.text()}`);
      }
    },
    tickets: async () => ((await (await fetch(`${desk.origin}/_sim/world`)).json()) as { tickets: never }).tickets,
    async restart() {
      await bot.stop();
      bot = await start();
    },
    async close() {
      await bot.stop();
      await Promise.all([simulator.close(), desk.close(), azure.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The example settings, with approvals and tickets in channels of Teams. */
async function writeSettings(dataDir: string): Promise<string> {
  const example = new URL('../../../../manifest/settings.example.json', import.meta.url);
  const settings = JSON.parse(await readFile(example, 'utf8')) as Record<string, unknown>;
  const channels = [
    { platform: 'teams', id: onCall, for: ['approvals'] },
    { platform: 'teams', id: support, for: ['support'] },
  ];
  const file = join(dataDir, 'settings.json');
  await writeFile(file, JSON.stringify({ ...settings, channels }));
  return file;
}
