/**
 * Starts one run of the durable engine per `work` effect, with the effect's id as idempotency key. The run's first step
 * claims the row and its last one finishes it, so the row changes once however often a process dies.
 */
import type { Durable, DurableEngine, Json, Workflow } from '../engine/engine.ts';
import type { Stored, WorkEffect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { claimWork, finishWork, openWork } from '../store/effect-work.ts';
import { readEffect } from '../store/effects.ts';
import { instantText } from './instant-text.ts';
import type { Store } from '../store/store.ts';
import type { Report, WorkHandler, WorkHandlers } from './handlers.ts';
import type { Inbox } from './inbox.ts';

const workflowName = 'effect';
const sweepMs = 1000;
const startsAtOnce = 50;

interface WorkDeps {
  store: Store;
  work: WorkHandlers;
  inbox: Pick<Inbox, 'deliver'>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** The workflows that the engine needs to know; `main.ts` opens the engine with them. */
export function effectWorkflows(deps: WorkDeps): Record<string, Workflow> {
  return { [workflowName]: (durable, input) => runEffect(deps, durable, String(input)) };
}

async function runEffect(deps: WorkDeps, durable: Durable, effectId: string): Promise<Json> {
  const claimed = await durable.once('claim', () => deps.store.write((tx) => claimWork(tx, effectId, durable.runId)));
  if (!claimed.ok) {
    throw new Error(`Claiming effect ${effectId}: ${claimed.error.message} It is started again by the relay.`);
  }
  const row = claimed.value ? await readEffect(deps.store.read, effectId) : null;
  if (row === null) {
    return 'not ours';
  }
  const stored: Stored<WorkEffect> = { id: row.id, caseId: row.caseId, at: row.at, effect: row.effect as WorkEffect };
  const event = await handle(deps, stored, durable);
  const finished = await durable.once('finish', () => finish(deps, stored, event, durable.runId));
  if (!finished.ok) {
    throw new Error(`Finishing effect ${effectId}: ${finished.error.message} The run is taken up again.`);
  }
  return 'done';
}

async function handle(deps: WorkDeps, stored: Stored<WorkEffect>, durable: Durable): Promise<Event | null> {
  const handler = deps.work[stored.effect.type] as WorkHandler<WorkEffect>;
  const report: Report = async (key, event) => {
    await deps.inbox.deliver({ id: `${stored.id}/${key}`, caseId: stored.caseId, event });
  };
  try {
    return await handler(stored, durable, report);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    deps.log('Work did not succeed', { effect: stored.id, reason: because });
    return { type: 'effect-failed', effect: stored.id, of: stored.effect.type, because };
  }
}

async function finish(
  deps: WorkDeps,
  stored: Stored<WorkEffect>,
  event: Event | null,
  runId: string,
): Promise<boolean> {
  if (event !== null) {
    await deps.inbox.deliver({ id: `${stored.id}/result`, caseId: stored.caseId, event });
  }
  const status = event?.type === 'effect-failed' ? ('failed' as const) : ('done' as const);
  await deps.store.write((tx) =>
    finishWork(tx, stored.id, { runId, status, outcome: event?.type ?? null, finishedAt: instantText(deps.now()) }),
  );
  return true;
}

export interface Relay {
  wake(): void;
  stop(): Promise<void>;
}

interface RelayDeps {
  store: Store;
  engine: DurableEngine;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

export function createRelay(deps: RelayDeps): Relay {
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function look(): Promise<void> {
    do {
      again = false;
      await startDue(deps);
    } while (again && !stopped);
  }

  function wake(): void {
    if (stopped) {
      return;
    }
    if (looking !== null) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => deps.log('Starting work; it is tried again', { reason: String(error) }))
      .finally(() => {
        looking = null;
      });
  }

  const sweep = setInterval(wake, sweepMs);
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await looking;
    },
  };
}

async function startDue(deps: RelayDeps): Promise<void> {
  const due = await openWork(deps.store.read, instantText(deps.now()), startsAtOnce);
  for (const { id } of due) {
    await deps.engine.start(workflowName, id, id);
  }
}
