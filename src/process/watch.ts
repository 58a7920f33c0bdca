/**
 * The watchdog's rounds: every twenty seconds one replica reads where the approvals stand and, when there is something
 * to tell, gives it to the watchdog's own case. What is told, and to whom, is decided there (`flows/watch.ts`).
 */
import type { Inbox } from '../conversation/inbox.ts';
import type { Context, Directory } from '../flows/flow.ts';
import type { ApprovedState } from '../flows/state.ts';
import { isNews } from '../flows/watch.ts';
import { type CopyStanding, isFreed, lookAt } from '../flows/watch-look.ts';
import type { WatchedApproval, WatchedTurn, WatchRound } from '../flows/watch-state.ts';
import { personOnCall, type Rotation } from '../policy/on-call.ts';
import { listPendingApprovals } from '../store/approvals.ts';
import { findStop, listFreezes } from '../store/control.ts';
import { casesWithLaterPlans } from '../store/effect-work.ts';
import { readFlow } from '../store/flows.ts';
import { holdLock } from '../store/hold-lock.ts';
import { casesWithFailed, type PostedCopy, type PostedInCase, readPosted } from '../store/posted-copies.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Logs } from './log.ts';

export const watchCase = 'watch';

const everyMs = 20_000;
const lockSeconds = 60;
/** A copy that could not be edited is looked after for so long. */
const failedWithinHours = 24;

type Readable = Pick<Store, 'read'>;

export interface WatchDeps {
  store: Store;
  inbox: Pick<Inbox, 'deliver'>;
  /** Of this process. */
  owner: string;
  directory: () => Directory;
  now: () => Temporal.Instant;
  logs: Pick<Logs, 'error' | 'info'>;
}

export interface Watch {
  stop(): Promise<void>;
}

export function startWatch(deps: WatchDeps): Watch {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  function round(): void {
    // A slow database must not pile them up.
    if (isRunning) {
      return;
    }
    isRunning = true;
    running = makeRound(deps)
      .catch((error: unknown) =>
        deps.logs.error('Looking after approvals; it is tried again', { reason: String(error) }),
      )
      .finally(() => {
        isRunning = false;
      });
  }
  const timer = setInterval(round, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Nothing happens when another replica makes its round just now. */
export async function makeRound(deps: WatchDeps): Promise<void> {
  const hold = await holdLock(deps.store, { name: 'watch', owner: deps.owner, ttlSeconds: lockSeconds });
  if (hold === null) {
    return;
  }
  try {
    await look(deps);
  } finally {
    await hold.release();
  }
}

async function look({ directory, inbox, logs, now, store }: WatchDeps): Promise<void> {
  const at = now().toString({ fractionalSecondDigits: 3 });
  const known = directory();
  const flow = await readFlow(store.read, watchCase);
  const state = flow?.state.flow === 'watch' ? flow.state : null;
  const context = await contextOf(store, known, at);
  const round: WatchRound = {
    approvals: await watchedApprovals(store, context),
    onCall: turnsNow(known, now()),
    freed: await freedPlans(store, context),
  };
  if (!isNews(state, round, { at, directory: known })) {
    return;
  }
  logs.info('The watchdog has news', {
    approvals: round.approvals.map(({ id, posted, isBehind, deciders }) => ({ id, posted, isBehind, deciders })),
    onCall: round.onCall,
  });
  // Whoever makes the same round at the same time stores the same event, once; one that failed is made again later.
  const hour = at.slice(0, 'YYYY-MM-DDTHH'.length);
  const id = `${watchCase}/${(flow?.revision ?? 0) + 1}/${hour}`;
  await inbox.deliver({ id, caseId: watchCase, event: { type: 'watched', round } });
}

/** As the flows of the approvals would see it now. */
async function contextOf(store: Readable, directory: Directory, at: string): Promise<Context> {
  const facts = {
    discovery: null,
    stop: await findStop(store.read),
    adHocFreezes: await listFreezes(store.read, at),
  };
  return { caseId: watchCase, revision: 0, at, directory, facts, stale: false };
}

/** Where every approval stands that waits for a decision. */
export async function approvalsNow(read: Reader, directory: Directory, at: string): Promise<WatchedApproval[]> {
  const store = { read };
  return watchedApprovals(store, await contextOf(store, directory, at));
}

async function watchedApprovals(store: Readable, context: Context): Promise<WatchedApproval[]> {
  const pending = (await listPendingApprovals(store.read)).map(({ caseId }) => caseId);
  const since = Temporal.Instant.from(context.at).subtract({ hours: failedWithinHours }).toString();
  const failed = await casesWithFailed(store.read, since, 'approval');
  const looked = [...new Set([...pending, ...failed])].map((caseId) => watchedIn(store, caseId, context));
  return (await Promise.all(looked)).filter((approval) => approval !== null);
}

/** Their freeze was lifted before the instant until which they were put off. */
async function freedPlans(store: Store, context: Context): Promise<WatchRound['freed']> {
  const cases = await casesWithLaterPlans(store.read, context.at);
  const looked = cases.map(async (caseId) => {
    const state = await approvedIn(store, caseId);
    return state !== null && isFreed(state, context) ? { id: state.approval.id, caseId } : null;
  });
  return (await Promise.all(looked)).filter((plan) => plan !== null);
}

async function approvedIn(store: Readable, caseId: string): Promise<ApprovedState | null> {
  const state = (await readFlow(store.read, caseId))?.state;
  return state !== undefined && state.flow === 'connect' && 'approval' in state ? state : null;
}

/** What is decided is only looked after where something could not be sent. */
async function watchedIn(store: Readable, caseId: string, context: Context): Promise<WatchedApproval | null> {
  const state = await approvedIn(store, caseId);
  if (state === null) {
    return null;
  }
  const posted = await readPosted(store.read, caseId, keysOf(state, caseId));
  const because = posted.tries.find(({ failed }) => failed)?.because ?? '';
  return lookAt(state, { caseId, standings: standingsOf(state, caseId, posted), because }, context);
}

function keysOf({ approval }: ApprovedState, caseId: string): string[] {
  return approval.copies.map(({ message }) => `${caseId}/${message}`);
}

function standingsOf(state: ApprovedState, caseId: string, posted: PostedInCase): CopyStanding[] {
  return keysOf(state, caseId).map((key) => {
    const copy = posted.copies.find((known) => known.key === key);
    return copy === undefined ? 'failed' : standingOf(copy, posted);
  });
}

function standingOf({ isUnderWay, place, revision, sentRevision }: PostedCopy, { tries }: PostedInCase): CopyStanding {
  const wasSent = sentRevision > 0;
  if (isUnderWay) {
    return wasSent ? 'seen' : 'waiting';
  }
  const last = tries.find(
    ({ place: { conversation, platform } }) => conversation === place.conversation && platform === place.platform,
  );
  if (!wasSent) {
    return 'failed';
  }
  return last?.failed === true || sentRevision < revision ? 'behind' : 'seen';
}

/** Of every rotation from which somebody is asked for approvals. */
function turnsNow({ approvalRules = [], rotation }: Directory, at: Temporal.Instant): WatchedTurn[] {
  const asked = [rotation, ...approvalRules.flatMap((rule) => [rule.rotation, rule.second?.rotation ?? null])];
  const rotations = new Map(asked.filter((one): one is Rotation => one !== null).map((one) => [one.name, one]));
  return [...rotations.values()].flatMap((one) => {
    const turn = personOnCall(one, at);
    return turn === null
      ? []
      : [{ rotation: one.name, person: turn.person, until: turn.until.toString({ fractionalSecondDigits: 3 }) }];
  });
}
