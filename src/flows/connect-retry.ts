/** After a failure, or while something holds up what was approved: try again, or leave it. */
import { close } from './approval-close.ts';
import { applyEffect, startAgain } from './approval-start.ts';
import { freezeNow } from './approval-terms.ts';
import { freezeWords, liftWords, stopWords, zoneOf } from './approval-words.ts';
import { stopWaiting } from './connect-remind.ts';
import { statusCard } from './connect-status.ts';
import { type Context, moveTo, nameOf, refusedReply, stay, type Transition } from './flow.ts';
import type { ConnectAt, ConnectState } from './state.ts';

/** The same approved plan again; what is done already is recognised by the executor and left alone. */
export function retryPlan(state: ConnectState, context: Context): Transition | null {
  if (state.at === 'approved') {
    return state.hold === null ? null : startAgain(state, context);
  }
  if (state.at !== 'failed') {
    return null;
  }
  if (state.begunAt === undefined) {
    return startAgain(state, context);
  }
  const held = whyNotNow(state, context);
  if (held !== null) {
    return stay(state, refusedReply(`Nothing can be written now. ${held} ${liftWords(context)}`));
  }
  const { step: _step, code: _code, because: _because, wayOut: _wayOut, ...base } = state;
  const steps = state.steps.map((report) =>
    report.state === 'done' ? report : { ...report, state: 'waiting' as const, note: null, code: null },
  );
  const next: ConnectAt<'applying'> = { ...base, at: 'applying', steps };
  return moveTo(next, [statusCard(next, context), applyEffect(next)]);
}

/** What stopped half-way is written no sooner than anything else. */
function whyNotNow(state: ConnectAt<'failed'>, context: Context): string | null {
  const zone = zoneOf(state.requester, context);
  const stop = context.facts.stop ?? null;
  if (stop !== null) {
    return stopWords(stop, zone, context);
  }
  const freeze = freezeNow(state, context);
  return freeze?.mode === 'wait' ? freezeWords(freeze, zone, context) : null;
}

export function leave(state: ConnectState, context: Context): Transition | null {
  if (state.at === 'applying') {
    return stopWaiting(state, context);
  }
  if (state.at !== 'failed') {
    return null;
  }
  if (state.begunAt === undefined) {
    // Nothing is left behind, so there is only the request to end.
    return close(state, { status: 'withdrawn', by: state.requester, at: context.at, reason: '' }, context);
  }
  const { step: _step, code: _code, because: _because, wayOut: _wayOut, ...base } = state;
  const because = `${nameOf(context.directory, state.requester)} left it as it is. What was done stays; a new plan will take it over.`;
  const next: ConnectAt<'closed'> = { ...base, at: 'closed', why: 'left', because };
  return moveTo(next, [statusCard(next, context)]);
}
