import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks, exampleSubscriptions } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, startBench } from './arm-client.ts';
import { addMachines, connect, route, rule } from './filter-bodies.ts';
import { networkClient } from './sdk-clients.ts';

const { hub, vault, mendixProd, data, services } = exampleNetworks;
const inVault = `${exampleGroups.vault}/providers/Microsoft.Network`;
const group = `${inVault}/networkSecurityGroups/vault-people-nsg`;
const table = `${inVault}/routeTables/vault-people-routes`;
const people = `${vault}/subnets/people`;
const app = '192.168.0.10';
let arm: ArmBench;

beforeEach(async () => {
  arm = await startBench();
});
afterEach(() => arm.simulator.close());

describe('security rules', () => {
  it('stand in the way of a peering until a rule with a better priority lets the app through', async () => {
    await arm.make(`${table}/routes/drop-mendix-prod`, route('10.99.0.0/16', 'None'));
    await connect(arm, vault, mendixProd);
    const before = await arm.reach(vault + '/subnets/people', app);
    const client = networkClient(arm.simulator.origin, exampleSubscriptions.connectivity).securityRules;

    const accepted = client.createOrUpdate(
      'vault',
      'vault-people-nsg',
      'allow-orders',
      {
        priority: 150,
        direction: 'Outbound',
        access: 'Allow',
        protocol: 'Tcp',
        sourcePortRange: '*',
        destinationPortRange: '443',
        sourceAddressPrefix: '*',
        destinationAddressPrefix: '192.168.0.10',
      },
      { updateIntervalInMs: 2 },
    );
    await accepted.submitted();
    arm.pass();
    const made = await accepted;

    expect(before).toMatchObject({
      open: false,
      because: expect.stringContaining('security rule deny-private (priority 200) of vault-people-nsg denies outbound'),
    });
    expect(made).toMatchObject({ provisioningState: 'Succeeded', priority: 150 });
    expect(await arm.reach(people, app)).toMatchObject({ open: true });
    expect(await arm.reach(people, app, 80)).toMatchObject({ open: false });
  });

  it('count at the other end as well, and the ones that every group has let neighbours in', async () => {
    const own = `${exampleGroups.data}/providers/Microsoft.Network/networkSecurityGroups/own`;
    await addMachines(arm, [{ name: 'lake', subnet: `${data}/subnets/ingest`, address: '10.30.0.9', ports: [443] }]);
    await arm.make(own, { location: 'westeurope', properties: {} });
    await arm.make(`${data}/subnets/ingest`, {
      properties: { addressPrefix: '10.30.0.0/24', networkSecurityGroup: { id: own } },
    });
    await connect(arm, hub, data);
    const byDefault = await arm.reach(hub, '10.30.0.9');
    await arm.make(`${own}/securityRules/stop`, {
      properties: {
        priority: 4096,
        direction: 'Inbound',
        access: 'Deny',
        protocol: '*',
        sourcePortRange: '*',
        destinationPortRanges: ['80', '440-450'],
        sourceAddressPrefixes: ['10.20.0.0/16'],
        destinationAddressPrefix: 'VirtualNetwork',
      },
    });

    expect(byDefault).toMatchObject({ open: true, because: expect.stringContaining('lake listens') });
    expect(await arm.reach(hub, '10.30.0.9')).toMatchObject({ open: false, because: expect.stringContaining('stop') });
    expect(await arm.reach(data, '10.30.0.9')).toMatchObject({ open: true });
  });

  it('are shown in their group, with those that every group has, and change its etag', async () => {
    const before = (await arm.get(group)).body;
    await arm.make(`${group}/securityRules/more`, rule(110));
    const after = await arm.get(group);
    const list = await arm.get(`${group}/securityRules`);

    expect(after.body.etag).not.toBe(before.etag);
    expect(list.body.value.map(({ name }) => name)).toEqual(['deny-private', 'allow-people', 'more']);
    expect(after.body.properties).toMatchObject({
      securityRules: list.body.value,
      subnets: [{ id: people }],
      defaultSecurityRules: expect.arrayContaining([
        expect.objectContaining({ name: 'DenyAllInBound', id: `${group}/defaultSecurityRules/DenyAllInBound` }),
      ]),
    });
  });

  it.each<[string, unknown, string]>([
    ['without a priority', rule(Number.NaN), 'SecurityRuleInvalidPriority'],
    ['with priority 99', rule(99), 'SecurityRuleInvalidPriority'],
    ['with priority 4097', rule(4097), 'SecurityRuleInvalidPriority'],
    ['with a priority that is taken', rule(200), 'SecurityRuleConflict'],
    [
      'with a direction of its own',
      rule(150, { direction: 'Sideways' }),
      'SecurityRuleParameterContainsUnsupportedValue',
    ],
    ['with an unknown protocol', rule(150, { protocol: 'Quic' }), 'SecurityRuleParameterContainsUnsupportedValue'],
    ['without a source', rule(150, { sourceAddressPrefix: undefined }), 'SecurityRuleInvalidAddressPrefix'],
    [
      'with a malformed prefix',
      rule(150, { destinationAddressPrefix: '10.0.0.0/33' }),
      'SecurityRuleInvalidAddressPrefix',
    ],
    ['with a port beyond all', rule(150, { destinationPortRange: '70000' }), 'SecurityRuleInvalidPortRange'],
    ['with a range the wrong way round', rule(150, { destinationPortRange: '90-80' }), 'SecurityRuleInvalidPortRange'],
  ])('are refused %s', async (_what, body, code) => {
    const answer = await arm.put(`${group}/securityRules/new`, body);

    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('are at most 1000 in a group', async () => {
    const rules = Array.from({ length: 1001 }, (_, index) => ({ name: `r${index}`, ...(rule(100 + index) as object) }));

    const answer = await arm.put(group, { location: 'westeurope', properties: { securityRules: rules } });

    expect([answer.status, answer.body.error.code]).toEqual([400, 'SecurityRulesLimitReached']);
  });

  it('may have the same priority in the other direction', async () => {
    expect((await arm.put(`${group}/securityRules/new`, rule(200, { direction: 'Inbound' }))).status).toBe(201);
  });

  it('are written one at a time in one group', async () => {
    await arm.put(`${group}/securityRules/one`, rule(110));
    const second = await arm.put(`${group}/securityRules/two`, rule(120));

    expect([second.status, second.body.error.code]).toEqual([409, 'AnotherOperationInProgress']);
  });

  it('go when the PUT of their group omits them; a group in use does not go', async () => {
    await arm.make(group, {
      location: 'westeurope',
      properties: { securityRules: [{ name: 'one', ...(rule(300) as object) }] },
    });
    const left = await arm.get(`${group}/securityRules`);
    const used = await arm.delete(group);

    expect(left.body.value.map(({ name }) => name)).toEqual(['one']);
    expect([used.status, used.body.error.code]).toEqual([400, 'InUseNetworkSecurityGroupCannotBeDeleted']);
  });
});

describe('endpoints and security rules', () => {
  const endpoint = `${inVault}/privateEndpoints/inventory`;

  it.each([
    ['pass them by where the subnet has no policies', 'Disabled', true],
    ['obey them where it has', 'Enabled', false],
  ])('%s', async (_what, privateEndpointNetworkPolicies, open) => {
    const own = `${inVault}/networkSecurityGroups/endpoints`;
    await arm.make(own, {
      location: 'westeurope',
      properties: {
        securityRules: [
          {
            name: 'stop',
            ...(rule(100, { direction: 'Inbound', access: 'Deny', destinationAddressPrefix: '*' }) as object),
          },
        ],
      },
    });
    await arm.make(`${vault}/subnets/endpoints`, {
      properties: { addressPrefix: '10.66.2.0/24', privateEndpointNetworkPolicies, networkSecurityGroup: { id: own } },
    });
    await arm.make(endpoint, {
      location: 'westeurope',
      properties: {
        subnet: { id: `${vault}/subnets/endpoints` },
        privateLinkServiceConnections: [
          {
            name: 'it',
            properties: {
              privateLinkServiceId: services.replace(/virtualNetworks.*/, 'privateLinkServices/pls-inventory'),
            },
          },
        ],
      },
    });
    await arm.control('owner', { connection: endpoint, decision: 'approve' });

    expect(await arm.reach(people, '10.66.2.4')).toMatchObject({ open });
  });
});
