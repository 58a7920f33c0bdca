/**
 * The durable engine on openworkflow, for SQLite and PostgreSQL. This folder alone knows the library; the traps that
 * it sets, and what answers them, stand where they are answered.
 */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { OpenWorkflow, type Worker } from 'openworkflow';
import type { Backend, WorkflowRun } from 'openworkflow/internal';
import { execute, type Surroundings } from './durable.ts';
import type { DurableEngine, Json, Workflow } from './engine.ts';
import { type Loop, startLoop } from './loop.ts';
import { listRuns, toRunInfo } from './runs.ts';
import { storable } from './storable.ts';
import { type EngineDatabase, type EngineStorage, finalStatuses, openStorage } from './storage.ts';

export interface EngineOptions {
  database: EngineDatabase;
  workflows: Readonly<Record<string, Workflow>>;
  /** Runs at the same time, parked ones not counted. Default 10. */
  concurrency?: number;
  now?: () => Temporal.Instant;
  /** Default: one line on standard error. */
  log?: (message: string, cause: unknown) => void;
}

const deleteAtOnce = 200;
/** A longer wait may end up to a second late. */
const announcedMs = 10_000;

/**
 * What reaches the library as a run's error is a database that failed (see durable.ts), so it is repeated without end.
 * Attempts count every claim, also the one after a wait: the delay soon is the longest one.
 */
const repeatRun = { initialInterval: '500ms', maximumInterval: '10s', maximumAttempts: 0 } as const;

/** Opens the database, migrates it where asked to, and looks for work from now on. */
export async function openEngine(options: EngineOptions): Promise<DurableEngine> {
  const log = options.log ?? logToStandardError;
  const now = options.now ?? (() => Temporal.Now.instant());
  const storage = await openStorage(options.database);
  const backend = announceWork(storage.backend, () => loop.nudge());
  const client = new OpenWorkflow({ backend });
  const surroundings: Surroundings = {
    now,
    log,
    signal: async (signal) => {
      await client.sendSignal({ signal });
      loop.nudge();
    },
  };
  for (const [name, body] of Object.entries(options.workflows)) {
    client.implementWorkflow<Json, Json>({ name, retryPolicy: repeatRun }, (run) => execute(body, run, surroundings));
  }
  const worker = client.newWorker({ concurrency: options.concurrency ?? 10 });
  const loop = startLoop({ look: () => worker.tick(), now, onChange: (failure) => logLooks(log, failure) });
  return createEngine({ client, storage, worker, loop, workflows: Object.keys(options.workflows) });
}

/**
 * Brings the tables up to date and leaves, for `causeway migrate`. On SQLite the caller holds the directory's lock.
 */
export async function migrateEngine(database: EngineDatabase): Promise<void> {
  const storage = await openStorage(database.kind === 'sqlite' ? database : { ...database, migrate: true });
  await storage.close();
}

interface Parts {
  client: OpenWorkflow;
  storage: EngineStorage;
  worker: Worker;
  loop: Loop;
  workflows: readonly string[];
}

function createEngine({ client, storage, worker, loop, workflows }: Parts): DurableEngine {
  const { backend } = storage;
  let stopped: Promise<void> | null = null;
  return {
    async start(name, key, input) {
      if (!workflows.includes(name)) throw new Error(unknownWorkflow(name, workflows));
      const handle = await client.runWorkflow({ name }, storable(input), { idempotencyKey: key });
      loop.nudge();
      return handle.workflowRun.id;
    },
    async wake(signal, key) {
      const heard = await wake(client, backend, { signal, key });
      if (heard) loop.nudge();
      return heard;
    },
    cancel: (runId) => cancel(client, backend, runId),
    async read(runId) {
      const run = await backend.getWorkflowRun({ workflowRunId: runId });
      return run === null ? null : toRunInfo(run);
    },
    list: (query) => listRuns(backend, query),
    deleteFinished: (olderThan) => deleteFinished(storage, olderThan),
    nudge: () => loop.nudge(),
    ready: () => loop.isFresh(),
    stop(graceMs) {
      stopped ??= stop({ loop, worker, storage }, graceMs);
      return stopped;
    },
  };
}

