/** The port's `Durable` on the library's steps. */
import type { Workflow as LibraryWorkflow } from 'openworkflow';
import type { Durable, GateOptions, Json, Outcome, StepFailure, Workflow } from './engine.ts';
import { isPark, openPass, type Park, type Pass } from './pass.ts';
import { storable } from './storable.ts';

type Execution = Parameters<LibraryWorkflow<Json, Json, Json>['fn']>[0];

export interface Surroundings {
  now(): Temporal.Instant;
  /** Sends a signal to whoever waits. */
  signal(address: string): Promise<void>;
  log(message: string, cause: unknown): void;
}

const defaultLookEverySeconds = 6 * 60 * 60;
const lookBesideBusyStepsMs = 250;

/**
 * A step's function never throws, so an attempt fails only when the database did, and is worth repeating. With the one
 * attempt that is usual to keep a step from running twice, a connection lost at the wrong moment ends a run for good.
 */
const repeatStep = { initialInterval: '500ms', maximumInterval: '30s', maximumAttempts: 10 } as const;
/** A look that throws found our own table out of reach, which may last. 0: without end. */
const repeatLook = { initialInterval: '250ms', maximumInterval: '5m', maximumAttempts: 0 } as const;

/** Runs a body once. Throws what the library is to act on: a wait, a database that failed, or the end as failed. */
export async function execute(body: Workflow, execution: Execution, surroundings: Surroundings): Promise<Json> {
  const pass = openPass();
  const durable = createDurable(execution, pass, surroundings);
  const { workflowName, id } = execution.run;
  pass.ended.catch((reason: unknown) => {
    if (isPark(reason)) return;
    surroundings.log(
      `Run ${id} of "${workflowName}" was cut short; it goes on unless it is canceled or failed`,
      reason,
    );
  });
  const result = await Promise.race([attempt(() => body(durable, execution.input)), pass.ended]);
  if (result.ok) return storable(result.value);
  await pass.idle();
  surroundings.log(`Run ${id} of "${workflowName}" ended as failed; mend the body and start it again`, result.thrown);
  // Thrown as it is, it would count as a database that failed, and the body would run again and again.
  return execution.step.run<Json>({ name: 'causeway/failed', retryPolicy: { maximumAttempts: 1 } }, () => {
    throw result.thrown;
  });
}

function createDurable(execution: Execution, pass: Pass, surroundings: Surroundings): Durable {
  const context: Context = { ...surroundings, step: execution.step, pass, names: new Set(), signals: new Set() };
  return {
    runId: execution.run.id,
    once: (name, run) => once(context, name, run),
    gate: (name, look, options) => gate(context, name, look, options),
    wake: async (signal) => void (await attempt(() => surroundings.signal(signal))),
    // The library's own sleep, beside a gate that a signal wakes, has the run claimed over and over until the sleep is
    // over (measured: 120 claims a second). A wait for a signal that nobody sends has no such trap.
    sleep(name, seconds) {
      const until = after(surroundings.now(), seconds);
      const signal = `causeway/sleep/${execution.run.id}/${name}`;
      return pause(context, { name, signal, seconds, isOver: () => Promise.resolve(isPast(context, until)) });
    },
  };
}

interface Context extends Surroundings {
  step: Execution['step'];
  pass: Pass;
  /** Used so far in this pass. */
  names: Set<string>;
  /** Waited at just now. */
  signals: Set<string>;
}

async function once<T>(context: Context, name: string, run: () => Promise<T>): Promise<Outcome<T>> {
  claim(context, name);
  const outcome = await context.pass.call(() =>
    context.step.run({ name, retryPolicy: repeatStep }, async () => storable(toOutcome(await attempt(run)))),
  );
  return outcome as unknown as Outcome<T>;
}

async function gate<T>(
  context: Context,
  name: string,
  look: () => Promise<T | null>,
  options: GateOptions,
): Promise<T | null> {
  const until = await deadline(context, name, options.timeoutSeconds);
  for (let turn = 0; ; turn += 1) {
    const { found, over } = await recordedLook(context, `${name}/look/${turn}`, { look, until });
    if (found !== null) return found as T;
    if (over) return null;
    const seconds = options.lookEverySeconds ?? defaultLookEverySeconds;
    await pause(context, {
      name: `${name}/wait/${turn}`,
      signal: options.signal,
      seconds: until === null ? seconds : Math.min(seconds, secondsLeft(context, until)),
      isOver: () => isDecided(context, { look, until, signal: options.signal }),
    });
  }
}

