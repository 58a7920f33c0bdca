import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exampleApplications,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, apiVersion, peeringTo, startBench } from './arm-client.ts';

const { hub, mendixProd } = exampleNetworks;
let arm: ArmBench;

beforeAll(async () => {
  arm = await startBench();
});
afterAll(() => arm.simulator.close());

describe('the front door of the ARM simulator', () => {
  it('wants a bearer token', async () => {
    const answer = await arm.raw(`${hub}?${apiVersion}`);

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('AuthenticationFailed');
  });

  it('wants an api-version', async () => {
    const answer = await arm.raw(hub, { headers: { authorization: 'Bearer test' } });

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('MissingApiVersionParameter');
  });

  it('finds a resource in any case and answers in the case in which it was made', async () => {
    const answer = await arm.get(hub.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'));

    expect(answer.status).toBe(200);
    expect(answer.body.id).toBe(hub);
    expect(answer.headers.get('etag')).toBe(answer.body.etag);
    expect(answer.body.etag).toMatch(/^W\/"[0-9a-f-]{36}"$/);
  });

  it('gives back the request id of the client', async () => {
    const answer = await arm.raw(`${hub}?${apiVersion}`, {
      headers: { authorization: 'Bearer test', 'x-ms-client-request-id': 'from-the-client' },
    });

    expect(answer.headers.get('x-ms-client-request-id')).toBe('from-the-client');
    expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [
      'an unknown subscription',
      hub.replace(exampleSubscriptions.connectivity, '00000000-0000-0000-0000-000000000009'),
      403,
      'AuthorizationFailed',
    ],
    ['an unknown group', hub.replace('network-hub', 'nowhere'), 404, 'ResourceGroupNotFound'],
    ['an unknown network', `${hub}x`, 404, 'ResourceNotFound'],
    ['an unknown peering of a known network', `${hub}/virtualNetworkPeerings/x`, 404, 'NotFound'],
    ['peerings of an unknown network', `${hub}x/virtualNetworkPeerings`, 404, 'ResourceNotFound'],
    ['an unknown type', `${exampleGroups.hub}/providers/Microsoft.Network/virtualNetwork`, 404, 'InvalidResourceType'],
  ])('answers for %s as Azure does', async (_what, path, status, code) => {
    const answer = await arm.get(path);

    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.message).not.toBe('');
  });

  it.each([
    ['/subscriptions', Object.values(exampleSubscriptions).map((id) => `/subscriptions/${id}`)],
    [
      `/subscriptions/${exampleSubscriptions.workloads}/resourceGroups`,
      [
        exampleGroups.mendix,
        exampleGroups.mendixProdManaged,
        exampleGroups.mendixAccManaged,
        exampleGroups.mendixUatManaged,
        exampleGroups.mendixPilotManaged,
      ],
    ],
    [
      `/subscriptions/${exampleSubscriptions.workloads}/providers/Microsoft.Solutions/applications`,
      Object.values(exampleApplications),
    ],
    [
      `/subscriptions/${exampleSubscriptions.workloads}/providers/Microsoft.Network/virtualNetworks`,
      [exampleNetworks.mendixProd, exampleNetworks.mendixAcc, exampleNetworks.mendixUat, exampleNetworks.mendixPilot],
    ],
    [`${exampleGroups.hub}/providers/Microsoft.Network/virtualNetworks`, [hub]],
    [`${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones`, []],
    [
      `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/loadBalancers`,
      [`${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`],
    ],
  ])('lists %s', async (path, ids) => {
    const answer = await arm.get(path);

    expect(answer.body.value.map((each) => each.id)).toEqual(ids);
  });

  it('says that the body is not JSON', async () => {
    const answer = await arm.raw(`${hub}?${apiVersion}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer test' },
      body: '{"location":',
    });

    expect([answer.status, answer.body.error.code]).toEqual([400, 'InvalidRequestContent']);
  });

  it('denies in a managed resource group what the publisher did not exempt', async () => {
    const balancer = `${exampleGroups.mendixProdManaged}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`;

    const denied = await arm.put(balancer, { location: 'westeurope' });
    const listed = await arm.get(
      `${exampleGroups.mendixProdManaged}/providers/Microsoft.Authorization/denyAssignments`,
    );

    expect([denied.status, denied.body.error.code]).toEqual([403, 'DenyAssignmentAuthorizationFailed']);
    expect(listed.body.value[0]?.properties.permissions[0]?.actions).toEqual(['*']);
  });
});

describe('rights that a world adds', () => {
  it('refuses a peering whose other network may not be joined', async () => {
    const bench = await startBench();
    await bench.control('world', {
      arm: {
        denyAssignments: [
          { scope: exampleGroups.mendixProdManaged, actions: ['Microsoft.Network/virtualNetworks/peer/action'] },
        ],
      },
    });

    const answer = await bench.put(`${hub}/virtualNetworkPeerings/a`, peeringTo(mendixProd));

    expect([answer.status, answer.body.error.code]).toEqual([403, 'LinkedAuthorizationFailed']);
    expect(answer.body.error.message).toContain('peer/action');
    await bench.simulator.close();
  });

  it.each([
    ['ReadOnly', 409, 409],
    ['CanNotDelete', 201, 409],
  ])('obeys a %s lock on the group', async (level, written, removed) => {
    const bench = await startBench();
    await bench.control('world', { arm: { locks: [{ scope: exampleGroups.partner, level }] } });
    const { partner, data } = exampleNetworks;

    const put = await bench.put(`${partner}/virtualNetworkPeerings/to-data`, peeringTo(data));
    bench.pass();
    const del = await bench.delete(`${partner}/virtualNetworkPeerings/to-spoke-7`);

    expect([put.status, del.status]).toEqual([written, removed]);
    expect(del.body.error.code).toBe('ScopeLocked');
    await bench.simulator.close();
  });

  it('gives long lists in pages', async () => {
    const bench = await startBench();
    const names = Array.from(
      { length: 250 },
      (_, index) => `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/z${index}.example.com`,
    );
    await bench.control('world', { resources: Object.fromEntries(names.map((id) => [id, { location: 'global' }])) });

    const found: string[] = [];
    let next: string | undefined = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones?${apiVersion}`;
    while (next !== undefined) {
      const page = await bench.raw(next, { headers: { authorization: 'Bearer test' } });
      found.push(...page.body.value.map((zone) => zone.id));
      const link: string | undefined = page.body.nextLink;
      expect(link ?? 'https://management.azure.com/').toMatch(/^https:\/\/management\.azure\.com\//);
      next = link?.replace('https://management.azure.com', '');
    }

    expect(found).toEqual(names);
    await bench.simulator.close();
  });
});
