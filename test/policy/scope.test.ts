import { expect, it } from 'vitest';
import type { TriageAnswers } from '../../src/policy/facts-asked.ts';
import { judgeScope, scopeTable } from '../../src/policy/scope.ts';
import { answers } from './triage-cases.ts';

type Case = readonly [row: string, known: Partial<TriageAnswers>, verdict: string];

const cases: readonly Case[] = [
  ['1', {}, 'unclear/ask_more/null'],
  ['1', { requestKind: 'problem' }, 'unclear/ask_more/null'],
  ['2', { mendixVersion: '10.6' }, 'unsupported/upgrade_app/customer'],
  ['2', { mendixVersion: '9.24.3', symptom: 'connectivity-setup' }, 'unsupported/upgrade_app/customer'],
  ['2', { mendixVersion: '10.9', symptom: 'managed-app-deleted' }, 'unsupported/upgrade_app/customer'],
  ['3', { symptom: 'connectivity-setup', mendixVersion: '10.10' }, 'self_service/connectivity_wizard/customer'],
  ['4', { symptom: 'self-service-setting' }, 'self_service/self_service_portal/customer'],
  ['5', { symptom: 'subnet-prefix' }, 'unsupported/mendix_on_kubernetes/customer'],
  ['6', { symptom: 'snapshot-restore' }, 'self_service/self_service_portal/customer'],
  ['6', { symptom: 'data-migration' }, 'self_service/self_service_portal/customer'],
  ['7', { symptom: 'off-boarding' }, 'self_service/azure_portal/customer'],
  ['8', { symptom: 'integrate-azure-service' }, 'unsupported/expert_services/customer'],
  ['9', { symptom: 'config-beyond-self-service' }, 'unsupported/mendix_on_kubernetes/customer'],
  ['9', { symptom: 'customization' }, 'unsupported/mendix_on_kubernetes/customer'],
  ['10', { symptom: 'security-fix' }, 'unsupported/wait_for_update_cycle/mendix'],
  ['11', { symptom: 'upgrade-cadence' }, 'unsupported/not_possible/mendix'],
  ['12', { symptom: 'firewall' }, 'unsupported/azure_portal/customer'],
  ['13', { symptom: 'preflight-failed' }, 'unsupported/fix_preflight/customer'],
  ['13', { symptom: 'cluster-init-failed', preflightPassed: false }, 'unsupported/fix_preflight/customer'],
  [
    '13',
    { symptom: 'inaccessible', preflightPassed: false, faultLocation: 'customer-network' },
    'unsupported/fix_preflight/customer',
  ],
  [
    '14',
    { symptom: 'inaccessible', environment: 'production', faultLocation: 'customer-network' },
    'unsupported/customer_network_fix/customer',
  ],
  [
    '14',
    { symptom: 'managed-app-deleted', faultLocation: 'customer-network' },
    'unsupported/customer_network_fix/customer',
  ],
  [
    '15',
    { symptom: 'core-unavailable', environment: 'production', faultLocation: 'app' },
    'unsupported/customer_app_fix/customer',
  ],
  ['16a', { symptom: 'managed-app-deleted' }, 'supported/emergency_procedure_ticket/mendix'],
  ['16b', { symptom: 'backup-storage-deleted', faultLocation: 'azure' }, 'supported/emergency_procedure_ticket/mendix'],
  ['17', { symptom: 'kubernetes-api-unavailable' }, 'unsupported/known_limitation/mendix'],
  ['17', { symptom: 'kubernetes-api-unavailable', faultLocation: 'azure' }, 'unsupported/known_limitation/mendix'],
  ['21', { symptom: 'kubernetes-api-unavailable', faultLocation: 'managed' }, 'supported/ticket/mendix'],
  [
    '18a',
    { symptom: 'cluster-init-failed', preflightPassed: true, retriesDone: true },
    'supported/auto_ticket_exists/mendix',
  ],
  [
    '18b',
    { symptom: 'cluster-init-failed', preflightPassed: true, retriesDone: false },
    'supported/retry_first/mendix',
  ],
  ['18b', { symptom: 'cluster-init-failed', preflightPassed: true }, 'supported/retry_first/mendix'],
  ['21', { symptom: 'cluster-init-failed' }, 'supported/ticket/mendix'],
  ['19', { symptom: 'inaccessible', selfServiceRecoveryTried: false }, 'supported/self_service_recovery_first/mendix'],
  [
    '19',
    { symptom: 'severely-impaired', selfServiceRecoveryTried: false },
    'supported/self_service_recovery_first/mendix',
  ],
  [
    '19',
    { symptom: 'core-unavailable', selfServiceRecoveryTried: false },
    'supported/self_service_recovery_first/mendix',
  ],
  [
    '19',
    { symptom: 'significant-disruption', selfServiceRecoveryTried: false },
    'supported/self_service_recovery_first/mendix',
  ],
  [
    '19',
    { symptom: 'moderate-impact', selfServiceRecoveryTried: false },
    'supported/self_service_recovery_first/mendix',
  ],
  [
    '19',
    { symptom: 'inaccessible', selfServiceRecoveryTried: false, faultLocation: 'azure' },
    'supported/self_service_recovery_first/mendix',
  ],
  ['21', { symptom: 'minor-degradation', selfServiceRecoveryTried: false }, 'supported/ticket/mendix'],
  [
    '20',
    { symptom: 'inaccessible', selfServiceRecoveryTried: true, faultLocation: 'azure' },
    'supported/ticket/microsoft',
  ],
  ['20', { symptom: 'inaccessible', faultLocation: 'azure' }, 'supported/ticket/microsoft'],
  ['21', { symptom: 'inaccessible' }, 'supported/ticket/mendix'],
  ['21', { symptom: 'compliance-question' }, 'supported/ticket/mendix'],
  ['21', { environment: 'production' }, 'supported/ticket/mendix'],
  ['21', { faultLocation: 'unknown' }, 'supported/ticket/mendix'],
];

it.each(cases)('row %s: %j', (row, known, verdict) => {
  const decided = judgeScope(answers(known));

  const { scope, route, responsible } = decided.result;
  expect({ row: decided.row, verdict: `${scope}/${route}/${responsible}` }).toEqual({ row, verdict });
});

it('has a case for every row of the table', () => {
  expect(new Set(cases.map(([row]) => row))).toEqual(new Set(scopeTable.rows.map(({ row }) => row)));
});

it.each(scopeTable.rows.map((row) => [row.row, row.ground] as const))(
  'row %s names document, section and date',
  (_row, ground) => {
    expect(ground).toEqual({
      source: 'Support for Mendix on Azure',
      section: expect.stringMatching(/\S/),
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      url: expect.stringMatching(/^https:/),
      underReview: expect.any(Boolean),
      note: expect.stringMatching(/\S.*\.$/),
      row: expect.stringMatching(/^scope /),
    });
  },
);
