/** Alerts as Azure Monitor sends them, in its common schema. */

export interface AlertWishes {
  id?: string;
  rule?: string;
  severity?: string;
  condition?: string;
  targets?: readonly string[];
  description?: string;
  firedAt?: string;
}

export const production = '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourcegroups/mrg-mendix-prod';
export const cluster = `${production}/providers/microsoft.containerservice/managedclusters/aks-mendix-prod`;

export function alertId(number: number): string {
  const tail = String(number).padStart(12, '0');
  return `/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/providers/Microsoft.AlertsManagement/alerts/aaaa0a0a-bb1b-cc2c-dd3d-${tail}`;
}

export function alertBody(wishes: AlertWishes = {}): Record<string, unknown> {
  const {
    condition = 'Fired',
    description = 'Working set of the agent nodes above 90 % for 15 minutes.',
    firedAt = '2026-11-21T07:00:00.1234567Z',
    id = alertId(1),
    rule = 'Nodes are short of memory',
    severity = 'Sev1',
    targets = [cluster],
  } = wishes;
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId: id,
        alertRule: rule,
        severity,
        signalType: 'Metric',
        monitorCondition: condition,
        monitoringService: 'Platform',
        alertTargetIDs: targets,
        configurationItems: targets.map((target) => target.split('/').at(-1)),
        originAlertId: 'origin',
        firedDateTime: firedAt,
        ...(condition === 'Resolved' && { resolvedDateTime: '2026-11-21T07:20:00Z' }),
        description,
        essentialsVersion: '1.0',
        alertContextVersion: '1.0',
      },
      alertContext: { properties: null, conditionType: 'SingleResourceMultipleMetricCriteria', condition: {} },
    },
  };
}
