/** The three kinds of plans that are timed, and the world in which they are made. */
import type { Arm } from '../../../src/azure/arm.ts';
import { survey } from '../../../src/azure/survey.ts';
import type { ConnectAnswers, EnvironmentAt, Plan } from '../../../src/plan/plan.ts';
import { planConnection } from '../../../src/plan/planner.ts';
import { exampleGroups, exampleNetworks, exampleSubscriptions } from '../../../src/simulators/azure/example-world.ts';
import { exampleLinkServices } from '../../../src/simulators/azure/example/ids.ts';

export const graphNames = ['peering + DNS', 'link service + endpoint + DNS', 'endpoint to a service + DNS'] as const;
export type GraphName = (typeof graphNames)[number];

const shared: Pick<ConnectAnswers, 'environment'> = { environment: 'mendix-prod' };

const answers: Readonly<Record<GraphName, ConnectAnswers>> = {
  'peering + DNS': {
    ...shared,
    scenario: 'apps-by-peering',
    networks: [exampleNetworks.hub],
    apps: ['orders'],
    method: 'peering',
  },
  'link service + endpoint + DNS': {
    ...shared,
    scenario: 'apps-by-private-link',
    networks: [exampleNetworks.hub],
    apps: ['orders'],
    method: 'private-link',
  },
  'endpoint to a service + DNS': {
    ...shared,
    scenario: 'service-by-endpoint',
    networks: [],
    apps: [],
    service: { fqdn: 'inventory.corp.example', privateLinkService: exampleLinkServices.inventory },
    method: null,
  },
};

const environment: EnvironmentAt = {
  name: 'mendix-prod',
  subscription: exampleSubscriptions.workloads,
  managedResourceGroup: exampleGroups.mendixProdManaged.split('/').at(-1) ?? '',
  domainSuffix: 'azure.mendixapps.io',
};

/** The subscriptions of the example, as those of company `number`. */
export function ofCompany<Value>(value: Value, number: number): Value {
  const prefix = String(number).padStart(8, '0');
  return JSON.parse(JSON.stringify(value).replaceAll('1c0a5b1e-7d2f', `${prefix}-7d2f`)) as Value;
}

export async function planFor(
  arm: Arm,
  graph: GraphName,
  company: number,
  more: Partial<ConnectAnswers> = {},
): Promise<Plan> {
  const asked = ofCompany({ ...answers[graph], ...more }, company);
  const seen = await survey(arm, ofCompany(environment, company), asked);
  const planned = planConnection(asked, seen, { method: asked.method ?? 'peering', because: [] }, {});
  if (planned.kind === 'refused') {
    throw new Error(`${graph}: ${JSON.stringify(planned.findings)}`);
  }
  return planned.plan;
}
