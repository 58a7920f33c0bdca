/** Where an event goes: to the flow of its case, or, for a first message, to the flow that it asks for. */
import { emptyIntent } from '../policy/connect-intent.ts';
import { readIntent } from '../policy/intent.ts';
import { advanceAlert, beginAlert } from './alert.ts';
import { answerIn, isNoteClick, questionAmid, showNote, withWarning } from './answer.ts';
import { beginConnect } from './connect-begin.ts';
import { keepDrafts, takeDraft } from './connect-drafts.ts';
import { draftForms } from './connect-typed.ts';
import { advanceConnect } from './connect.ts';
import { clickControl, hearControl, showLifted } from './control.ts';
import { isControlClick } from './control-words.ts';
import { clickDigest, hearBelowNotice } from './digest-click.ts';
import type { Event, EventOf } from './event.ts';
import {
  type Context,
  findPerson,
  moveTo,
  refusedReply,
  staleReply,
  stay,
  type Transition,
  whyOnlyHelp,
} from './flow.ts';
import { helpCard, threadsOf } from './help.ts';
import { whisper } from './message.ts';
import { askOverrides, showOverrides } from './overrides-list.ts';
import type { CaseState, SettingsState, TalkState } from './state.ts';
import { advanceSupport, beginSupport, withFirstFiles } from './support.ts';
import { askTickets, showTickets } from './ticket-list.ts';
import { answerForms, answerTyped, matchForm, talkForms } from './typed.ts';
import { advanceWatch, beginWatch } from './watch.ts';

export function advance(state: CaseState | null, event: Event, context: Context): Transition {
  return keepDrafts(advanceCase(state, event, context), context);
}

function advanceCase(state: CaseState | null, event: Event, context: Context): Transition {
  if (event.type === 'said') {
    return hear(state, event, context);
  }
  if (event.type === 'watched' && state === null) {
    return beginWatch(event, context);
  }
  if (event.type === 'alert-told' && state === null) {
    return beginAlert(event, context);
  }
  if (event.type === 'settings-changed' && state === null) {
    return moveTo({ flow: 'settings' });
  }
  if (state === null) {
    throw new Error(
      `Taking an event of type ${event.type}: no case is known for it. It is kept in the table “event”; look there for what sent it.`,
    );
  }
  if (event.type === 'overrides-listed') {
    return showOverrides(state, event, context);
  }
  if (event.type === 'tickets-listed') {
    return showTickets(state, event, context);
  }
  if (event.type === 'control-lifted') {
    return showLifted(state, event, context);
  }
  if (event.type === 'clicked' && isControlClick(event)) {
    return clickControl(state, event, context);
  }
  return event.type === 'clicked' && isNoteClick(event)
    ? showNote(state, event, context)
    : advanceFlow(state, event, context);
}

function advanceFlow(state: CaseState, event: Event, context: Context): Transition {
  switch (state.flow) {
    case 'connect':
      return advanceConnect(state, event, context);
    case 'support':
      return advanceSupport(state, event, context);
    case 'settings':
      return event.type === 'clicked' ? clickDigest(state, event, context) : heardByHouse(state, event, context);
    case 'alert':
      return advanceAlert(state, event, context);
    case 'watch':
      return advanceWatch(state, event, context);
    case 'talk':
      return event.type === 'clicked' ? clickTalk(state, event, context) : stay(state);
    default: {
      const never: never = state;
      return never;
    }
  }
}

function heardByHouse(state: SettingsState, event: Event, context: Context): Transition {
  return event.type === 'said' ? hearBelowNotice(state, event, context) : stay(state);
}

