/** Only the simulators, for `causeway simulate`. */
import { readFileSync } from 'node:fs';
import { startAzureSimulator } from '../simulators/azure/start.ts';
import type { Simulator } from '../simulators/server.ts';
import { type SlackSimulatorOptions, startSlackSimulator } from '../simulators/slack/start.ts';
import { startTeamsSimulator } from '../simulators/teams/start.ts';
import { startZendeskSimulator } from '../simulators/zendesk/start.ts';

export interface SimulateOptions {
  armPort: number;
  zendeskPort: number;
  worldFile: string | null;
  /** What real durations are divided by. */
  speed: number;
  /** Absent: any free port, and no app until somebody names its URL. */
  slack?: Pick<SlackSimulatorOptions, 'port' | 'eventsUrl'>;
  /** Absent: no Teams. */
  teams?: { port: number; appId: string; tenantId: string };
}

/** The bot's registration in the simulated Teams when nobody names another; the tenant is that of the example settings. */
export const exampleRegistration = {
  appId: '7d1c1f0a-5a7e-4a55-9f0e-0c0ffee00001',
  tenantId: '5f1f6a52-7d5c-4d39-9b0a-2c1e8f4a7b10',
};

export interface RunningSimulators {
  ports: { arm: number; zendesk: number; slack: number; teams?: number };
  close(): Promise<void>;
}

export async function startSimulators(options: SimulateOptions): Promise<RunningSimulators> {
  const running: Simulator[] = [];
  async function close(): Promise<void> {
    await Promise.all(running.map((simulator) => simulator.close()));
  }
  try {
    return { ports: await startAll(options, running), close };
  } catch (error) {
    // One that listens would keep the process alive.
    await close();
    throw error;
  }
}

async function startAll(options: SimulateOptions, running: Simulator[]): Promise<RunningSimulators['ports']> {
  const { speed, teams } = options;
  const world = options.worldFile === null ? {} : { world: readWorld(options.worldFile) };
  const azure = await startAzureSimulator({ port: options.armPort, speed, ...world });
  running.push(azure);
  const zendesk = await startZendeskSimulator({ port: options.zendeskPort, ...world });
  running.push(zendesk);
  const slack = await startSlackSimulator({ ...options.slack, speed, ...world });
  running.push(slack);
  const ports = { arm: azure.port, zendesk: zendesk.port, slack: slack.port };
  if (teams === undefined) {
    return ports;
  }
  const chat = await startTeamsSimulator({ ...teams, ...world });
  running.push(chat);
  return { ...ports, teams: chat.port };
}

function readWorld(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `Reading the world of ${file}: ${String(error)}. Write JSON of the form {"arm":…,"zendesk":…,"slack":…,"teams":…}.`,
      {
        cause: error,
      },
    );
  }
}
