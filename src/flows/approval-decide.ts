/**
 * A person says yes or no. Who may is looked up at the click; the decision is bound to the plan's hash, one human counts
 * once, nobody decides about what they asked for themselves, and one no ends it.
 */
import type { PersonId } from '../policy/people.ts';
import { approvalCards } from './approval-card.ts';
import { close } from './approval-close.ts';
import { isOfOther } from './approval-copies.ts';
import { startApproved } from './approval-start.ts';
import { freezeNow, isEnough, judgeDecider, needsNow, progressFor } from './approval-terms.ts';
import { whyNotTheirTurn } from './approval-turn.ts';
import { decisionText, liftWords, nowText, progressWords, stopWords, zoneOf } from './approval-words.ts';
import { closedWish } from './approval-wish.ts';
import { statusCard } from './connect-status.ts';
import { workOf } from './connect-work.ts';
import type { EventOf } from './event.ts';
import { type Context, moveTo, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import type { Reply } from './reply.ts';
import type { ApprovalState } from './approval-state.ts';
import type { ConnectAt, ConnectState } from './state.ts';
import { secondsBetween } from './time.ts';

type Click = EventOf<'clicked'>;
type Waiting = ConnectAt<'awaiting-approval'>;

export function decide(state: ConnectState, event: Click, context: Context): Transition {
  return ifOpen(state, event, context, (waiting) =>
    event.verb === 'approve' ? approve(waiting, event.person, context) : reject(waiting, event, context),
  );
}

/**
 * What only somebody who may decide does to a request that waits. Whoever comes late gets a calm answer with what was
 * decided, in whatever copy they press.
 */
export function ifOpen(
  state: ConnectState,
  event: Click,
  context: Context,
  act: (waiting: Waiting) => Transition,
): Transition {
  if (state.at !== 'awaiting-approval' || isOfOther(event.message, workOf(state).id)) {
    return stay(state, lateReply(state, event, context));
  }
  if (secondsBetween(state.approval.expiresAt, context.at) >= 0) {
    const closed = close(state, { status: 'expired', by: null, at: context.at, reason: '' }, context);
    return {
      ...closed,
      reply: staleReply('This request has expired, so nothing was decided. The requester can ask again.'),
    };
  }
  const refusal = whyNoSay(state, event.person, context);
  if (refusal !== null) {
    return stay(state, refusedReply(refusal));
  }
  return context.stale
    ? stay(
        state,
        staleReply('This card was renewed while you looked at it. Read it once more, then decide on the new one.'),
      )
    : act(state);
}

/** Why this person has no say in this request; null: they have, also when their yes is not needed any more. */
export function whyNoSay(
  state: Pick<Waiting, 'requester' | 'approval'>,
  person: PersonId,
  context: Context,
): string | null {
  const { asked, needs } = state.approval;
  const verdict = judgeDecider({ state, needs, votes: [], person, onCall: asked }, context);
  return verdict.allowed ? null : verdict.because;
}

function approve(state: Waiting, person: PersonId, context: Context): Transition {
  const stop = context.facts.stop ?? null;
  if (stop !== null) {
    const words = `${stopWords(stop, zoneOf(person, context), context)} ${liftWords(context)}`;
    return stay(state, refusedReply(`Nothing can be approved now. ${words} You can still reject it.`));
  }
  const { approval } = state;
  const needs = needsNow(approval.needs, freezeNow(state, context));
  const votes = approval.votes.map((vote) => vote.person);
  const verdict = judgeDecider({ state, needs, votes, person, onCall: approval.asked }, context);
  if (!verdict.allowed) {
    return stay(state, {
      outcome: 'already-decided',
      because: notTwice(state, needs, verdict.because, context),
      errors: [],
    });
  }
  const notTheirs = whyNotTheirTurn(state, person, context);
  if (notTheirs !== null) {
    return stay(state, refusedReply(notTheirs));
  }
  const cast = [...approval.votes, { person, at: context.at }];
  const progress = progressFor({ state, needs, votes: cast.map((vote) => vote.person) }, context);
  if (isEnough(progress)) {
    const counted = new Set(progress.flatMap(({ by }) => by));
    const counting = { ...approval, votes: cast.filter((vote) => counted.has(vote.person)) };
    const authority = progressWords(progress, counting, zoneOf(approval.asked, context), context);
    return approved(state, counting, { person, authority }, context);
  }
  const next: Waiting = { ...state, approval: { ...approval, votes: cast } };
  return moveTo(next, [...approvalCards(next, context), statusCard(next, context)]);
}

/** They have said yes before, or enough people like them have. */
function notTwice(state: Waiting, needs: ApprovalState['needs'], because: string, context: Context): string {
  const { approval } = state;
  const votes = approval.votes.map((vote) => vote.person);
  const zone = zoneOf(approval.asked, context);
  return `${because} ${progressWords(progressFor({ state, needs, votes }, context), approval, zone, context)}`.trim();
}

function approved(
  state: Waiting,
  approval: ApprovalState,
  { authority, person }: { authority: string; person: PersonId },
  context: Context,
): Transition {
  const told = authority === '' ? {} : { authority };
  const decision = { status: 'approved' as const, by: person, at: context.at, reason: '', ...told };
  const { effects, next } = startApproved({ ...state, approval: { ...approval, decision } }, context);
  return moveTo(
    next,
    [...approvalCards(next, context), ...closedWish(next, context), statusCard(next, context), ...effects],
    [{ type: 'approval-decided', approvalId: approval.id, status: 'approved', by: person, reason: '' }],
  );
}

function reject(state: Waiting, event: Click, context: Context): Transition {
  const reason = event.inputs['reason']?.trim() ?? '';
  return close(state, { status: 'denied', by: event.person, at: context.at, reason }, context);
}

/** What was decided, when and by whom, and how far the work is. */
function lateReply(state: ConnectState, { message, person }: Click, context: Context): Reply {
  const decided = approvalsOf(state).find(
    ({ decision, id }) => decision !== null && !isOfOther(message, id.replace(/\/approval$/, '')),
  );
  if (decided === undefined) {
    return staleReply('There is nothing to decide here now.');
  }
  const now = 'approval' in state && decided === state.approval ? nowText(state) : '';
  const because = `${decisionText(decided, zoneOf(person, context), context)} ${now}`.trim();
  return { outcome: 'already-decided', because, errors: [] };
}

/** Of what runs or ran last, and of what was decided before it. */
function approvalsOf(state: ConnectState): ApprovalState[] {
  const past = state.last === undefined ? [] : [state.last.approval];
  if (!('approval' in state)) {
    return past;
  }
  const { approval, lastUndo, undo } = state;
  return [
    approval,
    ...past,
    ...(lastUndo === undefined ? [] : [lastUndo]),
    ...(undo === undefined ? [] : [undo.from.approval]),
  ];
}
