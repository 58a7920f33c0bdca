/** A small world to plan in: mendix-prod and a hub, and ways to change it. */
import type { ConnectAnswers, Finding, Plan, Planned } from '../../src/plan/plan.ts';
import { planConnection } from '../../src/plan/planner.ts';
import type { NetworkSeen, PeeringSeen, Survey, ZoneSeen } from '../../src/plan/world.ts';

export const suffix = 'azure.mendixapps.io';
const mendixGroup = '/subscriptions/sub-mendix/resourceGroups/mrg-prod';
const hubGroup = '/subscriptions/sub-hub/resourceGroups/network-hub';
export const hubZones = `${hubGroup}/providers/Microsoft.Network/privateDnsZones`;

export function network(name: string, prefix: string, more: Partial<NetworkSeen> = {}): NetworkSeen {
  const [subscription, resourceGroup] = name.startsWith('mendix')
    ? ['sub-mendix', 'mrg-prod']
    : ['sub-hub', 'network-hub'];
  return {
    id: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/virtualNetworks/${name}`,
    name,
    subscription,
    subscriptionName: subscription,
    resourceGroup,
    location: 'westeurope',
    addressPrefixes: [prefix],
    dnsServers: [],
    peerings: [],
    ...more,
  };
}

export const mendix = network('mendix-vnet', '192.168.0.0/22');
export const hub = network('hub-vnet', '10.20.0.0/16');

export function peering(from: NetworkSeen, to: NetworkSeen, more: Partial<PeeringSeen> = {}): PeeringSeen {
  const name = more.name ?? `causeway-to-${to.name}`;
  return {
    id: `${from.id}/virtualNetworkPeerings/${name}`,
    name,
    remoteNetwork: to.id,
    state: 'Connected',
    syncLevel: 'FullyInSync',
    remotePrefixes: to.addressPrefixes,
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    ...more,
  };
}

export function peered(one: NetworkSeen, other: NetworkSeen, more: Partial<PeeringSeen> = {}): NetworkSeen {
  return { ...one, peerings: [...one.peerings, peering(one, other, more)] };
}

export function zone(
  name: string,
  records: Record<string, string>,
  links: readonly NetworkSeen[],
  more: Partial<ZoneSeen> = {},
): ZoneSeen {
  const id = more.id ?? `${hubZones}/${name}`;
  return {
    id,
    name,
    records: Object.entries(records).map(([record, address]) => ({
      id: `${id}/A/${record}`,
      name: record,
      addresses: [address],
      ttlSeconds: 300,
    })),
    links: links.map((linked) => ({
      id: `${id}/virtualNetworkLinks/causeway-${linked.name}`,
      name: `causeway-${linked.name}`,
      network: linked.id,
      state: 'Completed',
    })),
    ...more,
  };
}

export const made = { tags: { 'created-by': 'causeway' } };

export interface SurveyParts {
  /** Anything else of the survey and of the environment. */
  more?: Partial<Survey>;
  environment?: Partial<Survey['environment']>;
  mendix?: NetworkSeen | null;
  networks?: readonly NetworkSeen[];
  zones?: readonly ZoneSeen[];
  address?: string | null;
  unread?: readonly string[];
}

export function surveyOf(parts: SurveyParts = {}): Survey {
  const ours = parts.mendix === undefined ? mendix : parts.mendix;
  return {
    environment: {
      name: 'mendix-prod',
      subscription: 'sub-mendix',
      managedResourceGroup: 'mrg-prod',
      domainSuffix: suffix,
      location: 'westeurope',
      network: ours,
      frontends: [
        {
          loadBalancer: `${mendixGroup}/providers/Microsoft.Network/loadBalancers/kubernetes-internal`,
          name: 'ingress',
          privateAddress: parts.address === undefined ? '192.168.0.10' : parts.address,
          sku: 'Standard',
        },
      ],
      ...parts.environment,
    },
    networks: parts.networks ?? [hub],
    zones: parts.zones ?? [],
    unread: parts.unread ?? [],
    ...parts.more,
  };
}

export function answersFor(
  networks: readonly NetworkSeen[],
  apps: readonly string[] | '*' = ['orders'],
): ConnectAnswers {
  return { scenario: null, environment: 'mendix-prod', networks: networks.map(({ id }) => id), apps, method: null };
}

export const byPeering = { method: 'peering' as const, because: [] };

/** Plans for the networks of the survey. */
export function planFor(parts: SurveyParts = {}, apps: readonly string[] | '*' = ['orders']): Planned {
  const survey = surveyOf(parts);
  return planConnection(answersFor(survey.networks, apps), survey, byPeering, { 'causeway-case': 'C-1' });
}

export function plannedFor(parts: SurveyParts = {}, apps: readonly string[] | '*' = ['orders']): Plan {
  const planned = planFor(parts, apps);
  if (planned.kind !== 'planned') {
    throw new Error(`Refused: ${planned.findings.map((finding) => `${finding.code}: ${finding.text}`).join(' | ')}`);
  }
  return planned.plan;
}

export function findingsOf(planned: Planned): readonly Finding[] {
  return planned.kind === 'planned' ? planned.plan.findings : planned.findings;
}

export function codesOf(planned: Planned): string[] {
  return findingsOf(planned).map((finding) => `${finding.level} ${finding.code}`);
}

/** One line per step, as a person would note it down. */
export function linesOf(plan: Plan): string[] {
  return plan.steps.map(
    (step) => `${step.change} ${step.id}${step.after.length === 0 ? '' : ` after ${step.after.join(', ')}`}`,
  );
}
