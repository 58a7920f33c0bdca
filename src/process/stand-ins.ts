/**
 * The simulators of local mode. They run in this process, and their world is kept in the data directory, so that a
 * restart finds the tickets and networks that the conversations speak of.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/load.ts';
import { startAzureSimulator } from '../simulators/azure/start.ts';
import type { Simulator } from '../simulators/server.ts';
import { startZendeskSimulator } from '../simulators/zendesk/start.ts';
import type { Logs } from './log.ts';

export interface StandIns {
  /** Origin that stands for Azure, or null for the real one. */
  armUrl: string | null;
  /** Base URL of the simulated desk; null when one was configured. */
  zendeskUrl: string | null;
  close(): Promise<void>;
}

/** Often enough that little is lost when the process is killed. */
const keepEveryMs = 2000;

export async function openStandIns(config: Config, logs: Logs): Promise<StandIns> {
  const file = join(config.dataDir, 'simulators.json');
  const wanted = [config.azure.kind === 'simulator', config.zendesk.kind === 'simulator'] as const;
  const world = wanted.includes(true) ? await readWorld(file) : undefined;
  const azure = wanted[0] ? await startAzureSimulator(world === undefined ? {} : { world }) : null;
  const zendesk = wanted[1] ? await startZendeskSimulator(world === undefined ? {} : { world }) : null;
  const keeper = startKeeper(file, { arm: azure, zendesk }, logs);
  return {
    armUrl: azure?.origin ?? (config.azure.kind === 'stand-in' ? config.azure.armUrl : null),
    zendeskUrl: zendesk === null ? null : `${zendesk.origin}/api/v2`,
    async close() {
      await keeper.stop();
      await Promise.all([azure?.close(), zendesk?.close()]);
    },
  };
}

async function readWorld(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function startKeeper(
  file: string,
  parts: { arm: Simulator | null; zendesk: Simulator | null },
  logs: Logs,
): { stop(): Promise<void> } {
  let kept = '';
  async function keep(): Promise<void> {
    const world = JSON.stringify({ ...(await part('arm', parts.arm)), ...(await part('zendesk', parts.zendesk)) });
    if (world !== kept && world !== '{}') {
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(`${file}.new`, world);
      await rename(`${file}.new`, file);
      kept = world;
    }
  }
  function safely(): Promise<void> {
    return keep().catch((error: unknown) => logs.warn('Keeping the simulated world', { reason: String(error) }));
  }
  const timer = setInterval(() => void safely(), keepEveryMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await safely();
    },
  };
}

async function part(name: string, simulator: Simulator | null): Promise<Record<string, unknown>> {
  return simulator === null ? {} : { [name]: await (await fetch(`${simulator.origin}/_sim/world`)).json() };
}
