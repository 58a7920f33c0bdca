/** Each scenario from the reading to the proof and back: judged by what resolves and what can be reached. */
import { describe, expect, it } from 'vitest';
import { usualPatience } from '../../src/azure/pauses.ts';
import { verify } from '../../src/azure/verify.ts';
import type { ConnectAnswers, EnvironmentAt, Plan } from '../../src/plan/plan.ts';
import {
  exampleAliases,
  exampleForeign,
  exampleLinkServices,
  exampleNetworks,
} from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, mendixProd, orders, plannedWith, type Report } from './house.ts';
import { proveNothingWrong, repeatAndGoBack, type Resolved, resolveIn, standingIn } from './round-trip.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const { mendixProd: mendix, corp, branch, data, retail, depot, contoso } = exampleNetworks;
const replica = 'mendix-prod-db-replica.postgres.database.azure.com';
const erp = 'erp.corp.example';

function resolve(network: string, name: string): Promise<Resolved> {
  return resolveIn(house, network, name);
}

async function isOpen(from: string, address: string, port: number): Promise<boolean> {
  return (await house.post<{ open: boolean }>('reach', { from, address, port })).open;
}

async function carryOut(more: Partial<ConnectAnswers>, at: EnvironmentAt = mendixProd): Promise<Plan> {
  const plan = await plannedWith(house.arm, { ...answersFor([hub]), environment: at.name, ...more }, at);
  expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
  expect((await house.writes()).filter(({ status }) => status >= 400)).toEqual([]);
  return plan;
}

function nothingWrong(plan: Plan): Promise<void> {
  return proveNothingWrong(house, plan);
}

function repeatsAndGoesBack(plan: Plan, before: unknown, at: EnvironmentAt = mendixProd): Promise<void> {
  return repeatAndGoBack({ house, store }, plan, before, at);
}

function standing(): Promise<unknown> {
  return standingIn(house);
}

describe('apps by peering', () => {
  it('works, repeats without a write, and goes back', async () => {
    const before = await standing();
    const plan = await carryOut({ scenario: 'apps-by-peering' });

    expect(await resolve(hub, orders)).toMatchObject({ status: 'answered', addresses: ['192.168.0.10'] });
    expect(await isOpen(hub, '192.168.0.10', 443)).toBe(true);
    await nothingWrong(plan);
    await repeatsAndGoesBack(plan, before);
  });

  it('links the zone to the network in which the DNS servers of the other one stand', async () => {
    const plan = await carryOut({ scenario: 'apps-by-peering', networks: [branch] });

    expect(plan.steps.filter(({ kind }) => kind === 'dns-link').map(({ body }) => JSON.stringify(body))).toEqual([
      expect.stringContaining(corp),
    ]);
    expect(await resolve(branch, orders)).toMatchObject({ addresses: ['192.168.0.10'] });
    const { evidence } = await verify(house.arm, plan);
    expect(evidence).toContainEqual(
      expect.objectContaining({
        code: 'name-resolves',
        good: null,
        text: expect.stringContaining('stands in corp-vnet'),
      }),
    );
  });

  it('uses a zone that is linked already', async () => {
    const before = await standing();
    const plan = await carryOut({ scenario: 'apps-by-peering', networks: [retail] });

    expect(plan.steps.filter(({ kind }) => kind === 'dns-zone').map(({ change }) => change)).toEqual(['adopt']);
    expect(await resolve(retail, orders)).toMatchObject({ addresses: ['192.168.0.10'] });
    await nothingWrong(plan);
    await repeatsAndGoesBack(plan, before);
  });

  it('mends a dead half', async () => {
    const plan = await carryOut({ scenario: 'apps-by-peering', networks: [depot] });

    expect(plan.steps.map(({ kind }) => kind)).toContain('peering-repair');
    expect(await isOpen(depot, '192.168.0.10', 443)).toBe(true);
    await nothingWrong(plan);
  });

  it('reaches a network of another directory', async () => {
    const at = { ...mendixProd, name: 'mendix-acc', managedResourceGroup: 'mrg-mendix-acc' };
    const plan = await carryOut({ scenario: 'apps-by-peering', networks: [contoso] }, at);

    expect(await resolve(contoso, orders)).toMatchObject({ addresses: ['192.168.4.10'] });
    expect(await isOpen(contoso, '192.168.4.10', 443)).toBe(true);
    expect(plan.steps.some(({ resource }) => resource.includes(exampleForeign.subscription))).toBe(true);
    await nothingWrong(plan);
  });
});

