/**
 * Free text against messages labelled by reading. The tables were tuned on one half; the other one says how well they
 * do with messages that nobody looked at while tuning. Labelled is what a careful reader would swear to:
 *
 * - what is asked, doubted, conditional, planned or over says nothing; a matter that is over concerns no environment
 * - an environment is the one that the matter concerns; of two that are concerned alike, none
 * - a symptom is named when one of the list fits plainly; "slow" or "broken" alone fits none
 * - a kind is `problem` when something is said to be broken, `how-to` for "how do we", `question` for other questions,
 *   `change` for a wish; "can we …?" could be two of them and is none
 * - `mendixVersion` is the version that the app has now
 *
 * Messages m and n were written and labelled whole and then split: even numbers are held out. Messages k were written
 * last, when the tables were done, and are held out whole; all others were written for tuning.
 */
import { expect, it } from 'vitest';
import { z } from 'zod/v4';
import { type AnswerKey, answerKeys, type AnswerValue, parseAnswers } from '../../src/policy/facts-asked.ts';
import { understand } from '../../src/policy/understand.ts';
import heldOutJson from './messages/held-out.json' with { type: 'json' };
import tuningJson from './messages/tuning.json' with { type: 'json' };

const messagesSchema = z.array(
  z.strictObject({
    id: z.string(),
    text: z.string(),
    answers: z.partialRecord(z.enum(answerKeys), z.union([z.string(), z.boolean()])),
  }),
);
const halves = { tuning: messagesSchema.parse(tuningJson), 'held out': messagesSchema.parse(heldOutJson) };

interface Fact {
  id: string;
  key: AnswerKey;
  filled: AnswerValue | null;
  labelled: AnswerValue | null;
}

function factsOf(half: keyof typeof halves): Fact[] {
  return halves[half].flatMap(({ id, text, answers }) => {
    const understood = understand(text).answers;
    return answerKeys.map((key) => ({ id, key, filled: understood[key], labelled: answers[key] ?? null }));
  });
}

function isRight({ filled, labelled }: Fact): boolean {
  return filled !== null && filled === labelled;
}

/** Of the facts that were filled in, the share that is right. */
function precision(facts: readonly Fact[]): number {
  return share(facts.filter(({ filled }) => filled !== null));
}

/** Of the facts that a message says, the share that was filled in rightly. */
function coverage(facts: readonly Fact[]): number {
  return share(facts.filter(({ labelled }) => labelled !== null));
}

function share(facts: readonly Fact[]): number {
  return facts.length === 0 ? 1 : facts.filter(isRight).length / facts.length;
}

function reportOn(half: keyof typeof halves): string {
  const facts = factsOf(half);
  const lines = [...answerKeys, null].map((key) => {
    const some = key === null ? facts : facts.filter((fact) => fact.key === key);
    const said = some.filter(({ labelled }) => labelled !== null).length;
    const numbers = [precision(some), coverage(some)].map((number) => number.toFixed(3)).join('  ');
    return `${(key ?? 'all').padEnd(30)}${numbers}  ${said}`;
  });
  return [`${half}: ${halves[half].length} messages`, `${''.padEnd(30)}right  covered  said`, ...lines].join('\n');
}

it.each(['tuning', 'held out'] as const)('labels of the %s half are possible answers', (half) => {
  const problems = halves[half].flatMap(({ id, answers }) => {
    const { error } = parseAnswers(answers);
    return error === undefined ? [] : [`${id}: ${error}`];
  });

  expect(problems).toEqual([]);
});

it('has no message in both halves', () => {
  const tuned = new Set(halves.tuning.map(({ text }) => text));

  expect(halves['held out'].filter(({ text }) => tuned.has(text))).toEqual([]);
});

it.each([
  ['tuning', 0.97, 0.7],
  ['held out', 0.97, 0.7],
] as const)('fills in what the messages of the %s half say, and nothing else', (half, right, covered) => {
  const facts = factsOf(half);
  process.stdout.write(`${reportOn(half)}\n`);

  expect(precision(facts)).toBeGreaterThanOrEqual(right);
  expect(coverage(facts)).toBeGreaterThanOrEqual(covered);
});
