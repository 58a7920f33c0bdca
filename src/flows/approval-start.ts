/**
 * From the yes to the first write. People approve, the system applies: what was approved begins only when the executor
 * asks right before its first write (`plan-begins`) and nothing speaks against it by then.
 */
import { approvalCards } from './approval-card.ts';
import { freezeNow, isEnough, needsNow, progressFor } from './approval-terms.ts';
import { freezeWords, liftWords, stopWords, zoneOf } from './approval-words.ts';
import { statusCard } from './connect-status.ts';
import { runsOf, workOf } from './connect-work.ts';
import type { Effect } from './effect.ts';
import type { EventOf } from './event.ts';
import { type Context, doneReply, moveTo, refusedReply, stay, type Transition } from './flow.ts';
import { showText } from './message.ts';
import { dueOf, type Hold } from './approval-state.ts';
import type { ApprovedState, ConnectAt, ConnectState } from './state.ts';
import { addMinutes } from './time.ts';

/** What carries out the plan, or takes it back. */
export function applyEffect({ planId, undo }: Pick<ApprovedState, 'planId' | 'undo'>, dueAt?: string): Effect {
  const due = dueAt === undefined ? {} : { dueAt };
  return undo === undefined
    ? { kind: 'work', type: 'apply-plan', planId, ...due }
    : { kind: 'work', type: 'apply-undo', planId, undoId: undo.id, undo: undo.plan, ...due };
}

/** Approved: it begins at once, when a freeze is over, or when somebody tries again. */
export function startApproved(
  base: Omit<ConnectAt<'approved'>, 'at' | 'hold'>,
  context: Context,
): {
  next: ConnectAt<'approved'>;
  effects: Effect[];
} {
  const steps = runsOf(workOf(base)).map((step) => {
    return { id: step.id, state: 'waiting' as const, seconds: null, note: null, code: null };
  });
  const at = { ...base, at: 'approved' as const, steps, hold: null };
  const hold = whyHeld(at, context);
  return { next: { ...at, hold }, effects: workFor(base, hold) };
}

function workFor(state: Pick<ApprovedState, 'planId' | 'undo'>, hold: Hold | null): Effect[] {
  if (hold === null) {
    return [applyEffect(state)];
  }
  const dueAt = dueOf(hold);
  return dueAt === null ? [] : [applyEffect(state, dueAt)];
}

/** Whoever lifts a freeze without an end has what waits brought forward; this is for when that got lost. */
const againMinutes = 24 * 60;

/** What speaks against writing now; null: nothing does. */
export function whyHeld(state: ConnectAt<'approved'>, context: Context): Hold | null {
  const zone = zoneOf(state.requester, context);
  const stop = context.facts.stop ?? null;
  if (stop !== null) {
    return { why: `${stopWords(stop, zone, context)} ${liftWords(context)}`, until: null };
  }
  const freeze = freezeNow(state, context);
  if (freeze === null || (freeze.mode === 'second-approval' && isEnoughFor(state, context))) {
    return null;
  }
  const more = freeze.mode === 'second-approval' ? ' It asks for one more yes than was given before it began.' : '';
  const lift = freeze.until === null ? ` ${liftWords(context)}` : '';
  return {
    why: `${freezeWords(freeze, zone, context)}${more}${lift}`,
    ...(freeze.until === null
      ? { until: null, again: addMinutes(context.at, againMinutes) }
      : { until: freeze.until.toString({ fractionalSecondDigits: 3 }) }),
  };
}

function isEnoughFor(state: ConnectAt<'approved'>, context: Context): boolean {
  const needs = needsNow(state.approval.needs, freezeNow(state, context));
  return isEnough(progressFor({ state, needs, votes: state.approval.votes.map(({ person }) => person) }, context));
}

/** The executor asks right before its first write; only `done` lets it begin. A second question gets the same answer. */
export function begin(state: ConnectState, { planId }: EventOf<'plan-begins'>, context: Context): Transition {
  if (!('approval' in state) || workOf(state).id !== planId) {
    return stay(state, refusedReply('This is not what was approved here last, so nothing is written.'));
  }
  if (state.at === 'applying') {
    return stay(state);
  }
  if (state.at !== 'approved') {
    return stay(state, refusedReply(`Nothing is written: the case is at “${state.at}”.`));
  }
  const hold = whyHeld(state, context);
  return hold === null ? begun(state, context) : holdUp(state, hold, context);
}

/** From here on it cannot be withdrawn. */
export function begun(state: ConnectAt<'approved'>, context: Context): Transition & { state: ConnectAt<'applying'> } {
  const { hold: _hold, ...base } = state;
  const next: ConnectAt<'applying'> = { ...base, at: 'applying', begunAt: context.at, startedAt: context.at };
  return {
    state: next,
    effects: [statusCard(next, context), ...approvalCards(next, context)],
    projections: [],
    reply: doneReply,
  };
}

function holdUp(state: ConnectAt<'approved'>, hold: Hold, context: Context): Transition {
  const next = { ...state, hold };
  const isKnown = state.hold?.why === hold.why && state.hold.until === hold.until;
  const dueAt = dueOf(hold);
  const later =
    dueAt === null
      ? 'Press “Try again” when it is over.'
      : `I begin by myself ${hold.until === null ? 'when it is lifted' : 'then'}; until then you can withdraw it.`;
  const told = isKnown
    ? []
    : [
        showText(
          `held-${context.revision}`,
          state.place,
          `Approved, but not begun. ${hold.why} Nothing was written. ${later}`,
          {
            mention: [state.requester],
          },
        ),
      ];
  return {
    ...moveTo(next, [
      statusCard(next, context),
      ...approvalCards(next, context),
      ...(dueAt === null ? [] : [applyEffect(state, dueAt)]),
      ...told,
    ]),
    reply: refusedReply(hold.why),
  };
}

/** Once more, after a stop, or after a failure before the first write. */
export function startAgain(state: ConnectAt<'approved' | 'failed'>, context: Context): Transition {
  const base = asApproved(state);
  const hold = whyHeld(base, context);
  if (hold !== null && (dueOf(hold) === null || state.at === 'approved')) {
    return stay(state, refusedReply(`Nothing can be written now. ${hold.why}`));
  }
  if (state.at === 'approved' && state.hold !== null && dueOf(state.hold) !== null) {
    return bringForward(state, context);
  }
  const { effects, next } = startApproved(base, context);
  return moveTo(next, [statusCard(next, context), ...approvalCards(next, context), ...effects]);
}

/** What was put off is due now: it is not asked for a second time beside it. */
export function bringForward(state: ConnectAt<'approved'>, context: Context): Transition {
  const next = { ...state, hold: null };
  return moveTo(next, [statusCard(next, context), ...approvalCards(next, context)], [{ type: 'plan-brought-forward' }]);
}

function asApproved(state: ConnectAt<'approved' | 'failed'>): ConnectAt<'approved'> {
  if (state.at === 'approved') {
    return state;
  }
  const { because: _because, code: _code, step: _step, wayOut: _wayOut, ...base } = state;
  return { ...base, at: 'approved', hold: null };
}
