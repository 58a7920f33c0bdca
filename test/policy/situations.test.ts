/** Every situation gets the verdict that the documents give it, and together they reach every row of the tables. */
import { describe, expect, it } from 'vitest';
import { conditionSchema, holds } from '../../src/policy/condition.ts';
import { contrastsOf } from '../../src/policy/contrasts.ts';
import type { AnswerKey } from '../../src/policy/facts-asked.ts';
import { judgeScope, scopeTable } from '../../src/policy/scope.ts';
import { judgeSeverity, severityTable } from '../../src/policy/severity.ts';
import askOrder from '../../src/policy/tables/ask-order.json' with { type: 'json' };
import contrasts from '../../src/policy/tables/contrasts.json' with { type: 'json' };
import targets from '../../src/policy/tables/response-target.json' with { type: 'json' };
import verdictWords from '../../src/policy/tables/verdict-words.json' with { type: 'json' };
import { triage, unsettledBy } from '../../src/policy/triage.ts';
import { triageVocabulary } from '../../src/policy/triage-vocabulary.ts';
import { nextText } from '../../src/policy/verdict-words.ts';
import { answersOf, situations } from './situation-cases.ts';

it.each(situations.map((situation) => [situation.situation, situation] as const))('%s', (_told, situation) => {
  const { scope, route, responsible, severity, target, ask } = triage(answersOf(situation));

  expect({ scope, route, responsible, severity, target }).toEqual(situation.expected);
  expect(ask).toEqual(situation.ask ?? ask);
  expect(ask[0]).toBe(situation.asksFirst ?? ask[0]);
  expect(ask).toEqual(expect.arrayContaining<AnswerKey>(situation.asks ?? []));
});

it('tells no situation twice', () => {
  const told = situations.map(({ situation }) => situation);

  expect(told.length).toBeGreaterThanOrEqual(80);
  expect(new Set(told).size).toBe(told.length);
});

describe('together they reach every row of', () => {
  const known = situations.map(answersOf);
  const verdicts = known.map((answers) => ({ answers, verdict: triage(answers) }));
  const grounds = new Set(verdicts.flatMap(({ verdict }) => verdict.because.map((ground) => ground.row)));

  it('scope', () => {
    const reached = new Set(known.map((answers) => judgeScope(answers).row));

    expect(scopeTable.rows.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });

  it('severity', () => {
    const supported = verdicts.filter(({ verdict }) => verdict.scope === 'supported');
    const reached = new Set(supported.map(({ answers }) => judgeSeverity(answers).row));

    expect(severityTable.rows.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });

  it('response-target', () => {
    expect(targets.rows.filter(({ row }) => !grounds.has(`response-target ${row}`))).toEqual([]);
  });

  it('ask-order', () => {
    const condition = conditionSchema(triageVocabulary);
    const rows = askOrder.rows.map(({ row, ask, when }) => ({ row, ask, when: condition.parse(when) }));
    const reached = new Set(
      known.flatMap((answers) =>
        unsettledBy(answers).map((key) => rows.find((row) => row.ask === key && holds(row.when, answers))?.row),
      ),
    );

    expect(rows.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });

  it('contrasts', () => {
    const shown = verdicts.flatMap(({ answers, verdict }) =>
      contrastsOf(answers).filter((row) => verdict.wouldChange.some(({ text }) => text.endsWith(` if ${row.if}.`))),
    );
    const reached = new Set(shown.map(({ row }) => row));

    expect(contrasts.rows.map(({ row }) => row).filter((row) => !reached.has(row))).toEqual([]);
  });

  it('verdict-words', () => {
    const routes = new Set<string>(verdicts.map(({ verdict }) => verdict.route));
    const next = new Set(verdicts.map(({ answers, verdict }) => nextText(verdict.route, answers)));

    expect(Object.keys(verdictWords.routes).filter((route) => !routes.has(route))).toEqual([]);
    expect(verdictWords.rows.filter((row) => !next.has(row.next)).map(({ row }) => row)).toEqual([]);
  });
});
