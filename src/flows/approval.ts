/**
 * A person decides about a plan (STORYBOARD A5). Who may decide is looked up at the click: the card carries no
 * authority. The decision is bound to the plan's hash, and the requester never decides about their own plan.
 */
import type { Plan } from '../plan/plan.ts';
import { mayDecide } from '../policy/approvers.ts';
import { personOnCall } from '../policy/on-call.ts';
import type { PersonId } from '../policy/people.ts';
import type { ApprovalData } from './card.ts';
import { findingLines, planHeadline, reachLines, stepLines } from './connect-plan.ts';
import type { Effect, ShowMessage } from './effect.ts';
import type { EventOf, Place } from './event.ts';
import { type Context, findPerson, moveTo, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showCard, showText } from './message.ts';
import { progressText, statusCard } from './connect-status.ts';
import type { Reply } from './reply.ts';
import type { ApprovalState, ApprovedState, ConnectAt, ConnectState } from './state.ts';
import { addMinutes, localTime, localTimeShort } from './time.ts';

const approvalMessage = 'approval';
/** Two hours, and a reminder half way: long enough for a meeting, short enough that the plan is still true. */
const expiryMinutes = 120;
const reminderMinutes = 60;

/** Asks the person on call; the plan's card in the thread becomes the living one. */
export function askApproval(state: ConnectAt<'planned'>, context: Context): Transition {
  const place = context.directory.places.approvals;
  if (place === null) {
    return stay(
      state,
      refusedReply(
        'The settings name no channel for approvals, so nobody can be asked. Ask an administrator to add one under “channels”.',
      ),
    );
  }
  const approval = newApproval(state.planId, context);
  const next: ConnectAt<'awaiting-approval'> = { ...state, at: 'awaiting-approval', approval, steps: [] };
  const effects: Effect[] = [
    approvalCard(place, next, context),
    statusCard(next, context),
    timer('approval-reminder', approval.id, addMinutes(context.at, reminderMinutes)),
    timer('approval-expiry', approval.id, approval.expiresAt),
  ];
  return moveTo(next, effects, [
    {
      type: 'approval-asked',
      approvalId: approval.id,
      planId: state.planId,
      planHash: state.plan.hash,
      requestedBy: state.requester,
      expiresAt: approval.expiresAt,
    },
  ]);
}

function newApproval(planId: string, context: Context): ApprovalState {
  const { rotation } = context.directory;
  const onCall = rotation === null ? null : personOnCall(rotation, Temporal.Instant.from(context.at));
  return {
    id: `${planId}/approval`,
    askedAt: context.at,
    expiresAt: addMinutes(context.at, expiryMinutes),
    asked: onCall?.person ?? null,
    decision: null,
  };
}

function timer(name: 'approval-reminder' | 'approval-expiry', about: string, dueAt: string): Effect {
  return { kind: 'work', type: 'timer', name, about, dueAt };
}

/** A click on Approve or Reject, in whatever state the case is by now. */
export function decide(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  if (state.at !== 'awaiting-approval') {
    return stay(state, lateReply(state, event.person, context));
  }
  if (context.at >= state.approval.expiresAt) {
    const closed = close(state, { status: 'expired', by: null, at: context.at, reason: '' }, context);
    return {
      ...closed,
      reply: staleReply('This request has expired, so nothing was decided. The requester can ask again.'),
    };
  }
  const refusal = whyNot(state, event.person, context);
  if (refusal !== null) {
    return stay(state, refusedReply(refusal));
  }
  if (context.stale) {
    return stay(
      state,
      staleReply('This card was renewed while you looked at it. Read it once more, then decide on the new one.'),
    );
  }
  if (event.verb === 'approve') {
    return approve(state, event.person, context);
  }
  const reason = event.inputs['reason']?.trim() ?? '';
  return close(state, { status: 'denied', by: event.person, at: context.at, reason }, context);
}

