/** What the buttons of a connection's wizard and living card do; the same words can be typed (`typed.ts`). */
import { askApproval } from './approval-ask.ts';
import { changeAfterWish } from './approval-change.ts';
import { isWithdrawable, withdraw } from './approval-withdraw.ts';
import { decisionText, nowText, zoneOf } from './approval-words.ts';
import { formAgain, showForm } from './connect-begin.ts';
import { choosableFor } from './connect-choices.ts';
import { takeDraft, wasTaken } from './connect-drafts.ts';
import { readForm } from './connect-form.ts';
import { connectMessage } from './connect-form-card.ts';
import { planBy, startSurvey } from './connect-planning.ts';
import { leave, retryPlan } from './connect-retry.ts';
import { judge, proveAgain } from './connect-run.ts';
import { askDesk } from './connect-support.ts';
import { keepIt, readUndoAgain, startUndo } from './connect-undo.ts';
import type { EventOf } from './event.ts';
import { type Context, invalidReply, moveTo, nameOf, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showCard } from './message.ts';
import type { ConnectState } from './state.ts';

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
  if (wasTaken(state, context)) {
    return stay(state, staleReply('This goes on elsewhere, with all answers; you took it there.'));
  }
  const next = context.stale ? null : actions[event.verb]?.(state, event, context);
  return next ?? stay(state, staleReply(`This card has moved on: ${whereItStands(state, context)}`));
}

type Action = (state: ConnectState, event: Click, context: Context) => Transition | null;

/** By verb; null means that the verb makes no sense where the case stands. */
const actions: Readonly<Record<string, Action>> = {
  'connect-continue': continueForm,
  'take-draft': goOn,
  'use-peering': (state, _event, context) => (state.at === 'choosing' ? planBy('peering', state, context) : null),
  'use-private-link': (state, _event, context) =>
    state.at === 'choosing' ? planBy('private-link', state, context) : null,
  back: changeAnswers,
  'change-answers': changeAnswers,
  'check-again': checkAgain,
  cancel,
  'ask-approval': (state, _event, context) =>
    state.at === 'planned' || state.at === 'undo-planned' ? askApproval(state, context) : null,
  retry,
  leave: (state, _event, context) => leave(state, context),
  undo: (state, _event, context) => startUndo(state, context),
  'keep-it': (state, _event, context) => keepIt(state, context),
  'judge-output': (state, event, context) => judge(state, event, context),
  'start-support': (state, _event, context) => askDesk(state, context),
};

/** Whatever was under way: reading, or carrying out the plan. */
function retry(state: ConnectState, _event: Click, context: Context): Transition | null {
  if (state.at === 'surveying') {
    return startSurvey(state, context);
  }
  if (state.at === 'discovering') {
    return showForm(state, context);
  }
  return state.at === 'undo-reading' ? readUndoAgain(state, context) : retryPlan(state, context);
}

/** The checks of a plan, what can be undone, or the proof: whatever was looked at last. */
function checkAgain(state: ConnectState, _event: Click, context: Context): Transition | null {
  if (state.at === 'stopped') {
    return startSurvey(state, context);
  }
  return state.at === 'undo-stopped' ? startUndo(state, context) : proveAgain(state, context);
}

/** Where words can still change what is asked: nothing was asked of anybody else by then. */
const openToWords = new Set<ConnectState['at']>(['asking', 'choosing', 'stopped', 'planned', 'closed']);

function continueForm(state: ConnectState, event: Click, context: Context): Transition | null {
  const known = context.facts.discovery;
  const isForm = state.at === 'asking';
  if (!openToWords.has(state.at) || (!isForm && Object.keys(event.inputs).length === 0)) {
    return null;
  }
  if (known === null) {
    return showForm(state, context);
  }
  const { draft, ...read } = readForm(state.draft, event.inputs, choosableFor(known.value, state.requester, context));
  const { flow, requester, place } = state;
  const next = { flow, requester, place, draft, at: 'asking' as const };
  if (read.kind === 'draft') {
    return startSurvey(next, context);
  }
  if (!isForm || draft.wish !== state.draft.wish) {
    // Another wish asks other things; that they were not said yet is no mistake.
    const wrong = read.errors.filter(({ isMissing }) => isMissing !== true).map(({ message }) => message);
    return moveTo(next, formAgain(next, context, wrong));
  }
  return stay(next, invalidReply(read.errors.map(({ input, message }) => ({ input, message }))));
}

/** With a draft from elsewhere; else with this one, whose card may have scrolled away. */
function goOn(state: ConnectState, event: Click, context: Context): Transition | null {
  const taken = takeDraft(state, event.person, state.place, context);
  return taken.reply.outcome === 'done' || state.at !== 'asking' ? taken : showForm(state, context);
}

const changeable = new Set<ConnectState['at']>(['choosing', 'stopped', 'planned', 'closed', 'connected', 'undone']);

/** Back to the form with the answers kept; while a plan waits or runs, it has to be withdrawn or left first. */
function changeAnswers(state: ConnectState, _event: Click, context: Context): Transition | null {
  if (state.at === 'awaiting-approval') {
    return changeAfterWish(state, context);
  }
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

/** A plan that was asked about and not begun is withdrawn: that is what cancelling it means. */
function cancel(state: ConnectState, event: Click, context: Context): Transition | null {
  if (isWithdrawable(state)) {
    return withdraw(state, event, context);
  }
  if (!cancellable.has(state.at)) {
    return keepIt(state, context);
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
  return `${places[state.at]} ${decided} ${nowText(state)}`.trim();
}

const places: Record<ConnectState['at'], string> = {
  discovering: 'I am reading which networks there are. Write “try again” if it takes too long.',
  asking: 'the form waits for answers.',
  surveying: 'I am reading both networks. Write “try again” if it takes too long.',
  choosing: 'a method is being chosen.',
  stopped: 'the checks found something that stops this plan. Write “change answers” to ask for something else.',
  planned: 'the plan waits for “Ask for approval”.',
  'awaiting-approval': 'the plan waits for the person on call. Write “withdraw” to take it back.',
  approved: 'it is approved, and nothing is written yet. Write “withdraw” to take it back.',
  applying: 'the plan is being carried out.',
  verifying: 'everything is written and is being checked.',
  connected: 'the plan was carried out, and the proof stands below it. Write “plan again” for a fresh plan.',
  failed: 'a step failed; the card says which. Write “try again” or “leave it”.',
  closed: 'the request is closed. Write “change answers” to make a new plan.',
  'undo-reading': 'I am reading what can be undone. Write “try again” if it takes too long.',
  'undo-stopped': 'it cannot be undone now; the card says why. Write “keep it” to leave it.',
  'undo-planned': 'the undo waits for “Ask for approval”. Write “keep it” to leave everything as it is.',
  undone: 'the plan was undone. Write “change answers” to make a new one.',
  moved: 'the request goes on elsewhere, with all answers. Write “connect” to start another one here.',
  cancelled: 'the request was cancelled. Write “connect” to start again.',
};
