/**
 * Questions about the policy, asked in a first message or in the middle of a case. They change nothing about the case;
 * a dangerous intention is met with its warning first, wherever it is uttered.
 */
import { answerQuestion, findDanger } from '../policy/answers.ts';
import { readIntent } from '../policy/intent.ts';
import { type Note, notes } from '../policy/notes.ts';
import { sentencesOf } from '../policy/sentences.ts';
import { type Doors, noteCard, notInPolicyCard, noteVerb } from './answer-card.ts';
import type { ShowMessage } from './effect.ts';
import { connectForms } from './connect-typed.ts';
import type { EventOf, Place } from './event.ts';
import { type Context, refusedReply, staleReply, stay, type Transition, whyOnlyHelp } from './flow.ts';
import type { CaseState } from './state.ts';
import { matchForm, supportForms } from './typed.ts';

/** What a question may begin in this place. */
function doorsIn(state: CaseState): Doors {
  const isTriage = state.flow === 'support' && (state.at === 'asking' || state.at === 'judged');
  return { support: state.flow === 'talk', connect: state.flow === 'talk' || isTriage };
}

/** Answers in the thread; the state stays, but talk remembers the question for whoever goes on from it. */
export function answerIn(state: CaseState, question: string, to: Place, context: Context): Transition {
  const answer = answerQuestion(question);
  const doors = doorsIn(state);
  const shown = { message: `answer-${context.revision}`, to, asked: question, doors };
  const next: CaseState = state.flow === 'talk' ? { ...state, lastQuestion: question } : state;
  if (answer.kind === 'not-in-policy') {
    return stay(next, undefined, [notInPolicyCard(answer.nearest, shown)]);
  }
  const { best, more, warning } = answer;
  const first: ShowMessage[] =
    warning === null || warning.row === best.row
      ? []
      : [noteCard(warning, [], { ...shown, message: `warning-${context.revision}`, doors: noDoors })];
  return stay(next, undefined, [...first, noteCard(best, more, shown)]);
}

const noDoors: Doors = { support: false, connect: false };

/** In a running case people talk to each other, so only a question that the policy answers is taken as one. */
export function questionAmid(text: string): string | null {
  const isCommand = matchForm(text, connectForms) !== null || matchForm(text, supportForms) !== null;
  const isQuestion = !isCommand && isAsked(text) && readIntent(text).job === 'question';
  return isQuestion && answerQuestion(text).kind === 'answer' ? text : null;
}

/** A plan that is only told is warned of; nobody asked for more. */
function isAsked(text: string): boolean {
  return sentencesOf(text).some((sentence) => sentence.isAsked);
}

/** The warning comes first, once per case: who goes on talking about it has read it. */
export function withWarning(transition: Transition, event: EventOf<'said'>): Transition {
  const danger = findDanger(event.text);
  if (danger === null || transition.effects.some((effect) => isWarningAbout(effect, danger))) {
    return transition;
  }
  const shown = { message: `warning-${danger.row}`, to: event.place, asked: event.text, doors: noDoors };
  return { ...transition, effects: [noteCard(danger, [], shown), ...transition.effects] };
}

function isWarningAbout(effect: Transition['effects'][number], danger: Note): boolean {
  return (
    effect.type === 'show' &&
    effect.content.card?.name === 'warning' &&
    effect.content.card.data.headline === danger.title
  );
}

export function isNoteClick(event: EventOf<'clicked'>): boolean {
  return event.verb.startsWith(noteVerb);
}

/** "Read on": another note, below the first one. */
export function showNote(state: CaseState, event: EventOf<'clicked'>, context: Context): Transition {
  const because = whyOnlyHelp(context.directory, event.person);
  if (because !== null) {
    return stay(state, refusedReply(because));
  }
  const row = event.verb.slice(noteVerb.length);
  const note = notes.find((one) => one.row === row);
  if (note === undefined) {
    return stay(state, staleReply('This note is not in the rules any more. Ask your question again.'));
  }
  const shown = { message: `answer-${context.revision}`, to: placeOf(state, event), asked: '', doors: doorsIn(state) };
  const next: CaseState = state.flow === 'talk' ? { ...state, lastQuestion: note.title } : state;
  return stay(next, undefined, [noteCard(note, relatedTo(note), shown)]);
}

/** In the thread of the case, also when the platform names no thread with a click. */
function placeOf(state: CaseState, event: EventOf<'clicked'>): Place {
  return 'place' in state ? state.place : event.place;
}

function relatedTo(note: Note): readonly Note[] {
  const answer = answerQuestion(note.title);
  const more = answer.kind === 'answer' ? [answer.best, ...answer.more] : answer.nearest;
  return more.filter((one) => one.row !== note.row).slice(0, 2);
}