function lateReply(state: ConnectState, person: PersonId, context: Context): Reply {
  if (!('approval' in state) || state.approval.decision === null) {
    return staleReply('There is nothing to decide here any more.');
  }
  const running = state.at === 'applying' ? ` Running: ${progressText(state)}.` : '';
  const because = `${decisionText(state.approval, zoneOf(person, context), context)}${running}`;
  return { outcome: 'already-decided', because, errors: [] };
}

function whyNot(state: ConnectAt<'awaiting-approval'>, person: PersonId, context: Context): string | null {
  const found = findPerson(context.directory, person);
  if (found === null) {
    return 'I do not know you, so you cannot decide here. Ask an administrator to add you to the settings.';
  }
  const approvers = context.directory.people.filter(
    (candidate) => candidate.id !== state.requester && isApprover(candidate.roles),
  );
  const verdict = mayDecide({
    person: found,
    requestedBy: state.requester,
    onCall: state.approval.asked === null ? null : nameOf(context.directory, state.approval.asked),
    approvers: approvers.map((candidate) => candidate.name),
  });
  return verdict.allowed ? null : verdict.because;
}

/** A group's approvers are for plans of that group; no plan names one yet. */
function isApprover(roles: readonly string[]): boolean {
  return roles.includes('approver');
}

function approve(state: ConnectAt<'awaiting-approval'>, person: PersonId, context: Context): Transition {
  const decision = { status: 'approved' as const, by: person, at: context.at, reason: '' };
  const steps = state.plan.steps
    .filter((step) => step.change === 'create' || step.change === 'update')
    .map((step) => ({ id: step.id, state: 'waiting' as const, seconds: null, note: null, code: null }));
  const next: ConnectAt<'applying'> = { ...state, at: 'applying', approval: { ...state.approval, decision }, steps };
  const effects: Effect[] = [
    ...decidedCards(next, context),
    statusCard(next, context),
    { kind: 'work', type: 'apply-plan', planId: state.planId },
  ];
  return moveTo(next, effects, [
    { type: 'approval-decided', approvalId: state.approval.id, status: 'approved', by: person, reason: '' },
  ]);
}

type Closing = Exclude<NonNullable<ApprovalState['decision']>, { status: 'approved' }>;

/** Ends an approval without a yes; the requester is told by a new message, because it is over. */
export function close(state: ConnectAt<'awaiting-approval'>, decision: Closing, context: Context): Transition {
  const { status } = decision;
  if (status === 'approved' || status === 'voided') {
    throw new Error(
      `Closing an approval: ${status} is no way to close one. This is a bug in the approval flow; report it.`,
    );
  }
  const because = closingText(state, decision, context);
  const next: ConnectAt<'closed'> = {
    ...state,
    at: 'closed',
    why: status,
    because,
    approval: { ...state.approval, decision },
  };
  const told =
    status === 'withdrawn'
      ? []
      : [showText('closed', state.place, `${because} ${closingWayOut}`, { mention: [state.requester] })];
  return moveTo(
    next,
    [...decidedCards(next, context), statusCard(next, context), ...told],
    [{ type: 'approval-decided', approvalId: state.approval.id, status, by: decision.by, reason: decision.reason }],
  );
}

const closingWayOut = 'Nothing was changed in Azure. Press “Change answers” on the card above to make a new plan.';

function closingText(state: ConnectAt<'awaiting-approval'>, decision: Closing, context: Context): string {
  const by = decision.by === null ? '' : nameOf(context.directory, decision.by);
  switch (decision.status) {
    case 'denied':
      return decision.reason === '' ? `${by} rejected the plan.` : `${by} rejected the plan: ${decision.reason}`;
    case 'expired':
      return `Nobody decided by ${localTime(state.approval.expiresAt, zoneOf(state.requester, context))}, so the request expired.`;
    case 'withdrawn':
      return `${by} withdrew the request.`;
    case 'approved':
    case 'voided':
    default:
      return '';
  }
}

