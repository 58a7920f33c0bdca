/**
 * How severe a supported case is. The rules are `tables/severity.json`.
 *
 * Source: "Support for Mendix on Azure", section "Severity Baselines for Support Tickets".
 */
import { z } from 'zod/v4';
import { type DecisionTable, firstMatch, readDecisionTable, type TableRow } from './decision-table.ts';
import type { TriageAnswers } from './facts-asked.ts';
import severityJson from './tables/severity.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** `undecided`: a fact that it depends on has to be asked first. */
export type SeverityResult = Severity | 'undecided';

export const severityTable: DecisionTable<SeverityResult> = readDecisionTable(
  'severity',
  severityJson,
  triageVocabulary,
  z.enum([...severities, 'undecided']),
);

export function judgeSeverity(answers: TriageAnswers): TableRow<SeverityResult> {
  return firstMatch(severityTable, answers);
}
