/**
 * Makes the plan of a connection from what was asked and what stands in Azure. Pure: the same reading gives the same
 * plan, and a world in which the plan was carried out gives a plan that keeps everything.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1.
 */
import { numberSteps, type DraftStep } from './draft-step.ts';
import { stop } from './finding.ts';
import { hashSteps } from './hash.ts';
import { appAddress, wantedNames, wantedZones, type WantedZone } from './names.ts';
import type { ConnectAnswers, EnvironmentAt, Ground, Method, Plan, Planned, Scenario } from './plan.ts';
import { nameSteps } from './plan-names.ts';
import { peeringPairs, peeringReach } from './plan-peerings.ts';
import { isStopped, preflight } from './preflight.ts';
import { undoSteps } from './undo.ts';
import type { NetworkSeen, Survey } from './world.ts';

export interface ChosenMethod {
  method: Method;
  because: readonly Ground[];
}

/** Apps are served over HTTPS. */
const appPort = 443;

/** `tags` go on what the plan creates and that can carry tags, such as `causeway-case`. */
export function planConnection(
  answers: ConnectAnswers,
  survey: Survey,
  choice: ChosenMethod,
  tags: Readonly<Record<string, string>> = {},
): Planned {
  const scenario = scenarioOf(answers.scenario, choice.method);
  if (scenario !== 'apps-by-peering') {
    return { kind: 'refused', findings: [notBuiltYet(scenario)] };
  }
  const findings = preflight(answers, survey);
  const ours = survey.environment.network;
  const address = appAddress(survey);
  if (isStopped(findings) || ours === null || address === null) {
    return { kind: 'refused', findings };
  }
  const made = appsByPeering(answers, survey, ours, address, tags);
  return {
    kind: 'planned',
    plan: {
      ...made,
      scenario,
      method: choice.method,
      environment: survey.environment.name,
      because: [...choice.because, ...made.because],
      findings,
      madeFrom: { answers, environment: whereIs(survey), tags },
    },
  };
}

type Made = Pick<Plan, 'hash' | 'steps' | 'undo' | 'reach' | 'promises' | 'because'>;

function appsByPeering(
  answers: ConnectAnswers,
  survey: Survey,
  ours: NetworkSeen,
  address: string,
  tags: Readonly<Record<string, string>>,
): Made {
  const pairs = peeringPairs(ours, survey.networks);
  const zones = wantedZones(answers, survey, address);
  const drafts: DraftStep[] = [
    ...pairs.map((pair) => pair.theirHalf),
    ...pairs.map((pair) => pair.ourHalf),
    ...zones.flatMap((zone) => nameSteps(zone, tags)),
  ];
  const steps = numberSteps(drafts);
  const names = wantedNames(answers, survey.environment.domainSuffix);
  return {
    hash: hashSteps(steps),
    steps,
    undo: undoSteps(steps),
    reach: peeringReach(ours, pairs),
    promises: {
      names: names.map((name) => ({ name, address })),
      from: survey.networks.map((network) => network.id),
      port: appPort,
    },
    because: groundsOf(zones, survey),
  };
}

function groundsOf(zones: readonly WantedZone[], survey: Survey): Ground[] {
  const exact = zones.filter((zone) => zone.seen === null && zone.records.some((record) => record.name === zone.name));
  if (exact.length === 0) {
    return [];
  }
  const names = exact.map((zone) => zone.name).join(', ');
  const networks = survey.networks.map((network) => network.name).join(', ');
  return [
    {
      source: 'Enabling connectivity between Mendix on Azure and other private networks',
      section: 'DNS name resolution towards Mendix app cluster',
      note: `A zone of the whole ${survey.environment.domainSuffix} linked to ${networks} would hide every other name under it there; the plan makes ${names} only.`,
    },
  ];
}

function whereIs(survey: Survey): EnvironmentAt {
  const { name, subscription, managedResourceGroup, domainSuffix } = survey.environment;
  return { name, subscription, managedResourceGroup, domainSuffix };
}

function scenarioOf(asked: Scenario | null, method: Method): Scenario {
  if (asked !== null && asked !== 'apps-by-peering' && asked !== 'apps-by-private-link') {
    return asked;
  }
  return method === 'peering' ? 'apps-by-peering' : 'apps-by-private-link';
}

/** What people do by hand until a later version plans it. */
const byHand: Record<Exclude<Scenario, 'apps-by-peering'>, { what: string; wayOut: string }> = {
  'apps-by-private-link': {
    what: 'Reaching apps over Private Link',
    wayOut:
      'Until then: in the Azure portal, create a Private Link service on the internal load balancer of the managed resource group, a private endpoint to it in your network, and a private DNS zone with the endpoint’s address.',
  },
  'service-by-endpoint': {
    what: 'Letting apps reach an internal service over a private endpoint',
    wayOut:
      'Until then: create a private endpoint to the service in the managed resource group’s network, and a private DNS zone with the name of the service linked to that network.',
  },
  'dns-servers': {
    what: 'Setting own DNS servers on the environment’s network',
    wayOut:
      'Until then: set them on the virtual network in the managed resource group, and make sure first that they forward to 168.63.129.16; otherwise the environment loses its own database and storage names.',
  },
  'database-read': {
    what: 'Direct database access',
    wayOut:
      'Until then: ask for a connection to the apps by peering, which also carries database traffic, and add the database’s private DNS name to your network by hand.',
  },
};

function notBuiltYet(scenario: Exclude<Scenario, 'apps-by-peering'>) {
  const { what, wayOut } = byHand[scenario];
  return stop(
    'NotBuiltYet',
    `${what} is something this version cannot plan yet; it plans peering with names for apps.`,
    wayOut,
  );
}
