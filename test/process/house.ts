/** The whole bot in this process, against simulators at high speed, in a directory that is gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { type Chat, openChat } from '../../src/demo/chat.ts';
import { openWorld, type World } from '../../src/demo/world.ts';
import { type Bot, startBot } from '../../src/main.ts';
import { startSimulators } from '../../src/process/simulate.ts';

export interface House {
  dataDir: string;
  origin: string;
  chat: Chat;
  world: World;
  /** What the desk was asked so far, such as `GET /api/v2/tickets/1.json`. */
  deskRequests(): Promise<string[]>;
  close(): Promise<void>;
}

/** Of the desk's webhook, so that a test can send one. */
export const webhookSecret = 'webhook-secret-of-the-test';

export async function openHouse(environment: Readonly<Record<string, string>> = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'causeway-process-'));
  const simulators = await startSimulators({ armPort: 0, zendeskPort: 0, worldFile: null, speed: 1000 });
  const armUrl = `http://127.0.0.1:${simulators.ports.arm}`;
  const zendeskUrl = `http://127.0.0.1:${simulators.ports.zendesk}/api/v2`;
  let bot: Bot | null = null;
  async function close(): Promise<void> {
    await bot?.stop();
    await simulators.close();
    await rm(dataDir, { recursive: true });
  }
  try {
    const env = {
      DATA_DIR: dataDir,
      PORT: '0',
      ARM_URL: armUrl,
      ZENDESK_URL: zendeskUrl,
      ZENDESK_WEBHOOK_SECRET: webhookSecret,
      LOG_LEVEL: 'error',
      ...environment,
    };
    bot = await startBot(loadConfig({ mode: 'start', env }));
  } catch (error) {
    await close();
    throw error;
  }
  const { origin } = bot;
  return {
    dataDir,
    origin,
    chat: openChat(origin),
    world: openWorld(armUrl, zendeskUrl),
    async deskRequests() {
      const response = await fetch(`${new URL(zendeskUrl).origin}/_sim/requests`);
      const requests = (await response.json()) as { method: string; path: string }[];
      return requests.map(({ method, path }) => `${method} ${path}`);
    },
    close,
  };
}
