import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleForeign,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
  exampleWorld,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, linkTo, peeringTo, recordOf, startBench } from './arm-client.ts';
import { rule } from './filter-bodies.ts';
import { endpointBody } from './private-link-bodies.ts';

const { hub, data, mendixProd, partner, spoke7 } = exampleNetworks;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

describe('the world', () => {
  it('is the same after it was taken out and put back', async () => {
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io`;
    await arm.put(zone, { location: 'global' });
    arm.pass();
    await arm.put(`${zone}/A/orders`, recordOf('192.168.0.10'));
    await arm.put(`${zone}/virtualNetworkLinks/hub`, linkTo(hub));
    await arm.put(`${exampleGroups.services}/providers/Microsoft.Network/privateEndpoints/one`, endpointBody());
    await arm.make(`${exampleGroups.data}/providers/Microsoft.Network/networkSecurityGroups/a`, {
      location: 'westeurope',
      properties: { securityRules: [{ name: 'one', ...(rule(100) as object) }] },
    });
    await arm.put(`${exampleGroups.vault}/providers/Microsoft.Network/routeTables/vault-people-routes/routes/a`, {
      properties: { addressPrefix: '10.0.0.0/8', nextHopType: 'None' },
    });
    await arm.put(`${hub}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd));
    const before = await arm.world();

    await arm.control('world', { arm: { resources: {}, operations: [], locks: [] } });
    const emptied = await arm.world();
    await arm.control('world', { arm: before });

    expect(emptied.resources).toEqual({});
    expect(await arm.world()).toEqual(before);
  });

  it('has every body as GET returns it, under the lower-case id', async () => {
    const { resources } = await arm.world();
    const ids = Object.values(resources).map((body) => (body as { id: string }).id);
    const read = await Promise.all(
      ids.map((id) => (id.includes(exampleForeign.subscription) ? arm.as(exampleForeign.tenant).get(id) : arm.get(id))),
    );

    expect(read.map(({ body }) => body)).toEqual(Object.values(resources));
    expect(Object.keys(resources)).toEqual(ids.map((id) => id.toLowerCase()));
  });

  it('forgets who used a subnet when that has gone, also in a world that was put back', async () => {
    const endpoint = `${exampleGroups.services}/providers/Microsoft.Network/privateEndpoints/one`;
    await arm.make(endpoint, endpointBody());
    await arm.control('world', { arm: await arm.world() });
    const used = await arm.get(`${hub}/subnets/shared`);
    await arm.delete(endpoint);
    arm.pass();

    expect(used.body.properties).toHaveProperty('ipConfigurations');
    expect((await arm.get(`${hub}/subnets/shared`)).body.properties).not.toHaveProperty('ipConfigurations');
    expect((await arm.delete(`${hub}/subnets/shared`)).status).toBe(202);
  });

  it('keeps the parts that are not named', async () => {
    const before = await arm.world();

    await arm.control('world', { arm: { locks: [{ scope: hub, level: 'ReadOnly' }] }, zendesk: {} });
    await arm.control('world', { zendesk: { tickets: [] } });

    expect(await arm.world()).toEqual({ ...before, locks: [{ scope: hub, level: 'ReadOnly' }] });
  });

  it('can be written by hand with little more than names', async () => {
    await arm.control('world', {
      resources: {
        [network('A').toLowerCase()]: {
          id: network('A'),
          location: 'westeurope',
          properties: {
            addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
            subnets: [{ name: 'one', properties: { addressPrefix: '10.1.0.0/24' } }],
          },
        },
        [network('B')]: { location: 'westeurope', properties: { addressSpace: { addressPrefixes: ['10.2.0.0/16'] } } },
      },
    });

    const subnet = await arm.get(`${network('a')}/subnets/one`);
    const made = await arm.put(`${network('b')}/virtualNetworkPeerings/to-a`, peeringTo(network('a')));
    const groups = await arm.get('/subscriptions/s1/resourceGroups');

    expect(subnet.body.id).toBe(`${network('A')}/subnets/one`);
    expect(made.body.id).toBe(`${network('B')}/virtualNetworkPeerings/to-a`);
    expect(groups.body.value.map((group) => group.name)).toEqual(['g']);
  });

  it('is the example world when the file speaks of other services only, and refuses one that cannot be read', async () => {
    const other = await startBench({ world: { zendesk: { tickets: [] } } });
    const names = Object.keys((await other.world()).resources);
    await other.simulator.close();

    expect(names).toEqual(Object.keys((await arm.world()).resources));
    await expect(startBench({ world: [] })).rejects.toThrow('JSON object');
  });

  it('loses a peering that was taken out of a world read before', async () => {
    const { resources } = await arm.world();
    const key = `${partner}/virtualNetworkPeerings/to-spoke-7`.toLowerCase();
    expect(resources).toHaveProperty([key]);
    delete resources[key];

    await arm.control('world', { resources });

    expect((await arm.get(partner)).body.properties.virtualNetworkPeerings).toEqual([]);
    expect((await arm.get(partner)).body.properties.subnets).toHaveLength(1);
  });

  it.each([
    ['a list', []],
    ['resources that are a list', { arm: { resources: [] } }],
    ['a resource without a body', { resources: { [hub]: 'x' } }],
    ['an id that is none', { resources: { 'hub-vnet': {} } }],
    ['locks that are no list', { locks: {} }],
  ])('stays as it is when %s is posted', async (_what, posted) => {
    const before = await arm.world();

    const answer = await arm.control('world', posted);

    expect(answer.status).toBe(400);
    expect(answer.body.error).not.toBe('');
    expect(await arm.world()).toEqual(before);
  });
});

