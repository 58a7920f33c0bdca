/**
 * The three doors after a failure, at each change of each scenario: try again finishes, undo brings back the first world,
 * and what was left as it is a new plan takes over.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectAnswers, EnvironmentAt, Plan, PlanStep } from '../../src/plan/plan.ts';
import { exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import type { Store } from '../../src/store/store.ts';
import {
  answersFor,
  apply,
  type Applied,
  type House,
  hub,
  mendixProd,
  openHouse,
  openTestStore,
  plannedWith,
  takeBack,
} from './house.ts';
import { proveNothingWrong, standingIn } from './round-trip.ts';

const { data, depot, retail, vault } = exampleNetworks;
const acceptance: EnvironmentAt = { ...mendixProd, name: 'mendix-acc', managedResourceGroup: 'mrg-mendix-acc' };

interface Scene {
  name: string;
  answers: Partial<ConnectAnswers>;
  at?: EnvironmentAt;
}

const scenes: readonly Scene[] = [
  { name: 'apps by peering', answers: { scenario: 'apps-by-peering' } },
  { name: 'a name in a zone that is there', answers: { scenario: 'apps-by-peering', networks: [retail] } },
  { name: 'a dead half', answers: { scenario: 'apps-by-peering', networks: [depot] } },
  {
    name: 'rules and routes in the way',
    answers: { scenario: 'apps-by-peering', networks: [vault], openSecurityRules: true },
  },
  { name: 'apps by Private Link', answers: { scenario: 'apps-by-private-link', method: 'private-link' } },
  {
    name: 'a service by endpoint',
    answers: {
      scenario: 'service-by-endpoint',
      networks: [],
      apps: [],
      service: { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory },
    },
  },
  { name: 'reading the database', answers: { scenario: 'database-read', networks: [data], apps: [] } },
  {
    name: 'own DNS servers',
    answers: { scenario: 'dns-servers', networks: [], apps: [], dnsServers: ['10.60.0.4'] },
    at: acceptance,
  },
];

let house: House;
let store: Store;
let closeStore: () => Promise<void>;

beforeEach(async () => {
  house = await openHouse();
  ({ store, close: closeStore } = await openTestStore());
});

afterEach(async () => {
  await house.close();
  await closeStore();
});

function planFor(of: House, { answers, at = mendixProd }: Scene): Promise<Plan> {
  return plannedWith(of.arm, { ...answersFor([hub]), environment: at.name, ...answers }, at);
}

function writesIn({ steps }: Plan): PlanStep[] {
  return steps.filter(({ change }) => change === 'create' || change === 'update');
}

/** Every change of every scene; the plans are the same in each example world. */
async function doors(): Promise<{ scene: Scene; title: string; id: string; index: number }[]> {
  const own = await openHouse();
  try {
    const plans = await Promise.all(scenes.map(async (scene) => ({ scene, plan: await planFor(own, scene) })));
    return plans.flatMap(({ scene, plan }) =>
      writesIn(plan).map(({ id, kind }, index) => ({ scene, title: `${scene.name}: ${kind} (${id})`, id, index })),
    );
  } finally {
    await own.close();
  }
}

const table = await doors();

/** Azure refuses the change once; what is denied is never tried again by itself. */
async function failAt(plan: Plan, id: string): Promise<Applied> {
  const step = plan.steps.find((known) => known.id === id);
  const path = step?.kind === 'endpoint-approval' ? '/privateEndpointConnections/' : (step?.resource ?? '');
  // What is made again is deleted first.
  const method = step?.kind === 'peering-repair' ? 'DELETE' : 'PUT';
  await house.post('faults', [{ match: { method, path }, fault: 'authorization-failed', times: 1 }]);
  return apply(house, store, plan);
}

/**
 * A half without its other half carries nothing, whether Azure calls it Disconnected, because there was another one once,
 * or Initiated, because it was made anew since.
 */
function dead(world: unknown): unknown {
  return JSON.parse(
    JSON.stringify(world, (key, value: unknown) => {
      if (key === 'doNotVerifyRemoteGateways') {
        return undefined;
      }
      return key === 'peeringState' && value === 'Initiated' ? 'Disconnected' : value;
    }),
  );
}

function stateOf({ reports }: Applied, id: string): string | undefined {
  return reports.findLast((report) => report.id === id)?.state;
}

describe('a change that Azure refuses', () => {
  it.each(table)('$title: is told, and another try finishes', async ({ scene, id }) => {
    const plan = await planFor(house, scene);

    const failed = await failAt(plan, id);

    expect(failed.outcome).toMatchObject({ kind: 'failed', step: id, code: 'AuthorizationFailed' });
    expect(stateOf(failed, id)).toBe('failed');
    expect(failed.reports.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect((await apply(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    await proveNothingWrong(house, plan);
  });

  it.each(table)('$title: what was done is undone, and the world is the first one', async ({ scene, id }) => {
    const before = dead(await standingIn(house));
    const plan = await planFor(house, scene);
    await failAt(plan, id);

    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });

    expect(dead(await standingIn(house))).toEqual(before);
  });

  const lasts = table.filter(
    ({ scene, index }) => index === Math.max(...table.filter((one) => one.scene === scene).map((one) => one.index)),
  );

  it.each(lasts)('$title: what is left as it is a new plan takes over', async ({ scene, id }) => {
    const plan = await planFor(house, scene);
    await failAt(plan, id);

    const next = await planFor(house, scene);

    expect(writesIn(next).length).toBeLessThanOrEqual(writesIn(plan).length);
    expect((await apply(house, store, next, { planId: 'plan-2' })).outcome).toEqual({ kind: 'complete' });
    await proveNothingWrong(house, next);
  });

  it('that is the owner’s no can be undone, and the world is the first one', async () => {
    const before = await standingIn(house);
    const service = { fqdn: 'erp.corp.example', privateLinkService: exampleLinkServices.erp };
    const answers = { scenario: 'service-by-endpoint' as const, networks: [], apps: [], service };
    const plan = await planFor(house, { name: 'another team’s service', answers });
    const endpoint = plan.steps.find(({ kind }) => kind === 'private-endpoint')?.resource;
    const { outcome } = await apply(house, store, plan, {
      report: async ({ step }) => {
        if (step.state === 'waiting') {
          await house.post('owner', { connection: endpoint, decision: 'reject', description: 'Not for production.' });
        }
      },
    });

    expect(outcome).toMatchObject({
      code: 'ConnectionRejected',
      because: expect.stringContaining('Not for production.'),
    });
    expect((await takeBack(house, store, plan)).outcome).toEqual({ kind: 'complete' });
    expect(await standingIn(house)).toEqual(before);
  });
});
