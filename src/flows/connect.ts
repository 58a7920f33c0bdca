/**
 * A private connection, from the first question to the proof, and back. A pure state machine (DESIGN.md section 1):
 *
 *   discovering ─ asking ─ surveying ─ choosing ─ planned ─ awaiting-approval ─ approved ─ applying ─ verifying ─ connected
 *                    ▲                    │ stopped            │ closed           │ failed                │
 *                    └── change-answers ──┴────────────────────┘                  └──────── undo ─────────┤
 *                                                                                                         ▼
 *   undone ─ verifying ─ applying ─ awaiting-approval ─ undo-planned ─ (undo-stopped) ─────────── undo-reading
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks".
 */
import { clickApproval } from './approval.ts';
import { approvalTimer } from './approval-pass.ts';
import { formAgain, showForm } from './connect-begin.ts';
import { clickWizard } from './connect-click.ts';
import { letGo } from './connect-drafts.ts';
import { keepLast } from './connect-last.ts';
import { isExport, showPlan } from './connect-export.ts';
import { connectMessage } from './connect-form-card.ts';
import { remindOwner } from './connect-remind.ts';
import { mendUnseen } from './approval-unseen.ts';
import { choose } from './connect-planning.ts';
import { advanceRun, proveAfterWait, undoRead } from './connect-run.ts';
import { advanceDesk, keepDesk } from './connect-support.ts';
import { readTyped } from './connect-typed.ts';
import { showUndo, undoUnread } from './connect-undo.ts';
import type { Event, EventOf } from './event.ts';
import { type Context, moveTo, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectState } from './state.ts';
import { answerTyped } from './typed.ts';

export function advanceConnect(state: ConnectState, event: Event, context: Context): Transition {
  return advanceDesk(state, event, context) ?? keepDesk(state, keepLast(state, advance(state, event, context)));
}

function advance(state: ConnectState, event: Event, context: Context): Transition {
  switch (event.type) {
    case 'clicked':
      return click(state, event, context);
    case 'said':
      return typed(state, event, context);
    case 'discovered':
      return state.at === 'discovering' && state.question === event.question
        ? showForm(state, {
            ...context,
            facts: { ...context.facts, discovery: { value: event.discovery, readAt: context.at } },
          })
        : stay(state);
    case 'surveyed':
      return surveyed(state, event, context);
    case 'timer':
      return advanceTimer(state, event, context);
    case 'read-failed':
      return readFailed(state, event, context);
    case 'draft-taken':
      return letGo(state, event);
    case 'plan-begins':
    case 'step-changed':
    case 'plan-finished':
    case 'verified':
    case 'effect-failed':
      return advanceRun(state, event, context);
    case 'alert-told':
    case 'tickets-found':
    case 'ticket-opened':
    case 'settings-changed':
    case 'overrides-listed':
    case 'tickets-listed':
    case 'desk-away':
    case 'ticket-hinted':
    case 'ticket-read':
    case 'ticket-looked':
    case 'ticket-refused':
    case 'comment-sent':
    case 'control-lifted':
    case 'watched':
      return stay(state);
    case 'approval-unseen':
      return mendUnseen(state, event, context);
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** Read for a plan, for what can be undone, or for what is left after an undo. */
function surveyed(state: ConnectState, event: EventOf<'surveyed'>, context: Context): Transition {
  if (!('question' in state) || state.question !== event.question) {
    return stay(state);
  }
  switch (state.at) {
    case 'surveying':
      return choose(state, event, context);
    case 'undo-reading':
      return showUndo(state, event);
    case 'verifying':
      return undoRead(state, event, context);
    case 'discovering':
    default:
      return stay(state);
  }
}

/** Only whoever asked works the wizard; deciding is for the approvers, who may read the whole plan as well. */
function click(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  if (isExport(event.verb)) {
    return showPlan(state, event, context);
  }
  return clickApproval(state, event, context) ?? clickWizard(state, event, context);
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
  if (event.name === 'owner-reminder') {
    return state.at === 'applying' ? remindOwner(state, event.about, context) : stay(state);
  }
  if (event.name === 'proof-again') {
    return proveAfterWait(state, event.about, context);
  }
  return state.at === 'awaiting-approval' && state.approval.id === event.about
    ? approvalTimer(state, event.name, context)
    : stay(state);
}

function readFailed(state: ConnectState, event: EventOf<'read-failed'>, context: Context): Transition {
  if (state.at === 'verifying') {
    return advanceRun(state, event, context);
  }
  if (!('question' in state) || state.question !== event.question) {
    return stay(state);
  }
  if (state.at === 'undo-reading') {
    return undoUnread(state, event.because);
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
