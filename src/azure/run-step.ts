/**
 * One step, forth or back, from wherever it stands to done. It looks before it writes, stores the operation right after
 * Azure accepted it, and comes to the same end after a crash at any point: go on with the stored operation, or read what
 * is there.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { StepReport } from '../flows/event.ts';
import type { Json, PlanStep } from '../plan/plan.ts';
import { addressOf } from '../plan/resource-id.ts';
import { versionFor } from './api-versions.ts';
import type { Arm } from './arm.ts';
import type { OperationFamily } from './arm-load.ts';
import { type AzureFailure, explainFailure, isNotFound, isPreconditionFailed } from './errors.ts';
import type { LongOperation } from './long-operation.ts';
import { lookPauseMs, type Patience, retryPauseMs } from './pauses.ts';
import type { StepRecord } from './step-log.ts';
import type { Standing, StepWriter } from './steps/step-writer.ts';
import { writers } from './steps/writers.ts';

export interface StepRun {
  arm: Arm;
  step: PlanStep;
  record: StepRecord;
  report(step: StepReport): Promise<void>;
  now(): Temporal.Instant;
  patience: Patience;
}

export type StepResult =
  | { ok: true }
  /** Told to people as it is. */
  | { ok: false; code: string | null; because: string; wayOut: string };

/** The step stopped for a reason that is ours to tell, not Azure's. */
class StepStopped extends Error {
  override readonly name = 'StepStopped';
  readonly code: string;
  readonly wayOut: string;
  constructor(code: string, because: string, wayOut: string) {
    super(because);
    this.code = code;
    this.wayOut = wayOut;
  }
}

/** Until what stands there is as the step says. */
export function runStep(run: StepRun): Promise<StepResult> {
  return finish(run, async () => {
    const writer = writers[run.step.kind];
    const brought = await bring(run, { family: writer.family, isReached: isAsWanted, act: write });
    const standing = await settle(run, brought as Standing);
    await checkRest(run);
    return standing;
  });
}

/** Until nothing stands there any more. */
export function runRemoval(run: StepRun): Promise<StepResult> {
  return finish(run, () => bring(run, { family: 'plain', isReached: (standing) => standing === null, act: remove }));
}

async function finish(run: StepRun, work: () => Promise<Standing | null>): Promise<StepResult> {
  const { step, record } = run;
  if (record.status === 'done') {
    return { ok: true };
  }
  await record.begin(step.body, run.now());
  await tellProgress(run, 'running');
  try {
    const standing = await work();
    await record.finish(standing?.etag ?? null, standing?.answer ?? null, run.now());
    await tellProgress(run, 'done');
    return { ok: true };
  } catch (error) {
    const failure = failureOf(error);
    await record.fail(failure, run.now());
    await tell(run, 'failed', failure.because, failure.code);
    return failure;
  }
}

/** What is to be brought about, and the one call that does it. */
interface Goal {
  family: OperationFamily;
  isReached(standing: Standing | null): boolean;
  act(run: StepRun, standing: Standing | null): Promise<LongOperation | null>;
}

function isAsWanted(standing: Standing | null): boolean {
  return standing !== null && standing.asWanted && standing.state === 'ready';
}

/** Waits out what passes by itself; throws what does not. */
async function bring(run: StepRun, goal: Goal): Promise<Standing | null> {
  const started = run.now();
  let operation = await storedOperation(run, goal.family);
  for (let tries = 0; ; tries += 1) {
    try {
      if (operation !== null) {
        await follow(run, operation);
      }
      const standing = await standStill(run);
      if (goal.isReached(standing)) {
        return standing;
      }
      operation = await goal.act(run, standing);
      if (operation !== null) {
        await run.record.keepOperation(await operation.serialize());
      }
    } catch (error) {
      operation = null;
      await run.record.forgetOperation();
      await pauseOrThrow(run, error, { started, tries });
    }
  }
}

async function storedOperation(run: StepRun, family: OperationFamily): Promise<LongOperation | null> {
  const serialized = run.record.operation;
  const { subscription } = addressOf(run.step.resource);
  return serialized === null ? null : run.arm.resume(family, subscription, serialized);
}

/**
 * Until the operation has ended well. One that Azure no longer knows is not an error: what it did is read from the
 * resource. @throws when it failed, or Azure cannot be asked.
 */
