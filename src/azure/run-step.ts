/**
 * One step, forth or back, from wherever it stands to done. It looks before it writes, stores the operation right after
 * Azure accepted it, and comes to the same end after a crash at any point: go on with the stored operation, or read what
 * is there.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '../plan/plan.ts';
import { addressOf, shortName } from '../plan/resource-id.ts';
import { versionFor } from './api-versions.ts';
import type { OperationFamily } from './arm-load.ts';
import { type AzureFailure, explainFailure, isPreconditionFailed } from './errors.ts';
import type { LongOperation } from './long-operation.ts';
import { retryPauseMs } from './pauses.ts';
import { awaitEnd, learnFrom, type Sent, settle, standStill } from './polling.ts';
import { leaseLost, type StepResult, type StepRun, StepStopped, tell, writing } from './step-run.ts';
import type { Standing, Written } from './steps/step-writer.ts';
import { writers } from './steps/writers.ts';
import { isOurs, mustGoFirst } from './whose.ts';

/** More would not help: Azure takes the write and makes something else of it. */
const mostWrites = 4;

/** Until what stands there is as the step says. */
export function runStep(run: StepRun): Promise<StepResult> {
  return finish(run, async () => {
    const writer = writers[run.step.kind];
    const { standing: brought, sent } = await bring(run, {
      family: writer.family,
      isReached: (standing) => isAsWanted(run.step, standing),
      act: write,
      work: `${run.step.kind}/${run.step.change}`,
    });
    refuseUnfinished(run.step, brought as Standing);
    const standing = await settle(run, brought as Standing, sent);
    await learnFrom(run, sent);
    checkRest(run, standing);
    return standing;
  });
}

/** Until nothing stands there any more. */
export function runRemoval(run: StepRun): Promise<StepResult> {
  return finish(run, async () => {
    const { standing, sent } = await bring(run, removalOf(run));
    await learnFrom(run, sent);
    return standing;
  });
}

function removalOf({ step }: StepRun): Goal {
  return { family: 'plain', isReached: (found) => found === null, act: remove, work: `${step.kind}/delete` };
}

async function finish(run: StepRun, work: () => Promise<Standing | null>): Promise<StepResult> {
  const { step, record } = run;
  if (record.status === 'done') {
    return { ok: true };
  }
  try {
    await record.begin(step.body, run.now());
    await tellProgress(run, 'running');
    const standing = await work();
    await record.finish(standing?.etag ?? null, standing?.answer ?? null, run.now());
    await tellProgress(run, 'done');
    return { ok: true };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== leaseLost) {
      await record.fail(failure, run.now());
      await tell(run, 'failed', failure.because, failure.code);
    }
    return failure;
  }
}

/** What is to be brought about, and the one call that does it. */
interface Goal {
  family: OperationFamily;
  /** Under which its duration is learned. */
  work: string;
  isReached(standing: Standing | null): boolean;
  act(run: StepRun, standing: Standing | null): Promise<LongOperation | Written | null>;
}

interface Brought {
  standing: Standing | null;
  /** Null: there was nothing to wait for. */
  sent: Sent | null;
}

/** It may rest there for ever: nobody is at work on it any more. */
function refuseUnfinished({ resource }: StepRun['step'], { settling, state }: Standing): void {
  if (state === 'broken' && settling !== null) {
    throw new StepStopped(
      'LeftUnfinished',
      `Azure did not finish ${shortName(resource)}, which the plan wanted to use as it is: it still waits for ${settling}.`,
      'Ask its owner to write it once more as it is, or to delete it; then try again from here.',
    );
  }
}

/** What is used as it is may work although its last write failed; Azure tells when it does not. */
function isAsWanted({ body }: StepRun['step'], standing: Standing | null): boolean {
  const rests = standing?.state === 'ready' || (body === null && standing?.state === 'broken');
  return standing !== null && standing.asWanted && rests;
}

/** Waits out what passes by itself; throws what does not. */
async function bring(run: StepRun, goal: Goal): Promise<Brought> {
  const started = run.now();
  let writes = 0;
  let wentFirst = false;
  let resumed = await storedOperation(run, goal);
  for (let tries = 0; ; tries += 1) {
    try {
      let brought = await firstLook(run, goal, { resumed, tries });
      while (!goal.isReached(brought.standing)) {
        if (writes === mostWrites) {
          throw new StepStopped(
            'NotAsWanted',
            'Azure took the change and made something else of it, again and again.',
            'Compare the resource in the Azure portal with the plan, then make the plan again.',
          );
        }
        brought = await writeOnce(run, goal, brought.standing);
        writes += 1;
      }
      return brought;
    } catch (error) {
      if (error instanceof StepStopped) {
        throw error;
      }
      resumed = null;
      await run.record.forgetOperation();
      if (run.step.change === 'create' && !wentFirst && mustGoFirst(error)) {
        wentFirst = true;
        await bring(run, removalOf(run));
      } else {
        await pauseOrThrow(run, error, { started, tries });
      }
    }
  }
}

/**
 * Private DNS makes what is new on condition that nothing stands there, so the write itself is the look; its readings are
 * scarce. Not for what was begun before: that may be our own.
 */
