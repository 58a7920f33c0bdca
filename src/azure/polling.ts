/**
 * Waits for what Azure was told to do, close to the moment at which it is done and with few questions: it sleeps for as
 * long as such work has taken at least, and then looks often. It looks at the resource and not at the operation, whose
 * answers ask for ten seconds between two questions; the operation is asked only when the resource leaves a doubt, and
 * it alone knows why something failed.
 *
 * `npm run bench` measures it beside other ways.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { OperationFailedError } from './arm-transport.ts';
import { explainFailure, isNotFound } from './errors.ts';
import type { LongOperation } from './long-operation.ts';
import { lookPauseMs, slowLookMs, sparePauseMs, tailPauseMs } from './pauses.ts';
import { type StepRun, StepStopped, tell } from './step-run.ts';
import type { Standing } from './steps/step-writer.ts';
import { writers } from './steps/writers.ts';

/** What Azure has accepted. Times are milliseconds of the process's own clock. */
export interface Sent {
  operation: LongOperation;
  sinceMs: number;
  /** An earlier process sent it. */
  isResumed: boolean;
  /** `kind/what`, under which durations are learned. */
  work: string;
  /** After how long it was last seen not to be over. */
  openAtMs: number | null;
}

/** A look that failed for a passing reason. */
const unseen = Symbol('unseen');
/** People are told what a step waits for when it takes longer than this. */
const quietForMs = 2000;

export const waitWayOut = 'Look at the resource in the Azure portal; when it has come to rest, try again from here.';

/** @throws what Azure says about an operation that failed */
export async function awaitEnd(
  run: StepRun,
  isReached: (standing: Standing | null) => boolean,
  sent: Sent,
): Promise<Standing | null> {
  if (sent.isResumed && (await ask(sent.operation)) === 'unknown') {
    return standStill(run);
  }
  const looker = run.siblings.join(run.step, writers[run.step.kind]);
  try {
    await wait(firstLookMs(run, sent));
    for (;;) {
      const standing = await lookSafely(() => looker.look(run.arm, pauseMs(run, sent)));
      if (standing !== unseen && isReached(standing)) {
        return standing;
      }
      const isMoving = standing === unseen || standing?.state === 'moving';
      if (!isMoving && (await ask(sent.operation)) !== 'running') {
        return await readStep(run);
      }
      await goOn(run, sent);
      await wait(pauseMs(run, sent));
    }
  } finally {
    looker.leave();
  }
}

async function goOn({ patience }: StepRun, sent: Sent): Promise<void> {
  sent.openAtMs = elapsed(sent);
  const isLate = sent.openAtMs > patience.settleForMs;
  if (isLate && (await ask(sent.operation)) !== 'running' && sent.openAtMs > 2 * patience.settleForMs) {
    throw stillUpdating();
  }
}

/** What stands there once nobody is writing to it. */
export async function standStill(run: StepRun): Promise<Standing | null> {
  const since = performance.now();
  for (;;) {
    const standing = await readStep(run);
    if (standing?.state !== 'moving') {
      return standing;
    }
    const waitedMs = performance.now() - since;
    if (waitedMs > run.patience.settleForMs) {
      throw stillUpdating();
    }
    await wait(lookPauseMs(waitedMs, run.step.kind));
  }
}

/** Waits for what Azure still does by itself after the operation: both halves connected, the link in effect. */
export async function settle(run: StepRun, brought: Standing, sent: Sent | null): Promise<Standing> {
  const since = performance.now();
  const looker = run.siblings.join(run.step, writers[run.step.kind]);
  let standing = brought;
  let told = false;
  try {
    while (standing.settling !== null) {
      const waitedMs = performance.now() - since;
      if (waitedMs > run.patience.settleForMs) {
        throw new StepStopped(
          'NotSettled',
          `It is written, but I waited in vain for ${standing.settling}.`,
          waitWayOut,
        );
      }
      if (!told && waitedMs > quietForMs) {
        told = true;
        await tell(run, 'running', `waits for ${standing.settling}`, null);
      }
      const pause = sent === null ? lookPauseMs(waitedMs, run.step.kind) : pauseMs(run, sent);
      if (sent !== null) {
        sent.openAtMs = elapsed(sent);
      }
      await wait(pause);
      const next = await lookSafely(() => looker.look(run.arm, pause));
      standing = next === unseen ? standing : (next ?? standing);
    }
  } finally {
    looker.leave();
  }
  return standing;
}

/** From the acceptance to the end, for the next ones of its kind. What an earlier process began is not timed. */
export async function learnFrom(run: StepRun, sent: Sent | null): Promise<void> {
  if (sent === null || sent.isResumed) {
    return;
  }
  const endedMs = elapsed(sent);
  const overslept = sent.openAtMs === null && run.durations.lowMs(sent.work) !== null;
  // Over at the first look, it may have been over for long: taken for shorter, so that the next one looks earlier.
  const took = overslept ? endedMs * 0.9 : ((sent.openAtMs ?? endedMs) + endedMs) / 2;
  await run.durations.learn(sent.work, took);
}

function firstLookMs(run: StepRun, sent: Sent): number {
  const low = run.durations.lowMs(sent.work);
  return sent.isResumed && low === null ? 0 : Math.max(0, (low ?? lookPauseMs(0, run.step.kind)) - elapsed(sent));
}

function pauseMs({ durations, spareMs, step }: StepRun, sent: Sent): number {
  const low = durations.lowMs(sent.work);
  const ms = elapsed(sent);
  if (low === null) {
    return lookPauseMs(ms, step.kind);
  }
  return ms > 2 * low ? slowLookMs(ms - low) : Math.max(tailPauseMs(ms), sparePauseMs(spareMs));
}

function elapsed({ sinceMs }: Sent): number {
  return performance.now() - sinceMs;
}

function readStep(run: StepRun): Promise<Standing | null> {
  return writers[run.step.kind].read(run.arm, run.step);
}

async function lookSafely(look: () => Promise<Standing | null>): Promise<Standing | null | typeof unseen> {
  try {
    return await look();
  } catch (error) {
    if (explainFailure(error).class === 'retry') {
      return unseen;
    }
    throw error;
  }
}

/** `unknown`: Azure has forgotten it, and what it did is read from the resource. @throws when it has failed */
async function ask(operation: LongOperation): Promise<'running' | 'ended' | 'unknown'> {
  if (operation.isDone) {
    return 'ended';
  }
  try {
    await operation.poll();
  } catch (error) {
    if (isNotFound(error)) {
      return 'unknown';
    }
    // How it ended may sound as if it passed by itself; but it has ended.
    if (!(error instanceof OperationFailedError) && explainFailure(error).class === 'retry') {
      return 'running';
    }
    throw error;
  }
  return operation.isDone ? 'ended' : 'running';
}

function stillUpdating(): StepStopped {
  return new StepStopped(
    'StillUpdating',
    'Azure has been changing the resource for minutes and is not done.',
    waitWayOut,
  );
}
