import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, startBench } from './arm-client.ts';

const { hub, mendixProd, partner } = exampleNetworks;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

describe('virtual networks', () => {
  it('are made with their subnets', async () => {
    const id = `${exampleGroups.hub}/providers/Microsoft.Network/virtualNetworks/New-VNet`;
    const made = await arm.put(id, {
      location: 'West Europe',
      properties: {
        addressSpace: { addressPrefixes: ['10.50.0.0/16'] },
        subnets: [{ name: 'one', properties: { addressPrefix: '10.50.1.0/24' } }],
      },
    });
    arm.pass();

    const subnet = await arm.get(`${id}/subnets/one`);

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id, location: 'westeurope', properties: { provisioningState: 'Updating' } });
    expect(subnet.body).toMatchObject({
      type: 'Microsoft.Network/virtualNetworks/subnets',
      properties: { provisioningState: 'Succeeded', privateLinkServiceNetworkPolicies: 'Enabled' },
    });
  });

  it('lose the subnets that a PUT omits', async () => {
    const { body } = await arm.get(hub);
    body.properties.subnets = body.properties.subnets.filter((subnet) => subnet.name !== 'people');

    const put = await arm.put(hub, body);
    arm.pass();

    expect(put.status).toBe(200);
    expect((await arm.get(`${hub}/subnets/people`)).status).toBe(404);
    expect((await arm.get(`${hub}/subnets/shared`)).status).toBe(200);
  });

  it.each([
    ['some', (subnets: { name: string }[]) => subnets.filter((subnet) => subnet.name !== 'aks-nodes')],
    ['all', () => undefined],
  ])('keep everything when a PUT omits %s of the subnets and one of them is in use', async (_which, keep) => {
    const { body } = await arm.get(mendixProd);
    const names = body.properties.subnets.map((subnet) => subnet.name);

    const put = await arm.put(mendixProd, {
      ...body,
      properties: { ...body.properties, subnets: keep(body.properties.subnets) },
    });
    const after = await arm.get(mendixProd);

    expect([put.status, put.body.error.code]).toEqual([400, 'InUseSubnetCannotBeDeleted']);
    expect(put.body.error.message).toContain('kubernetes-internal');
    expect(after.body.properties.subnets.map((subnet) => subnet.name)).toEqual(names);
  });

  it('keep their peerings when the body does not list them', async () => {
    const { body } = await arm.get(partner);
    delete body.properties.virtualNetworkPeerings;
    body.properties.dhcpOptions = { dnsServers: ['10.40.0.4'] };

    await arm.put(partner, body);
    arm.pass();

    const after = await arm.get(partner);
    expect(after.body.properties.dhcpOptions.dnsServers).toEqual(['10.40.0.4']);
    expect(after.body.properties.virtualNetworkPeerings).toHaveLength(1);
  });

  it('take a whole body back unchanged', async () => {
    const before = (await arm.get(partner)).body;

    await arm.put(partner, before);
    arm.pass();

    const after = (await arm.get(partner)).body;
    expect(withoutEtags(after)).toEqual(withoutEtags(before));
  });

  it.each([
    ['no location', { location: undefined }, 400, 'LocationRequired'],
    ['another location', { location: 'northeurope' }, 409, 'InvalidResourceLocation'],
    ['no address space', { properties: {} }, 400, 'InvalidAddressPrefixFormat'],
    [
      'a malformed prefix',
      { properties: { addressSpace: { addressPrefixes: ['10.20.0.0'] } } },
      400,
      'InvalidAddressPrefixFormat',
    ],
    [
      'a subnet outside',
      {
        properties: {
          addressSpace: { addressPrefixes: ['10.20.0.0/16'] },
          subnets: [{ name: 'x', properties: { addressPrefix: '10.21.0.0/24' } }],
        },
      },
      400,
      'NetcfgInvalidSubnet',
    ],
  ])('refuse %s', async (_what, change, status, code) => {
    const { body } = await arm.get(hub);

    const answer = await arm.put(hub, { ...body, ...change });

    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('refuse an address space that overlaps a peered network', async () => {
    const { body } = await arm.get(partner);
    body.properties.addressSpace.addressPrefixes.push('192.168.4.0/24');

    const answer = await arm.put(partner, body);

    expect(answer.body.error.code).toBe('VnetAddressSpaceOverlapsWithAlreadyPeeredVnet');
  });
});

describe('subnets', () => {
  const id = `${hub}/subnets/extra`;

  it('are made, changed as a whole and deleted', async () => {
    const made = await arm.put(id, {
      properties: { addressPrefix: '10.20.9.0/24', serviceEndpoints: [{ service: 'Microsoft.Sql' }] },
    });
    arm.pass();
    const changed = await arm.put(id, {
      properties: { addressPrefix: '10.20.9.0/24', privateLinkServiceNetworkPolicies: 'Disabled' },
    });
    arm.pass();
    const seen = await arm.get(id);
    await arm.delete(id);
    arm.pass();

    expect([made.status, changed.status]).toEqual([201, 200]);
    expect(seen.body.properties.privateLinkServiceNetworkPolicies).toBe('Disabled');
    expect(seen.body.properties).not.toHaveProperty('serviceEndpoints');
    expect((await arm.get(id)).status).toBe(404);
  });

  it.each([
    ['outside the network', '10.99.0.0/24', 'NetcfgInvalidSubnet'],
    ['over another subnet', '10.20.1.128/25', 'NetcfgSubnetRangesOverlap'],
    ['without a prefix', undefined, 'InvalidAddressPrefixFormat'],
  ])('are refused %s', async (_where, addressPrefix, code) => {
    const answer = await arm.put(id, { properties: { addressPrefix } });

    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('cannot go while a load balancer stands in them', async () => {
    const bench = await startBench();
    await bench.control('world', { denyAssignments: [] });

    const answer = await bench.delete(`${mendixProd}/subnets/aks-nodes`);

    expect([answer.status, answer.body.error.code]).toEqual([400, 'InUseSubnetCannotBeDeleted']);
    await bench.simulator.close();
  });
});

describe('etags', () => {
  it('lets a write through when the etag is the present one, and only then', async () => {
    const { body } = await arm.get(hub);

    const right = await arm.put(hub, body, { headers: { 'if-match': body.etag } });
    arm.pass();
    const stale = await arm.put(hub, body, { headers: { 'if-match': body.etag } });
    const taken = await arm.put(hub, body, { headers: { 'if-none-match': '*' } });
    const missing = await arm.put(
      `${hub}/subnets/new`,
      { properties: { addressPrefix: '10.20.9.0/24' } },
      { headers: { 'if-match': '*' } },
    );

    expect(right.status).toBe(200);
    expect([stale.status, stale.body.error.code]).toEqual([412, 'PreconditionFailed']);
    expect([taken.status, missing.status]).toEqual([412, 412]);
  });

  it('change on a network when one of its subnets does', async () => {
    const before = (await arm.get(hub)).body.etag;

    await arm.put(`${hub}/subnets/extra`, { properties: { addressPrefix: '10.20.9.0/24' } });
    arm.pass();

    expect((await arm.get(hub)).body.etag).not.toBe(before);
  });
});

function withoutEtags(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (key, value) => (key === 'etag' ? undefined : value)));
}
