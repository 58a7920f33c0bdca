import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, linkTo, peeringTo, recordOf, startBench } from './arm-client.ts';

const { hub, corp, branch, office, retail, mendixProd } = exampleNetworks;
const orders = 'orders.azure.mendixapps.io';
const zone = `${exampleGroups.corp}/providers/Microsoft.Network/privateDnsZones/${orders}`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function makeZone(network: string): Promise<void> {
  await arm.make(zone, { location: 'global' });
  await arm.make(`${zone}/A/@`, recordOf('192.168.0.10'));
  await arm.make(`${zone}/virtualNetworkLinks/link`, linkTo(network));
}

async function useServers(network: string, ...dnsServers: string[]): Promise<void> {
  const { body } = await arm.get(network);
  body.properties.dhcpOptions = { dnsServers };
  await arm.make(network, body);
}

describe('networks with DNS servers of their own', () => {
  it('know a zone that is linked to the network in which the server stands, and no other', async () => {
    await makeZone(branch);
    const linkedToAsker = await arm.resolve(branch, orders);
    await arm.delete(`${zone}/virtualNetworkLinks/link`);
    arm.pass();
    await arm.make(`${zone}/virtualNetworkLinks/corp`, linkTo(corp));

    expect(linkedToAsker).toMatchObject({ status: 'nxdomain' });
    expect(await arm.resolve(branch, orders)).toEqual({
      status: 'answered',
      addresses: ['192.168.0.10'],
      zone: orders,
    });
    expect(await arm.resolve(branch, 'intranet.corp.example.com')).toMatchObject({ addresses: ['10.60.1.20'] });
    expect(await arm.resolve(branch, 'www.mendix.com')).toMatchObject({ status: 'answered', zone: null });
  });

  it('know nothing when the peering to the server is gone', async () => {
    await arm.delete(`${corp}/virtualNetworkPeerings/to-branch`);
    arm.pass();

    expect(await arm.resolve(branch, 'www.mendix.com')).toEqual({ status: 'servfail', addresses: [], zone: null });
  });

  it('whose server stands outside of Azure know its names and those of the internet, but no linked zone', async () => {
    await makeZone(office);

    expect(await arm.resolve(office, 'printer.office.example.com')).toMatchObject({ addresses: ['172.16.4.20'] });
    expect(await arm.resolve(office, 'www.mendix.com')).toMatchObject({ status: 'answered' });
    expect(await arm.resolve(office, orders)).toMatchObject({ status: 'nxdomain' });
  });

  it('know a zone by a forwarder on that server to one inside of Azure', async () => {
    await makeZone(corp);
    await arm.control('world', {
      dnsServers: {
        '10.60.0.4': { network: corp, forwardsToAzure: true },
        '172.16.0.53': { forwarders: { 'azure.mendixapps.io': '10.60.0.4', 'lost.example.com': '10.99.0.4' } },
      },
    });

    expect(await arm.resolve(office, orders)).toMatchObject({ addresses: ['192.168.0.10'] });
    expect(await arm.resolve(office, 'a.lost.example.com')).toMatchObject({ status: 'servfail' });
  });

  it('lose every name when they name servers that cannot be reached', async () => {
    await useServers(mendixProd, '10.60.0.4');
    const apart = await arm.resolve(mendixProd, 'mendix-prod-db.postgres.database.azure.com');
    await arm.make(`${corp}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd));
    await arm.make(`${mendixProd}/virtualNetworkPeerings/to-corp`, peeringTo(corp));
    const joined = await arm.resolve(mendixProd, 'mendix-prod-db.postgres.database.azure.com');

    expect(apart).toMatchObject({ status: 'servfail' });
    // The server asks for its own network, which links the zone of another environment's database; it hides this name.
    expect(joined).toMatchObject({ status: 'nxdomain', addresses: [] });
    expect(await arm.resolve(mendixProd, 'intranet.corp.example.com')).toMatchObject({ status: 'answered' });
  });

  it('may name a server on the internet, which knows public names only', async () => {
    await arm.control('world', { dnsServers: { '9.9.9.9': {} } });
    await useServers(hub, '9.9.9.9');
    await makeZone(hub);

    expect(await arm.resolve(hub, 'www.mendix.com')).toMatchObject({ status: 'answered' });
    expect(await arm.resolve(hub, orders)).toMatchObject({ status: 'nxdomain' });
  });
});

describe('the list of DNS servers', () => {
  it.each([
    ['21 of them', Array.from({ length: 21 }, (_, index) => `10.20.0.${index + 4}`)],
    ['a name among them', ['dns.example.com']],
  ])('is refused with %s', async (_what, dnsServers) => {
    const { body } = await arm.get(hub);
    body.properties.dhcpOptions = { dnsServers };

    const answer = await arm.put(hub, body);

    expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidDhcpOptionsDnsServers']);
  });

  it('changes by a whole PUT, which keeps rules, routes and policies of subnets that it repeats', async () => {
    const { vault } = exampleNetworks;
    const before = (await arm.get(vault)).body;

    await useServers(vault, '10.66.0.4');

    const after = (await arm.get(vault)).body;
    expect(after.properties.dhcpOptions.dnsServers).toEqual(['10.66.0.4']);
    expect(after.properties.subnets.map(({ properties }) => properties)).toEqual(
      before.properties.subnets.map(({ properties }) => properties),
    );
  });
});

describe('a network that links a zone of the suffix already', () => {
  it('hides what the zone does not have, and takes no second zone of the name', async () => {
    const suffix = 'azure.mendixapps.io';
    const second = `${exampleGroups.corp}/providers/Microsoft.Network/privateDnsZones/${suffix}`;
    await arm.make(second, { location: 'global' });
    const accepted = await arm.put(`${second}/virtualNetworkLinks/retail`, linkTo(retail));
    arm.pass();

    expect(await arm.resolve(retail, `billing.${suffix}`)).toMatchObject({ addresses: ['20.101.14.7'], zone: suffix });
    expect(await arm.resolve(retail, `hr.${suffix}`)).toMatchObject({ status: 'nxdomain', zone: suffix });
    expect((await arm.operation(accepted)).body).toMatchObject({ status: 'Failed', error: { code: 'BadRequest' } });
  });
});

describe('names that stand for names', () => {
  it('are followed, and a circle is not', async () => {
    await arm.control('world', {
      publicDns: {
        'a.example.com': ['b.example.com'],
        'b.example.com': ['20.1.1.1'],
        'c.example.com': ['c.example.com'],
      },
    });

    expect(await arm.resolve(hub, 'a.example.com')).toMatchObject({ addresses: ['20.1.1.1'] });
    expect(await arm.resolve(hub, 'c.example.com')).toMatchObject({ status: 'servfail' });
  });
});
