/**
 * The durable engine, as the rest of the bot sees it: runs that go on after the process died.
 *
 * A run is replaceable control flow. What was decided and what was done stands in our own tables; a run that is lost
 * can be started again from there. Its body is called anew after every wait and after every restart, and each step
 * that already has a result hands that result back instead of running: so a body touches the world inside steps only,
 * and takes the same way through its steps each time.
 */

/** What a step or a run can hand over. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `T` when it survives the way through JSON: plain values, arrays and records; no functions, dates or `undefined`. */
export type Storable<T> = T extends Json
  ? T
  : T extends undefined | bigint | symbol | ((...parameters: never[]) => unknown)
    ? never
    : { readonly [Key in keyof T]: Storable<T[Key]> };

/** `code` is that of what was thrown, when it has one ("AnotherOperationInProgress"). */
export type StepFailure = { message: string; code?: string };

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: StepFailure };

export interface GateOptions {
  /** The address that {@link DurableEngine.wake} names, unique to what is waited for ("approval:<plan id>"). */
  signal: string;
  /** How long to wait in all. Absent: as long as it takes. */
  timeoutSeconds?: number;
  /** Looks again this often without any wake-up. Default six hours; each look costs two of a run's 1,000 steps. */
  lookEverySeconds?: number;
}

/**
 * What a workflow body gets. Step names are unique within a run; a name that is used twice ends the run as failed.
 * Calls may run side by side (`Promise.all`): no branch disturbs a step that runs beside it. None of them throws.
 */
export interface Durable {
  /** For the claim of a row in our own table: a second run of the same work finds another id there and leaves. */
  readonly runId: string;
  /**
   * Runs a step until its outcome is stored, then never again. What `run` throws becomes the outcome: retries, where
   * they make sense, belong inside `run`. A kill before the outcome is stored runs it a second time, so `run` looks
   * before it writes.
   */
  once<T>(name: string, run: () => Promise<T & Storable<T>>): Promise<Outcome<T>>;
  /**
   * Waits until `look`, a read of our own table, finds a decision. Signals only shorten the wait, so none can be early,
   * late or too many. Null when the time is over and a last look found nothing. A `look` that throws is repeated.
   */
  gate<T>(name: string, look: () => Promise<(T & Storable<T>) | null>, options: GateOptions): Promise<T | null>;
  /**
   * Wakes whoever waits at a gate with this signal. Nothing is lost when nobody does, or when it fails: a gate looks by
   * itself.
   */
  wake(signal: string): Promise<void>;
  /** Holds no slot of the worker while nothing else of the run is busy. */
  sleep(name: string, seconds: number): Promise<void>;
}

/** A body that throws ends its run as failed: what may go wrong in the world is an {@link Outcome}. */
export type Workflow = (durable: Durable, input: Json) => Promise<Json>;

/** `parked`: waiting for time or a signal, on nobody's worker. The last three are final. */
export type RunStatus = 'queued' | 'running' | 'parked' | 'completed' | 'failed' | 'canceled';

export interface RunQuery {
  workflow?: string;
  status?: RunStatus;
  /** Default 100. */
  limit?: number;
}

export interface RunInfo {
  id: string;
  workflow: string;
  key: string | null;
  status: RunStatus;
  input: Json;
  /** Null unless completed. */
  output: Json;
  /** Why it failed, or what it stumbled over last. */
  error: string | null;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
}

export interface DurableEngine {
  /**
   * Starts a run and returns its id; with a key that was used within 24 hours, the id of that run. Later repeats are
   * for the run itself to notice, see {@link Durable.runId}. Throws for a workflow that is not registered.
   */
  start<T>(workflow: string, key: string, input: T & Storable<T>): Promise<string>;
  /**
   * Wakes the run that waits at `signal`. False: nobody waits there yet, which loses nothing, since a gate looks before
   * it waits. `key` names what happened: the same key again wakes nobody twice and answers the same.
   */
  wake(signal: string, key: string): Promise<boolean>;
  /** A step in flight still ends, then nothing follows. A run that has ended, or is not known, is left as it is. */
  cancel(runId: string): Promise<void>;
  read(runId: string): Promise<RunInfo | null>;
  /** Newest first. */
  list(query: RunQuery): Promise<RunInfo[]>;
  /** Removes runs that ended before `olderThan`, with all that belongs to them; returns how many. */
  deleteFinished(olderThan: Temporal.Instant): Promise<number>;
  /** Makes the loop look for work at once, not within the second. */
  nudge(): void;
  /** Whether work was looked for, with success, in the last 15 seconds. */
  ready(): boolean;
  /** Takes no new work, waits at most `graceMs` for steps in flight and closes. Steps cut short run again elsewhere. */
  stop(graceMs: number): Promise<void>;
}
