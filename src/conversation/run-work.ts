/**
 * One `work` effect as a run of the durable engine. Its first step claims the row and its last one finishes it, so the
 * row changes once however often a process dies.
 */
import type { Durable, Json, Workflow } from '../engine/engine.ts';
import type { Stored, WorkEffect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import { claimWork, finishWork } from '../store/effect-work.ts';
import { readEffect } from '../store/effects.ts';
import type { Store } from '../store/store.ts';
import type { Report, WorkHandler, WorkHandlers } from './handlers.ts';
import type { Inbox } from './inbox.ts';
import { instantText } from './instant-text.ts';

export const workflowName = 'effect';
/** With pauses of at most a minute, our database may be away for more than an hour. */
const maxTries = 100;
const maxPauseSeconds = 60;

interface WorkDeps {
  store: Store;
  work: WorkHandlers;
  inbox: Pick<Inbox, 'deliver'>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** The workflows that the engine needs to know; it is opened with them. */
export function effectWorkflows(deps: WorkDeps): Record<string, Workflow> {
  return { [workflowName]: (durable, input) => runEffect(deps, durable, input as string) };
}

async function runEffect(deps: WorkDeps, durable: Durable, effectId: string): Promise<Json> {
  const claimed = await insist(deps, durable, 'claim', () =>
    deps.store.write((tx) => claimWork(tx, effectId, durable.runId)),
  );
  const row = claimed ? await readEffect(deps.store.read, effectId) : null;
  if (row === null) {
    return 'not ours';
  }
  const stored: Stored<WorkEffect> = { id: row.id, caseId: row.caseId, at: row.at, effect: row.effect as WorkEffect };
  const event = await handle(deps, stored, durable);
  await insist(deps, durable, 'finish', () => finish(deps, stored, event, durable.runId));
  return 'done';
}

/** A step in our own database, which may be away for a moment: a run that gave up would leave its row behind. */
async function insist(deps: WorkDeps, durable: Durable, name: string, step: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await durable.once(tries === 1 ? name : `${name}/${tries}`, step);
    if (outcome.ok) {
      return outcome.value;
    }
    deps.log('A run does not reach its row and tries again', { run: durable.runId, reason: outcome.error.message });
    if (tries === maxTries) {
      throw new Error(`Run ${durable.runId}, step ${name}: ${outcome.error.message} The relay starts another run.`);
    }
    await durable.sleep(`${name}/pause/${tries}`, Math.min(maxPauseSeconds, 2 ** (tries - 1)));
  }
}

async function handle(deps: WorkDeps, stored: Stored<WorkEffect>, durable: Durable): Promise<Event | null> {
  const handler = deps.work[stored.effect.type] as WorkHandler<WorkEffect>;
  try {
    return await handler(stored, durable, reporting(deps, stored));
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    deps.log('Work did not succeed', { effect: stored.id, reason: because });
    return { type: 'effect-failed', effect: stored.id, of: stored.effect.type, because };
  }
}

/** What was done stays done when nobody could be told: a report that fails must not end the work that it tells of. */
function reporting(deps: WorkDeps, stored: Stored<WorkEffect>): Report {
  return async (key, event) => {
    try {
      return await deps.inbox.deliver({ id: `${stored.id}/${key}`, caseId: stored.caseId, event });
    } catch (error) {
      deps.log('Progress could not be told; the work goes on', { effect: stored.id, key, reason: String(error) });
      return null;
    }
  };
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
  const outcome = event?.type ?? null;
  return deps.store.write((tx) =>
    finishWork(tx, stored.id, { runId, status, outcome, finishedAt: instantText(deps.now()) }),
  );
}