/** Stored, so that every pass and every replica count from the first one. */
async function deadline(context: Context, name: string, seconds?: number): Promise<Temporal.Instant | null> {
  if (seconds === undefined) return null;
  const until = after(context.now(), seconds).toString();
  const step = claim(context, `${name}/until`);
  return Temporal.Instant.from(
    await context.pass.call(() => context.step.run({ name: step, retryPolicy: repeatStep }, () => until)),
  );
}

interface Look {
  look: () => Promise<unknown>;
  until: Temporal.Instant | null;
}

/** `over` is stored with what was found, because a later pass would read another time. */
function recordedLook(context: Context, name: string, { look, until }: Look): Promise<{ found: Json; over: boolean }> {
  claim(context, name);
  return context.pass.call(() =>
    context.step.run({ name, retryPolicy: repeatLook }, async () => {
      const over = until !== null && isPast(context, until);
      return { found: storable(await look()), over };
    }),
  );
}

/**
 * Asked between the registration of a wait and the wait itself. A decision that came before the registration is found
 * here, one that comes later wakes the wait: so no wake-up falls between the look and the wait.
 */
async function isDecided(context: Context, { look, until, signal }: Look & { signal: string }): Promise<boolean> {
  const found = await context.pass.call(look);
  // Also in the library's books, where the wait would stay open.
  if (found !== null) await context.pass.call(() => context.signal(signal));
  return found !== null || (until !== null && isPast(context, until));
}

interface Pause {
  name: string;
  signal: string;
  seconds: number;
  isOver: () => Promise<boolean>;
}

/** Goes on within this pass when it is over while other branches are busy, else puts the run aside. */
async function pause(context: Context, { name, signal, seconds, isOver }: Pause): Promise<void> {
  const timeout = Math.ceil(seconds * 1000);
  if (!(timeout >= 0 && Number.isFinite(timeout))) throw new Error(`"${name}" cannot wait for ${seconds} seconds.`);
  if (context.signals.has(signal)) throw new Error(`Two gates of one run wait at "${signal}": give each its own.`);
  claim(context, name);
  context.signals.add(signal);
  const park = await context.pass.call(() => parkOf(() => context.step.waitForSignal({ name, signal, timeout })));
  if (park !== null) await whileBusy(context.pass, park, isOver);
  context.signals.delete(signal);
}

/** Returns when the wait is over; ends the pass when nothing else keeps it going. */
async function whileBusy(pass: Pass, park: Park, isOver: () => Promise<boolean>): Promise<void> {
  while (!(await isOver())) {
    if (await pass.quiet(lookBesideBusyStepsMs)) await pass.end(park);
  }
}

async function parkOf(wait: () => Promise<unknown>): Promise<Park | null> {
  try {
    await wait();
    return null;
  } catch (error) {
    if (isPark(error)) return error;
    throw error;
  }
}

function claim(context: Context, name: string): string {
  if (context.names.has(name)) {
    throw new Error(`Two steps of one run are named "${name}": add to each name what tells them apart.`);
  }
  context.names.add(name);
  return name;
}

type Attempt<T> = { ok: true; value: T } | { ok: false; thrown: unknown };

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, thrown };
  }
}

function toOutcome<T>(result: Attempt<T>): Outcome<T> {
  return result.ok ? result : { ok: false, error: toFailure(result.thrown) };
}

function toFailure(thrown: unknown): StepFailure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? { message, code } : { message };
}

function after(instant: Temporal.Instant, seconds: number): Temporal.Instant {
  return instant.add({ milliseconds: Math.ceil(seconds * 1000) });
}

function isPast(context: Context, instant: Temporal.Instant): boolean {
  return Temporal.Instant.compare(context.now(), instant) >= 0;
}

/** Rounded up, so that the wait is not over a moment before its deadline is. */
function secondsLeft(context: Context, until: Temporal.Instant): number {
  return Math.max(0, (until.epochMilliseconds - context.now().epochMilliseconds + 1) / 1000);
}
