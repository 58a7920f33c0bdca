/** What the executor of a plan or an undo needs from the house: whom to ask, whom to tell, and what to say it is. */
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkDeps } from '../azure/stretch.ts';
import type { Report } from '../conversation/handlers.ts';
import type { Durable } from '../engine/engine.ts';
import type { Stored, WorkEffect } from '../flows/effect.ts';
import type { Place, StepReport } from '../flows/event.ts';
import { findPerson } from '../flows/flow.ts';
import type { Plan } from '../plan/plan.ts';
import { readFlow } from '../store/flows.ts';
import type { HandlerDeps } from './handlers.ts';
import { mayWrite } from './may-write.ts';

type HouseDeps = Pick<HandlerDeps, 'arm' | 'directory' | 'now' | 'owner' | 'store'>;

interface Work {
  plan: Plan;
  /** Of the plan, or of the undo: what is reported is the undo's then. */
  planId: string;
  what: 'plan' | 'undo';
}

export async function planWork(
  deps: HouseDeps,
  { caseId }: Stored<WorkEffect>,
  { plan, planId, what }: Work,
  { durable, report }: { durable: Durable; report: Report },
): Promise<WorkDeps> {
  const { arm, now, owner, store } = deps;
  return {
    arm,
    store,
    planId,
    durable,
    now,
    owner,
    about: await aboutOf(deps, caseId, { plan, what }),
    report: (event) => report(reportKey(event.step), event),
    begin: () => begins(report, planId),
    mayWrite: () => mayWrite(store, deps.directory),
  };
}

/** A step that tells on its way why it takes longer has the same state twice, in two reports. */
function reportKey({ id, state, code, note }: StepReport): string {
  const more = code ?? (note === null ? null : 'note');
  return more === null ? `step/${id}/${state}` : `step/${id}/${state}/${more}`;
}

const askTries = 8;
const longestAskPauseMs = 10_000;

/** Nothing is written before the case has answered. @throws when it cannot be asked */
async function begins(report: Report, planId: string): Promise<boolean> {
  for (let tries = 0; tries < askTries; tries += 1) {
    const reply = await report('begins', { type: 'plan-begins', planId });
    if (reply !== null) {
      return reply.outcome === 'done';
    }
    await wait(Math.min(longestAskPauseMs, 250 * 2 ** tries));
  }
  throw new Error(
    'Asking whether the plan may begin: the case could not be reached, so nothing was written. Look at the database, then try again.',
  );
}

/** “the plan of Rosa for mendix-acc (thread …)”, for whoever waits for the same network. */
async function aboutOf(
  { directory, store }: HouseDeps,
  caseId: string,
  { plan, what }: Pick<Work, 'plan' | 'what'>,
): Promise<string> {
  const state = (await readFlow(store.read, caseId))?.state;
  const requester = state?.flow === 'connect' ? state.requester : null;
  const name = requester === null ? null : (findPerson(directory(), requester)?.name ?? requester);
  const of = name === null ? '' : ` of ${name}`;
  const thread = state?.flow === 'connect' ? threadOf(state.place) : caseId;
  return `the ${what}${of} for ${plan.environment} (thread ${thread})`;
}

/** A link where the platform has one for a place that is known by its ids alone; else its name. */
function threadOf({ platform, conversation, thread }: Place): string {
  const [channel, message] = [conversation, thread ?? ''].map(encodeURIComponent);
  switch (platform) {
    case 'slack':
      return `https://slack.com/app_redirect?channel=${channel}${message === '' ? '' : `&message_ts=${message}`}`;
    case 'teams':
      return message === '' ? conversation : `https://teams.microsoft.com/l/message/${channel}/${message}`;
    case 'web':
    default:
      return thread === null ? conversation : `${conversation}/${thread}`;
  }
}
