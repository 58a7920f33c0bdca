import { describe, expect, it } from 'vitest';
import { exampleAppAddresses, exampleGroups, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Json } from '../../src/plan/plan.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { type House, hub } from './house.ts';
import { atRest, carryOut, deleteAsOthers, putAsOthers, readAsOthers, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const mendix = exampleNetworks.mendixProd;
const nodes = `${mendix}/subnets/aks-nodes`;

const openSubnet = stepOf('subnet-policy', nodes, {
  change: 'update',
  body: { properties: { privateLinkServiceNetworkPolicies: 'Disabled' } },
});

interface NetworkBody {
  etag: string;
  properties: {
    dhcpOptions: { dnsServers: string[] };
    subnets: { name: string; properties: Record<string, unknown> }[];
    virtualNetworkPeerings: unknown[];
  };
}

describe('one property of something that Azure takes only whole', () => {
  const servers = stepOf('dns-servers', mendix, {
    change: 'update',
    body: { properties: { dhcpOptions: { dnsServers: ['10.20.0.4'] } } },
  });

  it('changes, and everything else of the network stays as it is', async () => {
    const before = await readAsOthers<NetworkBody>(house, mendix);

    const { result, row } = await carryOut(house, store, servers);

    expect(result).toEqual({ ok: true });
    const after = await readAsOthers<NetworkBody>(house, mendix);
    expect(after?.properties.dhcpOptions.dnsServers).toEqual(['10.20.0.4']);
    expect(after?.properties.subnets.map(({ name }) => name)).toEqual(
      before?.properties.subnets.map(({ name }) => name),
    );
    expect(withoutEtags(after?.properties.subnets)).toEqual(withoutEtags(before?.properties.subnets));
    expect(JSON.stringify(row?.request)).toContain('aks-nodes');
  });

  it('is sent on condition that nobody changed the network meanwhile', async () => {
    const before = await readAsOthers<NetworkBody>(house, mendix);

    await carryOut(house, store, servers);

    const [write] = await house.writes();
    expect(write?.headers['if-match']).toBe(before?.etag);
  });

  it('is read and sent anew when somebody did', async () => {
    await house.fault('precondition-failed', '/virtualNetworks/mendix-prod-vnet');

    const { result } = await carryOut(house, store, servers);

    expect(result).toEqual({ ok: true });
    expect((await house.writes()).map(({ status }) => status)).toEqual([412, 200]);
  });

  it('goes back as it was', async () => {
    await carryOut(house, store, servers);
    const back = { ...servers, id: 'back', body: { properties: { dhcpOptions: { dnsServers: [] } } } };

    expect((await carryOut(house, store, back)).result).toEqual({ ok: true });
    expect((await readAsOthers<NetworkBody>(house, mendix))?.properties.dhcpOptions.dnsServers).toEqual([]);
  });

  it('of something that has gone is not made anew', async () => {
    const gone = { ...openSubnet, resource: `${hub}/subnets/gone`, id: 'gone' };

    expect((await carryOut(house, store, gone)).result).toMatchObject({ ok: false, code: 'Gone' });
  });

  it('is no success when a subnet got lost with it', async () => {
    const lossy: House = {
      ...house,
      arm: {
        ...house.arm,
        put(id, version, { body, etag }) {
          const { subnets, ...rest } = (body as unknown as NetworkBody).properties;
          const kept = subnets.filter(({ name }) => name !== 'database');
          return house.arm.put(id, version, {
            body: { ...(body as object), properties: { ...rest, subnets: kept } } as Json,
            etag,
          });
        },
      },
    };

    const { result, row } = await carryOut(lossy, store, servers);

    expect(result).toMatchObject({ ok: false, code: 'ChangedMore', because: expect.stringContaining('subnets') });
    expect(JSON.stringify(row?.request)).toContain('/subnets/database');
  });

  it('of a subnet is its route table, attached and taken off again', async () => {
    const table = `${exampleGroups.hub}/providers/Microsoft.Network/routeTables/to-mendix`;
    await putAsOthers(house, table, { location: 'westeurope', properties: { routes: [] } });
    const subnet = `${hub}/subnets/people`;
    const attach = stepOf('route-table', subnet, {
      change: 'update',
      body: { properties: { routeTable: { id: table } } },
    });

    expect((await carryOut(house, store, attach)).result).toEqual({ ok: true });
    expect(await readAsOthers(house, subnet)).toMatchObject({ properties: { routeTable: { id: table } } });

    const detach = { ...attach, id: 'detach', body: { properties: { routeTable: null } } };
    expect((await carryOut(house, store, detach)).result).toEqual({ ok: true });
    expect(JSON.stringify(await readAsOthers(house, subnet))).not.toContain('routeTable');
  });
});

describe('a dead half of a peering', () => {
  const [ours, theirs] = [`${mendix}/virtualNetworkPeerings/to-hub`, `${hub}/virtualNetworkPeerings/to-mendix`];
  function half(remote: string) {
    return {
      properties: {
        remoteVirtualNetwork: { id: remote },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    };
  }

  it('is deleted and made again, and then both ends connect', async () => {
    await putAsOthers(house, ours, half(hub));
    await putAsOthers(house, theirs, half(mendix));
    await deleteAsOthers(house, ours);
    await atRest(house, hub);
    expect(await readAsOthers(house, theirs)).toMatchObject({ properties: { peeringState: 'Disconnected' } });

    const repair = stepOf('peering-repair', theirs, { change: 'update', body: half(mendix) });
    const make = stepOf('peering', ours, { body: half(hub), after: [repair.id] });
    expect((await carryOut(house, store, repair)).result).toEqual({ ok: true });
    expect((await carryOut(house, store, make)).result).toEqual({ ok: true });

    expect(await house.post('reach', { from: hub, address: exampleAppAddresses.mendixProd, port: 443 })).toMatchObject({
      open: true,
    });
  });
});

describe('rules and routes', () => {
  it('are written into their group and their table', async () => {
    const group = `${exampleGroups.hub}/providers/Microsoft.Network/networkSecurityGroups/people-nsg`;
    const table = `${exampleGroups.hub}/providers/Microsoft.Network/routeTables/people-routes`;
    await putAsOthers(house, group, { location: 'westeurope', properties: { securityRules: [] } });
    await putAsOthers(house, table, { location: 'westeurope', properties: { routes: [] } });
    const rule = stepOf('security-rule', `${group}/securityRules/to-mendix`, {
      body: {
        properties: {
          priority: 200,
          direction: 'Outbound',
          access: 'Allow',
          protocol: 'Tcp',
          sourceAddressPrefix: '*',
          sourcePortRange: '*',
          destinationAddressPrefix: '192.168.0.10',
          destinationPortRange: '443',
        },
      },
    });
    const route = stepOf('route', `${table}/routes/to-mendix`, {
      body: { properties: { addressPrefix: '192.168.0.0/22', nextHopType: 'VnetLocal' } },
    });

    expect((await carryOut(house, store, rule)).result).toEqual({ ok: true });
    expect((await carryOut(house, store, route)).result).toEqual({ ok: true });

    expect(await readAsOthers(house, rule.resource)).toMatchObject(rule.body as object);
    expect(await readAsOthers(house, route.resource)).toMatchObject(route.body as object);
  });
});

function withoutEtags(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, field: unknown) => (key === 'etag' ? undefined : field)));
}