/** The worker alone would wait for its steps without bound. What is cut off runs again, which steps are made for. */
async function stop(parts: Pick<Parts, 'loop' | 'worker' | 'storage'>, graceMs: number): Promise<void> {
  const grace = delay(graceMs, undefined, { ref: false });
  await Promise.race([parts.loop.stop().then(() => parts.worker.stop()), grace]);
  await parts.storage.close();
}

/**
 * A worker that is full takes nothing, and nothing tells when it has room again: with a backlog, ten runs a second
 * would be the most. Every way out of a run ends with one of these calls; a short wait is announced when it is over.
 */
function announceWork(backend: Backend, announce: () => void): Backend {
  async function announcing(leaving: Promise<WorkflowRun>): Promise<WorkflowRun> {
    try {
      const run = await leaving;
      const dueMs = (run.availableAt?.getTime() ?? Infinity) - Date.now();
      if (dueMs < announcedMs) void delay(Math.max(0, dueMs), undefined, { ref: false }).then(announce);
      return run;
    } finally {
      // The slot itself is free a few promises later.
      void turn().then(announce);
    }
  }
  const announcer: Partial<Backend> = {
    completeWorkflowRun: async (run) => announcing(backend.completeWorkflowRun(run)),
    failWorkflowRun: async (run) => announcing(backend.failWorkflowRun(run)),
    sleepWorkflowRun: async (run) => announcing(backend.sleepWorkflowRun(run)),
    rescheduleWorkflowRunAfterFailedStepAttempt: async (run) =>
      announcing(backend.rescheduleWorkflowRunAfterFailedStepAttempt(run)),
  };
  return Object.assign(Object.create(backend) as Backend, announcer);
}

/**
 * The library delivers to waits of runs that were cancelled or failed too, and then counts the key as used. Such a
 * delivery is none: another key, derived from the first, reaches those that wait by then.
 */
async function wake(client: OpenWorkflow, backend: Backend, call: { signal: string; key: string }): Promise<boolean> {
  for (let round = 0; ; round += 1) {
    const heard = await send(client, { signal: call.signal, key: `${call.key}/${round}` });
    if (heard.length === 0) return false;
    const runs = await Promise.all(heard.map((workflowRunId) => backend.getWorkflowRun({ workflowRunId })));
    if (runs.some((run) => run !== null && run.status !== 'canceled' && run.status !== 'failed')) return true;
  }
}

/** Of two sends of one key at the same time, PostgreSQL answers the second "nobody"; asked again, it knows better. */
async function send(client: OpenWorkflow, { signal, key }: { signal: string; key: string }): Promise<string[]> {
  const first = await client.sendSignal({ signal, idempotencyKey: key });
  if (first.workflowRunIds.length > 0) return first.workflowRunIds;
  const second = await client.sendSignal({ signal, idempotencyKey: key });
  return second.workflowRunIds;
}

async function cancel(client: OpenWorkflow, backend: Backend, runId: string): Promise<void> {
  try {
    await client.cancelWorkflowRun(runId);
  } catch (error) {
    const run = await backend.getWorkflowRun({ workflowRunId: runId });
    if (run !== null && !finalStatuses.some((status) => status === run.status)) throw error;
  }
}

/** In small lots, because on SQLite each stops the event loop. */
async function deleteFinished(storage: EngineStorage, olderThan: Temporal.Instant): Promise<number> {
  let deleted = 0;
  for (;;) {
    const lot = await storage.deleteFinished(olderThan, deleteAtOnce);
    deleted += lot;
    if (lot < deleteAtOnce) return deleted;
    await turn();
  }
}

function unknownWorkflow(name: string, known: readonly string[]): string {
  return `Starting workflow "${name}": there is none of that name, only ${known.join(', ')}. Register it with openEngine.`;
}

function logLooks(log: NonNullable<EngineOptions['log']>, failure: unknown): void {
  if (failure === null) log('The engine reaches its database again', null);
  else
    log('The engine cannot reach its database and tries again each second; check DATABASE_URL and the disk', failure);
}

function logToStandardError(message: string, cause: unknown): void {
  const because = cause instanceof Error ? cause.message : inspect(cause);
  process.stderr.write(cause === null ? `${message}\n` : `${message}: ${because}\n`);
}
