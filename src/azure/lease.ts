/**
 * One plan at a time for each network and each private zone, across all replicas; plans that meet are served in the order
 * in which they came. Azure cannot check our fence, so it is checked here right before each write, and whoever takes a
 * network over reads every resource before writing it (`run-step.ts` always does).
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { PlanStep } from '../plan/plan.ts';
import { keepLocks } from '../store/hold-lock.ts';
import type { Store } from '../store/store.ts';
import { keepTurn, leaveQueue, nextInLine, type NotYet, takeTurn } from '../store/turns.ts';
import type { StepFence } from './step-log.ts';
import { leaseLost, type Refusal, StepStopped } from './step-run.ts';
import { referredBy, takenBy, zoneOf } from './taken.ts';

export interface Lease {
  /** Null while all of it is ours; else why not. */
  lost(): string | null;
  /** Asks the database. Not ours as well when it does not answer. */
  check(): Promise<Refusal | null>;
  /** The same inside a write. */
  fence: StepFence;
  /** Answers who comes next, each by its `waiter`. */
  release(): Promise<readonly string[]>;
}

const ttlSeconds = 10;
const lookEveryMs = 500;
/** Who has waited for long need not be the first to know; many may be waiting. */
const longestLookMs = 2000;

export interface LeaseRequest {
  steps: readonly Writing[];
  /** Of the plan, the same after a restart: it keeps its place. */
  waiter: string;
  /** Unique per process. */
  owner: string;
  /** Whose plan this is, for whoever waits for it. */
  about: string;
  quietForMs: number;
  /** Called once, when it takes longer than that. */
  waiting(because: string): Promise<void>;
}

type Writing = Pick<PlanStep, 'kind' | 'resource' | 'body'>;

/** Waits until nobody else writes to the networks and zones that these steps change. */
export async function leaseFor(store: Store, request: LeaseRequest): Promise<Lease> {
  const names = leasedBy(request.steps);
  try {
    return (await askAgain(request, Infinity, async () => {
      const asked = performance.now();
      const turn = await store.write((tx) => takeTurn(tx, { ...request, names, ttlSeconds }));
      return turn.held === null
        ? turn
        : { got: leaseOf(store, keepLocks(store, turn.held, { ttlSeconds, asked }), names) };
    })) as Lease;
  } catch (error) {
    await store.write((tx) => leaveQueue(tx, request.waiter)).catch(() => undefined);
    throw error;
  }
}

/** The same without taking anything; false when the turn did not come in that time. The place in the queue is kept. */
export async function turnComes(store: Store, request: LeaseRequest, withinMs: number): Promise<boolean> {
  const came = await askAgain(request, withinMs, async () => {
    const notYet = await keepPlace(store, request, ttlSeconds);
    return notYet ?? { got: true };
  });
  return came ?? false;
}

/** One look. Whoever looks seldom keeps the place for longer. */
export async function isTurn(store: Store, request: LeaseRequest, keepSeconds: number): Promise<boolean> {
  return (await keepPlace(store, request, keepSeconds)) === null;
}

function keepPlace(store: Store, request: LeaseRequest, keepSeconds: number): Promise<NotYet | null> {
  return store.write((tx) => keepTurn(tx, { ...request, names: leasedBy(request.steps), ttlSeconds: keepSeconds }));
}

async function askAgain<Got>(
  request: LeaseRequest,
  withinMs: number,
  ask: () => Promise<{ got: Got } | NotYet>,
): Promise<Got | null> {
  const since = performance.now();
  let told = false;
  for (;;) {
    const answer = await ask();
    if ('got' in answer) {
      return answer.got;
    }
    const waitedMs = performance.now() - since;
    if (!told && waitedMs >= request.quietForMs) {
      told = true;
      await request.waiting(waitingWords(answer));
    }
    if (waitedMs >= withinMs) {
      return null;
    }
    await wait(Math.min(longestLookMs, Math.max(lookEveryMs, waitedMs / 20)));
  }
}

function leaseOf(store: Store, hold: ReturnType<typeof keepLocks>, names: readonly string[]): Lease {
  return {
    lost: () => (hold.lost.aborted ? refusal.because : null),
    async check() {
      const isOurs = await store.write((tx) => hold.isStillOurs(tx)).catch(() => false);
      return isOurs ? null : refusal;
    },
    async fence(tx) {
      if (!(await hold.isStillOurs(tx))) {
        throw new StepStopped(refusal.code, refusal.because, refusal.wayOut);
      }
    },
    async release() {
      await hold.release();
      return store.write((tx) => nextInLine(tx, names)).catch(() => []);
    },
  };
}

const refusal: Refusal = {
  code: leaseLost,
  because: 'Another process took over one of the networks.',
  wayOut: 'Try again from here; what was done so far stays and is not done twice.',
};

function waitingWords({ about, name }: NotYet): string {
  const what = name.split('/').at(-1) ?? name;
  const who = about === '' ? 'another plan' : about;
  return `${who} is changing ${what}; I wait for it`;
}

/** What is kept as it is needs no lease. Names of locks. */
function leasedBy(steps: readonly Writing[]): string[] {
  const writes = steps.filter(({ body }) => body !== null);
  const held = writes.flatMap((step) => [...takenBy(step), ...referredBy(step), zoneOf(step) ?? []].flat());
  return [...new Set(held.map((id) => `azure${id.toLowerCase()}`))];
}
