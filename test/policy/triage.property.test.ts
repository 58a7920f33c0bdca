/** Triage against its plain twin, over thousands of generated answers; and what it asks, against what would change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerKey, answerKeys, answerValues, type TriageAnswers } from '../../src/policy/facts-asked.ts';
import { triage, unsettledBy } from '../../src/policy/triage.ts';
import { runs } from '../support/runs.ts';
import { answers } from './triage-cases.ts';
import { type PlainVerdict, plainTriage } from './triage-twin.ts';

const versions = ['7.23', '9.24.3', '10', '10.0', '10.6', '10.9.1', '10.10', '10.10.0', '10.24.1', '11.0'];

function valuesOf(key: AnswerKey): readonly (string | boolean)[] {
  const values = answerValues[key];
  return values === 'version' ? versions : values;
}

/** Unknown about half the time: that is where the rules are delicate. */
function valueOf(key: AnswerKey): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constant(null), fc.constantFrom(...valuesOf(key)));
}

const anyAnswers: fc.Arbitrary<TriageAnswers> = fc
  .record(Object.fromEntries(answerKeys.map((key) => [key, valueOf(key)])))
  .map((known) => answers(known));

/** As a first message leaves them: three facts or fewer. */
const fewAnswers: fc.Arbitrary<TriageAnswers> = fc
  .tuple(anyAnswers, fc.subarray([...answerKeys], { maxLength: 3 }))
  .map(([known, keys]) => answers(Object.fromEntries(keys.map((key) => [key, known[key]]))));

function verdictOf(known: TriageAnswers): PlainVerdict {
  const { scope, route, responsible, severity, target } = triage(known);
  return { scope, route, responsible, severity, target };
}

/** Unknown facts of which some value changes the verdict, by the twin. */
function decisive(known: TriageAnswers): AnswerKey[] {
  const now = JSON.stringify(plainTriage(known));
  return answerKeys.filter(
    (key) =>
      known[key] === null &&
      valuesOf(key).some((value) => JSON.stringify(plainTriage({ ...known, [key]: value })) !== now),
  );
}

const kinds = [
  ['full', anyAnswers],
  ['few', fewAnswers],
] as const;

describe.each(kinds)('with %s answers', (_kind, arbitrary) => {
  it('decides as its twin does', () => {
    fc.assert(
      fc.property(arbitrary, (known) => {
        expect(verdictOf(known)).toEqual(plainTriage(known));
      }),
      runs(300, 3000),
    );
  });

  it('asks only what could change the verdict, and has nothing left when nothing unknown could', () => {
    fc.assert(
      fc.property(arbitrary, (known) => {
        const { ask } = triage(known);
        const unsettled = unsettledBy(known);
        const all = decisive(known);

        expect(all).toEqual(expect.arrayContaining([...ask, ...unsettled]));
        expect(ask.length).toBeLessThanOrEqual(2);
        expect(unsettled.length).toBeLessThanOrEqual(2);
        expect(unsettled.length === 0).toBe(all.length === 0);
      }),
      runs(100, 1000),
    );
  });
});

it('decides as its twin does for every symptom with every place of the fault and every environment', () => {
  const differing = answerValues.symptom.flatMap((symptom) =>
    [null, ...answerValues.faultLocation].flatMap((faultLocation) =>
      [null, ...answerValues.environment].flatMap((environment) => {
        const known = answers({ symptom, faultLocation, environment });
        return JSON.stringify(verdictOf(known)) === JSON.stringify(plainTriage(known)) ? [] : [known];
      }),
    ),
  );

  expect(differing).toEqual([]);
});

it('says that it would change only when it would', () => {
  fc.assert(
    fc.property(anyAnswers, (known) => {
      for (const { key, value } of triage(known).wouldChange) {
        expect(plainTriage({ ...known, [key]: value })).not.toEqual(plainTriage(known));
      }
    }),
    runs(100, 1000),
  );
});
