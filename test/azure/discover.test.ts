import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArm } from '../../src/azure/arm.ts';
import { discover } from '../../src/azure/discover.ts';
import { survey } from '../../src/azure/survey.ts';
import { codesOf } from '../plan/world.ts';
import { exampleApplications, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import {
  answersFor,
  apply,
  type House,
  hub,
  makePlan,
  mendixProd,
  openHouse,
  openTestStore,
  orders,
  plannedWith,
} from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(() => house.close());

describe('discovery', () => {
  it('finds the environments of the settings in their managed resource groups', async () => {
    const { environments, unread } = await discover(house.arm, [mendixProd]);

    expect(unread).toEqual([]);
    expect(environments).toMatchObject([
      {
        name: 'mendix-prod',
        location: 'westeurope',
        network: {
          name: 'mendix-prod-vnet',
          addressPrefixes: ['192.168.0.0/22'],
          subscriptionName: 'Mendix workloads',
        },
        frontends: [{ privateAddress: '192.168.0.10', sku: 'Standard' }],
      },
    ]);
  });

  it('lists every other network, with the name of its subscription, and not the environments’ own', async () => {
    const { networks } = await discover(house.arm, [mendixProd]);

    expect(
      networks.map((network) => `${network.name} ${network.addressPrefixes.join()} ${network.subscriptionName}`),
    ).toEqual([
      'america-vnet 10.65.0.0/16 Connectivity',
      'branch-vnet 10.62.0.0/16 Connectivity',
      'compact-vnet 10.67.0.0/24 Connectivity',
      'corp-vnet 10.60.0.0/16 Connectivity',
      'data-vnet 10.30.0.0/16 Analytics',
      'depot-vnet 10.64.0.0/16 Connectivity',
      'finance-vnet 10.70.0.0/16 Finance',
      'governed-vnet 10.68.0.0/16 Connectivity',
      'hub-vnet 10.20.0.0/16 Connectivity',
      'legacy-vnet 192.168.2.0/24 Connectivity',
      'mendix-acc-vnet 192.168.4.0/22 Mendix workloads',
      'mendix-pilot-vnet 192.168.12.0/22 Mendix workloads',
      'mendix-uat-vnet 192.168.8.0/22 Mendix workloads',
      'office-vnet 10.61.0.0/16 Connectivity',
      'partner-vnet 10.40.0.0/16 Connectivity',
      'regulated-vnet 10.69.0.0/16 Connectivity',
      'retail-vnet 10.63.0.0/16 Connectivity',
      'services-vnet 10.71.0.0/16 Analytics',
      'spoke-7-vnet 192.168.0.0/20 Connectivity',
      'vault-vnet 10.66.0.0/16 Connectivity',
    ]);
    expect(networks.find((network) => network.name === 'partner-vnet')?.peerings).toMatchObject([
      {
        name: 'to-spoke-7',
        state: 'Connected',
        remoteNetwork: exampleNetworks.spoke7,
        remotePrefixes: ['192.168.0.0/20'],
      },
    ]);
  });

  it('names the managed application of an environment, and finds what stands in it', async () => {
    const { environments, endpoints, zones } = await discover(house.arm, [mendixProd]);

    expect(environments[0]?.application).toEqual({ id: exampleApplications.mendixProd, name: 'mendix-prod' });
    expect(endpoints?.map(({ name }) => name)).toContain('mendix-prod-db-endpoint');
    expect(zones?.map(({ name }) => name)).toEqual(['azure.mendixapps.io']);
  });

  it('lists the Private Link services that could be reached', async () => {
    const { linkServices } = await discover(house.arm, [mendixProd]);

    expect(linkServices?.map(({ name }) => name)).toEqual(['pls-erp', 'pls-inventory']);
  });

  it('walks the pages of a large subscription', async () => {
    const world = await house.world();
    const many = Array.from({ length: 230 }, (_, index) => {
      const id = hub.replace('hub-vnet', `spoke-${String(index).padStart(3, '0')}`);
      const properties = {
        addressSpace: { addressPrefixes: [`10.${100 + Math.floor(index / 250)}.${index % 250}.0/24`] },
      };
      return [id.toLowerCase(), { id, name: id.split('/').at(-1), location: 'westeurope', properties }];
    });
    await house.post('world', { arm: { resources: { ...world.resources, ...Object.fromEntries(many) } } });

    const { networks } = await discover(house.arm, [mendixProd]);

    expect(networks.filter(({ name }) => /^spoke-\d{3}$/.test(name))).toHaveLength(230);
  });

  it('names what it could not read, and shows the rest', async () => {
    await house.fault(
      'authorization-failed',
      '/resourceGroups/mrg-mendix-prod/providers/Microsoft.Network/loadBalancers',
      'GET',
    );

    const { environments, networks, unread } = await discover(house.arm, [mendixProd]);

    expect(unread).toEqual([
      expect.stringContaining('the load balancers of mendix-prod in mrg-mendix-prod (AuthorizationFailed'),
    ]);
    expect(environments[0]?.network?.name).toBe('mendix-prod-vnet');
    expect(networks).toHaveLength(20);
  });

  it('goes on without the list of subscriptions, in those of the settings', async () => {
    await house.fault('authorization-failed', '/subscriptions', 'GET');

    const { environments, networks, unread } = await discover(house.arm, [mendixProd]);

    expect(unread).toEqual([expect.stringContaining('the list of subscriptions')]);
    expect(environments[0]?.network).not.toBeNull();
    expect(networks.map((network) => network.name)).toEqual([
      'mendix-acc-vnet',
      'mendix-pilot-vnet',
      'mendix-uat-vnet',
    ]);
  });

  it('finds nothing for an environment whose group does not exist, and says so', async () => {
    const { environments, unread } = await discover(house.arm, [{ ...mendixProd, managedResourceGroup: 'gone' }]);

    expect(environments).toMatchObject([{ network: null, frontends: [] }]);
    expect(unread).toEqual([
      expect.stringContaining('the load balancers of mendix-prod in gone (ResourceGroupNotFound)'),
      expect.stringContaining('the networks of mendix-prod in gone (ResourceGroupNotFound)'),
      expect.stringContaining('the private endpoints of gone (ResourceGroupNotFound)'),
    ]);
  });

  it('says that Azure cannot be reached', async () => {
    const deaf = createArm({ armUrl: 'http://127.0.0.1:9', retryDelayMs: 20 });

    const { environments, unread } = await discover(deaf, [mendixProd]);

    expect(environments).toMatchObject([{ network: null }]);
    expect(unread).toContainEqual(expect.stringContaining('ECONNREFUSED'));
  });
});

describe('a survey', () => {
  it('reads only zones that can answer for the apps or hide them', async () => {
    const { store, close } = await openTestStore();
    await apply(house, store, await plannedWith(house.arm));
    await close();

    const { zones, networks, unread } = await survey(house.arm, mendixProd, answersFor([hub]));

    expect(unread).toEqual([]);
    expect(networks.map((network) => network.name)).toEqual(['hub-vnet']);
    expect(zones).toMatchObject([
      { name: 'azure.mendixapps.io', links: [{ network: exampleNetworks.retail }] },
      {
        name: orders,
        tags: { 'created-by': 'causeway', 'causeway-case': 'C-1' },
        records: [{ name: '@', addresses: ['192.168.0.10'], ttlSeconds: 300 }],
        links: [{ name: 'causeway-hub-vnet', network: hub, state: 'Completed' }],
      },
    ]);
  });

  it.each([
    ['a network that overlaps', exampleNetworks.legacy, 'stop VnetAddressSpacesOverlap'],
    [
      'a network whose neighbour overlaps',
      exampleNetworks.partner,
      'stop VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
    ],
    ['a network that does not exist', hub.replace('hub-vnet', 'gone'), 'stop NetworkNotRead'],
    ['a text that is no id', 'hub-vnet', 'stop MalformedResourceId'],
    ['an environment whose load balancers may not be read', hub, 'stop LoadBalancerNotRead', '/loadBalancers'],
  ])('of %s gives a refusal', async (_what, id, code, denied = '') => {
    if (denied !== '') {
      await house.fault('authorization-failed', denied, 'GET');
    }

    expect(codesOf(await makePlan(house.arm, answersFor([id])))).toContain(code);
  });
});
