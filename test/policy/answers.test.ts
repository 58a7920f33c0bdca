/**
 * The look-up on questions in people's words. `questions/tuning.json` was used to tune weights, thresholds and tables,
 * `held-out.json` was written and measured after that, and so were the outside questions of that name. `further.json`
 * holds questions that were used for tuning too, many of them in half sentences and slang; there only a floor is kept.
 */
import { describe, expect, it } from 'vitest';
import { answerQuestion, readAsked } from '../../src/policy/answers.ts';
import { noteByRow, notes } from '../../src/policy/notes.ts';
import { responseTargets } from '../../src/policy/response-target.ts';
import further from './questions/further.json' with { type: 'json' };
import heldOut from './questions/held-out.json' with { type: 'json' };
import outside from './questions/outside.json' with { type: 'json' };
import tuning from './questions/tuning.json' with { type: 'json' };

interface Question {
  asks: string;
  /** Notes that answer it. */
  rows: string[];
}

/** What is shown: the answer with its follow-ups, or the nearest notes. */
function shown(text: string): string[] {
  const answer = answerQuestion(text);
  const notesShown = answer.kind === 'answer' ? [answer.best, ...answer.more] : answer.nearest;
  const warning = answer.kind === 'answer' && answer.warning !== null ? [answer.warning] : [];
  return [...warning, ...notesShown].map(({ row }) => row);
}

function measure(questions: readonly Question[]): { found: number; answered: number } {
  const missed = questions.filter(({ asks, rows }) => !shown(asks).some((row) => rows.includes(row)));
  const refused = questions.filter(({ asks }) => answerQuestion(asks).kind !== 'answer');
  const right = questions.filter((question) => !missed.includes(question) && !refused.includes(question));
  const lines = missed.map(
    ({ asks, rows }) => `  missed: ${asks} (${rows.join(', ')}; shown ${shown(asks).join(', ')})`,
  );
  const rest = refused.filter((question) => !missed.includes(question)).map(({ asks }) => `  not sure: ${asks}`);
  process.stdout.write(
    `${questions.length} questions, ${questions.length - missed.length} found among the first three, ${right.length} answered\n${[...lines, ...rest].join('\n')}\n`,
  );
  return { found: 1 - missed.length / questions.length, answered: right.length / questions.length };
}

describe('questions about the policy', () => {
  it('are at least sixty, at most half of them used for tuning, and name notes that are there', () => {
    expect(tuning.length + heldOut.length).toBeGreaterThanOrEqual(60);
    expect(heldOut.length).toBeGreaterThanOrEqual(tuning.length);
    const rows = [...tuning, ...heldOut, ...further].flatMap((question) => question.rows);
    expect(rows.filter((row) => !notes.some((note) => note.row === row))).toEqual([]);
  });

  it('that the look-up was tuned with find their note among the first three', () => {
    const { found, answered } = measure(tuning);

    expect(found).toBeGreaterThanOrEqual(0.95);
    expect(answered).toBeGreaterThanOrEqual(0.9);
  });

  it('that it was not tuned with find their note among the first three', () => {
    const { found, answered } = measure(heldOut);

    expect(found).toBeGreaterThanOrEqual(0.95);
    expect(answered).toBeGreaterThanOrEqual(0.9);
  });

  it('in slang and half sentences mostly do, too', () => {
    const { found, answered } = measure(further);

    expect(found).toBeGreaterThanOrEqual(0.9);
    expect(answered).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    ['can I change the AKS tier?', 'self-service-settings-3'],
    ['who patches the nodes?', 'update-cadence-3'],
    ['WHO PATCHES TEH NODES??', 'update-cadence-3'],
    ['can i chnage the kuberntes teir', 'self-service-settings-3'],
    ['Hello! We are new here and have a lot to learn. Who patches the nodes? Thank you, Ann', 'update-cadence-3'],
  ])('%s', (text, row) => {
    expect(answerQuestion(text)).toMatchObject({ kind: 'answer', warning: null, best: { row } });
  });

  it('have at most two follow-ups, none of them the answer itself', () => {
    for (const { asks } of [...tuning, ...heldOut, ...further]) {
      const rows = shown(asks);

      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.length).toBeLessThanOrEqual(4);
    }
  });

  it.each(responseTargets)('tell the same response time as the table: $severity', ({ severity, text }) => {
    const answer = answerQuestion(`what is the response time for ${severity} severity?`);
    const said = answer.kind === 'answer' ? [answer.best, ...answer.more].map(({ note }) => note).join(' ') : '';

    expect(said.toLowerCase()).toContain(text.replace('<', 'under '));
  });
});

describe('questions outside the policy', () => {
  it.each([
    ['tuned with', outside.tuning, 0.93],
    ['not tuned with', outside.heldOut, 0.85],
  ])('that the look-up was %s are not answered', (_what, questions, least) => {
    const answered = questions.filter((text) => answerQuestion(text).kind === 'answer');
    process.stdout.write(
      `${questions.length} questions outside the policy, ${answered.length} answered\n${answered.map((text) => `  wrongly: ${text}\n`).join('')}`,
    );

    expect(questions.length).toBeGreaterThanOrEqual(25);
    expect(1 - answered.length / questions.length).toBeGreaterThanOrEqual(least);
  });

  it.each([
    'what is the weather',
    'how do I write a microflow',
    'can you buy me a licence',
    '',
    '???',
    'x'.repeat(5000),
  ])('%.40s', (text) => {
    expect(answerQuestion(text).kind).toBe('not-in-policy');
  });

  it('name the nearest notes, at most three', () => {
    const answer = answerQuestion('can I get a discount on the subscription?');

    expect(answer.kind === 'not-in-policy' ? answer.nearest.map(({ row }) => row) : []).toContain('managed-service-3');
    expect(answer.kind === 'not-in-policy' ? answer.nearest.length : 0).toBeLessThanOrEqual(3);
  });
});

describe('a dangerous question', () => {
  it.each([
    'what happens if we delete the managed application?',
    'we are going to delete the managed app tomorrow',
    'what does deleting the managed application do?',
  ])('%s: is met with the warning first, then with more on its topic', (text) => {
    const answer = answerQuestion(text);

    expect(answer).toMatchObject({
      kind: 'answer',
      warning: { row: 'off-boarding-2' },
      best: { topic: 'off-boarding' },
      more: [{ topic: 'off-boarding' }, { topic: 'off-boarding' }],
    });
    expect(new Set(shown(text)).size).toBe(4);
  });

  it('is answered by the warning alone when the policy says no more', () => {
    const answer = answerQuestion('how do I disable the deny assignment?');

    const warning = noteByRow('limited-customizability-2');
    expect(answer).toEqual({ kind: 'answer', warning, best: warning, more: [] });
  });
});

describe('the table of questions as they are asked', () => {
  it.each([
    ['a note that is not there', { 'managed-service-0': ['who?'] }, 'no row managed-service-0'],
    ['a note without questions', { 'managed-service-1': [] }, 'asked.managed-service-1'],
    ['an empty question', { 'managed-service-1': [' '] }, 'write a question'],
  ])('is refused with %s', (_what, broken, message) => {
    expect(() => readAsked({ about: '', asked: broken })).toThrow(/^Reading policy\/tables\/asked\.json: /);
    expect(() => readAsked({ about: '', asked: broken })).toThrow(message);
  });
});
