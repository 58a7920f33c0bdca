/** What the buttons of a connection's wizard and living card do; the same words can be typed (`typed.ts`). */
import type { Method } from '../plan/plan.ts';
import { planConnection } from '../plan/planner.ts';
import { askApproval, close } from './approval.ts';
import { decisionText, zoneOf } from './approval-card.ts';
import { showForm } from './connect-begin.ts';
import { choosableFor, readForm } from './connect-form.ts';
import { connectMessage } from './connect-form-card.ts';
import { answersOf, surveyEffect } from './connect-method.ts';
import { planCard, stoppedCard } from './connect-plan.ts';
import { judge, leave, retryPlan } from './connect-run.ts';
import { progressText } from './connect-status.ts';
import type { EventOf } from './event.ts';
import { type Context, invalidReply, moveTo, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectState } from './state.ts';
import { secondsBetween } from './time.ts';

/** A plan is made from a survey of at most this age; an older one is made again first. */
const surveyFreshSeconds = 120;

type Click = EventOf<'clicked'>;

/** Only whoever asked works the wizard, so that nobody changes somebody else's request by accident. */
export function clickWizard(state: ConnectState, event: Click, context: Context): Transition {
  if (event.person !== state.requester) {
    const asker = nameOf(context.directory, state.requester);
    return stay(
      state,
      refusedReply(
        `${asker} started this request, so only ${asker} can go on with it. Write “connect” in a new message to start your own.`,
      ),
    );
  }
  const next = context.stale ? null : actions[event.verb]?.(state, event, context);
  return next ?? stay(state, staleReply(`This card has moved on: ${whereItStands(state, context)}`));
}

type Action = (state: ConnectState, event: Click, context: Context) => Transition | null;

/** By verb; null means that the verb makes no sense where the case stands. */
const actions: Readonly<Record<string, Action>> = {
  'connect-continue': continueForm,
  'use-peering': (state, _event, context) => useMethod('peering', state, context),
  'use-private-link': (state, _event, context) => useMethod('private-link', state, context),
  back: changeAnswers,
  'change-answers': changeAnswers,
  cancel,
  'ask-approval': (state, _event, context) => (state.at === 'planned' ? askApproval(state, context) : null),
  withdraw,
  retry,
  leave: (state, _event, context) => leave(state, context),
  'judge-output': (state, event, context) => judge(state, event, context),
};

function withdraw(state: ConnectState, event: Click, context: Context): Transition | null {
  return state.at === 'awaiting-approval'
    ? close(state, { status: 'withdrawn', by: event.person, at: context.at, reason: '' }, context)
    : null;
}

/** Whatever was under way: reading, or carrying out the plan. */
function retry(state: ConnectState, _event: Click, context: Context): Transition | null {
  if (state.at === 'surveying') {
    return startSurvey(state, context);
  }
  return state.at === 'discovering' ? showForm(state, context) : retryPlan(state, context);
}

function continueForm(state: ConnectState, event: Click, context: Context): Transition | null {
  const known = context.facts.discovery;
  if (state.at !== 'asking') {
    return null;
  }
  if (known === null) {
    return showForm(state, context);
  }
  const read = readForm(state.draft, event.inputs, choosableFor(known.value, state.requester, context));
  if (read.kind === 'invalid') {
    return stay({ ...state, draft: read.draft }, invalidReply(read.errors));
  }
  return startSurvey({ ...state, draft: read.draft }, context);
}

function startSurvey(state: ConnectState, context: Context): Transition {
  const { flow, requester, place, draft } = state;
  const waiting = showCard(connectMessage, place, 'One moment: I am reading both networks.', {
    name: 'notice',
    data: {
      title: 'Checking both networks',
      tone: 'default',
      text: 'I am reading both networks, their peerings and the private DNS zones around them…',
      wayOut: '',
      lines: [],
    },
  });
  return moveTo({ flow, requester, place, draft, at: 'surveying', question: context.revision }, [
    waiting,
    surveyEffect(draft, context.revision),
  ]);
}

function useMethod(method: Method, state: ConnectState, context: Context): Transition | null {
  if (state.at !== 'choosing') {
    return null;
  }
  if (secondsBetween(state.surveyedAt, context.at) > surveyFreshSeconds) {
    return startSurvey(state, context);
  }
  const planned = planConnection(
    { ...answersOf(state.draft), method },
    state.survey,
    { method, because: state.choice.because },
    { 'causeway-case': context.caseId },
  );
  const { flow, requester, place, draft } = state;
  if (planned.kind === 'refused') {
    return moveTo({ flow, requester, place, draft, at: 'stopped', method, findings: planned.findings }, [
      stoppedCard(place, planned.findings),
    ]);
  }
  const planId = `${context.caseId}/plan-${context.revision}`;
  return moveTo(
    { flow, requester, place, draft, at: 'planned', planId, plan: planned.plan },
    [planCard(place, planned.plan)],
    [{ type: 'plan-made', planId, plan: planned.plan }],
  );
}

const changeable = new Set<ConnectState['at']>(['choosing', 'stopped', 'planned', 'closed', 'connected']);

/** Back to the form with the answers kept; while a plan waits or runs, it has to be withdrawn or left first. */
function changeAnswers(state: ConnectState, _event: Click, context: Context): Transition | null {
  return changeable.has(state.at) ? showForm(state, context) : null;
}

const cancellable = new Set<ConnectState['at']>([
  'discovering',
  'asking',
  'surveying',
  'choosing',
  'stopped',
  'planned',
]);

/** A plan that waits for its approval is withdrawn: that is what cancelling it means. */
function cancel(state: ConnectState, event: Click, context: Context): Transition | null {
  if (state.at === 'awaiting-approval') {
    return withdraw(state, event, context);
  }
  if (!cancellable.has(state.at)) {
    return null;
  }
  const { flow, requester, place, draft } = state;
  const card = showCard(connectMessage, place, 'Cancelled. Nothing was changed in Azure.', {
    name: 'notice',
    data: {
      title: 'Cancelled',
      tone: 'default',
      text: 'Nothing was changed in Azure.',
      wayOut: 'Write “connect” to start again.',
      lines: [],
    },
  });
  return moveTo({ flow, requester, place, draft, at: 'cancelled' }, [card]);
}

/** Old cards never lie: a click that comes too late is told where the case stands, and the way on. */
function whereItStands(state: ConnectState, context: Context): string {
  if (!('approval' in state) || state.approval.decision === null) {
    return places[state.at];
  }
  const decided = decisionText(state.approval, zoneOf(state.requester, context), context);
  const running = state.at === 'applying' ? ` Running: ${progressText(state)}.` : '';
  return `${places[state.at]} ${decided}${running}`;
}

const places: Record<ConnectState['at'], string> = {
  discovering: 'I am reading which networks there are. Write “try again” if it takes too long.',
  asking: 'the form waits for answers.',
  surveying: 'I am reading both networks. Write “try again” if it takes too long.',
  choosing: 'a method is being chosen.',
  stopped: 'the checks found something that stops this plan. Write “change answers” to ask for something else.',
  planned: 'the plan waits for “Ask for approval”.',
  'awaiting-approval': 'the plan waits for the person on call. Write “withdraw” to take it back.',
  applying: 'the plan is being carried out.',
  verifying: 'everything is written and is being checked.',
  connected: 'the plan was carried out, and the proof stands below it. Write “plan again” for a fresh plan.',
  failed: 'a step failed; the card says which. Write “try again” or “leave it”.',
  closed: 'the request is closed. Write “change answers” to make a new plan.',
  cancelled: 'the request was cancelled. Write “connect” to start again.',
};
