/**
 * A private connection, from the first question to the proof. A pure state machine (DESIGN.md section 1):
 *
 *   discovering ─ asking ─ surveying ─ choosing ─ planned ─ awaiting-approval ─ applying ─ verifying ─ connected
 *                    ▲                    │ stopped            │ closed           │ failed
 *                    └── change-answers ──┴────────────────────┘
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks".
 */
import { close, decide, remind } from './approval.ts';
import { formAgain, showForm } from './connect-begin.ts';
import { clickWizard } from './connect-click.ts';
import { connectMessage } from './connect-form-card.ts';
import { chooseFor, methodCard } from './connect-method.ts';
import { advanceRun } from './connect-run.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectState } from './state.ts';
import { answerTyped, readTyped } from './typed.ts';

export function advanceConnect(state: ConnectState, event: Event, context: Context): Transition {
  switch (event.type) {
    case 'clicked':
      return click(state, event, context);
    case 'said':
      return typed(state, event, context);
    case 'discovered':
      return state.at === 'discovering' && state.question === event.question
        ? showForm(state, { ...context, facts: { discovery: { value: event.discovery, readAt: context.at } } })
        : stay(state);
    case 'surveyed':
      return state.at === 'surveying' && state.question === event.question
        ? choose(state, event, context)
        : stay(state);
    case 'timer':
      return advanceTimer(state, event, context);
    case 'read-failed':
      return readFailed(state, event, context);
    case 'step-changed':
    case 'plan-finished':
    case 'verified':
    case 'effect-failed':
      return advanceRun(state, event, context);
    case 'ticket-opened':
    case 'settings-changed':
    case 'overrides-listed':
    case 'ticket-hinted':
    case 'ticket-read':
    case 'comment-sent':
      return stay(state);
    default: {
      const never: never = event;
      return never;
    }
  }
}

function choose(
  state: Extract<ConnectState, { at: 'surveying' }>,
  event: EventOf<'surveyed'>,
  context: Context,
): Transition {
  const choice = chooseFor(state.draft, event.survey);
  const { flow, requester, place, draft } = state;
  return moveTo(
    { flow, requester, place, draft, at: 'choosing', survey: event.survey, surveyedAt: context.at, choice },
    [methodCard(place, choice, event.survey, draft)],
  );
}

/** Only whoever asked works the wizard; deciding is for the approvers. */
function click(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  if (event.verb === 'approve' || event.verb === 'reject') {
    return decide(state, event, context);
  }
  return clickWizard(state, event, context);
}

function typed(state: ConnectState, event: EventOf<'said'>, context: Context): Transition {
  const command = readTyped(event.text);
  if (command === null) {
    return stay(state);
  }
  const transition = click(
    state,
    { ...event, type: 'clicked', message: connectMessage, verb: command.verb, inputs: command.inputs },
    context,
  );
  return keepTyped(answerTyped(transition, event, context), context);
}

/** What was typed for the form is kept, also when something is still missing, and the form shows it. */
function keepTyped(transition: Transition, context: Context): Transition {
  const { state, reply, effects } = transition;
  const isForm = reply.outcome === 'invalid' && state.flow === 'connect' && state.at === 'asking';
  return isForm ? { ...transition, effects: [...formAgain(state, context), ...effects] } : transition;
}

function advanceTimer(state: ConnectState, event: EventOf<'timer'>, context: Context): Transition {
  if (state.at !== 'awaiting-approval' || state.approval.id !== event.about) {
    return stay(state);
  }
  if (event.name === 'approval-reminder') {
    return remind(state, context);
  }
  return event.name === 'approval-expiry'
    ? close(state, { status: 'expired', by: null, at: context.at, reason: '' }, context)
    : stay(state);
}

function readFailed(state: ConnectState, event: EventOf<'read-failed'>, context: Context): Transition {
  if (state.at === 'verifying') {
    return advanceRun(state, event, context);
  }
  if ((state.at !== 'discovering' && state.at !== 'surveying') || state.question !== event.question) {
    return stay(state);
  }
  const card = showCard(
    connectMessage,
    state.place,
    `I could not read Azure: ${event.because}`,
    {
      name: 'notice',
      data: {
        title: 'I could not read what is there',
        tone: 'attention',
        text: event.because,
        wayOut:
          'Press “Try again”. If it stays like this, ask your Azure administrator whether the bot’s identity may read these networks.',
        lines: [],
      },
    },
    { verbs: ['retry', 'cancel'] },
  );
  return moveTo(state, [card]);
}
