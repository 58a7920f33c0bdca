import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleAppAddresses, exampleGroups, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, linkTo, peeringTo, recordOf, startBench } from './arm-client.ts';

const { hub, data, mendixProd, mendixAcc } = exampleNetworks;
const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/azure.mendixapps.io`;
const narrow = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/orders.azure.mendixapps.io`;
const app = exampleAppAddresses.mendixProd;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function put(path: string, body: unknown): Promise<void> {
  const { status } = await arm.put(path, body);
  expect(status).toBeLessThan(300);
  arm.pass();
}

async function makeZone(id: string, records: Record<string, string>, network = hub): Promise<void> {
  await put(id, { location: 'global' });
  for (const [name, address] of Object.entries(records)) {
    await put(`${id}/A/${name}`, recordOf(address));
  }
  await put(`${id}/virtualNetworkLinks/link`, linkTo(network));
}

async function resolve(network: string, name: string): Promise<unknown> {
  return (await arm.control('resolve', { network, name })).body;
}

async function reach(from: string, address = app, port = 443): Promise<{ open: boolean; because: string }> {
  return (await arm.control<{ open: boolean; because: string }>('reach', { from, address, port })).body;
}

async function connect(): Promise<void> {
  await put(`${hub}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd));
  await put(`${mendixProd}/virtualNetworkPeerings/to-hub`, peeringTo(hub));
}

async function useDnsServers(...dnsServers: string[]): Promise<void> {
  const { body } = await arm.get(hub);
  body.properties.dhcpOptions = { dnsServers };
  await put(hub, body);
}

describe('names', () => {
  it('come from the public DNS where no zone is linked', async () => {
    expect(await resolve(hub, 'billing.azure.mendixapps.io')).toEqual({
      status: 'answered',
      addresses: ['20.101.14.7'],
      zone: null,
    });
    expect(await resolve(hub, 'orders.azure.mendixapps.io')).toEqual({ status: 'nxdomain', addresses: [], zone: null });
  });

  it('come from a linked zone, which hides every other name under it', async () => {
    await makeZone(zone, { orders: app });

    expect(await resolve(hub, 'Orders.azure.mendixapps.io.')).toEqual({
      status: 'answered',
      addresses: [app],
      zone: 'azure.mendixapps.io',
    });
    expect(await resolve(hub, 'billing.azure.mendixapps.io')).toEqual({
      status: 'nxdomain',
      addresses: [],
      zone: 'azure.mendixapps.io',
    });
    expect(await resolve(hub, 'www.mendix.com')).toMatchObject({ status: 'answered', zone: null });
    expect(await resolve(data, 'billing.azure.mendixapps.io')).toMatchObject({ status: 'answered', zone: null });
  });

  it('come from the longest linked zone, whose apex is @', async () => {
    await makeZone(narrow, { '@': app });

    expect(await resolve(hub, 'orders.azure.mendixapps.io')).toMatchObject({
      addresses: [app],
      zone: 'orders.azure.mendixapps.io',
    });
    expect(await resolve(hub, 'billing.azure.mendixapps.io')).toMatchObject({ status: 'answered', zone: null });
  });

  it.each([
    ['orders', '10.0.0.1'],
    ['anything', '10.0.0.2'],
    ['deep.anything', '10.0.0.2'],
    ['deep.orders', undefined],
    ['x.wild', '10.0.0.3'],
    ['wild', undefined],
  ])('take the exact record before a wildcard: %s', async (name, address) => {
    await makeZone(zone, { orders: '10.0.0.1', '*': '10.0.0.2', '*.wild': '10.0.0.3' });

    expect(await resolve(hub, `${name}.azure.mendixapps.io`)).toMatchObject(
      address === undefined ? { status: 'nxdomain', addresses: [] } : { status: 'answered', addresses: [address] },
    );
  });

  it('are not answered by a link that is still on its way', async () => {
    await put(zone, { location: 'global' });
    await put(`${zone}/A/orders`, recordOf(app));
    await arm.put(`${zone}/virtualNetworkLinks/link`, linkTo(hub));

    expect(await resolve(hub, 'orders.azure.mendixapps.io')).toMatchObject({ status: 'nxdomain', zone: null });
  });

  it('are lost behind own DNS servers, unless these can be reached and ask Azure', async () => {
    await makeZone(zone, { orders: app });

    await useDnsServers('10.20.9.9');
    const unknown = await resolve(hub, 'orders.azure.mendixapps.io');
    await useDnsServers('10.20.0.4');
    const forwarding = await resolve(hub, 'orders.azure.mendixapps.io');
    await arm.control('world', {
      dnsServers: { '10.20.0.4': { network: hub, records: { '*.corp.example.com': ['10.20.1.1'] } } },
    });
    const own = await resolve(hub, 'erp.corp.example.com');
    const deaf = await resolve(hub, 'orders.azure.mendixapps.io');

    expect(unknown).toEqual({ status: 'servfail', addresses: [], zone: null });
    expect(forwarding).toMatchObject({ status: 'answered', zone: 'azure.mendixapps.io' });
    expect(own).toMatchObject({ status: 'answered', addresses: ['10.20.1.1'] });
    expect(deaf).toMatchObject({ status: 'nxdomain', zone: null });
  });

  it('are asked in the network in which the forwarding server stands', async () => {
    await makeZone(zone, { orders: app });
    const { body } = await arm.get(mendixProd);
    body.properties.dhcpOptions = { dnsServers: ['10.20.0.4'] };
    await put(mendixProd, body);

    const apart = await resolve(mendixProd, 'orders.azure.mendixapps.io');
    await connect();
    const joined = await resolve(mendixProd, 'orders.azure.mendixapps.io');

    expect(apart).toMatchObject({ status: 'servfail' });
    expect(joined).toMatchObject({ status: 'answered', addresses: [app] });
  });
});

describe('reach', () => {
  it('is open within the network and closed from a network that is not peered', async () => {
    expect(await reach(mendixProd)).toMatchObject({ open: true });
    expect(await reach(hub)).toMatchObject({ open: false, because: expect.stringContaining('neither in hub-vnet') });
  });

  it('is open when both halves are Connected, and not before', async () => {
    await put(`${hub}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd));
    const half = await reach(hub);
    await put(`${mendixProd}/virtualNetworkPeerings/to-hub`, peeringTo(hub));
    const whole = await reach(hub);
    await arm.delete(`${mendixProd}/virtualNetworkPeerings/to-hub`);
    arm.pass();
    const broken = await reach(hub);

    expect(half).toMatchObject({ open: false, because: expect.stringContaining('Initiated') });
    expect(whole).toMatchObject({ open: true, because: expect.stringContaining('kubernetes-internal') });
    expect(broken).toMatchObject({ open: false, because: expect.stringContaining('Disconnected') });
  });

  it('is closed where nothing listens, and beyond the peered network', async () => {
    await connect();

    expect(await reach(hub, '192.168.1.70', 5432)).toMatchObject({
      open: false,
      because: expect.stringContaining('nothing listens'),
    });
    expect(await reach(hub, app, 5432)).toMatchObject({ open: false, because: expect.stringContaining('port 5432') });
    expect(await reach(hub, exampleAppAddresses.mendixAcc)).toMatchObject({ open: false });
    expect(await reach(data)).toMatchObject({ open: false });
    expect(await reach(mendixAcc)).toMatchObject({ open: false });
  });

  it('is closed when a half forbids access', async () => {
    await put(`${hub}/virtualNetworkPeerings/to-mendix`, peeringTo(mendixProd));
    await put(`${mendixProd}/virtualNetworkPeerings/to-hub`, peeringTo(hub, { allowVirtualNetworkAccess: false }));

    expect(await reach(hub)).toMatchObject({ open: false, because: expect.stringContaining('does not allow access') });
  });

  it('ends at an address range that was added later and not synced', async () => {
    await connect();
    const { body } = await arm.get(mendixProd);
    body.properties.addressSpace.addressPrefixes.push('192.168.64.0/24');
    await put(mendixProd, body);

    expect(await reach(hub, '192.168.64.4')).toMatchObject({
      open: false,
      because: expect.stringContaining('not in sync'),
    });
  });

  it.each([
    ['resolve', {}],
    ['resolve', { network: 'nowhere', name: 'a.b' }],
    ['reach', { from: hub, address: app }],
  ])('refuses a %s that makes no sense', async (name, body) => {
    expect((await arm.control(name, body)).status).toBe(400);
  });
});
