import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGateway, exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';

const { hub, office, mendixProd, mendixAcc } = exampleNetworks;
const fromOffice = `${office}/virtualNetworkPeerings/to-mendix`;
const fromMendix = `${mendixProd}/virtualNetworkPeerings/to-office`;
const app = '192.168.0.10';
/** Stand in the head office, behind the gateway of office-vnet. */
const officeServer = '172.16.4.20';
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function codeOf(path: string, body: unknown): Promise<unknown[]> {
  const answer = await arm.put(path, body);
  arm.pass();
  return [answer.status, answer.body.error?.code];
}

async function share(): Promise<void> {
  await arm.make(fromOffice, peeringTo(mendixProd, { allowGatewayTransit: true }));
  await arm.make(fromMendix, peeringTo(office, { useRemoteGateways: true }));
}

describe('a gateway that is shared', () => {
  it('opens the way to what lies behind it, and from there to the apps', async () => {
    await arm.make(fromOffice, peeringTo(mendixProd));
    await arm.make(fromMendix, peeringTo(office));
    const without = [await arm.reach(mendixProd, officeServer), await arm.reach(exampleGateway, app)];

    await arm.make(fromOffice, peeringTo(mendixProd, { allowGatewayTransit: true }));
    await arm.make(fromMendix, peeringTo(office, { useRemoteGateways: true }));

    expect(without.map(({ open }) => open)).toEqual([false, false]);
    expect(without[1]?.because).toContain('does not use the gateway of office-vnet');
    expect(await arm.reach(mendixProd, officeServer)).toMatchObject({
      open: true,
      because: expect.stringContaining('the head office'),
    });
    expect(await arm.reach(mendixProd, officeServer, 80)).toMatchObject({ open: false });
    expect(await arm.reach(exampleGateway, app)).toMatchObject({ open: true });
    expect(await arm.reach(exampleGateway, exampleGroups.hub)).toMatchObject({ open: false });
  });

  it('serves its own network without any peering', async () => {
    expect(await arm.reach(office, officeServer)).toMatchObject({ open: true });
    expect(await arm.reach(hub, officeServer)).toMatchObject({ open: false });
  });
});

describe('Azure refuses', () => {
  it('the use of a gateway where there is none', async () => {
    expect(await codeOf(`${mendixProd}/virtualNetworkPeerings/a`, peeringTo(hub, { useRemoteGateways: true }))).toEqual(
      [400, 'RemoteVnetHasNoGateways'],
    );
  });

  it('the use before the other side has allowed it', async () => {
    const alone = await codeOf(fromMendix, peeringTo(office, { useRemoteGateways: true }));
    await arm.make(fromOffice, peeringTo(mendixProd));
    const answer = await arm.put(fromMendix, peeringTo(office, { useRemoteGateways: true }));

    expect(alone).toEqual([400, 'RemotePeeringDoesNotAllowGatewayTransit']);
    expect(answer.body.error.message).toContain('has AllowGatewayTransit flag set to false');
  });

  it('taking the permission back as long as it is used', async () => {
    await share();

    expect(await codeOf(fromOffice, peeringTo(mendixProd))).toEqual([400, 'RemotePeeringUsesGateways']);
  });

  it('a second gateway, own or remote', async () => {
    await share();
    const second = `${exampleGroups.hub}/providers/Microsoft.Network/virtualNetworkGateways/second`;
    const { resources } = await arm.world();
    const subnet = { id: `${hub}/subnets/shared` };
    await arm.control('world', {
      resources: {
        ...resources,
        [second]: { location: 'westeurope', properties: { ipConfigurations: [{ name: 'a', properties: { subnet } }] } },
      },
    });
    await arm.make(`${hub}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd, { allowGatewayTransit: true }));
    await arm.make(`${hub}/virtualNetworkPeerings/to-office`, peeringTo(office, { allowGatewayTransit: true }));

    expect(
      await codeOf(`${mendixProd}/virtualNetworkPeerings/to-hub`, peeringTo(hub, { useRemoteGateways: true })),
    ).toEqual([400, 'OnlyOnePeeringCanUseRemoteGateways']);
    expect(
      await codeOf(`${office}/virtualNetworkPeerings/to-hub`, peeringTo(hub, { useRemoteGateways: true })),
    ).toEqual([400, 'VnetWithGatewayCannotUseRemoteGateways']);
  });

  it('nothing of this when told not to look', async () => {
    const flags = { useRemoteGateways: true, doNotVerifyRemoteGateways: true };

    expect(await codeOf(`${mendixAcc}/virtualNetworkPeerings/a`, peeringTo(hub, flags))).toEqual([201, undefined]);
  });
});

describe('a gateway', () => {
  it('is seen in its group and in the subnet that it stands in', async () => {
    const list = await arm.get(`${exampleGroups.office}/providers/Microsoft.Network/virtualNetworkGateways`);
    const subnet = await arm.get(`${office}/subnets/GatewaySubnet`);
    const gone = await arm.delete(`${office}/subnets/GatewaySubnet`);

    expect(list.body.value.map(({ id }) => id)).toEqual([exampleGateway]);
    expect(subnet.body.properties).toMatchObject({
      ipConfigurations: [{ id: `${exampleGateway}/ipConfigurations/default` }],
    });
    expect(gone.body.error.code).toBe('InUseSubnetCannotBeDeleted');
  });
});
