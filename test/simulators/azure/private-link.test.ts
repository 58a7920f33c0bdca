import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleAliases,
  exampleAppAddresses,
  exampleGroups,
  exampleLinkServices,
  exampleLoadBalancers,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import type { Simulator } from '../../../src/simulators/server.ts';
import { networkClient } from './sdk-clients.ts';

const { workloads, connectivity } = exampleSubscriptions;
const { hub, mendixProd } = exampleNetworks;
const quick = { updateIntervalInMs: 2 };
const location = 'westeurope';
const natSubnet = `${mendixProd}/subnets/private-endpoints`;
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startAzureSimulator({ speed: 1000 });
});
afterEach(() => simulator.close());

async function post<Answer>(name: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${simulator.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

function reach(from: string, address: string, port = 443): Promise<{ open: boolean; because: string }> {
  return post('reach', { from, address, port });
}

/** The apps of mendix-prod behind a service of their own, as an owner of the environment would make it. */
async function makeService(autoApproved: string[] = []): Promise<{ id: string; alias: string }> {
  const client = networkClient(simulator.origin, workloads);
  const subnet = await client.subnets.get('mrg-mendix-prod', 'mendix-prod-vnet', 'private-endpoints');
  await client.subnets.createOrUpdate(
    'mrg-mendix-prod',
    'mendix-prod-vnet',
    'private-endpoints',
    { ...subnet, privateLinkServiceNetworkPolicies: 'Disabled' },
    quick,
  );
  const made = await client.privateLinkServices.createOrUpdate(
    'mrg-mendix-prod',
    'pls-apps',
    {
      location,
      loadBalancerFrontendIpConfigurations: [
        { id: `${exampleLoadBalancers.mendixProd}/frontendIPConfigurations/ingress` },
      ],
      ipConfigurations: [{ name: 'nat', primary: true, subnet: { id: natSubnet } }],
      visibility: { subscriptions: [connectivity] },
      autoApproval: { subscriptions: autoApproved },
      fqdns: ['orders.azure.mendixapps.io'],
    },
    quick,
  );
  return { id: made.id ?? '', alias: made.alias ?? '' };
}

async function makeEndpoint(target: string, more: Record<string, unknown> = {}) {
  return networkClient(simulator.origin, connectivity).privateEndpoints.createOrUpdate(
    'network-hub',
    'apps-endpoint',
    {
      location,
      subnet: { id: `${hub}/subnets/shared` },
      privateLinkServiceConnections: [{ name: 'apps', privateLinkServiceId: target }],
      ...more,
    },
    quick,
  );
}

async function addressOf(endpoint: { networkInterfaces?: { id?: string }[] }): Promise<string> {
  const name = endpoint.networkInterfaces?.[0]?.id?.split('/').at(-1) ?? '';
  const found = await networkClient(simulator.origin, connectivity).networkInterfaces.get('network-hub', name);
  return found.ipConfigurations?.[0]?.privateIPAddress ?? '';
}

describe('apps behind a Private Link service, with the real Azure clients', () => {
  it('are reached through an endpoint as soon as its connection was approved, and not before', async () => {
    const owner = networkClient(simulator.origin, workloads).privateLinkServices;
    const service = await makeService();
    const endpoint = await makeEndpoint(service.id);
    const address = await addressOf(endpoint);
    const pending = await reach(hub, address);

    const [connection] = await Array.fromAsync(owner.listPrivateEndpointConnections('mrg-mendix-prod', 'pls-apps'));
    await owner.updatePrivateEndpointConnection('mrg-mendix-prod', 'pls-apps', connection?.name ?? '', {
      privateLinkServiceConnectionState: { status: 'Approved', description: 'C-1' },
    });
    const after = await networkClient(simulator.origin, connectivity).privateEndpoints.get(
      'network-hub',
      'apps-endpoint',
    );

    expect(service.alias).toMatch(/^pls-apps\.[0-9a-f-]{36}\.westeurope\.azure\.privatelinkservice$/);
    expect(connection).toMatchObject({
      name: expect.stringMatching(/^apps-endpoint\.[0-9a-f-]{36}$/),
      privateEndpoint: { id: endpoint.id },
      privateLinkServiceConnectionState: { status: 'Pending' },
    });
    expect(pending).toMatchObject({ open: false, because: expect.stringContaining('Pending') });
    expect(address).toBe('10.20.1.4');
    expect(after.customDnsConfigs).toEqual([{ fqdn: 'orders.azure.mendixapps.io', ipAddresses: [address] }]);
    expect(after.privateLinkServiceConnections?.[0]?.privateLinkServiceConnectionState).toMatchObject({
      status: 'Approved',
      description: 'C-1',
    });
    expect(await reach(hub, address)).toEqual({
      open: true,
      because: `private endpoint apps-endpoint in hub-vnet leads through private link service pls-apps to kubernetes-internal at ${exampleAppAddresses.mendixProd}`,
    });
    expect(await reach(hub, address, 5432)).toMatchObject({ open: false });
    expect(await reach(hub, exampleAppAddresses.mendixProd)).toMatchObject({ open: false });
  });

  it('lead one way only: nothing of the other network can be reached back', async () => {
    const service = await makeService([connectivity]);
    const address = await addressOf(await makeEndpoint(service.id));
    const nat = (
      await networkClient(simulator.origin, workloads).privateLinkServices.get('mrg-mendix-prod', 'pls-apps')
    ).networkInterfaces?.[0]?.id;
    const natName = nat?.split('/').at(-1) ?? '';
    const natInterface = await networkClient(simulator.origin, workloads).networkInterfaces.get(
      'mrg-mendix-prod',
      natName,
    );
    const natAddress = natInterface.ipConfigurations?.[0]?.privateIPAddress ?? '';

    expect(await reach(hub, address)).toMatchObject({ open: true });
    expect(await reach(mendixProd, address)).toMatchObject({ open: false });
    expect(natAddress).toBe('192.168.1.8');
    expect(await reach(mendixProd, natAddress)).toMatchObject({
      open: false,
      because: expect.stringContaining('only calls and never answers'),
    });
  });

  it.each([
    ['asks the owner when its subscription is not listed', [], 'Pending'],
    ['is let in when its subscription is listed', [connectivity], 'Approved'],
  ])('an endpoint %s', async (_what, autoApproved, status) => {
    const service = await makeService(autoApproved);

    const byId = await makeEndpoint(service.id);

    expect(byId.privateLinkServiceConnections?.[0]?.privateLinkServiceConnectionState?.status).toBe(status);
    expect(byId.provisioningState).toBe('Succeeded');
  });

  it('an endpoint has the interface name and the address that were wished for', async () => {
    const service = await makeService();

    const endpoint = await makeEndpoint(service.alias, {
      privateLinkServiceConnections: [],
      manualPrivateLinkServiceConnections: [
        { name: 'apps', privateLinkServiceId: service.alias, requestMessage: 'For C-1' },
      ],
      customNetworkInterfaceName: 'apps-nic',
      ipConfigurations: [{ name: 'fixed', privateIPAddress: '10.20.1.77', groupId: '', memberName: '' }],
    });

    expect(endpoint.networkInterfaces?.[0]?.id).toBe(
      `${exampleGroups.hub}/providers/Microsoft.Network/networkInterfaces/apps-nic`,
    );
    expect(await addressOf(endpoint)).toBe('10.20.1.77');
    expect(endpoint.manualPrivateLinkServiceConnections?.[0]).toMatchObject({
      requestMessage: 'For C-1',
      privateLinkServiceConnectionState: { status: 'Pending' },
    });
  });

  it('go with their connections, endpoint first, and only then can the subnet’s policy come back', async () => {
    const owner = networkClient(simulator.origin, workloads);
    const service = await makeService([connectivity]);
    const address = await addressOf(await makeEndpoint(service.id));

    await expect(owner.privateLinkServices.delete('mrg-mendix-prod', 'pls-apps', quick)).rejects.toThrow(/connections/);
    const subnet = await owner.subnets.get('mrg-mendix-prod', 'mendix-prod-vnet', 'private-endpoints');
    const back = { ...subnet, privateLinkServiceNetworkPolicies: 'Enabled' as const };
    await expect(
      owner.subnets.createOrUpdate('mrg-mendix-prod', 'mendix-prod-vnet', 'private-endpoints', back, quick),
    ).rejects.toThrow(/cannot be enabled on private link service subnet/);

    await networkClient(simulator.origin, connectivity).privateEndpoints.delete('network-hub', 'apps-endpoint', quick);
    expect(await reach(hub, address)).toMatchObject({
      open: false,
      because: expect.stringContaining('nothing listens'),
    });
    await owner.privateLinkServices.delete('mrg-mendix-prod', 'pls-apps', quick);
    const restored = await owner.subnets.createOrUpdate(
      'mrg-mendix-prod',
      'mendix-prod-vnet',
      'private-endpoints',
      back,
      quick,
    );

    expect(restored.privateLinkServiceNetworkPolicies).toBe('Enabled');
    expect(await Array.fromAsync(owner.networkInterfaces.list('mrg-mendix-prod'))).toHaveLength(4);
  });
});

describe('a service of another owner', () => {
  async function askFor(target: string) {
    return networkClient(simulator.origin, workloads).privateEndpoints.createOrUpdate(
      'mrg-mendix-prod',
      'to-service',
      {
        location,
        subnet: { id: natSubnet },
        manualPrivateLinkServiceConnections: [{ name: 'ask', privateLinkServiceId: target, requestMessage: 'Please' }],
      },
      quick,
    );
  }

  async function statusNow(): Promise<string | undefined> {
    const endpoint = await networkClient(simulator.origin, workloads).privateEndpoints.get(
      'mrg-mendix-prod',
      'to-service',
    );
    return endpoint.manualPrivateLinkServiceConnections?.[0]?.privateLinkServiceConnectionState?.status;
  }

  it.each([
    ['by its id', exampleLinkServices.erp],
    ['in another directory, by its alias', exampleAliases.crm],
  ])('waits for the owner, who approves: %s', async (_how, target) => {
    const endpoint = await askFor(target);
    const waiting = await reach(mendixProd, '192.168.1.8');

    await post('owner', { connection: endpoint.id, decision: 'approve' });

    expect(waiting).toMatchObject({ open: false, because: expect.stringContaining('Pending') });
    expect(await statusNow()).toBe('Approved');
    expect(await reach(mendixProd, '192.168.1.8')).toMatchObject({ open: true });
    expect(await reach(mendixProd, '192.168.1.8', 80)).toMatchObject({ open: false });
  });

  it('is refused by the owner, and removed after it was approved', async () => {
    const endpoint = await askFor(exampleAliases.crm);
    await post('owner', { connection: endpoint.id, decision: 'reject', description: 'Who are you?' });
    const rejected = await statusNow();
    await post('owner', { connection: endpoint.id, decision: 'approve' });
    await post('owner', { connection: endpoint.id, decision: 'remove' });

    expect(rejected).toBe('Rejected');
    expect(await statusNow()).toBe('Disconnected');
    expect(await reach(mendixProd, '192.168.1.8')).toMatchObject({ open: false });
    await expect(askFor(exampleAliases.crm)).rejects.toMatchObject({
      code: 'PrivateEndpointCannotBeUpdatedInDisconnectedState',
    });
  });

  it('is let in without asking where the owner said so', async () => {
    await askFor(exampleAliases.inventory);

    expect(await statusNow()).toBe('Approved');
    expect(await reach(mendixProd, '192.168.1.8')).toMatchObject({ open: true });
  });

  it('can be seen or not before anything is made', async () => {
    const asked = networkClient(simulator.origin, workloads).privateLinkServices;
    const other = networkClient(simulator.origin, exampleSubscriptions.analytics).privateLinkServices;

    const visible = await asked.checkPrivateLinkServiceVisibility(location, {
      privateLinkServiceAlias: exampleAliases.crm,
    });
    const unknown = await other.checkPrivateLinkServiceVisibility(location, {
      privateLinkServiceAlias: exampleAliases.crm.replace('pls-crm', 'pls-none'),
    });

    expect([visible.visible, unknown.visible]).toEqual([true, false]);
  });

  it.each([
    [{ connection: 'nowhere', decision: 'approve' }, 'no private endpoint connection'],
    [{}, 'no private endpoint connection'],
  ])('refuses a move that makes no sense: %j', async (body, words) => {
    expect(await post('owner', body)).toMatchObject({ error: expect.stringContaining(words) });
  });
});
