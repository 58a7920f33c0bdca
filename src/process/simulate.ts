/** Only the simulators, for `causeway simulate`. */
import { readFileSync } from 'node:fs';
import { startAzureSimulator } from '../simulators/azure/start.ts';
import { startZendeskSimulator } from '../simulators/zendesk/start.ts';

export interface SimulateOptions {
  armPort: number;
  zendeskPort: number;
  worldFile: string | null;
  /** What real durations are divided by. */
  speed: number;
}

export interface RunningSimulators {
  ports: { arm: number; zendesk: number };
  close(): Promise<void>;
}

export async function startSimulators(options: SimulateOptions): Promise<RunningSimulators> {
  const world = options.worldFile === null ? {} : { world: readWorld(options.worldFile) };
  const azure = await startAzureSimulator({ port: options.armPort, speed: options.speed, ...world });
  const zendesk = await startZendeskSimulator({ port: options.zendeskPort, ...world });
  return {
    ports: { arm: azure.port, zendesk: zendesk.port },
    async close() {
      await Promise.all([azure.close(), zendesk.close()]);
    },
  };
}

function readWorld(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Reading the world of ${file}: ${String(error)}. Write JSON of the form {"arm":…,"zendesk":…}.`, {
      cause: error,
    });
  }
}
