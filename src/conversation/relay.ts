/**
 * Starts one run of the durable engine per `work` effect, with the effect's id as idempotency key. What the run does
 * stands in `run-work.ts`. Engine rows are replaceable: work whose run is lost is opened again and gets another one.
 */
import type { DurableEngine } from '../engine/engine.ts';
import { finishWork, type OpenWork, openWork, reopenWork, runningWork } from '../store/effect-work.ts';
import type { Store } from '../store/store.ts';
import type { Inbox } from './inbox.ts';
import { instantText } from './instant-text.ts';
import { createLooker } from './looker.ts';
import { workflowName } from './run-work.ts';

const sweepMs = 1000;
const recoverMs = 60_000;
const startsAtOnce = 50;
/** A run that was started and has not claimed its work by then is looked after. */
const claimedAfterSeconds = 60;
/** Work that lost so many runs is not the engine's misfortune but ends runs by itself. */
const maxRuns = 5;

export interface Relay {
  wake(): void;
  stop(): Promise<void>;
}

interface RelayDeps {
  store: Store;
  engine: DurableEngine;
  inbox: Pick<Inbox, 'deliver'>;
  now: () => Temporal.Instant;
  log: (message: string, details: Record<string, unknown>) => void;
}

/** What this process has offered to the engine and nobody has claimed yet, by effect. */
type Offers = Map<string, { runId: string; at: Temporal.Instant }>;

export function createRelay(deps: RelayDeps): Relay {
  const offers: Offers = new Map();
  let recover = true;

  async function look(): Promise<void> {
    if (recover) {
      recover = false;
      await reopenLost(deps);
    }
    await startDue(deps, offers);
  }

  const looker = createLooker(look, (error) => deps.log('Starting work; it is tried again', { reason: String(error) }));
  const sweep = setInterval(() => looker.wake(), sweepMs);
  const recovery = setInterval(() => {
    recover = true;
  }, recoverMs);
  return {
    wake: () => looker.wake(),
    async stop() {
      clearInterval(sweep);
      clearInterval(recovery);
      await looker.stop();
    },
  };
}

async function startDue(deps: RelayDeps, offers: Offers): Promise<void> {
  const due = await openWork(deps.store.read, instantText(deps.now()), startsAtOnce);
  forgetOthers(offers, due);
  for (const work of due) {
    await offer(deps, offers, work);
  }
}

/** What is no longer due was claimed. */
function forgetOthers(offers: Offers, due: readonly OpenWork[]): void {
  const open = new Set(due.map((work) => work.id));
  for (const id of offers.keys()) {
    if (!open.has(id)) {
      offers.delete(id);
    }
  }
}

/** A run that waits for a free slot is not started twice; one that ended without a claim gets a successor. */
async function offer(deps: RelayDeps, offers: Offers, { id, attempts }: OpenWork): Promise<void> {
  const before = offers.get(id);
  if (before !== undefined && !isOlderThan(before.at, claimedAfterSeconds, deps.now())) {
    return;
  }
  const dead = before !== undefined && (await isOver(deps.engine, before.runId)) ? before.runId : null;
  const runId = await deps.engine.start(workflowName, keyOf(id, attempts, dead), id);
  offers.set(id, { runId, at: deps.now() });
}

/** A key that was used leads to the run that used it, also when that is dead: so each further run has its own. */
function keyOf(id: string, attempts: number, dead: string | null): string {
  const again = attempts === 0 ? '' : `/again-${attempts}`;
  return dead === null ? `${id}${again}` : `${id}${again}/after-${dead}`;
}

function isOlderThan(at: Temporal.Instant, seconds: number, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at.add({ seconds }), now) < 0;
}

async function isOver(engine: DurableEngine, runId: string): Promise<boolean> {
  const run = await engine.read(runId);
  return run === null || run.finishedAt !== null;
}

/** Work that is claimed by a run which the engine does not know any more, or which ended without finishing it. */
async function reopenLost(deps: RelayDeps): Promise<void> {
  for (const work of await runningWork(deps.store.read)) {
    if (work.runId !== null && (await isOver(deps.engine, work.runId))) {
      await reopen(deps, work, work.runId);
    }
  }
}

async function reopen(deps: RelayDeps, work: OpenWork, runId: string): Promise<void> {
  deps.log('Work has lost its run', { effect: work.id, run: runId, runs: work.attempts });
  if (work.attempts < maxRuns) {
    await deps.store.write((tx) => reopenWork(tx, work.id, runId));
    return;
  }
  const because = `It was started ${work.attempts} times and never came to its end. An administrator finds the reason in the log.`;
  await deps.inbox.deliver({
    id: `${work.id}/result`,
    caseId: work.caseId,
    event: { type: 'effect-failed', effect: work.id, of: work.effect.type, because },
  });
  const finishedAt = instantText(deps.now());
  await deps.store.write((tx) =>
    finishWork(tx, work.id, { runId, status: 'failed', outcome: 'effect-failed', finishedAt }),
  );
}
