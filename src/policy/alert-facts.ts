/**
 * What an alert proposes for triage (`tables/alert-facts.json`). Never a verdict: whoever rated the alert rule knew the
 * metric, not what people can still do. What the alert says in words counts before its severity.
 */
import { z } from 'zod/v4';
import { noAnswers, type TriageAnswers } from './facts-asked.ts';
import { type Environment, isProduction } from './people.ts';
import { type Severity, severities } from './severity.ts';
import { readTableFile, refused } from './table-file.ts';
import alertFactsJson from './tables/alert-facts.json' with { type: 'json' };
import { understand } from './understand.ts';

/** Azure Monitor's own, the worst first. */
export const alertSeverities = ['Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

const proposedSymptoms = [
  'inaccessible',
  'severely-impaired',
  'core-unavailable',
  'significant-disruption',
  'moderate-impact',
  'minor-degradation',
] as const;

const rowSchema = z.strictObject({
  severity: z.enum(alertSeverities),
  word: z.string().min(1),
  urgency: z.enum(severities),
  symptom: z.enum(proposedSymptoms).nullable(),
});

const rows = readRows();

function readRows(): ReadonlyMap<AlertSeverity, z.infer<typeof rowSchema>> {
  const table = readTableFile(
    'alert-facts',
    alertFactsJson,
    z.strictObject({ about: z.string(), rows: z.array(rowSchema) }),
  );
  const known = new Map(table.rows.map((row) => [row.severity, row]));
  const missing = alertSeverities.find((severity) => !known.has(severity));
  if (missing !== undefined || known.size !== table.rows.length) {
    throw refused('alert-facts', `each severity needs one row${missing === undefined ? '' : `, ${missing} has none`}.`);
  }
  return known;
}

function rowOf(severity: AlertSeverity): z.infer<typeof rowSchema> {
  const row = rows.get(severity);
  if (row === undefined) {
    throw refused('alert-facts', `${severity} has no row.`);
  }
  return row;
}

/** How urgent it is until somebody has looked; decides where it is posted and whether it may wait. */
export function urgencyOf(severity: AlertSeverity): Severity {
  return rowOf(severity).urgency;
}

/** "Sev1 (Error)" */
export function alertSeverityText(severity: AlertSeverity): string {
  return `${severity} (${rowOf(severity).word})`;
}

type Named = Pick<Environment, 'name' | 'production'>;
type Kind = NonNullable<TriageAnswers['environment']>;

/** What names of environments that are not production usually hold. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/acc|uat|staging|pre-?prod/i, 'acceptance'],
  [/test|tst/i, 'test'],
  [/dev/i, 'development'],
];

/** Null when neither the settings nor the name say it. */
export function kindOfEnvironment(environment: Named): Kind | null {
  return isProduction(environment)
    ? 'production'
    : (kinds.find(([pattern]) => pattern.test(environment.name))?.[1] ?? null);
}

/** For the form: what its words say, and where they say no impact, what its severity proposes. */
export function proposedFacts(alert: { severity: AlertSeverity; words: string; environment: Named }): TriageAnswers {
  const { answers } = understand(alert.words);
  // An initialization begins only after its checks have passed.
  const began = answers.symptom === 'cluster-init-failed';
  return {
    ...noAnswers,
    ...answers,
    environment: kindOfEnvironment(alert.environment) ?? answers.environment,
    symptom: answers.symptom ?? rowOf(alert.severity).symptom,
    preflightPassed: answers.preflightPassed ?? (began || null),
    requestKind: 'problem',
  };
}
