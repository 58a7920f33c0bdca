/**
 * Is it supported, which way to go, and who is responsible? The rules are `tables/scope.json`.
 *
 * Source: "Support for Mendix on Azure", read as CONTRACTS.md section 3 says.
 */
import { z } from 'zod/v4';
import { type DecisionTable, firstMatch, readDecisionTable, type TableRow } from './decision-table.ts';
import type { TriageAnswers } from './facts-asked.ts';
import scopeJson from './tables/scope.json' with { type: 'json' };
import { triageVocabulary } from './triage-vocabulary.ts';

export const scopes = ['supported', 'unsupported', 'self_service', 'unclear'] as const;
export type Scope = (typeof scopes)[number];

export const routes = [
  'ticket',
  'ask_more',
  'self_service_recovery_first',
  'retry_first',
  'auto_ticket_exists',
  'emergency_procedure_ticket',
  'connectivity_wizard',
  'self_service_portal',
  'azure_portal',
  'customer_network_fix',
  'customer_app_fix',
  'fix_preflight',
  'upgrade_app',
  'expert_services',
  'mendix_on_kubernetes',
  'wait_for_update_cycle',
  'not_possible',
  'known_limitation',
] as const;
export type Route = (typeof routes)[number];

export const parties = ['mendix', 'microsoft', 'customer'] as const;
export type Responsible = (typeof parties)[number];

const resultSchema = z.strictObject({
  scope: z.enum(scopes),
  route: z.enum(routes),
  responsible: z.enum(parties).nullable(),
});

export type ScopeResult = z.infer<typeof resultSchema>;

export const scopeTable: DecisionTable<ScopeResult> = readDecisionTable(
  'scope',
  scopeJson,
  triageVocabulary,
  resultSchema,
);

export function judgeScope(answers: TriageAnswers): TableRow<ScopeResult> {
  return firstMatch(scopeTable, answers);
}
