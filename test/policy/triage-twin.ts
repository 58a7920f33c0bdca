/**
 * A second triage, written from the policy and CONTRACTS.md section 3 and not from the tables: plain conditions, one
 * after the other. It is there to be compared with the first one.
 */
import type { TriageAnswers } from '../../src/policy/facts-asked.ts';

export interface PlainVerdict {
  scope: string;
  route: string;
  responsible: string | null;
  severity: string | null;
  target: string | null;
}

const questions = new Set<string>(['security-question', 'compliance-question', 'general-question']);
const severities: Readonly<Record<string, string>> = {
  'cannot-provision': 'high',
  'cannot-modify-cluster': 'high',
  'cluster-init-failed': 'high',
  cosmetic: 'low',
  'minor-degradation': 'low',
  'general-question': 'low',
  'security-question': 'low',
  'compliance-question': 'low',
  'deployment-fails': 'medium',
  'name-resolution': 'medium',
  'outbound-unreachable': 'medium',
};

const targets: Readonly<Record<string, string>> = {
  critical: '<2 office hours',
  high: '<8 office hours',
  medium: 'next business day',
  low: 'reasonable effort',
};

export function plainTriage(answers: TriageAnswers): PlainVerdict {
  const [scope, route, responsible] = plainScope(answers);
  const severity = scope === 'supported' ? plainSeverity(answers) : null;
  return { scope, route, responsible, severity, target: targets[severity ?? ''] ?? null };
}

function plainScope(a: TriageAnswers): [string, string, string | null] {
  if (a.mendixVersion !== null && isBefore1010(a.mendixVersion)) {
    return ['unsupported', 'upgrade_app', 'customer'];
  }
  const { requestKind: _, ...rest } = a;
  if (Object.values(rest).every((value) => value === null)) {
    return ['unclear', 'ask_more', null];
  }
  return requested[a.symptom ?? ''] ?? customersOwn(a) ?? broken(a);
}

function isBefore1010(version: string): boolean {
  const [major = 0, minor] = version.split('.').map(Number);
  return major < 10 || (major === 10 && minor !== undefined && minor < 10);
}

/** What somebody wants to have or to do, whatever else is known. */
const requested: Readonly<Record<string, [string, string, string]>> = {
  'connectivity-setup': ['self_service', 'connectivity_wizard', 'customer'],
  'self-service-setting': ['self_service', 'self_service_portal', 'customer'],
  'snapshot-restore': ['self_service', 'self_service_portal', 'customer'],
  'data-migration': ['self_service', 'self_service_portal', 'customer'],
  'off-boarding': ['self_service', 'azure_portal', 'customer'],
  'subnet-prefix': ['unsupported', 'mendix_on_kubernetes', 'customer'],
  'config-beyond-self-service': ['unsupported', 'mendix_on_kubernetes', 'customer'],
  customization: ['unsupported', 'mendix_on_kubernetes', 'customer'],
  'integrate-azure-service': ['unsupported', 'expert_services', 'customer'],
  'security-fix': ['unsupported', 'wait_for_update_cycle', 'mendix'],
  'upgrade-cadence': ['unsupported', 'not_possible', 'mendix'],
  firewall: ['unsupported', 'azure_portal', 'customer'],
};

function customersOwn(a: TriageAnswers): [string, string, string] | null {
  if (a.symptom === 'preflight-failed' || a.preflightPassed === false) {
    return ['unsupported', 'fix_preflight', 'customer'];
  }
  if (a.faultLocation === 'customer-network') {
    return ['unsupported', 'customer_network_fix', 'customer'];
  }
  return a.faultLocation === 'app' ? ['unsupported', 'customer_app_fix', 'customer'] : null;
}

function broken(a: TriageAnswers): [string, string, string] {
  if (a.symptom === 'managed-app-deleted' || a.symptom === 'backup-storage-deleted') {
    return ['supported', 'emergency_procedure_ticket', 'mendix'];
  }
  if (a.symptom === 'kubernetes-api-unavailable' && a.faultLocation !== 'managed') {
    return ['unsupported', 'known_limitation', 'mendix'];
  }
  if (a.symptom === 'cluster-init-failed' && a.preflightPassed === true) {
    return ['supported', a.retriesDone === true ? 'auto_ticket_exists' : 'retry_first', 'mendix'];
  }
  const recoverable =
    a.symptom === 'inaccessible' ||
    a.symptom === 'severely-impaired' ||
    a.symptom === 'core-unavailable' ||
    a.symptom === 'significant-disruption' ||
    a.symptom === 'moderate-impact';
  if (recoverable && a.selfServiceRecoveryTried === false) {
    return ['supported', 'self_service_recovery_first', 'mendix'];
  }
  return ['supported', 'ticket', a.faultLocation === 'azure' ? 'microsoft' : 'mendix'];
}

function plainSeverity(a: TriageAnswers): string | null {
  const isFault = a.symptom !== null && !questions.has(a.symptom) && requested[a.symptom] === undefined;
  if (a.environment === 'production' && isFault) {
    const stands = a.symptom === 'inaccessible' || a.symptom === 'core-unavailable';
    const blocked = a.symptom === 'severely-impaired' && a.canMakeChanges === false;
    if (stands || blocked || a.coreFunctionalityUnavailable === true) {
      return 'critical';
    }
  }
  if (a.symptom === null && (a.requestKind === 'question' || a.requestKind === 'how-to')) {
    return 'low';
  }
  return severities[a.symptom ?? ''] ?? (a.environment === null ? null : 'medium');
}