async function follow(run: StepRun, operation: LongOperation): Promise<void> {
  const since = run.now();
  while (!operation.isDone) {
    try {
      await operation.poll();
    } catch (error) {
      if (isNotFound(error)) {
        return;
      }
      throw error;
    }
    if (!operation.isDone) {
      await wait(lookPauseMs(elapsedMs(run, since)));
    }
  }
}

/** What stands there once nobody is writing to it. */
async function standStill(run: StepRun): Promise<Standing | null> {
  const since = run.now();
  for (;;) {
    const standing = await writers[run.step.kind].read(run.arm, run.step);
    if (standing?.state !== 'moving') {
      return standing;
    }
    if (elapsedMs(run, since) > run.patience.settleForMs) {
      throw new StepStopped(
        'StillUpdating',
        'Azure has been changing the resource for minutes and is not done.',
        waitWayOut,
      );
    }
    await wait(lookPauseMs(elapsedMs(run, since)));
  }
}

const waitWayOut = 'Look at the resource in the Azure portal; when it has come to rest, try again from here.';

async function write(run: StepRun, standing: Standing | null): Promise<LongOperation | null> {
  const { step } = run;
  const writer = writers[step.kind];
  if (step.body === null || (standing === null && writer.whole !== undefined)) {
    throw new StepStopped(
      'Gone',
      'What the plan wanted to use as it is has gone.',
      'Make the plan again from a fresh reading.',
    );
  }
  if (standing !== null && standing.state === 'ready' && step.change === 'create') {
    throw new StepStopped(
      'MadeByOthers',
      'Somebody made this meanwhile, and differently; it was left as it is.',
      'Make the plan again: it shows what would change.',
    );
  }
  const { body, etag } = await bodyToSend(run, writer, standing);
  return writer.write(run.arm, { ...step, body }, etag);
}

function remove({ arm, step }: StepRun): Promise<LongOperation | null> {
  return arm.remove(step.resource, versionFor(step.resource));
}

/** What is about to be sent whole is stored first: after a crash nothing else says what stood there before. */
async function bodyToSend(
  { arm, step, record }: StepRun,
  writer: StepWriter,
  standing: Standing | null,
): Promise<{ body: Json; etag: string | null }> {
  if (writer.whole === undefined) {
    return { body: step.body, etag: standing?.etag ?? null };
  }
  const whole = await writer.whole(arm, step);
  await record.keepRequest(whole.body);
  return whole;
}

/** A resource that went back whole must differ in nothing but what the step names. */
async function checkRest({ arm, step, record }: StepRun): Promise<void> {
  const strayed = step.body === null ? null : await writers[step.kind].strayed?.(arm, step, record.request);
  if (typeof strayed === 'string') {
    throw new StepStopped(
      'ChangedMore',
      `It is written, but ${strayed} is no longer as it was before.`,
      'Look at the resource in the Azure portal and put back what is missing; the step’s record holds all of it as it was.',
    );
  }
}

/** Waits for what Azure still does by itself after the operation: both halves connected, the link in effect. */
async function settle(run: StepRun, brought: Standing): Promise<Standing> {
  const since = run.now();
  let standing = brought;
  while (standing.settling !== null) {
    if (elapsedMs(run, since) > run.patience.settleForMs) {
      throw new StepStopped('NotSettled', `It is written, but I waited in vain for ${standing.settling}.`, waitWayOut);
    }
    await wait(lookPauseMs(elapsedMs(run, since)));
    standing = (await readAgain(run)) ?? standing;
  }
  return standing;
}

/** A look that fails for a passing reason is a look that saw nothing. */
async function readAgain(run: StepRun): Promise<Standing | null> {
  try {
    return await writers[run.step.kind].read(run.arm, run.step);
  } catch (error) {
    if (explainFailure(error).class === 'retry') {
      return null;
    }
    throw error;
  }
}

async function pauseOrThrow(
  run: StepRun,
  error: unknown,
  so: { started: Temporal.Instant; tries: number },
): Promise<void> {
  if (error instanceof StepStopped) {
    throw error;
  }
  const failure = explainFailure(error);
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

async function tell(run: StepRun, state: StepReport['state'], note: string | null, code: string | null): Promise<void> {
  const over = state === 'done' || state === 'failed';
  await run.report({ id: run.step.id, state, seconds: over ? run.record.seconds : null, note, code });
}

function elapsedMs(run: StepRun, since: Temporal.Instant): number {
  return run.now().epochMilliseconds - since.epochMilliseconds;
}
