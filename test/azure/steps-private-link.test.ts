import { describe, expect, it } from 'vitest';
import { exampleGroups, exampleLoadBalancers, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { type House, hub, openTestStore } from './house.ts';
import { carryOut, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const mendix = exampleNetworks.mendixProd;
const nodes = `${mendix}/subnets/aks-nodes`;
const service = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/privateLinkServices/causeway-apps`;
const endpoint = `${exampleGroups.hub}/providers/Microsoft.Network/privateEndpoints/pe-apps`;

const openSubnet = stepOf('subnet-policy', nodes, {
  change: 'update',
  body: { properties: { privateLinkServiceNetworkPolicies: 'Disabled' } },
});

const makeService = stepOf('private-link-service', service, {
  body: {
    location: 'westeurope',
    tags: { 'causeway-case': 'C-1' },
    properties: {
      loadBalancerFrontendIpConfigurations: [
        { id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/ingress` },
      ],
      ipConfigurations: [
        {
          name: 'nat',
          properties: {
            subnet: { id: nodes },
            primary: true,
            privateIPAllocationMethod: 'Dynamic',
            privateIPAddressVersion: 'IPv4',
          },
        },
      ],
      visibility: { subscriptions: ['*'] },
      autoApproval: { subscriptions: [] },
      enableProxyProtocol: false,
    },
  },
});

const makeEndpoint = stepOf('private-endpoint', endpoint, {
  body: {
    location: 'westeurope',
    tags: {},
    properties: {
      subnet: { id: `${hub}/subnets/shared` },
      manualPrivateLinkServiceConnections: [
        { name: 'apps', properties: { privateLinkServiceId: service, requestMessage: 'For orders.' } },
      ],
    },
  },
});

const approve = stepOf('endpoint-approval', `${service}/privateEndpointConnections/pe-apps`, {
  body: {
    properties: { privateLinkServiceConnectionState: { status: 'Approved', description: 'Approved in case C-1.' } },
  },
});

describe('apps by Private Link, step by step', () => {
  it('lets the other network reach the apps at the endpoint’s address, once it is accepted', async () => {
    for (const step of [openSubnet, makeService, makeEndpoint]) {
      expect((await carryOut(house, store, step)).result).toEqual({ ok: true });
    }
    const { row } = await carryOut(house, store, makeEndpoint);
    const { address } = (row?.answer ?? {}) as { address: string };
    expect(address).toMatch(/^10\.20\.1\./);
    expect(await house.post('reach', { from: hub, address, port: 443 })).toMatchObject({ open: false });

    const { result } = await carryOut(house, store, approve);

    expect(result).toEqual({ ok: true });
    expect(await house.post('reach', { from: hub, address, port: 443 })).toMatchObject({ open: true });
    expect(await house.post('reach', { from: hub, address: '192.168.1.5', port: 5432 })).toMatchObject({ open: false });
  });

  it('sends exactly the body that was approved, and keeps the alias', async () => {
    await carryOut(house, store, openSubnet);

    const { row } = await carryOut(house, store, makeService);

    const sent = (await house.writes()).find((write) => write.path.includes('/causeway-apps?'));
    expect(sent?.body).toEqual(makeService.body);
    expect(row?.answer).toMatchObject({ alias: expect.stringContaining('causeway-apps.') });
  });

  it('writes nothing a second time', async () => {
    for (const step of [openSubnet, makeService, makeEndpoint, approve]) {
      await carryOut(house, store, step);
    }
    const writes = (await house.writes()).length;
    const fresh = await openTestStore();

    for (const step of [openSubnet, makeService, makeEndpoint, approve]) {
      expect((await carryOut(house, fresh.store, step)).result).toEqual({ ok: true });
    }

    expect(await house.writes()).toHaveLength(writes);
    await fresh.close();
  });

  it('without opening the subnet first says what is missing', async () => {
    const { result } = await carryOut(house, store, makeService);

    expect(result).toMatchObject({
      ok: false,
      code: 'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
      because: expect.stringContaining('subnet'),
    });
  });

  it('looks for the connection again when Azure says that it is not the owner’s to make', async () => {
    for (const step of [openSubnet, makeService, makeEndpoint]) {
      await carryOut(house, store, step);
    }
    await house.fault('PrivateEndpointConnectionCannotBeCreatedByServiceProvider', 'privateEndpointConnections/');

    expect((await carryOut(house, store, approve)).result).toEqual({ ok: true });
  });

  it('waits for a connection that is not listed yet, and gives up with words for people', async () => {
    await carryOut(house, store, openSubnet);
    await carryOut(house, store, makeService);

    const { result } = await carryOut(house, store, approve, { retryForMs: 200 });

    expect(result).toMatchObject({ ok: false, because: expect.stringContaining('pe-apps') });
  });

  it('leaves a connection that somebody rejected as it is', async () => {
    for (const step of [openSubnet, makeService, makeEndpoint]) {
      await carryOut(house, store, step);
    }
    await house.post('owner', { connection: endpoint, decision: 'reject' });

    expect((await carryOut(house, store, approve)).result).toMatchObject({ ok: false, code: 'MadeByOthers' });
  });
});
