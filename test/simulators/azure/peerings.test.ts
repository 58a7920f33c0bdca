import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmAnswer, type ArmBench, peeringTo, startBench } from './arm-client.ts';

const { hub, data, legacy, mendixProd, mendixAcc, partner, spoke7 } = exampleNetworks;
const fromHub = `${hub}/virtualNetworkPeerings/to-mendix`;
const fromMendix = `${mendixProd}/virtualNetworkPeerings/to-hub`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function putDone(path: string, body: unknown, query = ''): Promise<ArmAnswer> {
  const accepted = await arm.put(path, body, { query });
  arm.pass();
  return accepted;
}

async function connectBoth(): Promise<void> {
  await putDone(fromHub, peeringTo(mendixProd));
  await putDone(fromMendix, peeringTo(hub));
}

async function states(): Promise<string[][]> {
  const both = [await arm.get(fromHub), await arm.get(fromMendix)];
  return both.map(({ body }) => [body.properties?.peeringState, body.properties?.peeringSyncLevel]);
}

async function resize(network: string, ...addressPrefixes: string[]): Promise<ArmAnswer> {
  const { body } = await arm.get(network);
  body.properties.addressSpace = { addressPrefixes };
  return putDone(network, body);
}

describe('the states of a peering', () => {
  it('is Initiated alone and Connected with its other half', async () => {
    await putDone(fromHub, peeringTo(mendixProd));
    const alone = await arm.get(fromHub);
    await arm.put(fromMendix, peeringTo(hub));
    const underWay = await arm.get(fromHub);
    arm.pass();

    expect(alone.body.properties).toMatchObject({
      peeringState: 'Initiated',
      peeringSyncLevel: 'RemoteNotInSync',
      remoteVirtualNetwork: { id: mendixProd },
      remoteAddressSpace: { addressPrefixes: ['192.168.0.0/22'] },
      remoteVirtualNetworkAddressSpace: { addressPrefixes: ['192.168.0.0/22'] },
      allowForwardedTraffic: false,
    });
    expect(underWay.body.properties.peeringState).toBe('Initiated');
    expect(await states()).toEqual([
      ['Connected', 'FullyInSync'],
      ['Connected', 'FullyInSync'],
    ]);
  });

  it('stands in the body of its network and in the list', async () => {
    await connectBoth();

    const network = await arm.get(hub);
    const list = await arm.get(`${hub}/virtualNetworkPeerings`);

    expect(network.body.properties.virtualNetworkPeerings).toEqual(list.body.value);
    expect(list.body.value.map((each) => each.id)).toEqual([fromHub]);
  });

  it('becomes Disconnected when the other half goes, and cannot be joined again until it is repaired', async () => {
    await connectBoth();
    await arm.delete(fromMendix);
    arm.pass();
    const left = await arm.get(fromHub);

    const refused = await arm.put(fromMendix, peeringTo(hub));
    await putDone(fromHub, peeringTo(mendixProd));
    const repaired = await arm.get(fromHub);
    await putDone(fromMendix, peeringTo(hub));

    expect(left.body.properties).toMatchObject({ peeringState: 'Disconnected', peeringSyncLevel: 'RemoteNotInSync' });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'RemotePeeringIsDisconnected']);
    expect(repaired.body.properties.peeringState).toBe('Initiated');
    expect((await states()).map(([state]) => state)).toEqual(['Connected', 'Connected']);
  });

  it('becomes Disconnected when the other network goes', async () => {
    await arm.delete(spoke7);
    arm.pass();

    const left = await arm.get(`${partner}/virtualNetworkPeerings/to-spoke-7`);

    expect(left.body.properties.peeringState).toBe('Disconnected');
    expect((await arm.get(`${spoke7}/subnets/servers`)).status).toBe(404);
  });

  it('falls out of step with an address change until the side whose remote changed is synced', async () => {
    await connectBoth();
    await resize(hub, '10.20.0.0/16', '10.22.0.0/16');
    const changed = await states();
    await putDone(fromMendix, peeringTo(hub));
    const unsynced = await states();
    const body = (await arm.get(fromMendix)).body;

    await putDone(fromMendix, peeringTo(hub), '&syncRemoteAddressSpace=true');

    expect(changed).toEqual([
      ['Connected', 'RemoteNotInSync'],
      ['Connected', 'LocalNotInSync'],
    ]);
    expect(unsynced).toEqual(changed);
    expect(body.properties).toMatchObject({
      remoteAddressSpace: { addressPrefixes: ['10.20.0.0/16'] },
      remoteVirtualNetworkAddressSpace: { addressPrefixes: ['10.20.0.0/16', '10.22.0.0/16'] },
    });
    expect((await states()).map(([, level]) => level)).toEqual(['FullyInSync', 'FullyInSync']);
  });

  it('is out of step on both sides when both networks changed', async () => {
    await connectBoth();
    await resize(hub, '10.20.0.0/16', '10.22.0.0/16');
    await resize(mendixProd, '192.168.0.0/22', '192.168.16.0/24');

    expect((await states()).map(([, level]) => level)).toEqual(['LocalAndRemoteNotInSync', 'LocalAndRemoteNotInSync']);
  });
});

