/** What the buttons of a connection's wizard and living card do; the same words can be typed (`typed.ts`). */
import type { Method } from '../plan/plan.ts';
import { planConnection } from '../plan/planner.ts';
import { askApproval, close, decisionText } from './approval.ts';
import { showForm } from './connect-begin.ts';
import { connectMessage, readForm, visibleTo } from './connect-form.ts';
import { answersOf, surveyEffect } from './connect-method.ts';
import { planCard, stoppedCard } from './connect-plan.ts';
import { judge, leave, retryPlan } from './connect-run.ts';
import { progressText } from './connect-status.ts';
import type { EventOf } from './event.ts';
import {
  type Context,
  findPerson,
  invalidReply,
  moveTo,
  nameOf,
  refusedReply,
  staleReply,
  stay,
  type Transition,
} from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectAt, ConnectState } from './state.ts';
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
  return actions[event.verb]?.(state, event, context) ?? stay(state, presentState(state, context));
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
  withdraw: (state, event, context) =>
    state.at === 'awaiting-approval'
      ? close(state, { status: 'withdrawn', by: event.person, at: context.at, reason: '' }, context)
      : null,
  retry: (state, _event, context) => retryPlan(state, context) ?? (isReading(state) ? showForm(state, context) : null),
  leave: (state, _event, context) => leave(state, context),
  'judge-output': (state, event, context) => judge(state, event, context),
};

function isReading(state: ConnectState): boolean {
  return state.at === 'discovering' || state.at === 'surveying';
}

function continueForm(state: ConnectState, event: Click, context: Context): Transition | null {
  const known = context.facts.discovery;
  if (state.at !== 'asking') {
    return null;
  }
  if (known === null) {
    return showForm(state, context);
  }
  const read = readForm(state.draft, event.inputs, visibleTo(known.value, state.requester, context));
  if (read.kind === 'invalid') {
    return stay(state, invalidReply(read.errors));
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

const changeable: readonly ConnectState['at'][] = ['choosing', 'stopped', 'planned', 'closed', 'connected'];

function changeAnswers(state: ConnectState, _event: Click, context: Context): Transition | null {
  return changeable.includes(state.at) ? showForm(state, context) : null;
}

const cancellable: readonly ConnectState['at'][] = [
  'discovering',
  'asking',
  'surveying',
  'choosing',
  'stopped',
  'planned',
];

function cancel(state: ConnectState, _event: Click, _context: Context): Transition | null {
  if (!cancellable.includes(state.at)) {
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

/** Old cards never lie: a click that comes too late is told where the case stands. */
export function presentState(state: ConnectState, context: Context): ReturnType<typeof staleReply> {
  return staleReply(`This card has moved on: ${whereItStands(state, context)}`);
}

export function whereItStands(state: ConnectState, context: Context): string {
  if ('approval' in state && state.approval.decision !== null) {
    const zone = findPerson(context.directory, state.requester)?.zone ?? 'UTC';
    const running = state.at === 'applying' ? ` Running: ${progressText(state)}.` : '';
    return `${decisionText(state.approval, zone, context)}${running}`;
  }
  return places[state.at];
}

const places: Record<ConnectAt<ConnectState['at']>['at'], string> = {
  discovering: 'I am reading which networks there are.',
  asking: 'the form waits for answers.',
  surveying: 'I am reading both networks.',
  choosing: 'a method is being chosen.',
  stopped: 'the checks found something that stops this plan.',
  planned: 'the plan waits for “Ask for approval”.',
  'awaiting-approval': 'the plan waits for the person on call.',
  applying: 'the plan is being carried out.',
  verifying: 'everything is written and is being checked.',
  connected: 'it is connected.',
  failed: 'a step failed; the card says which.',
  closed: 'the request is closed.',
  cancelled: 'the request was cancelled.',
};