export function remind(state: ConnectAt<'awaiting-approval'>, context: Context): Transition {
  const place = context.directory.places.approvals;
  if (place === null) {
    return stay(state);
  }
  const { approval } = state;
  const onCall =
    context.directory.rotation === null
      ? null
      : personOnCall(context.directory.rotation, Temporal.Instant.from(context.at));
  const asked = onCall?.person ?? approval.asked;
  const until = localTime(approval.expiresAt, zoneOf(asked, context));
  const text = `Still waiting for a decision about ${state.plan.environment}: ${planHeadline(state.plan)}. It expires ${until}.`;
  return moveTo({ ...state, approval: { ...approval, asked } }, [
    showText('approval-reminder', place, text, { mention: asked === null ? [] : [asked] }),
  ]);
}

function decidedCards(state: ApprovedState, context: Context): ShowMessage[] {
  const place = context.directory.places.approvals;
  return place === null ? [] : [approvalCard(place, state, context)];
}

/** How a decision reads to somebody who comes late. */
export function decisionText(approval: ApprovalState, zone: string, context: Context): string {
  const { decision } = approval;
  if (decision === null) {
    return '';
  }
  const by = decision.by === null ? '' : ` by ${nameOf(context.directory, decision.by)}`;
  const reason = decision.reason === '' ? '' : `: ${decision.reason}`;
  return `Decided ${localTimeShort(decision.at, zone)}: ${decision.status === 'denied' ? 'rejected' : decision.status}${by}${reason}.`;
}

function zoneOf(person: PersonId | null, context: Context): string {
  return (person === null ? null : findPerson(context.directory, person)?.zone) ?? 'UTC';
}

export function approvalCard(place: Place, state: ApprovedState, context: Context): ShowMessage {
  const { plan, approval } = state;
  const open = state.at === 'awaiting-approval';
  const requester = nameOf(context.directory, state.requester);
  const data: ApprovalData = {
    headline: open
      ? `Approve? ${planHeadline(plan)} for ${plan.environment}`
      : `${planHeadline(plan)} for ${plan.environment}`,
    tone: open ? 'warning' : 'default',
    requester,
    environment: plan.environment,
    expires: open
      ? `Expires ${localTime(approval.expiresAt, zoneOf(approval.asked, context))}; then nothing happens and ${requester} is told.`
      : '',
    why: whyYou(approval, context),
    ...riskOf(plan),
    reach: reachLines(plan),
    steps: stepLines(plan.steps),
    findings: findingLines(plan.findings),
    decided: decisionText(approval, zoneOf(approval.asked, context), context),
    hash: plan.hash.slice(0, 12),
  };
  const text = open
    ? `${requester} asks for approval: ${planHeadline(plan)} for ${plan.environment}.`
    : `${planHeadline(plan)} for ${plan.environment}. ${data.decided}`;
  const mention = open && approval.asked !== null ? [approval.asked] : [];
  return showCard(
    approvalMessage,
    place,
    text,
    { name: 'approval', data },
    { verbs: open ? ['approve', 'reject'] : [], mention },
  );
}

function whyYou(approval: ApprovalState, context: Context): string {
  const { rotation } = context.directory;
  if (rotation === null || approval.asked === null) {
    return 'Everybody with the role approver is asked: the settings name no rotation.';
  }
  const onCall = personOnCall(rotation, Temporal.Instant.from(approval.askedAt));
  const until = onCall === null ? '' : ` until ${localTime(onCall.until.toString(), zoneOf(approval.asked, context))}`;
  return `${nameOf(context.directory, approval.asked)} is asked because they are on call for network changes${until}.`;
}

/** Production and whole-network reach weigh most; a table of risks comes with the approvals issue. */
function riskOf(plan: Plan): Pick<ApprovalData, 'risk' | 'riskBecause'> {
  const care = plan.findings.filter((finding) => finding.level !== 'stop').length;
  const production = /prod/i.test(plan.environment);
  const reasons = [
    'peering opens both whole networks to each other',
    ...(production ? ['the environment is production'] : []),
    ...(care > 0 ? [`${care} point${care === 1 ? '' : 's'} to take care of`] : []),
  ];
  return { risk: production || care > 0 ? 'Medium' : 'Low', riskBecause: reasons.join('; ') };
}
