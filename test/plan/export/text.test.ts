import { describe, expect, it } from 'vitest';
import { planText, refusalText } from '../../../src/plan/export/text.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { samplePlans } from './sample-plans.ts';

function textOf(name: string): string {
  return planText(samplePlans[name] as Plan);
}

describe('a plan as text', () => {
  it('says what it is for, by which method and why', () => {
    expect(textOf('apps-by-private-link')).toMatch(
      /^Plan [0-9a-f]{12}: apps reached through Private Link, for mendix-prod\nMethod: Private Link\n {2}because: It fits what was asked for\. \(The guide, A section\)\n/,
    );
  });

  it('numbers the steps, and says what each one waits for and where it is described', () => {
    expect(textOf('apps-by-peering')).toMatch(
      /\n {2}2\. {2}\+ create: peering of causeway-to-hub-vnet\n {8}\/subscriptions\/\S+\n {8}after step 1\n {8}https:\/\/learn\.microsoft\.com\//,
    );
  });

  it('counts what is written, and not what stays as it is', () => {
    expect(textOf('database-read')).toContain('Steps: 3 changes in 2 subscriptions');
    const kept = (samplePlans['database-read'] as Plan).steps.filter(({ change }) => change === 'keep');
    expect(planText({ ...(samplePlans['database-read'] as Plan), steps: kept })).toContain(
      'Steps: nothing to do, everything is as wanted',
    );
  });

  it('shows of a change what was and what will be, and nothing else', () => {
    expect(textOf('apps-by-private-link')).toContain(
      '        properties.privateLinkServiceNetworkPolicies: "Enabled" → "Disabled"\n',
    );
    expect(textOf('mending')).toContain('        properties.allowVirtualNetworkAccess: false → true\n');
    expect(textOf('mending')).toContain('        properties.ttl: 3600 → 300\n');
    expect(textOf('mending')).toMatch(
      /properties\.aRecords: "10\.0\.0\.9" → the address of \/subscriptions\/\S+\/kept\n/,
    );
    expect(textOf('mending')).toContain('deleted, and made again');
    expect(textOf('mending')).toContain('written again as it is, so that Azure takes notice');
    expect(textOf('dns-servers')).toContain('dhcpOptions.dnsServers: none → "10.20.0.4", "10.20.0.5"');
  });

  it('says for whom it waits', () => {
    expect(textOf('service-by-endpoint')).toContain('  2.  … wait: endpoint-wait of causeway-erp');
  });

  it('tells who gains reach, what works afterwards, and how it is taken back', () => {
    const text = textOf('apps-by-peering');

    expect(text).toContain('Who gains reach\n  hub-vnet → 10.20.1.4, port 443\n');
    expect(text).toContain('orders.azure.mendixapps.io leads to the new endpoint, port 443');
    expect(text).toMatch(/How it is taken back\n {2}1\. {2}Delete the zone link/);
  });

  it('tells what happens by itself afterwards', () => {
    const aftermath = { what: 'nodes' as const, text: 'The nodes take it up weekly.', wayOut: 'Or open a ticket.' };

    expect(planText({ ...(samplePlans['dns-servers'] as Plan), aftermath })).toContain(
      '  The nodes take it up weekly.\n  Or open a ticket.\n',
    );
  });
});

it('tells of a refusal every finding with its way out, worst first', () => {
  const text = refusalText([
    { level: 'unknown', code: 'NotRead', text: 'I could not read it.', wayOut: 'Ask.' },
    { level: 'stop', code: 'Overlap', text: 'They overlap.', wayOut: 'Use Private Link.' },
  ]);

  expect(text).toBe(
    [
      'This cannot be planned as asked. Nothing was changed.',
      '',
      'What the checks found',
      '  Stops you: They overlap. (Overlap)',
      '    Use Private Link.',
      '  Could not check: I could not read it. (NotRead)',
      '    Ask.',
      '',
    ].join('\n'),
  );
});
