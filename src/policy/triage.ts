/**
 * The verdict about a support request: supported or not, which way to go, who is responsible, how severe, how soon a
 * first answer is due; the rows that it rests on; and what would change it. Every decision is a row of a table.
 *
 * Source: "Support for Mendix on Azure"; how it is read: CONTRACTS.md section 3.
 */
import { answerCondition } from './answer-words.ts';
import { allUnknown, unknownInOrder } from './ask-order.ts';
import { contrastsOf } from './contrasts.ts';
import type { PolicyGround } from './documents.ts';
import { type AnswerKey, type AnswerValue, answerValues, type TriageAnswers } from './facts-asked.ts';
import { targetOf } from './response-target.ts';
import { judgeScope, type Responsible, type Route, type Scope, scopeTable } from './scope.ts';
import { judgeSeverity, type Severity } from './severity.ts';
import { tablesVersion } from './tables-version.ts';
import { nextText, responsibleText, severityText, wouldBeText } from './verdict-words.ts';

export { mergeAnswers, type TriageAnswers } from './facts-asked.ts';

/** What the tables decide, without the reasons. Severity and target are null unless the case is supported. */
interface Judgement {
  scope: Scope;
  route: Route;
  /** Null while it is unclear. */
  responsible: Responsible | null;
  severity: Severity | null;
  /** As in `<2 office hours`. */
  target: string | null;
  /** The rows in the order in which they decided: scope, severity, target. */
  because: readonly PolicyGround[];
}

/** One answer that would lead to another verdict: "It would be High if …". */
export interface WouldChange {
  key: AnswerKey;
  value: AnswerValue;
  text: string;
}

export interface Verdict extends Judgement {
  /** At most two unknown facts that could change the verdict, first things first. */
  ask: readonly AnswerKey[];
  /** At most two. */
  wouldChange: readonly WouldChange[];
  /** What the person does now. */
  next: string;
  /** Digest of the tables that decided. */
  tablesVersion: string;
}

/** More than two questions at once are not answered, they are put off. */
const mostAsked = 2;

export function triage(answers: TriageAnswers): Verdict {
  const judgement = judge(answers);
  const ask = unknownInOrder(answers)
    .filter((key) => changesWith(key, answers, judgement).length > 0)
    .slice(0, mostAsked);
  const wouldChange = whatWouldChange(ask, answers, judgement);
  return { ...judgement, ask, wouldChange, next: nextText(judgement.route, answers), tablesVersion };
}

/**
 * What could still change the verdict, at most two, first things first: the facts that are asked, or, when none of them
 * is left, whatever else is unknown and could. Empty only when nothing unknown changes it.
 */
export function unsettledBy(answers: TriageAnswers): readonly AnswerKey[] {
  const { ask, ...judgement } = triage(answers);
  return ask.length > 0
    ? ask
    : allUnknown(answers)
        .filter((key) => changesWith(key, answers, judgement).length > 0)
        .slice(0, mostAsked);
}

function judge(answers: TriageAnswers): Judgement {
  const { result, ground } = judgeScope(answers);
  const unrated = { ...result, severity: null, target: null, because: [ground] };
  if (result.scope !== 'supported') {
    return unrated;
  }
  const severity = judgeSeverity(answers);
  if (severity.result === 'undecided') {
    return unrated;
  }
  const target = targetOf(severity.result);
  return {
    ...result,
    severity: severity.result,
    target: target.text,
    because: [ground, severity.ground, target.ground],
  };
}

function judgeWith(answers: TriageAnswers, key: AnswerKey, value: AnswerValue): Judgement {
  return judge({ ...answers, [key]: value });
}

function isSame(one: Judgement, other: Judgement): boolean {
  return (
    one.scope === other.scope &&
    one.route === other.route &&
    one.responsible === other.responsible &&
    one.severity === other.severity &&
    one.target === other.target
  );
}

function changesWith(key: AnswerKey, answers: TriageAnswers, now: Judgement): AnswerValue[] {
  return valuesToTry(key).filter((value) => !isSame(now, judgeWith(answers, key, value)));
}

/** A version can be anything, so those are tried that the scope table tells apart. */
function valuesToTry(key: AnswerKey): readonly AnswerValue[] {
  const allowed = answerValues[key];
  return allowed === 'version' ? (scopeTable.samples.get(key) ?? []).filter((value) => value !== null) : allowed;
}

function whatWouldChange(ask: readonly AnswerKey[], answers: TriageAnswers, now: Judgement): WouldChange[] {
  const unknown = ask.flatMap((key) => strongestChange(key, answers, now));
  const given = contrastsOf(answers)
    .filter((row) => !isSame(now, judgeWith(answers, row.key, row.value)))
    .map((row) => ({
      key: row.key,
      value: row.value,
      text: changeText(now, judgeWith(answers, row.key, row.value), row.if),
    }));
  return [...unknown, ...given].slice(0, mostAsked);
}

/** Of an unknown fact one value is named: one that leads elsewhere rather than one that only weighs differently. */
function strongestChange(key: AnswerKey, answers: TriageAnswers, now: Judgement): WouldChange[] {
  // What is wrong can be anything; naming one possibility of many would mislead.
  const values = key === 'symptom' || now.scope === 'unclear' ? [] : changesWith(key, answers, now);
  const elsewhere = values.find((value) => judgeWith(answers, key, value).scope !== now.scope);
  const value = elsewhere ?? values[0];
  return value === undefined
    ? []
    : [{ key, value, text: changeText(now, judgeWith(answers, key, value), answerCondition(key, value)) }];
}

function changeText(now: Judgement, then: Judgement, condition: string): string {
  return `It would be ${differenceText(now, then)} if ${condition}.`;
}

function differenceText(now: Judgement, then: Judgement): string {
  if (then.scope !== now.scope || then.route !== now.route) {
    return wouldBeText(then.route);
  }
  if (then.severity !== now.severity && then.severity !== null) {
    return severityText(then.severity);
  }
  return then.responsible === null ? wouldBeText(then.route) : `a case for ${responsibleText(then.responsible)}`;
}
