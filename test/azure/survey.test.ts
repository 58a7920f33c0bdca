import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { survey } from '../../src/azure/survey.ts';
import type { ConnectAnswers, EnvironmentAt } from '../../src/plan/plan.ts';
import {
  exampleAliases,
  exampleDatabases,
  exampleForeign,
  exampleGroups,
  exampleLinkServices,
  exampleLoadBalancers,
  exampleNetworks,
} from '../../src/simulators/azure/example-world.ts';
import { answersFor, type House, hub, type Logged, mendixProd, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(() => house.close());

const mendixUat: EnvironmentAt = { ...mendixProd, name: 'mendix-uat', managedResourceGroup: 'mrg-mendix-uat' };

function read(more: Partial<ConnectAnswers> = {}, at = mendixProd) {
  return survey(house.arm, at, { ...answersFor([hub]), ...more });
}

describe('a survey', () => {
  it('reads the subnets, with what limits their use', async () => {
    const { environment, networks } = await read({ networks: [exampleNetworks.vault] });

    expect(environment.network?.subnets).toContainEqual({
      id: `${exampleNetworks.mendixProd}/subnets/aks-nodes`,
      name: 'aks-nodes',
      prefixes: ['192.168.0.0/24'],
      linkServicePolicies: 'Enabled',
      endpointPolicies: 'Disabled',
      delegations: [],
      securityGroup: expect.stringContaining('/networkSecurityGroups/aks-agentpool-nsg'),
      routeTable: null,
      used: 1,
    });
    expect(networks[0]?.subnets?.some((subnet) => subnet.securityGroup !== null)).toBe(true);
  });

  it('reads frontends with their ids and subnets', async () => {
    const { environment } = await read();

    expect(environment.frontends).toEqual([
      {
        loadBalancer: exampleLoadBalancers.mendixProd,
        id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/ingress`,
        name: 'ingress',
        subnet: `${exampleNetworks.mendixProd}/subnets/aks-nodes`,
        linkService: null,
        privateAddress: '192.168.0.10',
        sku: 'Standard',
      },
    ]);
  });

  it('reads the security groups and route tables that its subnets refer to, and no others', async () => {
    const { securityGroups, routeTables } = await read({ networks: [exampleNetworks.vault] });

    expect(securityGroups?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['aks-agentpool-nsg', expect.stringContaining('vault')]),
    );
    expect(securityGroups?.flatMap(({ rules }) => rules)).toContainEqual(
      expect.objectContaining({ access: 'Deny', direction: 'Outbound', sources: ['*'] }),
    );
    expect(routeTables?.flatMap(({ routes }) => routes).length).toBeGreaterThan(0);
  });

  it('reads networks beside those that were asked for, and the network of a DNS server', async () => {
    const partner = await read({ networks: [exampleNetworks.partner] });
    const branch = await read({ networks: [exampleNetworks.branch] });

    expect(partner.neighbours?.map(({ name }) => name)).toEqual(['spoke-7-vnet']);
    expect(branch.networks[0]?.dnsServers).toEqual(['10.60.0.4']);
    expect(branch.neighbours?.map(({ id }) => id)).toContain(exampleNetworks.corp);
    expect(branch.rights?.map(({ scope }) => scope)).toContain(exampleNetworks.corp);
  });

  it('reads the many spokes of a hub with few calls', async () => {
    const world = await house.world();
    const resources: Record<string, unknown> = { ...world.resources };
    const spokes = Array.from({ length: 120 }, (_, index) => hub.replace('hub-vnet', `spoke-${index}`));
    for (const [index, id] of spokes.entries()) {
      const half = { remoteVirtualNetwork: { id: hub }, peeringState: 'Connected' };
      resources[id.toLowerCase()] = network(id, `10.200.${index}.0/24`, [{ name: 'to-hub', properties: half }]);
    }
    const halves = spokes.map((id, index) => ({
      name: `to-spoke-${index}`,
      properties: { remoteVirtualNetwork: { id }, peeringState: 'Connected' },
    }));
    resources[hub.toLowerCase()] = network(hub, '10.20.0.0/16', halves);
    await house.post('world', { arm: { resources } });

    const { neighbours, unread } = await read();

    expect(neighbours).toHaveLength(120);
    expect(unread).toEqual([]);
    expect((await house.get<Logged[]>('requests')).length).toBeLessThan(50);
  });

  it('reads what the bot may do, and what a deny assignment or a lock forbids', async () => {
    const { rights } = await read({ networks: [exampleNetworks.governed, exampleNetworks.finance] });
    function at(scope: string) {
      return rights?.find((seen) => seen.scope.toLowerCase() === scope.toLowerCase());
    }

    expect(at(exampleGroups.mendixProdManaged)).toMatchObject({
      allowed: [{ actions: ['*'] }],
      denied: [
        { name: expect.stringContaining('mendix-prod'), actions: ['*'], except: expect.arrayContaining(['*/read']) },
      ],
      locks: [],
    });
    expect(at(exampleGroups.governed)?.locks).toEqual([{ name: 'change-freeze', level: 'ReadOnly' }]);
    expect(at(exampleNetworks.finance)?.allowed).toEqual([{ actions: ['*/read'], notActions: [] }]);
  });

  it('names rights that it could not read, and then says nothing about them', async () => {
    await house.fault(
      'authorization-failed',
      `${exampleGroups.hub}/providers/Microsoft.Authorization/permissions`,
      'GET',
    );

    const { rights, unread } = await read();

    expect(unread).toEqual([expect.stringContaining('what I may do in network-hub')]);
    expect(rights?.map(({ scope }) => scope)).not.toContain(exampleGroups.hub);
  });

  it('asks Azure which policies would refuse what a plan makes', async () => {
    const { policies, unread } = await read({ networks: [exampleNetworks.regulated] });

    expect(unread).toEqual([]);
    expect(policies).toEqual([
      {
        name: 'Private endpoints need a cost center',
        scope: exampleGroups.regulated,
        type: 'Microsoft.Network/privateEndpoints',
        requiredTag: 'cost-center',
      },
    ]);
  });

  it('names a policy of which it cannot say what it wants', async () => {
    await house.fault('authorization-failed', 'checkPolicyRestrictions', 'POST', 10);

    const { policies, unread } = await read({ networks: [exampleNetworks.regulated] });

    expect(policies).toEqual([]);
    expect(unread).toContainEqual(expect.stringContaining('whether policies allow Microsoft.Network/privateEndpoints'));
  });

  it('takes few calls', async () => {
    await read();

    const calls = (await house.get<Logged[]>('requests')).filter(({ method }) => method === 'GET');
    expect(calls.length).toBeLessThan(40);
  });
});

describe('a survey for an internal service', () => {
  it('finds a service by its id, with who is let in without asking', async () => {
    const service = { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory };

    const { linkServices, unread } = await read({ scenario: 'service-by-endpoint', networks: [], service });

    expect(unread).toEqual([]);
    expect(linkServices).toMatchObject([
      { id: exampleLinkServices.inventory, alias: exampleAliases.inventory, autoApproves: [mendixProd.subscription] },
    ]);
  });

  it('finds a service that it can see by its alias', async () => {
    const service = { fqdn: 'inventory.corp.example', privateLinkService: exampleAliases.inventory };

    const seen = await read({ scenario: 'service-by-endpoint', networks: [], service });

    expect(seen.linkServices?.map(({ id }) => id)).toEqual([exampleLinkServices.inventory]);
    expect(seen.aliasVisible).toBe(true);
  });

  it('asks whether an alias of strangers may be used', async () => {
    const crm = { fqdn: 'crm.contoso.example', privateLinkService: exampleAliases.crm };
    const none = {
      fqdn: 'crm.contoso.example',
      privateLinkService: 'pls-none.0000.westeurope.azure.privatelinkservice',
    };

    expect((await read({ scenario: 'service-by-endpoint', networks: [], service: crm })).aliasVisible).toBe(true);
    expect((await read({ scenario: 'service-by-endpoint', networks: [], service: none })).aliasVisible).toBe(false);
  });
});

describe('a survey for own DNS servers', () => {
  it('reads the zones that the environment itself lives from', async () => {
    const { zones, endpoints } = await read({ scenario: 'dns-servers', networks: [], dnsServers: ['10.20.0.4'] });

    expect(zones.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'privatelink.azurecr.io',
        'privatelink.blob.core.windows.net',
        'privatelink.postgres.database.azure.com',
      ]),
    );
    expect(endpoints?.map(({ name }) => name)).toContain('mendixprod-endpoint');
  });
});

describe('a survey for the database', () => {
  it('finds the server and its replica behind private endpoints, with their addresses', async () => {
    const { databases, zones } = await read({ scenario: 'database-read' });

    expect(databases).toMatchObject([
      { id: exampleDatabases.mendixProd, role: 'primary', access: 'private', address: '192.168.1.4' },
      { id: exampleDatabases.mendixProdReplica, role: 'replica', access: 'private', address: '192.168.1.5' },
    ]);
    expect(databases?.[1]?.fqdn).toBe('mendix-prod-db-replica.postgres.database.azure.com');
    expect(zones.map(({ name }) => name)).toContain('privatelink.postgres.database.azure.com');
  });

  it('finds servers that have a subnet for themselves, by their zone', async () => {
    const { databases } = await read({ scenario: 'database-read' }, mendixUat);

    expect(databases).toMatchObject([
      { role: 'primary', access: 'private', address: '192.168.9.68' },
      { role: 'replica', delegatedSubnet: `${exampleNetworks.mendixUat}/subnets/database`, address: '192.168.9.69' },
    ]);
  });

  it('says nothing about servers that it could not read', async () => {
    await house.fault('authorization-failed', 'Microsoft.DBforPostgreSQL', 'GET');

    const { databases, unread } = await read({ scenario: 'database-read' });

    expect(databases).toBeUndefined();
    expect(unread).toEqual([expect.stringContaining('the database servers of mrg-mendix-prod')]);
  });

  it('does not look for them when nobody asked', async () => {
    expect((await read()).databases).toBeUndefined();
  });
});

describe('a survey in two directories', () => {
  it('signs in to the other directory when Azure says that a subscription is there', async () => {
    const { networks, unread } = await read({ networks: [exampleNetworks.contoso] });

    expect(unread).toEqual([]);
    expect(networks).toMatchObject([{ name: 'contoso-vnet', tenant: exampleForeign.tenant }]);
  });
});

function network(id: string, prefix: string, virtualNetworkPeerings: readonly unknown[]): unknown {
  const properties = { addressSpace: { addressPrefixes: [prefix] }, subnets: [], virtualNetworkPeerings };
  return {
    id,
    name: id.split('/').at(-1),
    type: 'Microsoft.Network/virtualNetworks',
    location: 'westeurope',
    properties,
  };
}