describe('the example world', () => {
  it('is plain JSON and a new copy each time', () => {
    const world = exampleWorld();

    expect(JSON.parse(JSON.stringify(world))).toEqual(world);
    expect(world.resources).not.toBe(exampleWorld().resources);
  });

  it('names for each environment the group, the network and the balancer that belong together', async () => {
    const applications = await arm.get(
      `/subscriptions/${exampleSubscriptions.workloads}/providers/Microsoft.Solutions/applications`,
    );

    for (const application of applications.body.value.filter(({ name }) => name !== 'mendix-uat')) {
      const group = application.properties.managedResourceGroupId;
      const networks = await arm.get(`${group}/providers/Microsoft.Network/virtualNetworks`);
      const balancers = await arm.get(`${group}/providers/Microsoft.Network/loadBalancers`);
      const [balancer] = balancers.body.value;
      const reached = await arm.control<{ open: boolean }>('reach', {
        from: networks.body.value[0]?.id,
        address: balancer?.properties.frontendIPConfigurations[0]?.properties.privateIPAddress,
        port: 443,
      });

      expect((await arm.get(group)).body.managedBy).toBe(application.id);
      expect(reached.body.open).toBe(true);
      expect(balancer?.sku.name).toBe('Standard');
    }
  });

  it('has a pair of networks that is Connected and in sync', async () => {
    const half = await arm.get(`${spoke7}/virtualNetworkPeerings/to-partner`);

    expect(half.body.properties).toMatchObject({ peeringState: 'Connected', peeringSyncLevel: 'FullyInSync' });
  });

  it('lets both environments be peered with the hub and the data network', async () => {
    for (const [from, to] of [
      [exampleNetworks.mendixAcc, hub],
      [hub, exampleNetworks.mendixAcc],
      [mendixProd, data],
      [data, mendixProd],
      [hub, mendixProd],
      [mendixProd, hub],
    ] as const) {
      const accepted = await arm.put(`${from}/virtualNetworkPeerings/to-${to.split('/').at(-1)}`, peeringTo(to));
      arm.pass();
      expect((await arm.operation(accepted)).body).toEqual({ status: 'Succeeded' });
    }
  });
});

function network(name: string): string {
  return `/subscriptions/s1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/${name}`;
}
