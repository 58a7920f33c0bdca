import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleDatabases,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, linkTo, peeringTo, recordOf, startBench } from './arm-client.ts';

const { hub, mendixProd, mendixUat } = exampleNetworks;
const type = 'providers/Microsoft.DBforPostgreSQL/flexibleServers';
const replicaName = 'mendix-prod-db-replica.postgres.database.azure.com';
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function connect(one: string, other: string): Promise<void> {
  await arm.make(`${one}/virtualNetworkPeerings/to`, peeringTo(other));
  await arm.make(`${other}/virtualNetworkPeerings/back`, peeringTo(one));
}

describe('flexible servers', () => {
  it('are listed by group and by subscription', async () => {
    const byGroup = await arm.get(`${exampleGroups.mendixProdManaged}/${type}`);
    const all = await arm.get(`/subscriptions/${exampleSubscriptions.workloads}/${type}`);
    const none = await arm.get(`${exampleGroups.mendixPilotManaged}/${type}`);

    expect(byGroup.body.value.map(({ id }) => id)).toEqual([
      exampleDatabases.mendixProd,
      exampleDatabases.mendixProdReplica,
    ]);
    expect(all.body.value.map(({ id }) => id)).toEqual(Object.values(exampleDatabases));
    expect(none.body.value).toEqual([]);
  });

  it.each([
    [exampleDatabases.mendixProd, [exampleDatabases.mendixProdReplica]],
    [exampleDatabases.mendixAcc, []],
    [exampleDatabases.mendixUat, [exampleDatabases.mendixUatReplica]],
  ])('have the copies that they have: %s', async (server, replicas) => {
    const { body } = await arm.get(`${server}/replicas`);

    expect(body.value.map(({ id }) => id)).toEqual(replicas);
  });

  it('say how they are reached: by an endpoint with an address, or by a subnet and a zone of their own', async () => {
    const byEndpoint = (await arm.get(exampleDatabases.mendixProdReplica)).body.properties as unknown as {
      sourceServerResourceId: string;
      privateEndpointConnections: { properties: { privateEndpoint: { id: string } } }[];
    };
    const endpoint = await arm.get(byEndpoint.privateEndpointConnections[0]?.properties.privateEndpoint.id ?? '');
    const nic = await arm.get(
      (endpoint.body.properties as unknown as { networkInterfaces: { id: string }[] }).networkInterfaces[0]?.id ?? '',
    );
    const inSubnet = await arm.get(exampleDatabases.mendixUat);

    expect(byEndpoint).toMatchObject({
      sourceServerResourceId: exampleDatabases.mendixProd,
      replicationRole: 'AsyncReplica',
      fullyQualifiedDomainName: replicaName,
      network: { publicNetworkAccess: 'Disabled' },
    });
    expect(nic.body.properties).toMatchObject({
      ipConfigurations: [{ properties: { privateIPAddress: '192.168.1.5' } }],
    });
    expect(inSubnet.body.properties).toMatchObject({
      network: {
        delegatedSubnetResourceId: `${mendixUat}/subnets/database`,
        privateDnsZoneArmResourceId: expect.stringMatching(/\.private\.postgres\.database\.azure\.com$/),
      },
    });
  });

  it('can only be read', async () => {
    await arm.control('world', { denyAssignments: [] });

    expect((await arm.put(exampleDatabases.mendixProd, { location: 'westeurope' })).status).toBe(405);
  });
});

describe('the copy of a database', () => {
  it('has a private address in the network of the environment and a public one elsewhere', async () => {
    expect(await arm.resolve(mendixProd, replicaName)).toEqual({
      status: 'answered',
      addresses: ['192.168.1.5'],
      zone: 'privatelink.postgres.database.azure.com',
    });
    expect(await arm.resolve(hub, replicaName)).toEqual({ status: 'answered', addresses: ['20.61.104.9'], zone: null });
  });

  it('is reached by peering, and by name through a zone of the consumer’s own', async () => {
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com`;
    await connect(hub, mendixProd);
    await arm.make(zone, { location: 'global' });
    await arm.make(`${zone}/A/mendix-prod-db-replica`, recordOf('192.168.1.5'));
    await arm.make(`${zone}/virtualNetworkLinks/hub`, linkTo(hub));

    const answer = await arm.resolve(hub, replicaName);

    expect(answer.addresses).toEqual(['192.168.1.5']);
    expect(await arm.reach(hub, answer.addresses[0] ?? '', 5432)).toMatchObject({
      open: true,
      because: expect.stringContaining('mendix-prod-db-replica'),
    });
    expect(await arm.reach(hub, answer.addresses[0] ?? '', 443)).toMatchObject({ open: false });
    // The zone decides alone: other private databases of Azure have no name here any more, unless told to ask on.
    expect(await arm.resolve(hub, 'mendix-acc-db.postgres.database.azure.com')).toMatchObject({ status: 'nxdomain' });
  });

  it('leaves other names to the internet where the link says so', async () => {
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com`;
    await arm.make(zone, { location: 'global' });
    await arm.make(`${zone}/virtualNetworkLinks/hub`, {
      location: 'global',
      properties: { virtualNetwork: { id: hub }, registrationEnabled: false, resolutionPolicy: 'NxDomainRedirect' },
    });

    expect(await arm.resolve(hub, 'mendix-acc-db.postgres.database.azure.com')).toMatchObject({
      addresses: ['20.61.104.9'],
    });
  });

  it('in a delegated subnet answers at the address in its own zone', async () => {
    const name = 'mendix-uat-db-replica.postgres.database.azure.com';
    await connect(hub, mendixUat);

    expect(await arm.resolve(mendixUat, name)).toMatchObject({ addresses: ['192.168.9.69'] });
    expect(await arm.resolve(hub, name)).toMatchObject({ status: 'nxdomain' });
    expect(await arm.reach(hub, '192.168.9.69', 5432)).toMatchObject({ open: true });
    expect(await arm.reach(hub, '192.168.9.70', 5432)).toMatchObject({ open: false });
  });
});
