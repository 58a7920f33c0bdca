import { expect, it } from 'vitest';
import type { TriageAnswers } from '../../src/policy/facts-asked.ts';
import { responseTargets, readTargets, targetOf } from '../../src/policy/response-target.ts';
import { judgeSeverity, severities, severityTable } from '../../src/policy/severity.ts';
import { answers } from './triage-cases.ts';

type Case = readonly [row: string, level: string, known: Partial<TriageAnswers>];

const cases: readonly Case[] = [
  ['1', 'critical', { environment: 'production', symptom: 'inaccessible' }],
  ['1', 'critical', { environment: 'production', symptom: 'core-unavailable' }],
  ['2', 'critical', { environment: 'production', symptom: 'moderate-impact', coreFunctionalityUnavailable: true }],
  ['2', 'critical', { environment: 'production', symptom: 'name-resolution', coreFunctionalityUnavailable: true }],
  [
    '2',
    'critical',
    { environment: 'production', symptom: 'cannot-modify-cluster', coreFunctionalityUnavailable: true },
  ],
  ['2', 'critical', { environment: 'production', symptom: 'managed-app-deleted', coreFunctionalityUnavailable: true }],
  ['3', 'critical', { environment: 'production', symptom: 'severely-impaired', canMakeChanges: false }],
  ['8', 'medium', { environment: 'production', symptom: 'severely-impaired', canMakeChanges: true }],
  ['8', 'medium', { environment: 'production', symptom: 'severely-impaired' }],
  ['4', 'high', { symptom: 'cannot-provision' }],
  ['4', 'high', { symptom: 'cannot-modify-cluster', environment: 'development' }],
  ['4', 'high', { symptom: 'cluster-init-failed', environment: 'production' }],
  ['5', 'low', { symptom: 'general-question' }],
  ['5', 'low', { symptom: 'security-question', environment: 'production' }],
  ['5', 'low', { symptom: 'compliance-question' }],
  ['5', 'low', { symptom: 'cosmetic' }],
  ['5', 'low', { symptom: 'minor-degradation', environment: 'production' }],
  ['5', 'low', { symptom: 'general-question', coreFunctionalityUnavailable: true, environment: 'production' }],
  ['6', 'low', { requestKind: 'question', environment: 'production' }],
  ['6', 'low', { requestKind: 'how-to', environment: 'test' }],
  ['7', 'medium', { symptom: 'deployment-fails' }],
  ['7', 'medium', { symptom: 'name-resolution', environment: 'production' }],
  ['7', 'medium', { symptom: 'outbound-unreachable', environment: 'test' }],
  ['8', 'medium', { environment: 'production', symptom: 'significant-disruption' }],
  ['8', 'medium', { environment: 'production', symptom: 'managed-app-deleted' }],
  ['9', 'medium', { environment: 'acceptance', symptom: 'inaccessible' }],
  ['9', 'medium', { environment: 'test', symptom: 'core-unavailable', coreFunctionalityUnavailable: true }],
  ['9', 'medium', { environment: 'development', symptom: 'severely-impaired', canMakeChanges: false }],
  ['10', 'undecided', { symptom: 'inaccessible' }],
  ['10', 'undecided', { symptom: 'severely-impaired', canMakeChanges: false }],
  ['10', 'undecided', { symptom: 'backup-storage-deleted', coreFunctionalityUnavailable: true }],
];

it.each(cases)('row %s: %s for %j', (row, level, known) => {
  const decided = judgeSeverity(answers(known));

  expect([decided.row, decided.result]).toEqual([row, level]);
});

it('has a case for every row of the table', () => {
  expect(new Set(cases.map(([row]) => row))).toEqual(new Set(severityTable.rows.map(({ row }) => row)));
});

it('promises what the policy promises for each severity', () => {
  expect(severities.map((severity) => targetOf(severity).text)).toEqual([
    '<2 office hours',
    '<8 office hours',
    'next business day',
    'reasonable effort',
  ]);
  expect(targetOf('critical').promise).toEqual({ kind: 'less-than', officeMinutes: 120 });
  expect(targetOf('low').promise).toEqual({ kind: 'reasonable-effort' });
});

it('refuses a target table that leaves a severity out', () => {
  const source = { document: 'support', section: 'Severity Baselines for Support Tickets', date: '2025-11-06' };
  const rows = [{ row: '1', severity: 'low', promise: 'reasonable-effort', note: 'x', source }];

  expect(() => readTargets({ about: 'x', rows })).toThrow('no row for severity critical');
  expect(() => readTargets({ about: 'x', rows: [{ ...rows[0], promise: 'soon' }] })).toThrow(
    /response-target\.json: row 1/,
  );
  expect(responseTargets).toHaveLength(4);
});
