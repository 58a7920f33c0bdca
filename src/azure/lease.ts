/**
 * One writer per network across all replicas. Azure cannot check our fence, so whoever takes a network over reads every
 * resource before writing it (`run-step.ts` always does).
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../plan/plan.ts';
import { type Hold, holdLock } from '../store/hold-lock.ts';
import type { Store } from '../store/store.ts';
import { takenBy } from './taken.ts';

export interface Lease {
  /** Null while all of it is ours; else why not. */
  lost(): string | null;
  release(): Promise<void>;
}

const ttlSeconds = 10;
const lookEveryMs = 500;

export interface LeaseRequest {
  plan: Plan;
  /** Unique per process. */
  owner: string;
  quietForMs: number;
  /** Called once, when it takes longer than that. */
  waiting(network: string): Promise<void>;
}

/** Waits until nobody else writes to the plan's networks. */
export async function leaseNetworks(store: Store, { plan, owner, ...request }: LeaseRequest): Promise<Lease> {
  const holds: Hold[] = [];
  const since = performance.now();
  let told = false;
  try {
    for (const network of networksOf(plan)) {
      for (;;) {
        const hold = await holdLock(store, { name: `network${network}`, owner, ttlSeconds });
        if (hold !== null) {
          holds.push(hold);
          break;
        }
        if (!told && performance.now() - since >= request.quietForMs) {
          told = true;
          await request.waiting(network.split('/').at(-1) ?? network);
        }
        await wait(lookEveryMs);
      }
    }
  } catch (error) {
    await releaseAll(holds);
    throw error;
  }
  return {
    lost: () => (holds.some((hold) => hold.lost.aborted) ? 'Another process took over one of the networks.' : null),
    release: () => releaseAll(holds),
  };
}

/** Sorted, so that two plans that need the same networks never wait for each other. */
function networksOf(plan: Plan): string[] {
  const networks = plan.steps.flatMap(takenBy);
  return [...new Set([...networks, ...plan.promises.from].map((id) => id.toLowerCase()))].sort();
}

async function releaseAll(holds: readonly Hold[]): Promise<void> {
  await Promise.all(holds.map((hold) => hold.release()));
}
