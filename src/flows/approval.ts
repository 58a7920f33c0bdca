/**
 * A person decides about a plan (STORYBOARD A5). Who may decide is looked up at the click: the card carries no
 * authority. The decision is bound to the plan's hash, and the requester never decides about their own plan.
 */
import { mayDecide } from '../policy/approvers.ts';
import { personOnCall } from '../policy/on-call.ts';
import type { Person, PersonId } from '../policy/people.ts';
import { approvalCards, decisionText, zoneOf } from './approval-card.ts';
import { standAgain } from './connect-undo.ts';
import { headlineOf, runsOf, workMessage, workOf, writesOf } from './connect-work.ts';
import { progressText, statusCard } from './connect-status.ts';
import type { Effect } from './effect.ts';
import type { EventOf } from './event.ts';
import {
  adminNames,
  type Context,
  environmentsFor,
  findPerson,
  moveTo,
  nameOf,
  refusedReply,
  staleReply,
  stay,
  type Transition,
} from './flow.ts';
import { showText } from './message.ts';
import type { Reply } from './reply.ts';
import type { ApprovalState, ConnectAt, ConnectState, UndoState } from './state.ts';
import { addMinutes, localTime, secondsBetween } from './time.ts';

/** Two hours, and a reminder half way: long enough for a meeting, short enough that the plan is still true. */
const expiryMinutes = 120;
const reminderMinutes = 60;

type Askable = ConnectAt<'planned' | 'undo-planned'>;

