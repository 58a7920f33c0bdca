/** A request for each thing that a plan can do, and every change of its plan. */
import type { ConnectAnswers, EnvironmentAt, Plan, PlanStep } from '../../src/plan/plan.ts';
import { exampleLinkServices, exampleNetworks } from '../../src/simulators/azure/example-world.ts';
import { answersFor, type Applied, type House, hub, mendixProd, openHouse, plannedWith } from './house.ts';

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

export function planFor(of: House, { answers, at = mendixProd }: Scene): Promise<Plan> {
  return plannedWith(of.arm, { ...answersFor([hub]), environment: at.name, ...answers }, at);
}

export function writesIn({ steps }: Plan): PlanStep[] {
  return steps.filter(({ change }) => change === 'create' || change === 'update');
}

export interface Door {
  scene: Scene;
  title: string;
  id: string;
  kind: PlanStep['kind'];
  index: number;
}

/** Every change of every scene; the plans are the same in each example world. */
export async function doors(): Promise<Door[]> {
  const own = await openHouse();
  try {
    const plans = await Promise.all(scenes.map(async (scene) => ({ scene, plan: await planFor(own, scene) })));
    return plans.flatMap(({ scene, plan }) =>
      writesIn(plan).map(({ id, kind }, index) => ({
        scene,
        title: `${scene.name}: ${kind} (${id})`,
        id,
        kind,
        index,
      })),
    );
  } finally {
    await own.close();
  }
}

/**
 * A half without its other half carries nothing, whether Azure calls it Disconnected, because there was another one once,
 * or Initiated, because it was made anew since.
 */
export function dead(world: unknown): unknown {
  return JSON.parse(
    JSON.stringify(world, (key, value: unknown) => {
      if (key === 'doNotVerifyRemoteGateways') {
        return undefined;
      }
      return key === 'peeringState' && value === 'Initiated' ? 'Disconnected' : value;
    }),
  );
}

export function lastState({ reports }: Applied, id: string): string | undefined {
  return reports.findLast((report) => report.id === id)?.state;
}