describe('what Azure refuses', () => {
  it('two networks whose ranges overlap, at once', async () => {
    const answer = await arm.put(`${legacy}/virtualNetworkPeerings/a`, peeringTo(mendixProd));

    expect([answer.status, answer.body.error.code]).toEqual([400, 'VnetAddressSpacesOverlap']);
    expect(answer.body.error.message).toContain(`Virtual networks ${legacy} and ${mendixProd} cannot be peered`);
    expect(answer.body.error.message).toContain('Overlapping address prefixes: 192.168.2.0/24.');
  });

  it.each([
    [
      'the remote network',
      `${mendixProd}/virtualNetworkPeerings/a`,
      partner,
      'first virtual network',
      '192.168.0.0/22',
    ],
    ['the own network', `${partner}/virtualNetworkPeerings/a`, mendixProd, 'second virtual network', '192.168.0.0/22'],
  ])(
    'an overlap with a network already peered with %s, only while the operation runs',
    async (_side, path, to, words, prefix) => {
      const accepted = await putDone(path, peeringTo(to));
      const status = await arm.operation(accepted);

      expect(accepted.status).toBe(201);
      expect(status.body.status).toBe('Failed');
      expect(status.body.error.code).toBe('VnetAddressSpaceOverlapsWithAlreadyPeeredVnet');
      expect(status.body.error.message).toContain(
        `address space of the ${words} overlaps with address space of virtual network ${spoke7}`,
      );
      expect(status.body.error.message).toContain(`Overlapping address prefixes: ${prefix}.`);
      expect((await arm.get(path)).status).toBe(404);
    },
  );

  it('an overlap with a Disconnected leftover too', async () => {
    await arm.delete(`${spoke7}/virtualNetworkPeerings/to-partner`);
    arm.pass();

    const accepted = await putDone(`${mendixAcc}/virtualNetworkPeerings/a`, peeringTo(partner));

    expect((await arm.operation(accepted)).body.error.code).toBe('VnetAddressSpaceOverlapsWithAlreadyPeeredVnet');
  });

  it.each([
    [
      'another remote network for an existing peering',
      `${partner}/virtualNetworkPeerings/to-spoke-7`,
      data,
      'ChangingRemoteVirtualNetworkNotAllowed',
    ],
    [
      'a second peering with the same network',
      `${partner}/virtualNetworkPeerings/again`,
      spoke7,
      'AnotherPeeringAlreadyReferencesRemoteVnet',
    ],
    ['a network that does not exist', fromHub, `${mendixProd}x`, 'InvalidResourceReference'],
    ['a thing that is no network', fromHub, 'mendix-prod-vnet', 'InvalidResourceReference'],
  ])('%s', async (_what, path, remote, code) => {
    const answer = await arm.put(path, peeringTo(remote));

    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('a remote gateway where there is none', async () => {
    const answer = await arm.put(fromMendix, peeringTo(hub, { useRemoteGateways: true }));

    expect(answer.body.error.code).toBe('RemoteVnetHasNoGateways');
  });

  it('a peering without a remote network, and one under a network that is not there', async () => {
    const nothing = await arm.put(fromHub, { properties: {} });
    const orphan = await arm.put(`${hub}x/virtualNetworkPeerings/a`, peeringTo(mendixProd));

    expect([nothing.status, nothing.body.error.code]).toEqual([400, 'MissingJsonReferenceId']);
    expect([orphan.status, orphan.body.error.code]).toEqual([404, 'ParentResourceNotFound']);
  });

  it('a second write on a network while one is in flight', async () => {
    await arm.put(fromHub, peeringTo(mendixProd));

    const second = await arm.put(`${hub}/virtualNetworkPeerings/to-data`, peeringTo(data));
    const subnet = await arm.put(`${hub}/subnets/more`, { properties: { addressPrefix: '10.20.9.0/24' } });
    arm.pass();
    const later = await arm.put(`${hub}/virtualNetworkPeerings/to-data`, peeringTo(data));

    expect([second.status, second.body.error.code]).toEqual([409, 'AnotherOperationInProgress']);
    expect(second.body.error.message).toContain('https://management.azure.com/');
    expect([subnet.status, later.status]).toEqual([409, 201]);
  });

  it('a reference to a network that is being written', async () => {
    await arm.put(fromHub, peeringTo(mendixProd));

    const other = await arm.put(fromMendix, peeringTo(hub));
    arm.pass();
    const later = await arm.put(fromMendix, peeringTo(hub));

    expect([other.status, other.body.error.code]).toEqual([400, 'ReferencedResourceNotProvisioned']);
    expect(later.status).toBe(201);
  });

  it('the 501st peering', async () => {
    const group = exampleGroups.hub;
    const peers = Array.from({ length: 500 }, (_, index) => ({
      name: `p${index}`,
      properties: {
        remoteVirtualNetwork: { id: `${group}/providers/Microsoft.Network/virtualNetworks/gone-${index}` },
        remoteAddressSpace: { addressPrefixes: ['172.16.0.0/24'] },
      },
    }));
    const { resources } = await arm.world();
    const crowded = {
      properties: { addressSpace: { addressPrefixes: ['10.99.0.0/16'] }, virtualNetworkPeerings: peers },
    };
    const id = `${group}/providers/Microsoft.Network/virtualNetworks/crowded`;
    await arm.control('world', { resources: { ...resources, [id]: { location: 'westeurope', ...crowded } } });

    const answer = await arm.put(`${id}/virtualNetworkPeerings/one-more`, peeringTo(hub));

    expect([answer.status, answer.body.error.code]).toEqual([400, 'VirtualNetworkPeeringsLimitReached']);
    expect(answer.body.error.message).toContain('500');
  });
});
