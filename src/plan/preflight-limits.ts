/** Azure's limits on what a plan adds; those of peerings are with the peerings. */
import type { DraftStep } from './draft-step.ts';
import { stop } from './finding.ts';
import { limits } from './limits.ts';
import type { WantedZone } from './names.ts';
import type { Finding, ResourceId } from './plan.ts';
import { networkOf, parentOf, shortName } from './resource-id.ts';
import { isAtOrAbove } from './rights.ts';
import { sameResource, type Survey } from './world.ts';

export function checkZoneLimits(zones: readonly WantedZone[]): Finding[] {
  return zones.flatMap((zone) => {
    const links = zone.links.filter(({ seen }) => seen === null).length;
    const records = zone.records.filter(({ seen }) => seen === null).length;
    return [
      ...over(zone.seen?.links.length ?? 0, links, limits.linksPerZone, `network links of the zone ${zone.name}`),
      ...over(zone.seen?.records.length ?? 0, records, limits.recordSetsPerZone, `records of the zone ${zone.name}`),
    ];
  });
}

/** What the steps add to a network, a load balancer, a link service or a security group. */
export function checkResourceLimits(drafts: readonly DraftStep[], survey: Survey): Finding[] {
  const created = drafts.filter(({ change }) => change === 'create');
  const endpoints = created.filter(({ kind }) => kind === 'private-endpoint');
  return [
    ...count(endpoints, networkOfEndpoint).flatMap(([network, added]) =>
      over(
        (survey.endpoints ?? []).filter(({ subnet }) => isAtOrAbove(network, subnet)).length,
        added,
        limits.endpointsPerNetwork,
        `private endpoints of ${shortName(network)}`,
      ),
    ),
    ...count(endpoints, targetOfEndpoint).flatMap(([service, added]) => {
      const seen = survey.linkServices?.find(({ id }) => sameResource(id, service));
      const words = `endpoints of ${shortName(service)}`;
      return over(seen?.connections.length ?? 0, added, limits.endpointsPerLinkService, words);
    }),
    ...count(created, balancerOf).flatMap(([balancer, added]) => {
      const there = (survey.linkServices ?? []).filter(({ frontends }) =>
        frontends.some((frontend) => isAtOrAbove(balancer, frontend)),
      );
      const words = `private link services of the load balancer ${shortName(balancer)}`;
      return over(there.length, added, limits.linkServicesPerLoadBalancer, words);
    }),
    ...count(created, groupOfRule).flatMap(([group, added]) => {
      const rules = survey.securityGroups?.find(({ id }) => sameResource(id, group))?.rules.length ?? 0;
      return over(rules, added, limits.rulesPerSecurityGroup, `rules of the security group ${shortName(group)}`);
    }),
  ];
}

function over(there: number, added: number, most: number, what: string): Finding[] {
  return added === 0 || there + added <= most
    ? []
    : [
        stop(
          'LimitReached',
          `There are ${there} ${what} and the plan adds ${added}; Azure allows ${most}.`,
          'Remove what is no longer needed there, then plan again.',
        ),
      ];
}

interface EndpointBody {
  properties?: {
    subnet?: { id: string };
    loadBalancerFrontendIpConfigurations?: readonly { id: string }[];
    privateLinkServiceConnections?: readonly ConnectionBody[];
    manualPrivateLinkServiceConnections?: readonly ConnectionBody[];
  };
}

interface ConnectionBody {
  properties?: { privateLinkServiceId?: string };
}

function propertiesOf(step: DraftStep): NonNullable<EndpointBody['properties']> {
  return ((step.body ?? {}) as EndpointBody).properties ?? {};
}

function networkOfEndpoint(step: DraftStep): ResourceId | null {
  return networkOf(propertiesOf(step).subnet?.id ?? '');
}

function targetOfEndpoint(step: DraftStep): string | null {
  const { privateLinkServiceConnections = [], manualPrivateLinkServiceConnections = [] } = propertiesOf(step);
  const [connection] = [...privateLinkServiceConnections, ...manualPrivateLinkServiceConnections];
  return connection?.properties?.privateLinkServiceId ?? null;
}

function balancerOf(step: DraftStep): ResourceId | null {
  const frontend = propertiesOf(step).loadBalancerFrontendIpConfigurations?.[0]?.id;
  return step.kind === 'private-link-service' && frontend !== undefined ? parentOf(frontend) : null;
}

function groupOfRule(step: DraftStep): ResourceId | null {
  return step.kind === 'security-rule' ? parentOf(step.resource) : null;
}

function count(steps: readonly DraftStep[], by: (step: DraftStep) => ResourceId | null): [ResourceId, number][] {
  const counts = new Map<string, [ResourceId, number]>();
  for (const id of steps.flatMap((step) => by(step) ?? [])) {
    counts.set(id.toLowerCase(), [id, (counts.get(id.toLowerCase())?.[1] ?? 0) + 1]);
  }
  return [...counts.values()];
}