/** What is good in every thread comes first; then the case that runs there, or the one that begins. */
function hear(state: CaseState | null, event: EventOf<'said'>, context: Context): Transition {
  const talk: TalkState = { flow: 'talk', person: event.person, place: event.place };
  const at = state ?? talk;
  const person = findPerson(context.directory, event.person);
  if (event.asProblem === undefined && wantsHelp(event)) {
    const asked = { to: event.place, person, threads: threadsOf(state) };
    return stay(at, undefined, [helpCard(`help-${context.revision}`, asked, context)]);
  }
  const isRunning = state !== null && state.flow !== 'talk' && !asksAnew(state, event);
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return isRunning ? advanceFlow(state, event, context) : refuse(at, because, event, context);
  }
  if (event.asProblem !== undefined) {
    return isRunning ? stay(state, staleReply(runsAlready)) : beginProblem(event, context);
  }
  const control = hearControl(at, event, context);
  if (control !== null) {
    return control;
  }
  const form = matchForm(event.text, answerForms);
  if (form?.verb === 'list-overrides') {
    return askOverrides(at, event, context);
  }
  const tickets = askTickets(at, form?.verb, event);
  if (tickets !== null) {
    return tickets;
  }
  const question = form?.inputs['question'] ?? (isRunning ? questionAmid(event.text) : null);
  if (question !== null) {
    return withWarning(answerIn(at, question, event.place, context), event);
  }
  const next = isRunning ? advanceFlow(state, event, context) : begin(state, event, context);
  return withWarning(next, event);
}

const runsAlready = 'This thread belongs to a case already. Go on in it, or describe another problem in a new message.';

function beginProblem(event: EventOf<'said'>, context: Context): Transition {
  const begun = withFirstFiles(beginSupport(event.person, event.place, event.text, context), event, context);
  const link = event.asProblem?.link ?? null;
  const { state } = begun;
  return withWarning(
    state.flow !== 'support' || link === null ? begun : { ...begun, state: { ...state, link } },
    event,
  );
}

function refuse(at: CaseState, because: string, event: EventOf<'said'>, context: Context): Transition {
  return stay(at, refusedReply(because), [
    whisper(
      `refused-${context.revision}`,
      event.place,
      event.person,
      'I may not do this for you',
      because,
      'Write “help” to see what I can do.',
    ),
  ]);
}

/** The bare word: “help, production is down” is a cry, not a question about the bot. */
function wantsHelp(event: EventOf<'said'>): boolean {
  return /^\/?help[\s.!?]*$/i.test(event.text.trim());
}

/** What was cancelled or put off can begin again in its own thread, by whoever began it. */
function asksAnew(state: CaseState, event: EventOf<'said'>): boolean {
  const over =
    (state.flow === 'connect' && (state.at === 'cancelled' || state.at === 'moved')) ||
    (state.flow === 'support' && state.at === 'put-off');
  const { job } = readIntent(event.text);
  return over && event.person === state.requester && (job === 'connect' || job === 'support');
}

function begin(state: CaseState | null, event: EventOf<'said'>, context: Context): Transition {
  const talk: TalkState = { flow: 'talk', person: event.person, place: event.place };
  const form = state?.flow === 'talk' ? matchForm(event.text, talkForms) : null;
  if (form !== null && state?.flow === 'talk') {
    const click = { ...event, type: 'clicked' as const, message: 'answer', verb: form.verb, inputs: form.inputs };
    return answerTyped(clickTalk(state, click, context), event, context);
  }
  if (matchForm(event.text, draftForms) !== null) {
    return takeDraft(state ?? talk, event.person, event.place, context);
  }
  const intent = readIntent(event.text);
  switch (intent.job) {
    case 'connect':
      return beginConnect(state, event.person, event.place, intent, event.text, context);
    case 'support':
      return withFirstFiles(beginSupport(event.person, event.place, event.text, context), event, context);
    case 'question':
      return answerIn(talk, event.text, event.place, context);
    case 'help':
    case 'unknown':
      return moveTo(talk, [
        helpCard(
          `help-${context.revision}`,
          { to: event.place, person: findPerson(context.directory, event.person), threads: [] },
          context,
        ),
      ]);
    default: {
      const never: never = intent;
      return never;
    }
  }
}

/** From help or an answer into a case; what was asked goes along. */
function clickTalk(state: TalkState, event: EventOf<'clicked'>, context: Context): Transition {
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const { place, lastQuestion = '' } = state;
  switch (event.verb) {
    case 'start-connect':
      return beginConnect(state, event.person, place, emptyIntent, lastQuestion, context);
    case 'start-support':
      return beginSupport(event.person, place, lastQuestion, context);
    case 'ask-desk':
      return beginSupport(event.person, place, lastQuestion, context, {
        symptom: 'general-question',
        requestKind: 'question',
      });
    default:
      return stay(state, staleReply('This card has moved on. Write “help” to see what I can do.'));
  }
}
