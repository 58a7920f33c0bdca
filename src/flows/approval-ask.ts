/** Asks for an approval: the cards go out, the clock starts, and the plan's card in the thread becomes the living one. */
import { diffPlans } from '../plan/diff.ts';
import { approvalCards } from './approval-card.ts';
import { approvalPlaces, copiesFor } from './approval-copies.ts';
import {
  decidersFor,
  freezeNow,
  isEnough,
  needsNow,
  progressFor,
  type Terms,
  termsOf,
  whoIsAsked,
} from './approval-terms.ts';
import { statusCard } from './connect-status.ts';
import { workOf, writesOf } from './connect-work.ts';
import type { Effect } from './effect.ts';
import type { TimerName } from './event.ts';
import {
  adminNames,
  type Context,
  environmentsFor,
  findPerson,
  moveTo,
  refusedReply,
  stay,
  type Transition,
} from './flow.ts';
import type { ApprovalState, LastPlan } from './approval-state.ts';
import type { ConnectAt } from './state.ts';
import { addMinutes } from './time.ts';

type Planned = ConnectAt<'planned' | 'undo-planned'>;

export function askApproval(state: Planned, context: Context): Transition {
  const terms = termsOf(state, context);
  const refusal = whyNotAsked(state, terms, context);
  if (refusal !== null) {
    return stay(state, refusedReply(refusal));
  }
  const work = workOf(state);
  const approval = newApproval(state, terms, context);
  const next: ConnectAt<'awaiting-approval'> = { ...state, at: 'awaiting-approval', approval, steps: [] };
  const effects: Effect[] = [
    ...approvalCards(next, context, approval.told),
    statusCard(next, context),
    timer('approval-reminder', approval.id, approval.remindAt),
    timer('approval-escalation', approval.id, approval.escalateAt),
    timer('approval-expiry', approval.id, approval.expiresAt),
  ];
  return moveTo(next, effects, [
    {
      type: 'approval-asked',
      approvalId: approval.id,
      planId: work.id,
      planHash: work.hash,
      requestedBy: state.requester,
      expiresAt: approval.expiresAt,
    },
  ]);
}

function whyNotAsked(state: Planned, terms: Terms, context: Context): string | null {
  const { directory } = context;
  const person = findPerson(directory, state.requester);
  const open = person === null ? [] : environmentsFor(directory, person);
  if (!open.some((environment) => environment.name === state.plan.environment)) {
    return `You may not ask for connections of ${state.plan.environment} any more. Ask ${adminNames(directory)} to add you to “mayRequest” in the settings.`;
  }
  const work = workOf(state);
  if (writesOf(work).length === 0) {
    return `There is nothing to approve: everything is already as ${work.isUndo ? 'it was before the plan' : 'you want it'}.`;
  }
  if (approvalPlaces(directory).length === 0) {
    return `The settings name no channel for approvals, so nobody can be asked. Ask ${adminNames(directory)} to add one under “channels”.`;
  }
  return whyNobodyDecides(state, terms, context);
}

/** Also when all who may decide say yes, it has to be enough. */
function whyNobodyDecides(state: Planned, terms: Terms, context: Context): string | null {
  const admins = adminNames(context.directory);
  const needs = needsNow(terms.needs, freezeNow(state, context));
  const may = decidersFor({ state, needs, votes: [] }, context);
  if (may.length === 0) {
    return `Nobody but you may approve plans, so nobody can be asked. Ask ${admins} to give somebody else the role approver in the settings.`;
  }
  if (!isEnough(progressFor({ state, needs, votes: may }, context))) {
    const count = needs.reduce((sum, need) => sum + need.count, 0);
    return `This plan needs a yes from ${count} people, and the settings do not know as many who may say it besides you. Ask ${admins} to give somebody else the role.`;
  }
  return null;
}

function newApproval(state: Planned, terms: Terms, context: Context): ApprovalState {
  const { because, needs, risk, rule } = terms;
  const workId = workOf(state).id;
  const asked = whoIsAsked(state, terms, context);
  return {
    id: `${workId}/approval`,
    askedAt: context.at,
    remindAt: addMinutes(context.at, rule.remindMinutes),
    escalateAt: addMinutes(context.at, rule.escalateMinutes),
    expiresAt: addMinutes(context.at, rule.expiryMinutes),
    ...asked,
    risk,
    because,
    needs,
    votes: [],
    copies: copiesFor(workId, asked.told, context),
    passedOn: [],
    change: null,
    differences: state.at === 'planned' ? differencesFrom(state.last, state.plan) : [],
    decision: null,
  };
}

/** What is different from the last plan that somebody was asked about, in people's words. */
export function differencesFrom(last: LastPlan | undefined, plan: ConnectAt<'planned'>['plan']): string[] {
  if (last === undefined) {
    return [];
  }
  const found = diffPlans(last.plan, { kind: 'planned', plan });
  return found.length > 0 ? found : ['Nothing: it writes the same as the last one'];
}

function timer(name: TimerName, about: string, dueAt: string): Effect {
  return { kind: 'work', type: 'timer', name, about, dueAt };
}
