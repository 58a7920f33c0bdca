/** Each refusal that is known by name, as Azure gives it over HTTP, and what the person reads then. */
import { describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { type House, hub } from './house.ts';
import { carryOut, stepOf } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const mendix = exampleNetworks.mendixProd;

/** Any write will do: what counts is what Azure says to it. */
const steps = {
  peering: stepOf('peering', `${hub}/virtualNetworkPeerings/to-mendix`, {
    body: {
      properties: {
        remoteVirtualNetwork: { id: mendix },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
    },
  }),
  zone: stepOf('dns-zone', `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/orders.example`, {
    body: { location: 'global', tags: {} },
  }),
  subnet: stepOf('subnet-policy', `${hub}/subnets/shared`, {
    change: 'update',
    body: { properties: { privateLinkServiceNetworkPolicies: 'Disabled' } },
  }),
  servers: stepOf('dns-servers', hub, {
    change: 'update',
    body: { properties: { dhcpOptions: { dnsServers: ['10.20.0.4'] } } },
  }),
};

const last = {
  peering: 'to-mendix',
  zone: 'orders.example',
  subnet: '/subnets/shared',
  servers: '/virtualNetworks/hub-vnet',
};

const stops: readonly [code: string, step: keyof typeof steps, because: string, wayOut: string][] = [
  [
    'VnetAddressSpacesOverlap',
    'peering',
    'overlap, so Azure refuses the peering. Overlapping: 10.0.0.0/16',
    'Private Link',
  ],
  ['VnetAddressSpaceOverlapsWithAlreadyPeeredVnet', 'peering', 'Overlapping: 10.0.0.0/16', 'Private Link'],
  ['RemotePeeringIsDisconnected', 'peering', 'other half of this peering was deleted', 'deletes the dead half'],
  ['RemoteVnetHasNoGateways', 'peering', 'a gateway of the other network', 'make the gateway and share it first'],
  [
    'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
    'subnet',
    'keeps Private Link services out',
    'switches that policy of the subnet off first',
  ],
  [
    'PrivateEndpointCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
    'subnet',
    'keeps private endpoints out',
    'private endpoint network policies',
  ],
  ['InvalidResourceReference', 'subnet', 'gone or in another region', 'reads the load balancer anew'],
  ['SubnetIsFull', 'subnet', 'no free address', 'another subnet'],
  ['PrivateIPAddressNotInSubnet', 'subnet', 'outside the subnet', 'fresh reading'],
  ['InUseSubnetCannotBeDeleted', 'servers', 'a subnet away that is in use', 'changed the subnets'],
  ['ResourceNotPermittedOnDelegatedSubnet', 'subnet', 'belongs to one Azure service alone', 'another subnet'],
  ['BadRequest', 'zone', 'linked to a zone of the same name already', 'uses the zone that is linked'],
  ['Conflict', 'subnet', 'in conflict with another one', 'Microsoft support'],
  ['AuthorizationFailed', 'peering', 'identity may not do this', 'grant the action'],
  ['LinkedAuthorizationFailed', 'peering', 'may not use the other resource', 'owner of that resource'],
  ['DenyAssignmentAuthorizationFailed', 'subnet', 'managed by Mendix', 'Open a support ticket'],
  ['ScopeLocked', 'subnet', 'A lock protects the resource', 'remove the lock'],
  ['RequestDisallowedByPolicy', 'zone', 'A policy of your organisation', 'exemption'],
  ['SubscriptionNotRegistered', 'subnet', 'not registered for Microsoft.Network', 'register the provider'],
  ['MissingSubscriptionRegistration', 'zone', 'not registered for this kind', 'register the provider'],
];

const passing: readonly [code: string, because: string][] = [
  ['ReferencedResourceNotProvisioned', 'Somebody else is changing the same network'],
  ['AnotherOperationInProgress', 'Somebody else is changing the same network'],
  ['RetryableError', 'Somebody else is changing the same network'],
  ['RetryableErrorDueToAnotherOperation', 'Somebody else is changing the same network'],
  ['PrivateEndpointConnectionCannotBeCreatedByServiceProvider', 'still makes the connection'],
  ['TooManyRequests', 'fewer requests'],
];

describe('a refusal', () => {
  it.each(stops)('%s ends the step, and the person reads why and what to do', async (code, which, because, wayOut) => {
    await house.fault(code, last[which], 'PUT', 100);

    const { result, row } = await carryOut(house, store, steps[which]);

    expect(result).toMatchObject({
      ok: false,
      code,
      because: expect.stringContaining(because),
      wayOut: expect.stringContaining(wayOut),
    });
    expect(row?.error).toMatchObject({ code });
    expect((await house.writes()).filter(({ path }) => path.includes(last[which]))).toHaveLength(1);
  });

  it.each(stops.filter(([code]) => code !== 'BadRequest'))(
    '%s that comes late, as the end of an operation, is told in the same words',
    async (code, which, because, wayOut) => {
      await house.fault(`late:${code}`, last[which]);

      const { result } = await carryOut(house, store, steps[which]);

      expect(result).toMatchObject({
        ok: false,
        code,
        because: expect.stringContaining(because),
        wayOut: expect.stringContaining(wayOut),
      });
    },
  );

  it.each(passing)('%s is waited out', async (code) => {
    await house.fault(code, last.subnet, 'PUT', 2);

    expect((await carryOut(house, store, steps.subnet)).result).toEqual({ ok: true });
  });

  it.each(passing)('%s that does not pass is given up with words for people', async (code, because) => {
    await house.fault(code, last.subnet, 'PUT', 1000);

    const { result } = await carryOut(house, store, steps.subnet, { retryForMs: 100 });

    expect(result).toMatchObject({ ok: false, code, because: expect.stringContaining(because) });
  });

  it('PreconditionFailed again and again is somebody at work', async () => {
    await house.fault('PreconditionFailed', last.servers, 'PUT', 100);

    const { result } = await carryOut(house, store, steps.servers);

    expect(result).toMatchObject({
      ok: false,
      code: 'PreconditionFailed',
      because: expect.stringContaining('Somebody changed the resource'),
      wayOut: expect.stringContaining('fresh reading'),
    });
  });
});
