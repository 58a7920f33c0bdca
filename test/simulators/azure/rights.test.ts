import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleForeign,
  exampleGroups,
  exampleNetworks,
  exampleSubscriptions,
} from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, apiVersion, linkTo, peeringTo, startBench, tokenOf } from './arm-client.ts';

const { hub, data, finance, contoso, governed, regulated, mendixPilot, mendixProd } = exampleNetworks;
const { connectivity, finance: financeSubscription } = exampleSubscriptions;
const inContoso = `/subscriptions/${exampleForeign.subscription}`;
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

async function refusal(path: string, body: unknown, headers: Record<string, string> = {}): Promise<string[]> {
  const answer = await arm.put(path, body, { headers });
  return [String(answer.status), answer.body.error?.code ?? '', answer.body.error?.message ?? ''];
}

function list(scope: string, what: string, query = ''): ReturnType<ArmBench['get']> {
  return arm.get(`${scope}/providers/Microsoft.Authorization/${what}`, query);
}

describe('roles', () => {
  it('let the bot read finance-vnet and write nothing there, and say so', async () => {
    const read = await arm.get(finance);
    const [status, code, message] = await refusal(`${finance}/virtualNetworkPeerings/a`, peeringTo(hub));
    const { body } = await list(exampleGroups.finance, 'permissions');

    expect(read.status).toBe(200);
    expect([status, code]).toEqual(['403', 'AuthorizationFailed']);
    expect(message).toContain('Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write');
    expect(body.value).toEqual([{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }]);
  });

  it('may leave out the reading of deny assignments', async () => {
    await arm.control('world', {
      roleAssignments: [{ scope: `/subscriptions/${connectivity}`, actions: ['Microsoft.Network/*'] }],
    });

    const { status, body } = await list(exampleGroups.hub, 'denyAssignments');

    expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(body.error.message).toContain('Microsoft.Authorization/denyAssignments/read');
  });

  it('count on what a write refers to, too', async () => {
    const [status, code, message] = await refusal(`${hub}/virtualNetworkPeerings/a`, peeringTo(finance));

    expect([status, code]).toEqual(['403', 'LinkedAuthorizationFailed']);
    expect(message).toContain('Microsoft.Network/virtualNetworks/peer/action');
    expect(message).toContain(finance);
  });

  it('allow everything in a subscription in which there are none', async () => {
    const { body } = await list(exampleGroups.hub, 'permissions');

    expect(body.value).toEqual([{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }]);
  });

  it('that are given at one group show that group and hide the others', async () => {
    await arm.control('world', {
      roleAssignments: [
        { scope: exampleGroups.hub, actions: ['*'], notActions: ['Microsoft.Network/virtualNetworks/*/delete'] },
      ],
    });

    const groups = await arm.get(`/subscriptions/${connectivity}/resourceGroups`);
    const networks = await arm.get(`/subscriptions/${connectivity}/providers/Microsoft.Network/virtualNetworks`);
    const other = await arm.get(`${exampleGroups.corp}/providers/Microsoft.Network/virtualNetworks`);
    const removed = await arm.delete(`${hub}/subnets/people`);

    expect(groups.body.value.map(({ name }) => name)).toEqual(['network-hub']);
    expect(networks.body.value.map(({ id }) => id)).toEqual([hub]);
    expect([other.status, removed.status]).toEqual([403, 403]);
  });
});

describe('deny assignments', () => {
  it('of a strict publisher leave no way in, and are there to be read', async () => {
    const direct = await refusal(`${mendixPilot}/virtualNetworkPeerings/a`, peeringTo(hub));
    const linked = await refusal(`${hub}/virtualNetworkPeerings/a`, peeringTo(mendixPilot));
    const { body } = await list(exampleGroups.mendixPilotManaged, 'denyAssignments', '&$filter=atScope()');

    expect(direct.slice(0, 2)).toEqual(['403', 'DenyAssignmentAuthorizationFailed']);
    expect(linked.slice(0, 2)).toEqual(['403', 'LinkedAuthorizationFailed']);
    expect(linked[2]).toContain('blocked by deny assignments on the linked scope');
    expect(body.value).toMatchObject([
      {
        properties: {
          denyAssignmentName: expect.stringContaining('mendix-pilot'),
          isSystemProtected: true,
          permissions: [{ actions: ['*'], notActions: ['*/read'] }],
        },
      },
    ]);
  });

  it('are listed for all that lies below a scope, unless only those at the scope are asked for', async () => {
    const subscription = `/subscriptions/${exampleSubscriptions.workloads}`;

    const all = await list(subscription, 'denyAssignments');
    const here = await list(subscription, 'denyAssignments', '&$filter=atScope()');
    const above = await list(mendixProd, 'denyAssignments', '&$filter=atScope()');

    expect([all, here, above].map(({ body }) => body.value.length)).toEqual([4, 0, 1]);
  });
});

