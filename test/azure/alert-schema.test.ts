import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../src/azure/alert-environment.ts';
import { readAlert } from '../../src/azure/alert-schema.ts';
import { alertBody, alertId, cluster, production } from '../support/alerts.ts';

const environments = [
  {
    name: 'mendix-prod',
    subscription: '1c0a5b1e-7d2f-4a61-9b3e-000000000001',
    managedResourceGroup: 'mrg-mendix-prod',
    domainSuffix: 'azure.mendixapps.io',
    mayRequest: [],
  },
  {
    name: 'mendix-dr',
    subscription: '2c0a5b1e-7d2f-4a61-9b3e-000000000002',
    managedResourceGroup: 'mrg-mendix-prod',
    domainSuffix: 'azure.mendixapps.io',
    mayRequest: [],
  },
];

describe('an alert of the common schema', () => {
  it('is read as a thread needs it', () => {
    expect(readAlert(alertBody())).toEqual({
      notice: {
        id: alertId(1).toLowerCase(),
        rule: 'Nodes are short of memory',
        severity: 'Sev1',
        condition: 'Fired',
        firedAt: '2026-11-21T07:00:00.123Z',
        resolvedAt: null,
        description: 'Working set of the agent nodes above 90 % for 15 minutes.',
        targets: ['aks-mendix-prod'],
        link: `https://portal.azure.com/#resource${cluster}`,
      },
      ruleKey: 'nodes are short of memory',
      targetIds: [cluster],
    });
  });

  it('of the activity log has no condition, and is fired', () => {
    const { schemaId } = alertBody();
    const essentials = { alertId: 'a', alertRule: 'deleted', severity: 'Sev4', description: null };

    expect(readAlert({ schemaId, data: { essentials } })?.notice).toMatchObject({
      condition: 'Fired',
      firedAt: null,
      targets: [],
      link: '',
    });
  });

  it('keeps rules of one name apart by their id, and shows the name of one that is an id', () => {
    const body = alertBody({ rule: `${production}/providers/microsoft.insights/metricAlerts/CPU` });

    expect(readAlert(body)?.notice.rule).toBe('CPU');
    expect(readAlert(body)?.ruleKey).toContain('/metricalerts/cpu');
  });

  it('is cut to what a card can show, and leads nowhere but to Azure', () => {
    const hostile = alertBody({
      rule: 'x'.repeat(1500),
      description: '<b>'.repeat(2000),
      targets: ['https://evil.example/subscriptions/1', '/subscriptions/1#@evil.example'],
    });

    const notice = readAlert(hostile)?.notice;

    expect([notice?.rule.length, notice?.description.length, notice?.link]).toEqual([120, 600, '']);
  });

  it.each([null, [], 'text', 7, {}, { schemaId: 'azureMonitorCommonAlertSchema' }])('is not %j', (body) => {
    expect(readAlert(body)).toBeNull();
  });
});

describe('the environment of an alert', () => {
  const other = '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001/resourceGroups/other/providers/a/b/c';

  it.each([
    ['what stands in its managed group', [cluster], 'mendix-prod'],
    ['however it is written', [cluster.toUpperCase()], 'mendix-prod'],
    ['the group itself', [production], 'mendix-prod'],
    [
      'the group of its cluster’s nodes',
      [`${production.replace('/mrg-', '/MC_mrg-')}_aks_westeurope/providers/a/b/c`],
      'mendix-prod',
    ],
    [
      'a group of the same name in another subscription',
      [cluster.replace('1c0a', '2c0a').replace('0001', '0002')],
      'mendix-dr',
    ],
    ['the subscription in which it stands alone', ['/subscriptions/2c0a5b1e-7d2f-4a61-9b3e-000000000002'], 'mendix-dr'],
    ['the second target, when the first is nobody’s', [other, cluster], 'mendix-prod'],
    ['nothing of another group', [other], null],
    ['nothing of a group that begins alike', [`${production}-2/providers/a/b/c`], null],
    ['nothing of another subscription', ['/subscriptions/99999999-0000-0000-0000-000000000000'], null],
    ['nothing at all', [], null],
    ['nothing that is no id', ['mrg-mendix-prod', ''], null],
  ])('is that of %s', (_what, targets, name) => {
    expect(environmentOf(targets, environments)).toBe(name);
  });

  it('is unknown for a subscription that several share', () => {
    const second = {
      ...environments[0],
      name: 'mendix-acc',
      managedResourceGroup: 'mrg-acc',
    } as (typeof environments)[0];
    const subscription = '/subscriptions/1c0a5b1e-7d2f-4a61-9b3e-000000000001';

    expect(environmentOf([subscription], [...environments, second])).toBeNull();
  });
});
