/**
 * How others wait, as models of their pace against the same simulator: the same steps, as much side by side, and the
 * operation's URL asked in a fixed rhythm. Not their programs.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { runGraph } from '../../../src/azure/graph.ts';
import { patched } from '../../../src/azure/json.ts';
import type { Json, PlanStep } from '../../../src/plan/plan.ts';

export interface Pace {
  name: string;
  everySeconds: number;
}

/** The SDK's own interval; a tool that waits ten seconds between two questions. */
export const rivals: readonly Pace[] = [
  { name: 'every 2 s (SDK default)', everySeconds: 2 },
  { name: 'every 10 s', everySeconds: 10 },
];

const headers = { authorization: 'Bearer rival', 'content-type': 'application/json' };

export async function runAsRival(
  origin: string,
  steps: readonly PlanStep[],
  { everySeconds }: Pace,
  speed: number,
): Promise<{ reads: number; writes: Map<string, number> }> {
  let reads = 0;
  const writes = new Map<string, number>();
  await runGraph(steps, {
    stopped: () => null,
    run: async (step) => {
      const url = `${origin}${step.resource}?api-version=${/privateDns/i.test(step.resource) ? '2024-06-01' : '2026-01-01'}`;
      if (step.body === null || step.kind === 'endpoint-approval') {
        return { ok: true };
      }
      const body = await bodyOf(step, url);
      const since = performance.now();
      const response = await fetch(url, { method: 'PUT', headers, body });
      if (!response.ok) {
        throw new Error(`${step.id}: ${await response.text()}`);
      }
      writes.set(step.resource.toLowerCase(), performance.now() - since);
      const operation = response.headers.get('azure-asyncoperation');
      let isRunning = operation !== null;
      while (isRunning) {
        await wait((everySeconds * 1000) / speed);
        reads += 1;
        const asked = operation?.replace('https://management.azure.com', origin) ?? '';
        const { status } = (await (await fetch(asked, { headers })).json()) as { status: string };
        isRunning = status === 'InProgress';
      }
      return { ok: true };
    },
  });
  return { reads, writes };
}

async function bodyOf(step: PlanStep, url: string): Promise<string> {
  if (step.kind === 'subnet-policy') {
    return JSON.stringify(patched((await (await fetch(url, { headers })).json()) as Json, step.body));
  }
  // Which address a record leads to does not matter here.
  return JSON.stringify(step.body).replaceAll(/\{"\$addressOf":"[^"]+"\}/g, '"10.0.0.1"');
}