describe('locks and policies', () => {
  it('a lock refuses a write and can be read', async () => {
    const [status, code, message] = await refusal(`${governed}/virtualNetworkPeerings/a`, peeringTo(hub));
    const { body } = await list(exampleGroups.governed, 'locks');

    expect([status, code]).toEqual(['409', 'ScopeLocked']);
    expect(message).toContain(exampleGroups.governed);
    expect(body.value).toMatchObject([{ name: 'change-freeze', properties: { level: 'ReadOnly' } }]);
  });

  it('a policy refuses what lacks its tag, takes what has it, and can be read', async () => {
    const endpoint = `${exampleGroups.regulated}/providers/Microsoft.Network/privateEndpoints/a`;
    const target = exampleGroups.services.concat('/providers/Microsoft.Network/privateLinkServices/pls-inventory');
    const body = {
      location: 'westeurope',
      properties: {
        subnet: { id: `${regulated}/subnets/servers` },
        privateLinkServiceConnections: [{ name: 'it', properties: { privateLinkServiceId: target } }],
      },
    };

    const [status, code, message] = await refusal(endpoint, body);
    const tagged = await refusal(endpoint, { ...body, tags: { 'Cost-Center': '42' } });
    const policies = await list(exampleGroups.regulated, 'policyAssignments');

    expect([status, code]).toEqual(['403', 'RequestDisallowedByPolicy']);
    expect(message).toContain('Private endpoints need a cost center');
    expect(tagged[0]).toBe('201');
    expect(policies.body.value).toMatchObject([
      { properties: { displayName: 'Private endpoints need a cost center', enforcementMode: 'Default' } },
    ]);
  });

  it('a subscription that is not registered takes nothing of the network, and private zones neither', async () => {
    await arm.control('world', { unregistered: [connectivity] });
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/a.example.com`;

    expect((await refusal(`${hub}/virtualNetworkPeerings/a`, peeringTo(data))).slice(0, 2)).toEqual([
      '409',
      'SubscriptionNotRegistered',
    ]);
    expect((await refusal(zone, { location: 'global' }))[1]).toBe('SubscriptionNotRegistered');
    expect((await arm.get(hub)).status).toBe(200);
  });
});

describe('another directory', () => {
  it('is not listed, and a token of the own one is not taken there', async () => {
    const subscriptions = await arm.get('/subscriptions');
    const foreign = await arm.get(contoso);
    const own = await arm.as(exampleForeign.tenant).get(contoso);
    const listed = await arm.as(exampleForeign.tenant).get('/subscriptions');

    expect(subscriptions.body.value.map(({ id }) => id)).not.toContain(inContoso);
    expect([foreign.status, foreign.body.error.code]).toEqual([401, 'InvalidAuthenticationTokenTenant']);
    expect(foreign.headers.get('www-authenticate')).toContain(exampleForeign.tenant);
    expect(own.status).toBe(200);
    expect(listed.body.value.map(({ id }) => id)).toEqual([inContoso]);
  });

  it.each([
    ['nothing', {}, '403'],
    ['a token of a third one', { 'x-ms-authorization-auxiliary': `Bearer ${tokenOf('third')}` }, '403'],
    ['its token', { 'x-ms-authorization-auxiliary': `Bearer ${tokenOf(exampleForeign.tenant)}` }, '201'],
    [
      'its token among others',
      { 'x-ms-authorization-auxiliary': `Bearer ${tokenOf('third')}, Bearer ${tokenOf(exampleForeign.tenant)}` },
      '201',
    ],
    ['a test token, which stands for all', { 'x-ms-authorization-auxiliary': 'Bearer stand-in' }, '201'],
  ])('can be peered with when the request carries %s', async (_what, headers, expected) => {
    const [status, code, message] = await refusal(`${hub}/virtualNetworkPeerings/a`, peeringTo(contoso), headers);

    expect(status).toBe(expected);
    expect(expected === '403' ? [code, message] : []).toEqual(
      expected === '403'
        ? ['LinkedAuthorizationFailed', expect.stringContaining('is not authorized to access linked subscription')]
        : [],
    );
  });

  it('is connected with by both sides, each with its own token and that of the other', async () => {
    const zone = `${exampleGroups.hub}/providers/Microsoft.Network/privateDnsZones/a.example.com`;
    const ours = { 'x-ms-authorization-auxiliary': `Bearer ${tokenOf(exampleForeign.tenant)}` };
    const theirs = { 'x-ms-authorization-auxiliary': 'Bearer stand-in' };
    await arm.put(`${hub}/virtualNetworkPeerings/a`, peeringTo(contoso), { headers: ours });
    arm.pass();
    const other = await arm.raw(`${contoso}/virtualNetworkPeerings/b?${apiVersion}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokenOf(exampleForeign.tenant)}`, ...theirs },
      body: JSON.stringify(peeringTo(hub)),
    });
    arm.pass();
    await arm.make(zone, { location: 'global' });
    const unlinked = await refusal(`${zone}/virtualNetworkLinks/contoso`, linkTo(contoso));
    const linked = await refusal(`${zone}/virtualNetworkLinks/contoso`, linkTo(contoso), ours);

    expect(other.status).toBe(201);
    expect(await arm.reach(hub, '192.168.0.20')).toMatchObject({ open: true });
    expect([unlinked[0], linked[0]]).toEqual(['403', '202']);
  });

  it('of an unknown subscription is not told from one that is foreign', async () => {
    const unknown = contoso.replace(exampleForeign.subscription, '00000000-0000-0000-0000-000000000009');

    expect((await refusal(`${hub}/virtualNetworkPeerings/a`, peeringTo(unknown)))[1]).toBe('LinkedAuthorizationFailed');
    expect((await arm.get(unknown)).body.error.code).toBe('AuthorizationFailed');
  });
});

describe('a subscription', () => {
  it('names its directory', async () => {
    const { body } = await arm.get(`/subscriptions/${financeSubscription}`);

    expect(body).toMatchObject({ displayName: 'Finance', tenantId: '72f988bf-0000-4000-8000-000000000001' });
  });
});
