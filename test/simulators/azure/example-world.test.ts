/** The situations of the example world: each is there, and does to a connection what it is there for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleAppAddresses,
  exampleGroups,
  exampleLinkServices,
  exampleLoadBalancers,
  exampleNetworks,
  exampleWorld,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, peeringTo, startBench } from './arm-client.ts';

const { mendixProd, mendixAcc, mendixPilot, depot, america, vault, compact, hub } = exampleNetworks;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

describe('environments', () => {
  it.each([
    ['mendix-prod', mendixProd, exampleAppAddresses.mendixProd],
    ['mendix-acc', mendixAcc, exampleAppAddresses.mendixAcc],
    ['mendix-pilot', mendixPilot, exampleAppAddresses.mendixPilot],
  ])('%s answers on its own network', async (_name, network, address) => {
    expect(await arm.reach(network, address)).toMatchObject({ open: true });
    expect(await arm.reach(hub, address)).toMatchObject({ open: false });
  });

  it('mendix-uat has a public frontend only', async () => {
    const { body } = await arm.get(exampleLoadBalancers.mendixUat);

    expect(body.properties.frontendIPConfigurations).toHaveLength(1);
    expect(body.properties.frontendIPConfigurations[0]?.properties).not.toHaveProperty('privateIPAddress');
    expect(body.properties.frontendIPConfigurations[0]?.properties).toHaveProperty('publicIPAddress');
  });

  it('mendix-prod reaches what it needs by endpoints of its own, by name', async () => {
    for (const [name, port] of [
      ['mendix-prod-db.postgres.database.azure.com', 5432],
      ['mendixprod.azurecr.io', 443],
      ['mendixprodbackup.blob.core.windows.net', 443],
    ] as const) {
      const { addresses, zone } = await arm.resolve(mendixProd, name);
      expect(zone).toMatch(/^privatelink\./);
      expect(await arm.reach(mendixProd, addresses[0] ?? '', port)).toMatchObject({ open: true });
    }
  });
});

describe('networks in which something is in the way', () => {
  it('depot-vnet has a dead half, which has to go before both are made', async () => {
    const half = `${depot}/virtualNetworkPeerings/to-mendix-prod`;
    const other = `${mendixProd}/virtualNetworkPeerings/to-depot`;
    const before = await arm.reach(depot, exampleAppAddresses.mendixProd);
    const refused = await arm.put(other, peeringTo(depot));
    await arm.delete(half);
    arm.pass();
    await arm.make(half, peeringTo(mendixProd));
    await arm.make(other, peeringTo(depot));

    expect(before).toMatchObject({ open: false, because: expect.stringContaining('Disconnected') });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'RemotePeeringIsDisconnected']);
    expect(await arm.reach(depot, exampleAppAddresses.mendixProd)).toMatchObject({ open: true });
  });

  it('america-vnet stands elsewhere, which does not matter to a Standard load balancer', async () => {
    await arm.make(`${america}/virtualNetworkPeerings/a`, peeringTo(mendixProd));
    await arm.make(`${mendixProd}/virtualNetworkPeerings/a`, peeringTo(america));

    expect((await arm.get(america)).body.location).toBe('eastus');
    expect(await arm.reach(america, exampleAppAddresses.mendixProd)).toMatchObject({ open: true });
  });

  it('vault-vnet lets nobody out although it is peered', async () => {
    await arm.make(`${vault}/virtualNetworkPeerings/a`, peeringTo(mendixProd));
    await arm.make(`${mendixProd}/virtualNetworkPeerings/a`, peeringTo(vault));

    expect(await arm.reach(`${vault}/subnets/people`, exampleAppAddresses.mendixProd)).toMatchObject({ open: false });
    expect(await arm.reach(`${vault}/subnets/endpoints`, exampleAppAddresses.mendixProd)).toMatchObject({ open: true });
  });

  it('compact-vnet has no place for an endpoint', async () => {
    const codes = await Promise.all(
      ['machines', 'websites'].map(async (subnet) => {
        const answer = await arm.put(
          `${exampleGroups.compact}/providers/Microsoft.Network/privateEndpoints/${subnet}`,
          {
            location: 'westeurope',
            properties: {
              subnet: { id: `${compact}/subnets/${subnet}` },
              manualPrivateLinkServiceConnections: [
                { name: 'it', properties: { privateLinkServiceId: exampleLinkServices.inventory } },
              ],
            },
          },
        );
        return answer.body.error.code;
      }),
    );

    expect(codes).toEqual(['SubnetIsFull', 'ResourceNotPermittedOnDelegatedSubnet']);
  });
});

describe('every resource', () => {
  it('stands in a group that is there, and refers to resources that are there', async () => {
    const { resources } = await arm.world();
    const keys = new Set(Object.keys(resources));
    const known = /\/providers\/(?:microsoft\.network|microsoft\.dbforpostgresql)\/[^/]+\/[^/]+$/;
    const referred = [...JSON.stringify(exampleWorld().resources).matchAll(/"(\/subscriptions\/[^"]+)"/g)]
      .map(([, id = '']) => id.toLowerCase())
      .filter((id) => known.test(id));

    expect(referred.filter((id) => !keys.has(id))).toEqual([]);
    expect([...keys].filter((key) => !keys.has(key.split('/').slice(0, 5).join('/')))).toEqual([]);
  });
});
