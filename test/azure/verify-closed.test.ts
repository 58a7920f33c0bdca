/** What a connection must not open: worked out of peerings, security groups and endpoints. */
import { describe, expect, it } from 'vitest';
import { besides, closedEvidence } from '../../src/azure/verify-closed.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { SecurityRuleSeen, SubnetSeen, Survey } from '../../src/plan/world.ts';
import { hub, mendix, peered, plannedFor, surveyOf } from '../plan/world.ts';

const group = '/subscriptions/sub-mendix/resourceGroups/mrg-prod/providers/Microsoft.Network/networkSecurityGroups/nsg';

function subnet(name: string, prefix: string, more: Partial<SubnetSeen> = {}): SubnetSeen {
  return {
    id: `${(prefix.startsWith('192') ? mendix : hub).id}/subnets/${name}`,
    name,
    prefixes: [prefix],
    linkServicePolicies: 'Enabled',
    endpointPolicies: 'Disabled',
    delegations: [],
    securityGroup: null,
    routeTable: null,
    used: 0,
    ...more,
  };
}

function rule(more: Partial<SecurityRuleSeen>): SecurityRuleSeen {
  return {
    name: 'deny-database',
    priority: 200,
    direction: 'Inbound',
    access: 'Deny',
    protocol: 'Tcp',
    sources: ['VirtualNetwork'],
    destinations: ['*'],
    destinationPorts: ['5432'],
    ...more,
  };
}

const endpoint = {
  id: `${group}-pe`,
  name: 'db-endpoint',
  location: 'westeurope',
  subnet: subnet('endpoints', '192.168.1.0/26').id,
  target: '/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/db',
  manual: false,
  state: 'Approved' as const,
  address: '192.168.1.4',
};

interface World {
  rules?: readonly SecurityRuleSeen[];
  policies?: string;
  people?: SubnetSeen;
  isPeered?: boolean;
  more?: Partial<Survey>;
}

function world({ rules = [], policies = 'Disabled', people, isPeered = true, more = {} }: World): Survey {
  const endpoints = subnet('endpoints', '192.168.1.0/26', { endpointPolicies: policies, securityGroup: group });
  const ours = { ...mendix, subnets: [endpoints] };
  const theirs = { ...hub, subnets: people === undefined ? [] : [people] };
  return surveyOf({
    mendix: isPeered ? peered(ours, hub) : ours,
    networks: [isPeered ? peered(theirs, mendix) : theirs],
    more: { neighbours: [], endpoints: [endpoint], securityGroups: [{ id: group, name: 'nsg', rules }], ...more },
  });
}

function lines(seen: Survey, plan: Plan = plannedFor()): string[] {
  return closedEvidence(besides(plan, seen)).map(({ care, good, text }) => `${care === true ? 'care' : good}: ${text}`);
}

describe('the database, after apps were connected by peering', () => {
  it('can be reached as well, which is said', () => {
    expect(lines(world({}))).toEqual([expect.stringMatching(/^care: hub-vnet can open the database db .* as well/)]);
  });

  it('is closed by a rule where rules count', () => {
    expect(lines(world({ rules: [rule({})], policies: 'NetworkSecurityGroupEnabled' }))).toEqual([
      'true: hub-vnet cannot open the database db (192.168.1.4, port 5432): the security rule deny-database denies it.',
    ]);
  });

  it.each<[string, World]>([
    ['a rule that does not count for endpoints', { rules: [rule({})] }],
    ['a rule for another port', { rules: [rule({ destinationPorts: ['443'] })], policies: 'Enabled' }],
    ['a rule for a part of the network', { rules: [rule({ sources: ['10.20.1.0/24'] })], policies: 'Enabled' }],
    [
      'a rule behind one that lets it pass',
      { rules: [rule({}), rule({ name: 'allow', priority: 100, access: 'Allow' })], policies: 'Enabled' },
    ],
  ])('is not closed by %s', (_what, parts) => {
    expect(lines(world(parts))[0]).toMatch(/^care/);
  });

  it('is closed where nobody gets out', () => {
    const people = subnet('people', '10.20.2.0/24', { securityGroup: group });
    const rules = [rule({ name: 'deny-out', direction: 'Outbound', destinations: ['192.168.0.0/16'] })];

    expect(lines(world({ people, rules }))).toEqual([expect.stringContaining('the security rule deny-out denies it')]);
  });

  it('is closed while no peering leads there', () => {
    expect(lines(world({ isPeered: false }))).toEqual([expect.stringMatching(/^true: .*no peering leads/)]);
  });

  it('is unknown when the networks around were not read', () => {
    const seen = world({ isPeered: false });
    const { neighbours: _neighbours, ...blind } = seen;

    expect(lines(blind)).toEqual([expect.stringMatching(/^null: .*were not read/)]);
  });

  it('is no matter when it is what was asked for', () => {
    const plan = plannedFor();
    const names = [{ name: 'db.postgres.database.azure.com', address: '192.168.1.4' }];

    expect(lines(world({}), { ...plan, promises: { ...plan.promises, names, port: 5432 } })).toEqual([]);
  });
});