describe('apps by Private Link', () => {
  it('works for two networks at once, and opens nothing else', async () => {
    const before = await standing();
    const plan = await carryOut({ scenario: 'apps-by-private-link', method: 'private-link', networks: [hub, data] });

    for (const network of [hub, data]) {
      const { addresses } = await resolve(network, orders);
      expect(await isOpen(network, addresses[0] ?? '', 443)).toBe(true);
      expect(await isOpen(network, '192.168.0.10', 443)).toBe(false);
      expect(await isOpen(network, '192.168.1.4', 5432)).toBe(false);
    }
    await nothingWrong(plan);
    expect((await verify(house.arm, plan)).evidence.map(({ code }) => code)).toContain('nothing-else');
    await repeatsAndGoesBack(plan, before);
  });
});

describe('a service by endpoint', () => {
  function toService(privateLinkService: string, fqdn = erp): Partial<ConnectAnswers> {
    return { scenario: 'service-by-endpoint', networks: [], apps: [], service: { fqdn, privateLinkService } };
  }

  it('that accepts by itself works at once', async () => {
    const before = await standing();
    const plan = await carryOut(toService(exampleLinkServices.inventory, 'inventory.corp.example'));

    const { addresses } = await resolve(mendix, 'inventory.corp.example');
    expect(await isOpen(mendix, addresses[0] ?? '', 443)).toBe(true);
    await nothingWrong(plan);
    await repeatsAndGoesBack(plan, before);
  });

  it.each([
    ['by its id', exampleLinkServices.erp],
    ['by its alias', exampleAliases.erp],
    ['of another company', exampleAliases.crm],
  ])('%s waits for its owner, and the name changes only then', async (_what, service) => {
    const plan = await plannedWith(house.arm, { ...answersFor([]), ...toService(service) });
    const endpoint = plan.steps.find(({ kind }) => kind === 'private-endpoint')?.resource;
    const waits = Promise.withResolvers<void>();
    const reports: Report[] = [];
    const running = apply(house, store, plan, {
      patience: { ...usualPatience, owner: [{ forSeconds: 10, everySeconds: 1 }] },
      report: ({ step }) => {
        reports.push(step);
        if (step.state === 'waiting') {
          waits.resolve();
        }
        return Promise.resolve();
      },
    });
    await waits.promise;
    expect(await resolve(mendix, erp)).toMatchObject({ status: 'nxdomain' });

    await house.post('owner', { connection: endpoint, decision: 'approve' });

    const { outcome } = await running;
    expect(outcome).toEqual({ kind: 'complete' });
    expect(reports).toContainEqual(
      expect.objectContaining({ state: 'waiting', note: expect.stringContaining('owner') }),
    );
    const { addresses } = await resolve(mendix, erp);
    expect(await isOpen(mendix, addresses[0] ?? '', 443)).toBe(true);
    await nothingWrong(plan);
  });
});

describe('reading the database', () => {
  it('leads the replica’s name to its address, and goes back', async () => {
    const before = await standing();
    const plan = await carryOut({ scenario: 'database-read', apps: [], networks: [data] });

    expect(await resolve(data, replica)).toMatchObject({ addresses: ['192.168.1.5'] });
    expect(await isOpen(data, '192.168.1.5', 5432)).toBe(true);
    await nothingWrong(plan);
    expect((await verify(house.arm, plan)).toRun).toMatchObject([
      { from: 'data-vnet', command: `nslookup ${replica}`, expect: '192.168.1.5' },
      { from: 'data-vnet', command: `LC_ALL=C pg_isready -h ${replica} -p 5432`, expect: 'accepting connections' },
    ]);
    await repeatsAndGoesBack(plan, before);
  });

  it('works for a server that has a subnet for itself', async () => {
    const at = { ...mendixProd, name: 'mendix-uat', managedResourceGroup: 'mrg-mendix-uat' };
    const name = 'mendix-uat-db-replica.postgres.database.azure.com';
    const plan = await carryOut({ scenario: 'database-read', apps: [], networks: [data] }, at);

    const { addresses } = await resolve(data, plan.promises.names[0]?.name ?? name);
    expect(await isOpen(data, addresses[0] ?? '', 5432)).toBe(true);
    await nothingWrong(plan);
  });
});
