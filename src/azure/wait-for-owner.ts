/**
 * Waits until the owner of a service has accepted the connection of an endpoint. That may take days, so it stands in the
 * engine, not in this process: between two looks nothing is held, and a restart goes on with the next look.
 */
import type { Durable } from '../engine/engine.ts';
import type { StepReport } from '../flows/event.ts';
import type { PlanStep } from '../plan/plan.ts';
import { shortName } from '../plan/resource-id.ts';
import type { ConnectionState } from '../plan/world.ts';
import { readFlow } from '../store/flows.ts';
import { readPlan } from '../store/plans.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from './arm.ts';
import { failed } from './durable-step.ts';
import { explainFailure } from './errors.ts';
import type { Patience } from './pauses.ts';
import type { StepResult } from './step-run.ts';
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
  state: Exclude<ConnectionState, 'Pending'> | 'Gone' | 'Left' | 'Unreadable';
  said: string | null;
}

export async function waitForOwner(wait: OwnerWait): Promise<StepResult> {
  const { durable, step } = wait;
  const begun = await durable.once(`wait/${step.id}/begin`, () => begin(wait));
  if (begun.ok && begun.value === 'done') {
    return (await isWanted(wait)) ? { ok: true } : left;
  }
  const decided = begun.ok ? await lookOn(wait) : { state: 'Unreadable' as const, said: begun.error.message };
  const result = verdict(step, decided);
  const ended = await durable.once(`wait/${step.id}/end`, () => end(wait, result));
  // Our own database was away: a new try finds the same world.
  return ended.ok ? (ended.value ? result : left) : failed(ended.error);
}

/** Nobody hears it: the case is closed already. */
const left: StepResult = {
  ok: false,
  code: 'Left',
  because: 'Whoever asked for it stopped waiting.',
  wayOut: 'Make the plan again to go on with it, or undo what was done.',
};

/** Whoever asked may have stopped waiting meanwhile; then nothing more is written, whatever the owner decides. */
async function isWanted({ planId, store }: OwnerWait): Promise<boolean> {
  const plan = await readPlan(store.read, planId);
  const flow = plan === null ? null : await readFlow(store.read, plan.caseId);
  if (flow === null) {
    return true;
  }
  const { state } = flow;
  return state.flow === 'connect' && (state.at === 'applying' || state.at === 'approved') && state.planId === planId;
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
async function lookOn(wait: OwnerWait): Promise<Decided | null> {
  const { durable, planId, step, patience } = wait;
  for (const [index, { forSeconds, everySeconds }] of patience.owner.entries()) {
    const decided = await durable.gate(`wait/${step.id}/${index}`, () => look(wait), {
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
async function look(wait: OwnerWait): Promise<Decided | null> {
  const { arm, step } = wait;
  // Asked once more at the end, so a database that is away for a moment does not count here.
  if (!(await isWanted(wait).catch(() => true))) {
    return { state: 'Left', said: null };
  }
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
    case 'Left':
      return left;
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

/** False: it was given up in the moment in which the owner accepted; asked after it was told, so that one of both holds. */
async function end(wait: OwnerWait, result: StepResult): Promise<boolean> {
  const record = await recordOf(wait);
  if (result.ok) {
    await record.finish(null, { state: 'Approved' }, wait.now());
    await wait.tell({ id: wait.step.id, state: 'done', seconds: record.seconds, note: null, code: null });
    return isWanted(wait);
  }
  await record.fail(result, wait.now());
  const { because: note, code } = result;
  await wait.tell({ id: wait.step.id, state: 'failed', seconds: record.seconds, note, code });
  return true;
}

async function recordOf({ store, planId, step }: OwnerWait): Promise<StepRecord> {
  return (await openStepLog(store, planId)).of(step);
}
