/**
 * From what is known to the next question or the verdict. Asked is only what could change the verdict, at most two
 * things at once, and nothing twice; what decides whether a ticket is the right way at all is always asked.
 */
import type { AnswerKey } from '../policy/answer-words.ts';
import { mergeAnswers, triage, type TriageAnswers, type Verdict } from '../policy/triage.ts';
import { doneOf } from '../policy/verdict-words.ts';
import type { EventOf, Inputs } from './event.ts';
import { type Context, invalidReply, moveTo, stay, type Transition } from './flow.ts';
import type { SupportAt, SupportState } from './state.ts';
import { notKnown, triageCard } from './support-card.ts';
import { verdictCard } from './support-verdict.ts';

export type SupportBase = Pick<
  SupportState,
  'flow' | 'requester' | 'place' | 'words' | 'answers' | 'since' | 'raisedAt' | 'about' | 'files' | 'withoutDiagnostics'
>;

/** The case without its verdict, for the rules to judge. */
export function baseOf(state: SupportState): SupportBase {
  const { about, files, flow, link, requester, place, words, answers, since, raisedAt, withoutDiagnostics } = state;
  return {
    flow,
    requester,
    place,
    words,
    answers,
    since,
    raisedAt,
    ...(about === undefined ? {} : { about }),
    ...(files === undefined ? {} : { files }),
    ...(link === undefined ? {} : { link }),
    ...(withoutDiagnostics === undefined ? {} : { withoutDiagnostics }),
  };
}

/** What a case keeps as long as its verdict stands: what was changed by hand goes along. */
export function keptBase(state: SupportState): SupportBase & Pick<SupportState, 'overrides'> {
  const { overrides } = state;
  return overrides === undefined ? baseOf(state) : { ...baseOf(state), overrides };
}

/** Did they try the recovery, run the checks, retry, upgrade? Each sends the person another way before the desk. */
const gates: ReadonlySet<AnswerKey> = new Set([
  'selfServiceRecoveryTried',
  'preflightPassed',
  'retriesDone',
  'mendixVersion',
]);

export function firstStep(base: SupportBase, context: Context): Transition {
  const verdict = triage(base.answers);
  return verdict.ask.length > 0 || verdict.scope === 'unclear'
    ? ask(base, verdict, verdict.ask, [])
    : judge(base, verdict, context);
}

export function continueTriage(state: SupportState, event: EventOf<'clicked'>, context: Context): Transition | null {
  if (state.at !== 'asking') {
    return null;
  }
  const merged = mergeAnswers(state.answers, withoutNotKnown(event.inputs));
  if (merged.kind === 'invalid') {
    return stay(state, invalidReply(merged.errors));
  }
  const since = event.inputs['since'] === undefined ? state.since : event.inputs['since'].trim() || null;
  return nextStep({ ...baseOf(state), answers: merged.answers, since }, state, context);
}

function withoutNotKnown(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, value === notKnown ? '' : value]));
}

/** Somebody has done what the verdict asked for: it goes on from there, and nobody starts anew. */
export function didThat(state: SupportState, context: Context): Transition | null {
  const done = state.at === 'judged' ? doneOf(state.verdict.route) : null;
  if (done === null) {
    return null;
  }
  const answers = { ...state.answers, ...done.answers };
  return nextStep({ ...baseOf(state), answers }, { answers: state.answers }, context);
}

type Asked = SupportAt<'asking' | 'judged' | 'previewing' | 'differing'>;

/** Back to the form, with everything that was understood to correct; a verdict stands until something is changed. */
export function reask(state: Asked): Transition {
  const { verdict } = state;
  const corrects = state.at !== 'asking' || state.corrects === true;
  const next: SupportAt<'asking'> = {
    ...keptBase(state),
    at: 'asking',
    verdict,
    asked: verdict.ask,
    ...(corrects ? { corrects } : {}),
  };
  return moveTo(next, [triageCard(next, verdict.ask)]);
}

/** To the verdict as it stands, changes by hand included. */
export function backToVerdict(state: SupportState, context: Context): Transition | null {
  const isBack = state.at === 'previewing' || state.at === 'differing' || (state.at === 'asking' && state.corrects);
  if (isBack !== true) {
    return null;
  }
  const next: SupportAt<'judged'> = { ...keptBase(state), at: 'judged', verdict: state.verdict };
  return moveTo(next, [verdictCard(next, context)]);
}

function nextStep(
  base: SupportBase,
  before: { answers: TriageAnswers; asked?: readonly AnswerKey[] },
  context: Context,
): Transition {
  const verdict = triage(base.answers);
  const asked = before.asked ?? [];
  if (verdict.scope === 'unclear' || (isOpen(verdict, base.answers) && isNew(before.answers, base.answers))) {
    return ask(base, verdict, verdict.ask, asked);
  }
  const fresh = verdict.ask.filter((key) => !asked.includes(key));
  return fresh.some((key) => gates.has(key)) ? ask(base, verdict, fresh, asked) : judge(base, verdict, context);
}

function ask(
  base: SupportBase,
  verdict: Verdict,
  questions: readonly AnswerKey[],
  asked: readonly AnswerKey[],
): Transition {
  const next: SupportAt<'asking'> = {
    ...base,
    at: 'asking',
    verdict,
    asked: [...new Set([...asked, ...questions])],
  };
  return moveTo(next, [triageCard(next, questions)]);
}

function judge(base: SupportBase, verdict: Verdict, context: Context): Transition {
  const next: SupportAt<'judged'> = { ...base, at: 'judged', verdict };
  return moveTo(next, [verdictCard(next, context)]);
}

/** Supported as far as it is known, but what is wrong or how severe it is still has to be asked. */
function isOpen(verdict: Verdict, answers: TriageAnswers): boolean {
  const isUnrated = verdict.severity === null || answers.symptom === null;
  return verdict.scope === 'supported' && isUnrated && verdict.ask.length > 0;
}

/** Whoever leaves a question open a second time is not asked a third time. */
function isNew(before: TriageAnswers, after: TriageAnswers): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
