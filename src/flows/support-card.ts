/** What is understood and what is asked, before there is a verdict (STORYBOARD B1). */
import {
  answerChoices,
  answerCondition,
  answerLabel,
  answerQuestion,
  answerText,
  type AnswerKey,
} from '../policy/answer-words.ts';
import { scopeTable } from '../policy/scope.ts';
import type { Choice, Line, TriageData } from './card.ts';
import type { ShowMessage } from './effect.ts';
import { showCard } from './message.ts';
import type { SupportAt, SupportState } from './state.ts';

/** The message that carries triage, verdict, preview and finally the ticket in the thread that asked. */
export const supportMessage = 'support';

/** What a person chooses who sees something understood that nobody knows. */
export const notKnown = 'not-known';

export function understoodLines(state: SupportState): Line[] {
  const lines = knownKeys(state).map((key) => ({
    title: answerLabel(key),
    value: answerText(key, state.answers[key]),
  }));
  return state.since === null ? lines : [...lines, { title: 'Since', value: state.since }];
}

/** What kind of request it is matters only as long as nothing else is known about it. */
export function knownKeys({ answers }: SupportState): AnswerKey[] {
  const keys = (Object.keys(answers) as AnswerKey[]).filter((key) => answers[key] !== null);
  return answers.symptom === null ? keys : keys.filter((key) => key !== 'requestKind');
}

/** Asks these questions, and shows what was understood so that each of it can be changed. */
export function triageCard(state: SupportAt<'asking'>, questions: readonly AnswerKey[]): ShowMessage {
  const isCorrection = state.corrects === true;
  const known = knownKeys(state).filter((key) => !questions.includes(key));
  const data: TriageData = {
    headline: isCorrection ? 'Change what is not right.' : headlineOf(state),
    understood: isCorrection
      ? ''
      : understoodLines(state)
          .map((line) => `${line.title}: ${line.value}`)
          .join(' · '),
    corrections: correctionsOf(state),
    asks: [
      ...questions.map((key) => ({ ...inputOf(key, state), label: answerQuestion(key), known: false })),
      ...known.map((key) => withNotKnown({ ...inputOf(key, state), label: answerLabel(key), known: true })),
      ...(state.since === null ? [] : [{ id: 'since', label: 'Since', choices: [], value: state.since, known: true }]),
    ],
    problems: [],
  };
  return showCard(
    supportMessage,
    state.place,
    [data.headline, ...questions.map(answerQuestion)].join(' '),
    { name: 'triage', data },
    { verbs: ['triage-continue', isCorrection ? 'back' : 'cancel'] },
  );
}

function correctionsOf(state: SupportAt<'asking'>): string {
  if (knownKeys(state).length === 0 && state.since === null) {
    return '';
  }
  return state.corrects === true ? 'What I understood' : 'Not right? Correct it, then continue';
}

function inputOf(key: AnswerKey, state: SupportState): { id: string; choices: Choice[]; value: string } {
  const value = valueText(state.answers[key]);
  return { id: key, choices: choicesOf(key, value), value };
}

/** What was understood can also be taken back; where the fault lies has a word of its own for that. */
function withNotKnown<Ask extends { choices: Choice[] }>(ask: Ask): Ask {
  return ask.choices.some((choice) => choice.value === 'unknown')
    ? ask
    : { ...ask, choices: [...ask.choices, { title: 'Not known', value: notKnown }] };
}

/** A version is any text; to be chosen, it is one of those that the rules tell apart, or what was understood. */
function choicesOf(key: AnswerKey, value: string): Choice[] {
  const choices = answerChoices(key);
  if (choices.length > 0) {
    return choices;
  }
  const samples = (scopeTable.samples.get(key) ?? []).filter((sample) => sample !== null);
  const told = samples.map((sample) => ({ title: capital(answerCondition(key, sample)), value: String(sample) }));
  return value === '' || told.some((choice) => choice.value === value) ? told : [{ title: value, value }, ...told];
}

function valueText(value: string | boolean | null): string {
  return value === null ? '' : String(value);
}

function headlineOf(state: SupportState): string {
  const { environment, symptom } = state.answers;
  if (environment === 'production' && (symptom === 'inaccessible' || symptom === 'core-unavailable')) {
    return 'This looks like a production outage.';
  }
  return symptom === null ? 'Tell me a little more.' : 'This is what I understood.';
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