/** Asks the person on call; the plan's card in the thread becomes the living one. */
export function askApproval(state: Askable, context: Context): Transition {
  const refusal = whyNotAsked(state, context);
  if (refusal !== null) {
    return stay(state, refusedReply(refusal));
  }
  const work = workOf(state);
  const approval = newApproval(work.id, state.requester, context);
  const next: ConnectAt<'awaiting-approval'> = { ...state, at: 'awaiting-approval', approval, steps: [] };
  const effects: Effect[] = [
    ...approvalCards(next, context, mentioned(approval.asked, state, context)),
    statusCard(next, context),
    timer('approval-reminder', approval.id, approval.remindAt),
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

function whyNotAsked(state: Askable, context: Context): string | null {
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
  if (directory.places.approvals === null) {
    return `The settings name no channel for approvals, so nobody can be asked. Ask ${adminNames(directory)} to add one under “channels”.`;
  }
  return deciders(state.requester, context).length > 0
    ? null
    : `Nobody but you may approve plans, so nobody can be asked. Ask ${adminNames(directory)} to give somebody else the role approver in the settings.`;
}

function newApproval(workId: string, requester: PersonId, context: Context): ApprovalState {
  return {
    id: `${workId}/approval`,
    askedAt: context.at,
    remindAt: addMinutes(context.at, reminderMinutes),
    expiresAt: addMinutes(context.at, expiryMinutes),
    asked: onCallFor(requester, context),
    decision: null,
  };
}

/** Everybody whom the rules let decide about a plan of this requester. */
function deciders(requester: PersonId, context: Context): Person[] {
  return context.directory.people.filter(
    (person) => mayDecide({ person, requestedBy: requester, onCall: null, approvers: [] }).allowed,
  );
}

/** The person on call now; null when that is the requester, or somebody who may not decide. */
function onCallFor(requester: PersonId, context: Context): PersonId | null {
  const { rotation } = context.directory;
  const onCall = rotation === null ? null : personOnCall(rotation, Temporal.Instant.from(context.at));
  return deciders(requester, context).find((person) => person.id === onCall?.person)?.id ?? null;
}

function mentioned(asked: PersonId | null, state: ConnectState, context: Context): PersonId[] {
  return asked === null ? deciders(state.requester, context).map((person) => person.id) : [asked];
}

function timer(name: 'approval-reminder' | 'approval-expiry', about: string, dueAt: string): Effect {
  return { kind: 'work', type: 'timer', name, about, dueAt };
}

/** A click on Approve or Reject, in whatever state the case is by now. */
export function decide(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  if (state.at !== 'awaiting-approval' || isOlder(event.message, workOf(state).id)) {
    return stay(state, lateReply(state, event, context));
  }
  if (secondsBetween(state.approval.expiresAt, context.at) >= 0) {
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

/** A plan has a card of its own, and so has its undo. */
function isOlder(message: string, workId: string): boolean {
  return /\/approval-[^/]+$/.test(message) && !message.endsWith(`/${workMessage('approval', workId)}`);
}

function lateReply(state: ConnectState, { message, person }: EventOf<'clicked'>, context: Context): Reply {
  const decided = approvalsOf(state).find(
    ({ decision, id }) => decision !== null && !isOlder(message, id.replace(/\/approval$/, '')),
  );
  if (decided === undefined) {
    return staleReply('There is nothing to decide here now.');
  }
  const running = state.at === 'applying' && decided === state.approval ? ` Running: ${progressText(state)}.` : '';
  const because = `${decisionText(decided, zoneOf(person, context), context)}${running}`;
  return { outcome: 'already-decided', because, errors: [] };
}

/** Of what runs or ran last, and of what was decided before it. */
function approvalsOf(state: ConnectState): ApprovalState[] {
  if (!('approval' in state)) {
    return [];
  }
  const { approval, lastUndo, undo } = state;
  return [approval, ...(lastUndo === undefined ? [] : [lastUndo]), ...(undo === undefined ? [] : [undo.from.approval])];
}

function whyNot(state: ConnectAt<'awaiting-approval'>, person: PersonId, context: Context): string | null {
  const onCall = onCallFor(state.requester, context);
  const verdict = mayDecide({
    person: { id: person, roles: findPerson(context.directory, person)?.roles ?? [] },
    requestedBy: state.requester,
    onCall: onCall === null ? null : nameOf(context.directory, onCall),
    approvers: deciders(state.requester, context).map((candidate) => candidate.name),
  });
  return verdict.allowed ? null : verdict.because;
}

function approve(state: ConnectAt<'awaiting-approval'>, person: PersonId, context: Context): Transition {
  const decision = { status: 'approved' as const, by: person, at: context.at, reason: '' };
  const steps = runsOf(workOf(state)).map((step) => ({
    id: step.id,
    state: 'waiting' as const,
    seconds: null,
    note: null,
    code: null,
  }));
  const next: ConnectAt<'applying'> = {
    ...state,
    at: 'applying',
    approval: { ...state.approval, decision },
    steps,
    startedAt: context.at,
  };
  const effects: Effect[] = [...approvalCards(next, context), statusCard(next, context), applyEffect(next)];
  return moveTo(next, effects, [
    { type: 'approval-decided', approvalId: state.approval.id, status: 'approved', by: person, reason: '' },
  ]);
}

/** What carries out the plan, or takes it back. */
export function applyEffect({ planId, undo }: ConnectAt<'applying'>): Effect {
  return undo === undefined
    ? { kind: 'work', type: 'apply-plan', planId }
    : { kind: 'work', type: 'apply-undo', planId, undoId: undo.id, undo: undo.plan };
}

type Closing =
  | { status: 'denied' | 'withdrawn'; by: PersonId; at: string; reason: string }
  | { status: 'expired'; by: null; at: string; reason: '' };

/** Ends an approval without a yes; the requester is told by a new message, because it is over. */
export function close(state: ConnectAt<'awaiting-approval'>, decision: Closing, context: Context): Transition {
  const { status } = decision;
  const because = closingText(state, decision, context);
  const approval = { ...state.approval, decision };
  const next: ConnectAt<'closed'> = { ...state, at: 'closed', why: status, because, approval };
  const wayOut = state.undo === undefined ? closingWayOut : undoWayOut;
  const told =
    status === 'withdrawn'
      ? []
      : [
          showText(`closed-${context.revision}`, state.place, `${because} ${wayOut}`, {
            mention: [state.requester],
          }),
        ];
  return moveTo(
    state.undo === undefined ? next : backFromUndo(state.undo, approval),
    [
      ...approvalCards(next, context),
      statusCard(next, context),
      ...(state.undo === undefined ? [] : standAgain(state.undo.from, context)),
      ...told,
    ],
    [{ type: 'approval-decided', approvalId: approval.id, status, by: decision.by, reason: decision.reason }],
  );
}

/** An undo that comes to nothing leaves everything where it was. */
export function backFromUndo({ from }: UndoState, approval: ApprovalState): ConnectState {
  return { ...from, lastUndo: approval };
}

const closingWayOut =
  'Nothing was changed in Azure. Press “Change answers” on the card above, or write “change answers”, to make a new plan.';
const undoWayOut = 'The connection stays as it is. Write “undo” to ask again.';

function closingText(state: ConnectAt<'awaiting-approval'>, decision: Closing, context: Context): string {
  if (decision.status === 'expired') {
    return `Nobody decided by ${localTime(state.approval.expiresAt, zoneOf(state.requester, context))}, so the request expired.`;
  }
  const by = nameOf(context.directory, decision.by);
  if (decision.status === 'withdrawn') {
    return `${by} withdrew the request.`;
  }
  const what = state.undo === undefined ? 'the plan' : 'the undo';
  return decision.reason === '' ? `${by} rejected ${what}.` : `${by} rejected ${what}: ${decision.reason}`;
}

/** Asks whoever is on call by then; the card stays as it is, so that its buttons go on working. */
export function remind(state: ConnectAt<'awaiting-approval'>, context: Context): Transition {
  const place = context.directory.places.approvals;
  if (place === null) {
    return stay(state);
  }
  const { approval } = state;
  const work = workOf(state);
  const asked = onCallFor(state.requester, context) ?? approval.asked;
  const until = localTime(approval.expiresAt, zoneOf(asked, context));
  const text = `Still waiting for a decision about ${work.environment}: ${headlineOf(work)}. It expires ${until}.`;
  return moveTo({ ...state, approval: { ...approval, asked } }, [
    showText(workMessage('approval-reminder', work.id), place, text, {
      mention: mentioned(asked, state, context),
    }),
  ]);
}
