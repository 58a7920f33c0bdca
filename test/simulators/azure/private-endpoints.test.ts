import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleAliases,
  exampleForeign,
  exampleGroups,
  exampleLinkServices,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, linkTo, peeringTo, startBench } from './arm-client.ts';
import { endpointBody, natSubnet, wish } from './private-link-bodies.ts';

const { hub, data, compact, office, america } = exampleNetworks;
const { workloads } = exampleSubscriptions;
const inMendix = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network`;
const inHub = `${exampleGroups.hub}/providers/Microsoft.Network`;
const endpoint = `${inHub}/privateEndpoints/one`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function codeOf(path: string, body: unknown): Promise<unknown[]> {
  const answer = await arm.put(path, body);
  return [answer.status, answer.body.error?.code];
}

describe('a private endpoint is refused', () => {
  it.each<[string, unknown, string]>([
    ['no region', endpointBody({}, { location: undefined }), 'LocationRequired'],
    ['another region than its network', endpointBody({}, { location: 'eastus' }), 'InvalidResourceReference'],
    ['no subnet', endpointBody({ subnet: undefined }), 'MissingJsonReferenceId'],
    ['a subnet that is not there', endpointBody({ subnet: { id: `${hub}/subnets/none` } }), 'InvalidResourceReference'],
    [
      'no connection',
      endpointBody({ privateLinkServiceConnections: [] }),
      'PrivateEndpointMustHaveOnePrivateLinkServiceConnection',
    ],
    [
      'a connection in both lists',
      endpointBody({
        manualPrivateLinkServiceConnections: [
          { name: 'it', properties: { privateLinkServiceId: exampleLinkServices.inventory } },
        ],
      }),
      'PrivateEndpointMustHaveOnePrivateLinkServiceConnection',
    ],
    [
      'a long message',
      endpointBody(wish(exampleLinkServices.inventory, { requestMessage: 'x'.repeat(141) })),
      'PrivateEndpointRequestMessageTooLong',
    ],
    [
      'a group id',
      endpointBody(wish(exampleLinkServices.inventory, { groupIds: ['web'] })),
      'PrivateEndpointGroupIdsNotAllowed',
    ],
    [
      'a service that is not there',
      endpointBody(wish(`${exampleLinkServices.inventory}x`)),
      'ThirdPartyPrivateLinkServiceProvidedDuringPrivateEndpointCreationDoesNotExistOrIsNotVisible',
    ],
    [
      'an alias that nobody has',
      endpointBody(wish(exampleAliases.crm.replace('pls-crm', 'x'))),
      'ThirdPartyPrivateLinkServiceProvidedDuringPrivateEndpointCreationDoesNotExistOrIsNotVisible',
    ],
    ['something that is no service', endpointBody(wish('pls-crm')), 'InvalidPrivateLinkServiceId'],
    [
      'an address outside of the subnet',
      endpointBody({ ipConfigurations: [{ name: 'a', properties: { privateIPAddress: '10.20.2.9' } }] }),
      'PrivateIPAddressNotInSubnet',
    ],
    [
      'an address that Azure keeps for itself',
      endpointBody({ ipConfigurations: [{ name: 'a', properties: { privateIPAddress: '10.20.1.3' } }] }),
      'PrivateIPAddressInReservedRange',
    ],
    ['a full subnet', endpointBody({ subnet: { id: `${compact}/subnets/machines` } }), 'SubnetIsFull'],
    [
      'a subnet of another service',
      endpointBody({ subnet: { id: `${compact}/subnets/websites` } }),
      'ResourceNotPermittedOnDelegatedSubnet',
    ],
    ['the subnet of a gateway', endpointBody({ subnet: { id: `${office}/subnets/GatewaySubnet` } }), 'GatewaySubnet'],
  ])('with %s', async (_what, body, code) => {
    expect(await codeOf(endpoint, body)).toEqual([400, code]);
  });

  it('with an address that another one has', async () => {
    await arm.make(endpoint, endpointBody());

    const other = endpointBody({ ipConfigurations: [{ name: 'a', properties: { privateIPAddress: '10.20.1.4' } }] });

    expect(await codeOf(`${endpoint}-2`, other)).toEqual([400, 'PrivateIPAddressIsAllocated']);
  });

  it('with the name of a network interface that is there', async () => {
    await arm.make(endpoint, endpointBody({ customNetworkInterfaceName: 'apps-nic' }));

    expect(await codeOf(`${endpoint}-2`, endpointBody({ customNetworkInterfaceName: 'Apps-NIC' }))).toEqual([
      400,
      'PrivateEndpointCustomNetworkInterfaceNameInUse',
    ]);
  });

  it('as number 1001 of its network', async () => {
    const { resources } = await arm.world();
    const many = Array.from({ length: 1000 }, (_, index) => [
      `${inHub}/privateEndpoints/many-${index}`,
      { location: 'westeurope', properties: { subnet: { id: `${hub}/subnets/people` } } },
    ]);
    await arm.control('world', { resources: { ...resources, ...Object.fromEntries(many) } });

    expect(await codeOf(endpoint, endpointBody())).toEqual([400, 'PrivateEndpointsPerVirtualNetworkLimitReached']);
  });

  it('for a service that its owner shows to others only', async () => {
    const owner = arm.as(exampleForeign.tenant);
    const { body } = await owner.get(exampleLinkServices.crm);
    await owner.make(exampleLinkServices.crm, {
      ...body,
      properties: { ...body.properties, visibility: { subscriptions: [workloads] } },
    });
    function manual(subnet: string): unknown {
      return endpointBody({
        subnet: { id: subnet },
        privateLinkServiceConnections: [],
        manualPrivateLinkServiceConnections: wish(exampleAliases.crm)['privateLinkServiceConnections'],
      });
    }

    const hidden = await codeOf(endpoint, manual(`${hub}/subnets/shared`));
    const shown = await codeOf(`${inMendix}/privateEndpoints/crm`, manual(natSubnet));

    expect(hidden).toEqual([
      400,
      'ThirdPartyPrivateLinkServiceProvidedDuringPrivateEndpointCreationDoesNotExistOrIsNotVisible',
    ]);
    expect(shown).toEqual([201, undefined]);
  });

  it('automatically across directories without a token of the other one; by request it is not', async () => {
    const automatic = await arm.put(endpoint, endpointBody(wish(exampleLinkServices.crm)));
    const withToken = await arm.put(endpoint, endpointBody(wish(exampleLinkServices.crm)), {
      headers: { 'x-ms-authorization-auxiliary': 'Bearer of-the-other' },
    });
    arm.pass();
    const manual = await arm.put(
      `${endpoint}-2`,
      endpointBody({
        privateLinkServiceConnections: [],
        manualPrivateLinkServiceConnections: wish(exampleLinkServices.crm)['privateLinkServiceConnections'],
      }),
    );

    expect([automatic.status, automatic.body.error.code]).toEqual([403, 'LinkedAuthorizationFailed']);
    expect([withToken.status, manual.status]).toEqual([201, 201]);
  });

  it('when it would become another one', async () => {
    await arm.make(endpoint, endpointBody());

    const changes = [
      { subnet: { id: `${hub}/subnets/people` } },
      wish(exampleAliases.crm),
      {
        privateLinkServiceConnections: [],
        manualPrivateLinkServiceConnections: wish(exampleLinkServices.inventory)['privateLinkServiceConnections'],
      },
    ];

    for (const change of changes) {
      expect(await codeOf(endpoint, endpointBody(change))).toEqual([400, 'PrivateEndpointPropertyCannotBeChanged']);
    }
    expect((await arm.put(endpoint, endpointBody({}, { tags: { team: 'x' } }))).status).toBe(200);
  });
});

describe('while an endpoint is made', () => {
  it('nobody else writes its network, and no second endpoint is made in it', async () => {
    await arm.put(endpoint, endpointBody());

    const peering = await codeOf(`${hub}/virtualNetworkPeerings/to-data`, peeringTo(data));
    const second = await codeOf(`${endpoint}-2`, endpointBody());
    const elsewhere = await codeOf(
      `${inHub}/privateEndpoints/elsewhere`,
      endpointBody({ subnet: { id: `${data}/subnets/ingest` } }),
    );
    arm.pass();

    expect(peering).toEqual([409, 'AnotherOperationInProgress']);
    expect(second).toEqual([400, 'ReferencedResourceNotProvisioned']);
    expect(elsewhere).toEqual([201, undefined]);
    expect(await codeOf(`${endpoint}-2`, endpointBody())).toEqual([201, undefined]);
  });

  it('a zone can be linked to its network all the same', async () => {
    const zone = `${inHub}/privateDnsZones/a.example.com`;
    await arm.make(zone, { location: 'global' });
    await arm.put(endpoint, endpointBody());

    expect((await arm.put(`${zone}/virtualNetworkLinks/hub`, linkTo(hub))).status).toBe(202);
  });

  it('it has neither an interface nor a connection, and both when it is done', async () => {
    const accepted = await arm.put(endpoint, endpointBody());
    arm.pass();
    const done = await arm.get(endpoint);
    const subnet = await arm.get(`${hub}/subnets/shared`);

    expect(accepted.body.properties).not.toHaveProperty('networkInterfaces');
    expect(done.body.properties).toMatchObject({
      provisioningState: 'Succeeded',
      networkInterfaces: [{ id: expect.stringMatching(/\/networkInterfaces\/one\.nic\.[0-9a-f-]{36}$/) }],
    });
    expect(subnet.body.properties).toMatchObject({
      privateEndpoints: [{ id: endpoint }],
      ipConfigurations: [{ id: expect.stringContaining('/networkInterfaces/one.nic.') }],
    });
  });

  it('an operation that fails leaves it without both, and a second try makes them', async () => {
    await arm.control('faults', [{ match: { method: 'PUT' }, fault: 'late:SubnetIsFull', times: 1 }]);

    const accepted = await arm.put(endpoint, endpointBody());
    arm.pass();
    const status = await arm.operation(accepted);
    const failed = await arm.get(endpoint);
    const repaired = await arm.make(endpoint, endpointBody());

    expect(status.body).toMatchObject({ status: 'Failed', error: { code: 'SubnetIsFull' } });
    expect(failed.body.properties).toMatchObject({ provisioningState: 'Failed' });
    expect(failed.body.properties).not.toHaveProperty('networkInterfaces');
    expect(repaired.body.properties).toHaveProperty('networkInterfaces');
  });
});

describe('a connection', () => {
  it('is never made by the owner of the service, and takes no state but approved and rejected', async () => {
    await arm.make(endpoint, endpointBody());
    const { body } = await arm.get(`${exampleLinkServices.inventory}/privateEndpointConnections`);
    const [connection] = body.value;
    function state(status: string): unknown {
      return { properties: { privateLinkServiceConnectionState: { status } } };
    }

    const invented = await codeOf(`${exampleLinkServices.inventory}/privateEndpointConnections/one`, state('Approved'));
    const odd = await codeOf(connection?.id ?? '', state('Maybe'));
    const rejected = await arm.put(connection?.id ?? '', state('Rejected'));

    expect(invented).toEqual([400, 'PrivateEndpointConnectionCannotBeCreatedByServiceProvider']);
    expect(odd).toEqual([400, 'InvalidPrivateLinkServiceConnectionStatus']);
    expect(rejected.status).toBe(200);
    expect(rejected.headers.has('azure-asyncoperation')).toBe(false);
    expect(await arm.reach(hub, '10.20.1.4')).toMatchObject({
      open: false,
      because: expect.stringContaining('Rejected'),
    });
  });

  it('that the owner deletes leaves the endpoint Disconnected', async () => {
    await arm.make(endpoint, endpointBody());
    const { body } = await arm.get(`${exampleLinkServices.inventory}/privateEndpointConnections`);

    const deleted = await arm.delete(body.value[0]?.id ?? '');
    arm.pass();

    expect(deleted.status).toBe(202);
    expect((await arm.get(endpoint)).body.properties).toMatchObject({
      privateLinkServiceConnections: [
        { properties: { privateLinkServiceConnectionState: { status: 'Disconnected' } } },
      ],
    });
    expect(await codeOf(endpoint, endpointBody())).toEqual([400, 'PrivateEndpointCannotBeUpdatedInDisconnectedState']);
  });
});

describe('an address of a network', () => {
  it.each([
    ['10.20.1.9', { available: true, isPlatformReserved: false }],
    ['10.20.1.4', { available: false, availableIPAddresses: expect.arrayContaining(['10.20.1.5']) }],
    ['10.20.1.1', { available: false, isPlatformReserved: true }],
  ])('%s is free or not', async (address, answer) => {
    await arm.make(endpoint, endpointBody());

    expect((await arm.get(`${hub}/checkIPAddressAvailability`, `&ipAddress=${address}`)).body).toMatchObject(answer);
  });

  it('is asked for in a network that is there, and within it', async () => {
    const outside = await arm.get(`${hub}/checkIPAddressAvailability`, '&ipAddress=10.99.0.1');
    const nowhere = await arm.get(`${america}x/checkIPAddressAvailability`, '&ipAddress=10.65.0.9');

    expect([outside.status, nowhere.status]).toEqual([400, 404]);
  });
});
