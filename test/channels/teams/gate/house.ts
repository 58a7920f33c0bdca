/** The gate as it stands in the product: behind real HTTP, with a simulated Teams that sends and signs. */
import { onTestFinished } from 'vitest';
import { createTeamsGate, type TeamsGateOptions } from '../../../../src/channels/teams/gate/gate.ts';
import { startHttpServer } from '../../../../src/channels/server.ts';
import { openKeyRing } from '../../../../src/simulators/teams/key-ring.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../../src/simulators/teams/start.ts';

export const appId = '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001';
export const tenantId = '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10';

export interface Logged {
  message: string;
  details: Readonly<Record<string, unknown>>;
}

export interface BotAnswer {
  delivered: boolean;
  id: string;
  conversation: string;
  status: number;
  body: { because?: string } | null;
}

export interface House {
  teams: TeamsSimulator;
  botUrl: string;
  /** What got through the gate. */
  reached: unknown[];
  logged: Logged[];
  /** `POST /_sim/say` by the requester, in their own chat unless `body` says otherwise. */
  say(body?: Record<string, unknown>): Promise<BotAnswer>;
  control(name: string, body: unknown): Promise<Record<string, unknown>>;
  /** How often the keys were asked for. */
  fetches(): Promise<number>;
  close(): Promise<void>;
}

/** A house of its own, which is gone when the test is over. */
export async function houseForTest(options: Partial<TeamsGateOptions> = {}): Promise<House> {
  const house = await openHouse(options);
  onTestFinished(() => house.close());
  return house;
}

/** Once for all tests of a file, because making keys takes longer than a test. */
const keys = openKeyRing();

export async function openHouse(options: Partial<TeamsGateOptions> = {}): Promise<House> {
  const teams = await startTeamsSimulator({ appId, tenantId, keys: await keys });
  const logged: Logged[] = [];
  const reached: unknown[] = [];
  const gate = createTeamsGate({
    appId,
    allowedTenants: () => [tenantId],
    serviceHosts: ['smba.trafficmanager.net'],
    metadataUrl: teams.metadataUrl,
    loopbackServiceUrls: true,
    now: () => Temporal.Now.instant(),
    log: (message, details) => logged.push({ message, details }),
    ...options,
  });
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => ({ ok: true, parts: {} }),
    log: (message, details) => logged.push({ message, details }),
    mounts: [
      (app) =>
        app.post('/api/messages', async (c) => {
          const authorization = c.req.header('authorization') ?? null;
          const verdict = await gate.check({ authorization, rawBody: c.var.rawBody });
          if (!verdict.ok) {
            return c.json({ because: verdict.because }, verdict.status);
          }
          reached.push(verdict.activity);
          return c.json({});
        }),
    ],
  });
  const botUrl = `http://127.0.0.1:${server.port}/api/messages`;
  await post(`${teams.origin}/_sim/bot`, { url: botUrl });
  return {
    teams,
    botUrl,
    reached,
    logged,
    say: async (body = {}) =>
      (await post(`${teams.origin}/_sim/say`, { as: 'requester', text: 'help', ...body })) as BotAnswer,
    control: async (name, body) => (await post(`${teams.origin}/_sim/${name}`, body)) as Record<string, unknown>,
    fetches: async () => {
      const requests = (await (await fetch(`${teams.origin}/_sim/requests`)).json()) as { path: string }[];
      return requests.filter(({ path }) => path.includes('.well-known')).length;
    },
    close: async () => {
      await Promise.all([server.close(0), teams.close()]);
    },
  };
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) {
    throw new Error(`POST ${url} was refused: ${answer.error}`);
  }
  return answer;
}
