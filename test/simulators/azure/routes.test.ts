import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleGroups, exampleNetworks, exampleSubscriptions } from '../../../src/simulators/azure/example-world.ts';
import { type ArmBench, startBench } from './arm-client.ts';
import { addMachines, connect, route, rule } from './filter-bodies.ts';
import { networkClient } from './sdk-clients.ts';

const { hub, vault, mendixProd, data } = exampleNetworks;
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

describe('routes', () => {
  it('win over the peering when they are as long, and lose when they are shorter', async () => {
    await arm.make(`${group}/securityRules/deny-private`, rule(200, { access: 'Allow', destinationPortRange: '*' }));
    await connect(arm, vault, mendixProd);
    const dropped = await arm.reach(people, app);
    const client = networkClient(arm.simulator.origin, exampleSubscriptions.connectivity).routes;
    const shorter = client.createOrUpdate(
      'vault',
      'vault-people-routes',
      'drop-mendix-prod',
      { addressPrefix: '192.168.0.0/16', nextHopType: 'None' },
      { updateIntervalInMs: 2 },
    );
    await shorter.submitted();
    arm.pass();
    await shorter;

    expect(dropped).toMatchObject({
      open: false,
      because: 'route drop-mendix-prod of vault-people-routes drops traffic to 192.168.0.10',
    });
    expect(await arm.reach(people, app)).toMatchObject({ open: true });
  });

  it('are attached and detached by the PUT of a subnet', async () => {
    const { body } = await arm.get(people);
    await arm.make(people, { ...body, properties: { ...body.properties, networkSecurityGroup: undefined } });
    await connect(arm, vault, mendixProd);
    const attached = await arm.reach(people, app);
    const used = await arm.delete(table);
    await arm.make(people, { properties: { addressPrefix: '10.66.1.0/24' } });

    expect(attached.open).toBe(false);
    expect([used.status, used.body.error.code]).toEqual([400, 'InUseRouteTableCannotBeDeleted']);
    expect(await arm.reach(people, app)).toMatchObject({ open: true });
    expect((await arm.delete(table)).status).toBe(202);
  });

  it.each<[string, unknown, string]>([
    ['without a prefix', route('', 'None'), 'InvalidAddressPrefixFormat'],
    ['to a hop that is none', route('10.0.0.0/8', 'Moon'), 'InvalidRouteNextHopType'],
    [
      'to an appliance without its address',
      route('10.0.0.0/8', 'VirtualAppliance'),
      'RouteNextHopIpAddressNotProvided',
    ],
    ['to the internet by an address', route('10.0.0.0/8', 'Internet', '10.0.0.4'), 'RouteNextHopIpAddressNotAllowed'],
    ['for a prefix that has one', route('192.168.0.0/22', 'None'), 'RouteConflict'],
  ])('are refused %s', async (_what, body, code) => {
    const answer = await arm.put(`${table}/routes/new`, body);

    expect([answer.status, answer.body.error.code]).toEqual([400, code]);
  });

  it('are at most 400 in a table', async () => {
    const routes = Array.from({ length: 401 }, (_, index) => ({
      name: `r${index}`,
      ...(route(`10.${Math.floor(index / 256)}.${index % 256}.0/24`, 'None') as object),
    }));

    const answer = await arm.put(table, { location: 'westeurope', properties: { routes } });

    expect([answer.status, answer.body.error.code]).toEqual([400, 'RoutesLimitReached']);
  });

  it('and groups that are not there cannot be attached', async () => {
    const answers = await Promise.all(
      [{ routeTable: { id: `${table}x` } }, { networkSecurityGroup: { id: `${group}x` } }].map((attached) =>
        arm.put(people, { properties: { addressPrefix: '10.66.1.0/24', ...attached } }),
      ),
    );

    expect(answers.map(({ body }) => body.error.code)).toEqual([
      'InvalidResourceReference',
      'InvalidResourceReference',
    ]);
  });
});

describe('traffic by way of an appliance', () => {
  const spokeTable = `${exampleGroups.data}/providers/Microsoft.Network/routeTables/spoke`;
  const backTable = `${exampleGroups.vault}/providers/Microsoft.Network/routeTables/back`;

  /** data and vault are spokes of hub, where an appliance stands; each sends the other's traffic there. */
  async function hubAndSpokes(flags: Record<string, unknown>): Promise<void> {
    await addMachines(arm, [
      { name: 'firewall', subnet: `${hub}/subnets/shared`, address: '10.20.1.68', forwards: true },
      { name: 'files', subnet: `${vault}/subnets/people`, address: '10.66.1.9', ports: [443] },
    ]);
    await connect(arm, data, hub, flags);
    await connect(arm, vault, hub, flags);
    await arm.make(spokeTable, {
      location: 'westeurope',
      properties: {
        routes: [{ name: 'over', ...(route('10.66.0.0/16', 'VirtualAppliance', '10.20.1.68') as object) }],
      },
    });
    await arm.make(backTable, {
      location: 'westeurope',
      properties: {
        routes: [{ name: 'back', ...(route('10.30.0.0/16', 'VirtualAppliance', '10.20.1.68') as object) }],
      },
    });
    await arm.make(`${data}/subnets/ingest`, {
      properties: { addressPrefix: '10.30.0.0/24', routeTable: { id: spokeTable } },
    });
    await arm.make(people, { properties: { addressPrefix: '10.66.1.0/24', routeTable: { id: backTable } } });
  }

  it('passes from spoke to spoke when both sides take forwarded traffic', async () => {
    await hubAndSpokes({ allowForwardedTraffic: true });

    expect(await arm.reach(data, '10.66.1.9')).toEqual({
      open: true,
      because: 'files listens at 10.66.1.9 in vault-vnet, by way of firewall',
    });
  });

  it('is not taken by a peering that does not allow it', async () => {
    await hubAndSpokes({});

    expect(await arm.reach(data, '10.66.1.9')).toMatchObject({
      open: false,
      because: expect.stringContaining('does not allow forwarded traffic'),
    });
  });

  it('needs a way back', async () => {
    await hubAndSpokes({ allowForwardedTraffic: true });
    await arm.make(people, { properties: { addressPrefix: '10.66.1.0/24' } });

    expect(await arm.reach(data, '10.66.1.9')).toMatchObject({
      open: false,
      because: expect.stringContaining('the answers do not come back'),
    });
  });

  it('is lost where nothing forwards, and where routes lead in a circle', async () => {
    await hubAndSpokes({ allowForwardedTraffic: true });
    await arm.make(`${spokeTable}/routes/over`, route('10.66.0.0/16', 'VirtualAppliance', '10.20.1.99'));
    const nobody = await arm.reach(data, '10.66.1.9');
    await arm.make(`${spokeTable}/routes/over`, route('10.66.0.0/16', 'VirtualAppliance', '10.20.1.68'));
    const circle = `${exampleGroups.hub}/providers/Microsoft.Network/routeTables/circle`;
    await arm.make(circle, {
      location: 'westeurope',
      properties: {
        routes: [{ name: 'again', ...(route('10.66.0.0/16', 'VirtualAppliance', '10.20.1.68') as object) }],
      },
    });
    await arm.make(`${hub}/subnets/shared`, {
      properties: { addressPrefix: '10.20.1.0/24', routeTable: { id: circle } },
    });

    expect(nobody).toMatchObject({ open: false, because: expect.stringContaining('no appliance forwards') });
    expect(await arm.reach(data, '10.66.1.9')).toMatchObject({
      open: false,
      because: expect.stringContaining('circle'),
    });
  });
});
