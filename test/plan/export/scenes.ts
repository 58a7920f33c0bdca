/** Real plans in the example world: one for each scenario, and for each thing that a plan may find there. */
import type { ConnectAnswers, EnvironmentAt, Plan, ResourceId } from '../../../src/plan/plan.ts';
import { exampleAliases, exampleLinkServices, exampleNetworks } from '../../../src/simulators/azure/example-world.ts';
import { mendixProd, openHouse, plannedWith } from '../../azure/house.ts';

export interface Scene {
  answers: ConnectAnswers;
  at: EnvironmentAt;
  /** Plans that have been carried out before. */
  before: readonly ConnectAnswers[];
  /** This network gets a further address range after that. */
  grows: ResourceId | null;
  /** The owner of the service accepts the connection in the end. */
  owner: boolean;
}

const { hub, branch, data, depot, legacy, office, retail, vault } = exampleNetworks;

function scene(more: Partial<ConnectAnswers>, rest: Partial<Scene> = {}): Scene {
  const usual: ConnectAnswers = {
    scenario: null,
    environment: 'mendix-prod',
    networks: [hub],
    apps: ['orders'],
    method: null,
  };
  return { answers: { ...usual, ...more }, at: mendixProd, before: [], grows: null, owner: false, ...rest };
}

const peered = scene({ scenario: 'apps-by-peering' }).answers;
const mendixUat: EnvironmentAt = { ...mendixProd, name: 'mendix-uat', managedResourceGroup: 'mrg-mendix-uat' };
const wiki = { fqdn: 'wiki.corp.example', privateLinkService: null, address: '10.20.1.7' };

export const scenes: Readonly<Record<string, Scene>> = {
  'apps by peering': scene({ scenario: 'apps-by-peering' }),
  'every app by peering': scene({ scenario: 'apps-by-peering', networks: [data], apps: '*' }),
  'apps by peering, with a dead half': scene({ scenario: 'apps-by-peering', networks: [depot] }),
  'apps by peering, with a zone of somebody else': scene({ scenario: 'apps-by-peering', networks: [retail] }),
  'apps by peering, with the gateway of the other side': scene({
    scenario: 'apps-by-peering',
    networks: [office],
    useGateway: true,
  }),
  'apps by peering, under a domain of the company’s own': scene({
    scenario: 'apps-by-peering',
    apps: ['orders', 'shop.example.com'],
  }),
  'apps by peering, with DNS servers in a third network': scene({ scenario: 'apps-by-peering', networks: [branch] }),
  'apps by peering, after the other network has grown': scene(
    { scenario: 'apps-by-peering' },
    { before: [peered], grows: hub },
  ),
  'a peering without names': scene({ scenario: 'apps-by-peering', apps: [], networks: [depot], peeringOnly: true }),
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
  'a service by peering': scene({ scenario: 'service-by-endpoint', apps: [], service: wiki, method: 'peering' }),
  'the name of a service, by a private zone': scene(
    { scenario: 'dns-servers', networks: [], apps: [], service: wiki },
    { before: [peered] },
  ),
  'own DNS servers': scene(
    { scenario: 'dns-servers', networks: [], apps: [], dnsServers: ['10.20.0.4'] },
    { before: [peered] },
  ),
  'the database': scene({ scenario: 'database-read', apps: [] }),
  'the database in a subnet of its own': scene(
    { scenario: 'database-read', apps: [], environment: 'mendix-uat' },
    { at: mendixUat },
  ),
};

/** Plans of the scenes that need nothing before, from one reading of the example world each. */
export async function realPlans(): Promise<Record<string, Plan>> {
  const house = await openHouse();
  try {
    const ready = Object.entries(scenes).filter(([, { before }]) => before.length === 0);
    const plans = await Promise.all(
      ready.map(async ([name, { answers, at }]) => [name, await plannedWith(house.arm, answers, at)] as const),
    );
    return Object.fromEntries(plans);
  } finally {
    await house.close();
  }
}
