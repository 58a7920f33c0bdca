/**
 * Waits until the owner of a service has accepted the connection of an endpoint. That may take days, so it stands in the
 * engine, not in this process: between two looks nothing is held, and a restart goes on with the next look.
 */
import type { Durable } from '../engine/engine.ts';
import type { StepReport } from '../flows/event.ts';
import type { PlanStep } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import type { ConnectionState } from '../plan/world.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from './arm.ts';
import { failed } from './durable-step.ts';
import { explainFailure } from './errors.ts';
import type { Patience } from './pauses.ts';
import type { StepResult } from './run-step.ts';
import { openStepLog, type StepRecord } from './step-log.ts';
import { endpointWaitWriter } from './steps/endpoint-wait.ts';

export interface OwnerWait {
  arm: Arm;
  store: Store;
  planId: string;
  durable: Durable;
  step: PlanStep;
  tell(report: StepReport): Promise<void>;
  now(): Temporal.Instant;
  patience: Patience;
}

/** What a look found that ends the wait. `said`: what the owner wrote beside it. */
interface Decided {
  state: Exclude<ConnectionState, 'Pending'> | 'Gone' | 'Unreadable';
  said: string | null;
}

export async function waitForOwner(wait: OwnerWait): Promise<StepResult> {
  const { durable, step } = wait;
  const begun = await durable.once(`wait/${step.id}/begin`, () => begin(wait));
  if (begun.ok && begun.value === 'done') {
    return { ok: true };
  }
  const result = verdict(step, begun.ok ? await lookOn(wait) : { state: 'Unreadable', said: begun.error.message });
  const ended = await durable.once(`wait/${step.id}/end`, () => end(wait, result));
  // Our own database was away: a new try finds the same world.
  return ended.ok ? result : failed(ended.error);
}

async function begin(wait: OwnerWait): Promise<'done' | 'waiting'> {
  const record = await recordOf(wait);
  if (record.status === 'done') {
    return 'done';
  }
  await record.begin(null, wait.now());
  await wait.tell({
    id: wait.step.id,
    state: 'waiting',
    seconds: null,
    note: `Waiting for the owner of the service to accept the connection of ${shortName(wait.step.resource)}.`,
    code: null,
  });
  return 'waiting';
}

/** Often at first, because somebody may sit beside the phone; seldom later. Null: nobody decided in all that time. */
async function lookOn({ arm, durable, planId, step, patience }: OwnerWait): Promise<Decided | null> {
  for (const [index, { forSeconds, everySeconds }] of patience.owner.entries()) {
    const decided = await durable.gate(`wait/${step.id}/${index}`, () => look(arm, step), {
      signal: `endpoint/${planId}/${step.id}`,
      timeoutSeconds: forSeconds,
      lookEverySeconds: everySeconds,
    });
    if (decided !== null) {
      return decided;
    }
  }
  return null;
}

/** A look that fails for a passing reason is a look that saw nothing. */
async function look(arm: Arm, step: PlanStep): Promise<Decided | null> {
  try {
    const standing = await endpointWaitWriter.read(arm, step);
    if (standing === null) {
      return { state: 'Gone', said: null };
    }
    const { state, said } = standing.answer as { state: ConnectionState; said: string | null };
    return state === 'Pending' ? null : { state, said };
  } catch (error) {
    const failure = explainFailure(error);
    return failure.class === 'retry' ? null : { state: 'Unreadable', said: failure.because };
  }
}

function verdict(step: PlanStep, decided: Decided | null): StepResult {
  const endpoint = shortName(step.resource);
  const said = decided?.said ?? null;
  const quoted = said === null ? '' : ` They wrote: “${said}”.`;
  switch (decided?.state) {
    case 'Approved':
      return { ok: true };
    case 'Rejected':
      return {
        ok: false,
        code: 'ConnectionRejected',
        because: `The owner of the service rejected the connection of ${endpoint}.${quoted}`,
        wayOut:
          'Talk to the owner. A rejected endpoint has to be made again: undo what was done, then make the plan again.',
      };
    case 'Disconnected':
    case 'Gone':
      return {
        ok: false,
        code: 'ConnectionGone',
        because: `The connection of ${endpoint} was removed while I waited for the owner of the service.`,
        wayOut: 'Ask the owner why. Then undo what was done and make the plan again.',
      };
    case 'Unreadable':
      return {
        ok: false,
        code: 'NotRead',
        because: `I could no longer see whether the connection of ${endpoint} was accepted. ${said ?? ''}`.trim(),
        wayOut: 'Mend that, then try again from here; the endpoint stays as it is.',
      };
    case undefined:
    default:
      return {
        ok: false,
        code: 'OwnerDidNotAnswer',
        because: `Nobody accepted the connection of ${endpoint} in all the time that I wait for it.`,
        wayOut: 'Ask the owner of the service, then try again from here; the endpoint stays as it is.',
      };
  }
}

async function end(wait: OwnerWait, result: StepResult): Promise<true> {
  const record = await recordOf(wait);
  if (result.ok) {
    await record.finish(null, { state: 'Approved' }, wait.now());
    await wait.tell({ id: wait.step.id, state: 'done', seconds: record.seconds, note: null, code: null });
    return true;
  }
  await record.fail(result, wait.now());
  const { because: note, code } = result;
  await wait.tell({ id: wait.step.id, state: 'failed', seconds: record.seconds, note, code });
  return true;
}

async function recordOf({ store, planId, step }: OwnerWait): Promise<StepRecord> {
  return (await openStepLog(store, planId)).of(step);
}
