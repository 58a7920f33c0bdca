/** Real plans in the example world: one for each scenario, and for each thing that a plan may find there. */
import type { ConnectAnswers, Plan } from '../../../src/plan/plan.ts';
import { exampleAliases, exampleLinkServices, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { openHouse, plannedWith } from '../../azure/house.ts';

export interface Scene {
  answers: ConnectAnswers;
  /** Plans that have been carried out before. */
  before: readonly ConnectAnswers[];
  /** The owner of the service accepts the connection in the end. */
  owner: boolean;
}

const { hub, data, depot, legacy, retail, vault } = exampleNetworks;

function scene(more: Partial<ConnectAnswers>, rest: Partial<Scene> = {}): Scene {
  const usual: ConnectAnswers = {
    scenario: null,
    environment: 'mendix-prod',
    networks: [hub],
    apps: ['orders'],
    method: null,
  };
  return { answers: { ...usual, ...more }, before: [], owner: false, ...rest };
}

const peered = scene({ scenario: 'apps-by-peering' }).answers;

export const scenes: Readonly<Record<string, Scene>> = {
  'apps by peering': scene({ scenario: 'apps-by-peering' }),
  'every app by peering': scene({ scenario: 'apps-by-peering', networks: [data], apps: '*' }),
  'apps by peering, with a dead half': scene({ scenario: 'apps-by-peering', networks: [depot] }),
  'apps by peering, with a zone of somebody else': scene({ scenario: 'apps-by-peering', networks: [retail] }),
  'apps by Private Link for two networks': scene({ scenario: 'apps-by-private-link', networks: [legacy, data] }),
  'apps by peering, through closed rules': scene({
    scenario: 'apps-by-peering',
    networks: [vault],
    openSecurityRules: true,
  }),
  'a service that lets us in': scene({
    scenario: 'service-by-endpoint',
    networks: [],
    apps: [],
    service: { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory },
  }),
  'a service whose owner has to accept': scene(
    {
      scenario: 'service-by-endpoint',
      networks: [],
      apps: [],
      service: { fqdn: 'erp.corp.example', privateLinkService: exampleAliases.erp },
    },
    { owner: true },
  ),
  'own DNS servers': scene(
    { scenario: 'dns-servers', networks: [], apps: [], dnsServers: ['10.20.0.4'] },
    { before: [peered] },
  ),
  'the database': scene({ scenario: 'database-read', apps: [] }),
};

/** Plans of the scenes that need nothing before, from one reading of the example world each. */
export async function realPlans(): Promise<Record<string, Plan>> {
  const house = await openHouse();
  try {
    const ready = Object.entries(scenes).filter(([, { before }]) => before.length === 0);
    const plans = await Promise.all(
      ready.map(async ([name, { answers }]) => [name, await plannedWith(house.arm, answers)] as const),
    );
    return Object.fromEntries(plans);
  } finally {
    await house.close();
  }
}
