import { restorePoller as restoreNetworkPoller } from '@azure/arm-network';
import { restorePoller as restoreDnsPoller } from '@azure/arm-privatedns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulators/server.ts';
import { exampleAppAddresses, exampleSubscriptions } from '../../../src/simulators/azure/example-world.ts';
import { exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { startAzureSimulator } from '../../../src/simulators/azure/start.ts';
import { dnsClient, networkClient } from './sdk-clients.ts';

const { workloads, connectivity } = exampleSubscriptions;
const { hub, mendixProd, partner } = exampleNetworks;
const quick = { updateIntervalInMs: 2 };
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startAzureSimulator({ speed: 1000 });
});
afterEach(() => simulator.close());

async function post(name: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.origin}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

describe('the real Azure clients against the simulator', () => {
  it('peer two networks of two subscriptions both ways', async () => {
    const forHub = networkClient(simulator.origin, connectivity).virtualNetworkPeerings;
    const forMendix = networkClient(simulator.origin, workloads).virtualNetworkPeerings;

    const first = await forHub.createOrUpdate(
      'network-hub',
      'hub-vnet',
      'to-mendix',
      { remoteVirtualNetwork: { id: mendixProd } },
      quick,
    );
    await forMendix.createOrUpdate(
      'mrg-mendix-prod',
      'mendix-prod-vnet',
      'to-hub',
      { remoteVirtualNetwork: { id: hub } },
      quick,
    );
    const second = await forHub.get('network-hub', 'hub-vnet', 'to-mendix');

    expect(first).toMatchObject({ provisioningState: 'Succeeded', peeringState: 'Initiated' });
    expect(second).toMatchObject({
      peeringState: 'Connected',
      peeringSyncLevel: 'FullyInSync',
      remoteAddressSpace: { addressPrefixes: ['192.168.0.0/22'] },
    });
    expect(await post('reach', { from: hub, address: exampleAppAddresses.mendixProd, port: 443 })).toMatchObject({
      open: true,
    });
  });

  it('sync and delete a peering', async () => {
    const client = networkClient(simulator.origin, connectivity);
    const before = await client.virtualNetworkPeerings.get('partner', 'partner-vnet', 'to-spoke-7');
    const spoke = await client.virtualNetworks.get('partner', 'spoke-7-vnet');
    spoke.addressSpace = { addressPrefixes: ['192.168.0.0/20', '172.20.0.0/16'] };
    await client.virtualNetworks.createOrUpdate('partner', 'spoke-7-vnet', spoke, quick);

    const synced = await client.virtualNetworkPeerings.createOrUpdate('partner', 'partner-vnet', 'to-spoke-7', before, {
      ...quick,
      syncRemoteAddressSpace: 'true',
    });
    await client.virtualNetworkPeerings.delete('partner', 'partner-vnet', 'to-spoke-7', quick);
    const left = await client.virtualNetworkPeerings.get('partner', 'spoke-7-vnet', 'to-partner');

    expect(synced.peeringSyncLevel).toBe('FullyInSync');
    expect(synced.remoteAddressSpace?.addressPrefixes).toHaveLength(2);
    expect(left.peeringState).toBe('Disconnected');
  });

  it('make a zone, a record and a link, after which the name resolves', async () => {
    const client = dnsClient(simulator.origin, connectivity);

    const zone = await client.privateZones.createOrUpdate(
      'network-hub',
      'azure.mendixapps.io',
      { location: 'global' },
      { ...quick, ifNoneMatch: '*' },
    );
    const record = await client.recordSets.createOrUpdate('network-hub', 'azure.mendixapps.io', 'A', '*', {
      ttl: 300,
      aRecords: [{ ipv4Address: exampleAppAddresses.mendixProd }],
    });
    await client.virtualNetworkLinks.createOrUpdate(
      'network-hub',
      'azure.mendixapps.io',
      'hub-vnet',
      { location: 'global', virtualNetwork: { id: hub }, registrationEnabled: false },
      quick,
    );
    await expect
      .poll(
        async () =>
          (await client.virtualNetworkLinks.get('network-hub', 'azure.mendixapps.io', 'hub-vnet'))
            .virtualNetworkLinkState,
      )
      .toBe('Completed');
    const records = await Array.fromAsync(client.recordSets.list('network-hub', 'azure.mendixapps.io'));

    expect(zone).toMatchObject({ provisioningState: 'Succeeded', name: 'azure.mendixapps.io' });
    expect(record).toMatchObject({ fqdn: '*.azure.mendixapps.io.', ttl: 300 });
    expect(records.map((each) => each.name)).toEqual(['@', '*']);
    expect(await post('resolve', { network: hub, name: 'orders.azure.mendixapps.io' })).toMatchObject({
      status: 'answered',
      addresses: [exampleAppAddresses.mendixProd],
    });
  });

  it('read networks, load balancers and lists', async () => {
    const client = networkClient(simulator.origin, workloads);

    const networks = await Array.fromAsync(client.virtualNetworks.listAll());
    const network = await client.virtualNetworks.get('MRG-MENDIX-PROD', 'Mendix-Prod-VNet');
    const balancers = await Array.fromAsync(client.loadBalancers.list('mrg-mendix-prod'));

    expect(networks.map(({ name }) => name)).toEqual([
      'mendix-prod-vnet',
      'mendix-acc-vnet',
      'mendix-uat-vnet',
      'mendix-pilot-vnet',
    ]);
    expect(network).toMatchObject({ id: mendixProd, addressSpace: { addressPrefixes: ['192.168.0.0/22'] } });
    expect(network.subnets?.map(({ name }) => name)).toContain('aks-nodes');
    expect(balancers[0]?.frontendIPConfigurations?.[0]).toMatchObject({
      privateIPAddress: exampleAppAddresses.mendixProd,
      subnet: { id: `${mendixProd}/subnets/aks-nodes` },
    });
  });

  it('go on with an operation from its serialized state', async () => {
    const network = networkClient(simulator.origin, connectivity);
    const dns = dnsClient(simulator.origin, connectivity);
    const peering = network.virtualNetworkPeerings.createOrUpdate('network-hub', 'hub-vnet', 'p', {
      remoteVirtualNetwork: { id: mendixProd },
    });
    const zone = dns.privateZones.createOrUpdate('network-hub', 'a.example.com', { location: 'global' });
    const states = [await peering.serialize(), await zone.serialize()] as const;

    const later = networkClient(simulator.origin, connectivity);
    const laterDns = dnsClient(simulator.origin, connectivity);
    const donePeering = await restoreNetworkPoller(
      later,
      states[0],
      later.virtualNetworkPeerings.createOrUpdate,
      quick,
    );
    const doneZone = await restoreDnsPoller(laterDns, states[1], laterDns.privateZones.createOrUpdate, quick);

    expect(donePeering.provisioningState).toBe('Succeeded');
    expect(doneZone.name).toBe('a.example.com');
  });

  it('see a refusal with its code, and a late failure in the message', async () => {
    const client = networkClient(simulator.origin, workloads).virtualNetworkPeerings;

    const unknown = client.createOrUpdate(
      'mrg-mendix-prod',
      'mendix-prod-vnet',
      'x',
      { remoteVirtualNetwork: { id: `${hub}x` } },
      quick,
    );
    const late = client.createOrUpdate(
      'mrg-mendix-acc',
      'mendix-acc-vnet',
      'x',
      { remoteVirtualNetwork: { id: partner } },
      quick,
    );

    await expect(unknown).rejects.toMatchObject({ statusCode: 400, code: 'InvalidResourceReference' });
    await expect(late).rejects.toThrow(
      /VnetAddressSpaceOverlapsWithAlreadyPeeredVnet.*Overlapping address prefixes: 192\.168\.4\.0\/22/,
    );
  });

  it('retry a throttled request by themselves, but not a busy network', async () => {
    await post('faults', [{ match: { method: 'GET', path: '/hub-vnet' }, fault: 'throttle', times: 1 }]);
    await post('faults', [{ match: { method: 'PUT' }, fault: 'another-operation', times: 1 }]);
    const client = networkClient(simulator.origin, connectivity);

    const network = await client.virtualNetworks.get('network-hub', 'hub-vnet');
    const busy = client.virtualNetworkPeerings.createOrUpdate(
      'network-hub',
      'hub-vnet',
      'p',
      { remoteVirtualNetwork: { id: mendixProd } },
      quick,
    );

    expect(network.name).toBe('hub-vnet');
    await expect(busy).rejects.toMatchObject({ statusCode: 409, code: 'AnotherOperationInProgress' });
  });

  it('find nothing at the URL of a lost operation, although the work is done', async () => {
    await post('faults', [{ match: { method: 'PUT' }, fault: 'operation-lost', times: 1 }]);
    const client = dnsClient(simulator.origin, connectivity).privateZones;

    const lost = client.createOrUpdate('network-hub', 'a.example.com', { location: 'global' }, quick);

    await expect(lost).rejects.toMatchObject({ statusCode: 404 });
    await expect
      .poll(async () => (await client.get('network-hub', 'a.example.com')).provisioningState)
      .toBe('Succeeded');
  });
});
