/** The world moves between the approval and the start: nothing is written, and it is said what moved. */
import { describe, expect, it } from 'vitest';
import type { ConnectAnswers, Plan } from '../../src/plan/plan.ts';
import { exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import { openForEach } from './for-each.ts';
import { answersFor, apply, type House, hub, plannedWith } from './house.ts';
import { putAsOthers } from './one-step.ts';

let house: House;
let store: Store;
openForEach((opened) => ({ house, store } = opened));

const replica = 'mendix-prod-db-replica.postgres.database.azure.com';
const service = { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory };

const scenarios: readonly Partial<ConnectAnswers>[] = [
  { scenario: 'apps-by-peering' },
  { scenario: 'apps-by-private-link', method: 'private-link' },
  { scenario: 'service-by-endpoint', networks: [], apps: [], service },
  { scenario: 'database-read', apps: [] },
];

/** Somebody makes the zone that the plan wanted to make. */
async function makeZone(plan: Plan): Promise<void> {
  const zone = plan.steps.find(({ kind, change }) => kind === 'dns-zone' && change === 'create');
  await putAsOthers(house, zone?.resource ?? '', { location: 'global', tags: { by: 'somebody' } });
}

async function writesOf(work: () => Promise<void>): Promise<number> {
  const before = (await house.writes()).length;
  await work();
  return (await house.writes()).length - before;
}

describe.each(scenarios)('a plan for $scenario', (more) => {
  it('whose zone somebody else made meanwhile is void, and nothing is written', async () => {
    const plan = await plannedWith(house.arm, { ...answersFor([hub]), ...more });
    await makeZone(plan);

    const written = await writesOf(async () => {
      const { outcome, reports } = await apply(house, store, plan);
      expect(outcome).toEqual({ kind: 'void', differences: [expect.any(String), ...anyMore(outcome)] });
      expect(reports).toEqual([]);
    });

    expect(written).toBe(0);
  });
});

function anyMore(outcome: unknown): unknown[] {
  return (outcome as { differences?: string[] }).differences?.slice(1) ?? [];
}

it('a plan for own DNS servers is void when somebody has set others meanwhile', async () => {
  await apply(house, store, await plannedWith(house.arm));
  const asked = { ...answersFor([]), scenario: 'dns-servers' as const, apps: [], dnsServers: ['10.20.0.4'] };
  const plan = await plannedWith(house.arm, asked);
  const { resources } = await house.world();
  const id = exampleNetworks.mendixProd.toLowerCase();
  const network = resources[id];
  const moved = { ...network, properties: { ...network?.properties, dhcpOptions: { dnsServers: ['10.20.0.5'] } } };
  await house.post('world', { arm: { resources: { ...resources, [id]: moved } } });

  const written = await writesOf(async () => {
    const { outcome } = await apply(house, store, plan, { planId: 'plan-2' });
    expect(outcome).toMatchObject({ kind: 'void' });
  });

  expect(written).toBe(0);
});

it('what moves while the plan waits for its turn is seen as well', async () => {
  const plan = await plannedWith(house.arm, { ...answersFor([hub]), scenario: 'database-read', apps: [] });
  expect(JSON.stringify(plan)).toContain(replica);
  const held = Promise.withResolvers<boolean>();
  const first = apply(house, store, await plannedWith(house.arm), {
    planId: 'a',
    owner: 'a',
    begin: () => held.promise,
  });
  const second = apply(house, store, plan, { planId: 'b', owner: 'b' });
  await makeZone(plan);
  held.resolve(false);

  expect((await first).outcome).toEqual({ kind: 'not-begun' });
  expect((await second).outcome).toMatchObject({ kind: 'void' });
});