function firstLook(run: StepRun, goal: Goal, so: { resumed: Sent | null; tries: number }): Promise<Brought> {
  if (so.resumed !== null) {
    return ended(run, goal, so.resumed);
  }
  const isNew = goal.family === 'dns' && run.step.change === 'create' && run.record.status === 'pending';
  return isNew && so.tries === 0 ? Promise.resolve({ standing: null, sent: null }) : atRest(run);
}

async function atRest(run: StepRun): Promise<Brought> {
  return { standing: await standStill(run), sent: null };
}

async function ended(run: StepRun, goal: Goal, sent: Sent): Promise<Brought> {
  return { standing: await awaitEnd(run, (standing) => goal.isReached(standing), sent), sent };
}

/** One write and its end; in a zone that takes one at a time, not before the others there have ended. */
async function writeOnce(run: StepRun, goal: Goal, standing: Standing | null): Promise<Brought> {
  const leave = await run.turns.enter(run.step);
  try {
    const begun = await writing(run, () => goal.act(run, standing));
    if (begun === null) {
      return await atRest(run);
    }
    if ('kind' in begun) {
      return { standing: begun.standing, sent: null };
    }
    const sent = { operation: begun, sinceMs: performance.now(), isResumed: false, work: goal.work, openAtMs: null };
    await run.record.keepOperation(await begun.serialize());
    return await ended(run, goal, sent);
  } finally {
    leave();
  }
}

/** What an earlier process sent, counted from when the step began. */
async function storedOperation(run: StepRun, { family, work }: Goal): Promise<Sent | null> {
  const { arm, record, step } = run;
  const serialized = record.operation;
  const { subscription } = addressOf(step.resource);
  const operation = serialized === null ? null : await arm.resume(family, subscription, serialized);
  if (operation === null) {
    return null;
  }
  const startedAt = record.startedAt === null ? run.now() : Temporal.Instant.from(record.startedAt);
  const sinceMs = performance.now() - (run.now().epochMilliseconds - startedAt.epochMilliseconds);
  return { operation, sinceMs, isResumed: true, work, openAtMs: null };
}

async function write(run: StepRun, standing: Standing | null): Promise<LongOperation | Written | null> {
  const { step } = run;
  const writer = writers[step.kind];
  if (step.body === null || (standing === null && writer.whole !== undefined)) {
    throw new StepStopped(
      'Gone',
      'What the plan wanted to use as it is has gone.',
      'Make the plan again from a fresh reading.',
    );
  }
  if (standing !== null && step.change === 'create' && (standing.state === 'ready' || !isOurs(run, standing))) {
    throw new StepStopped(
      'MadeByOthers',
      'Somebody made this meanwhile, and differently; it was left as it is.',
      'Make the plan again: it shows what would change.',
    );
  }
  const body = await bodyToSend(run, standing);
  return writer.write(run.arm, { ...step, body }, standing?.etag ?? null);
}

function remove({ arm, step }: StepRun): Promise<LongOperation | null> {
  return arm.remove(step.resource, versionFor(step.resource));
}

/** What is about to replace something is stored first: after a crash nothing else says what stood there before. */
async function bodyToSend({ record, step }: StepRun, standing: Standing | null): Promise<Json> {
  const writer = writers[step.kind];
  const body = standing === null ? step.body : (writer.whole?.(standing, step) ?? step.body);
  const etag = standing?.etag ?? null;
  if (writer.whole !== undefined || etag !== null) {
    await record.keepRequest(body, etag);
  }
  return body;
}

/** A resource that went back whole must differ in nothing but what the step names. */
function checkRest({ record, step }: StepRun, standing: Standing): void {
  const strayed = step.body === null ? null : writers[step.kind].strayed?.(standing, record.request);
  if (typeof strayed === 'string') {
    throw new StepStopped(
      'ChangedMore',
      `It is written, but ${strayed} is no longer as it was before.`,
      'Look at the resource in the Azure portal and put back what is missing; the step’s record holds all of it as it was.',
    );
  }
}

async function pauseOrThrow(
  run: StepRun,
  error: unknown,
  so: { started: Temporal.Instant; tries: number },
): Promise<void> {
  const failure = explainFailure(error);
  if (failure.status === 409 || failure.status === 412) {
    run.turns.oneByOne(run.step);
  }
  const passes = failure.class === 'retry' || isPreconditionFailed(error);
  // What was read before a refused precondition is old by then; a second refusal in a row is somebody at work.
  const mayGoOn = isPreconditionFailed(error) ? so.tries < 3 : elapsedMs(run, so.started) < run.patience.retryForMs;
  if (!passes || !mayGoOn) {
    throw error;
  }
  if (so.tries === 2) {
    await tell(run, 'running', `${failure.because} I try again by myself.`, failure.code);
  }
  await wait(retryPauseMs(so.tries));
}

function failureOf(error: unknown): Extract<StepResult, { ok: false }> {
  if (error instanceof StepStopped) {
    return { ok: false, code: error.code, because: error.message, wayOut: error.wayOut };
  }
  const { code, because, wayOut }: AzureFailure = explainFailure(error);
  return { ok: false, code, because, wayOut };
}

/** What is used as it is has no progress to speak of. */
async function tellProgress(run: StepRun, state: 'running' | 'done'): Promise<void> {
  if (run.step.change === 'create' || run.step.change === 'update') {
    await tell(run, state, null, null);
  }
}

function elapsedMs(run: StepRun, since: Temporal.Instant): number {
  return run.now().epochMilliseconds - since.epochMilliseconds;
}
