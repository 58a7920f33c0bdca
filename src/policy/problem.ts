/**
 * Whether a message tells of a problem that somebody has right now, however it is wrapped: "prod is down, can you
 * help?", "why can't I reach my app?". A question about problems in general is none: "how fast do you answer when
 * production is down?".
 */
import { sentencesOf } from './sentences.ts';
import { symptomGroups } from './triage-vocabulary.ts';
import { understand } from './understand.ts';

/** What follows is supposed, not told. */
const supposing = /\b(?:if|when|whenever|once|in case|suppose|supposing|as soon as|while|what about)\b.*$/iu;

/** Who asks like this has the problem. */
const complaining = new RegExp(
  [
    String.raw`\bwhy\b`,
    String.raw`^(?:is|are|was|were|has|have)\s+(?:our|my|the|it|this|that|there|some\w+|any\w+|every\w+|prod\w*|acc\w*|test|dev\w*)\b`,
    String.raw`\bwhat(?:[’']s| is| has gone| went| happened)\b.*\b(?:wrong|to|with)\b`,
    String.raw`\bhow (?:do|can|could|should) (?:i|we) (?:fix|solve|repair|recover|get)\b`,
    String.raw`\b(?:can|could|would|will) (?:you|somebody|someone)\b`,
  ].join('|'),
  'iu',
);

/** Who asks for these wants to know the rules. */
const rules =
  /\b(?:severity|severities|severe|critical|priority|sla|respon\w+|supported|covered|polic(?:y|ies)|count(?:s|ed)?|office hours|who)\b/iu;

const faultWords =
  /\b(?:(?:is|are|was|went|goes|still|all|been|prod|production|app|apps|everything)(?: \w+)? down|broken|outages?|errors?|fail(?:s|ed|ing)?|slow|wrong|crash\w*|unreachable|inaccessible|offline|not work(?:ing)?|does(?:n[’']t| not) work)\b/iu;

export function tellsProblem(text: string): boolean {
  return sentencesOf(text).some(({ text: sentence, isAsked }) =>
    isAsked ? asksOfProblem(sentence) : saysFault(sentence),
  );
}

/** The clauses before the question tell, the question itself may complain. */
function asksOfProblem(sentence: string): boolean {
  const clauses = sentence
    .replace(/\?.*$/u, '')
    .split(/[,:–—]\s*|\s-\s|\s+(?:but|so)\s+/u)
    .map((clause) => clause.replace(supposing, '').trim());
  return clauses.some((clause) => {
    const isAsked = sentencesOf(clause).some((one) => one.isAsked);
    return isAsked
      ? complaining.test(clause) && !rules.test(clause) && turned(clause).some(saysFault)
      : saysFault(clause);
  });
}

/** "why is prod down" as the statements that it may stand for: "prod is down", "prod down is". */
function turned(question: string): string[] {
  const words = question.replace(/^.*\bwhy\b\s*/iu, '').split(/\s+/u);
  const [first = '', ...rest] = words;
  const subjects = [1, 2, 3].filter((length) => length < rest.length);
  return [
    words.join(' '),
    ...subjects.map((length) => [...rest.slice(0, length), first, ...rest.slice(length)].join(' ')),
  ];
}

function saysFault(text: string): boolean {
  const { symptom } = understand(text).answers;
  return faultWords.test(text) || (symptomGroups['any fault'] ?? []).some((fault) => fault === symptom);
}
