/** What stands now where a step wrote, from a fresh reading, in the shape of the step's body. */
import type { Json, PlanStep, ResourceId } from './plan.ts';
import { type PeeringSeen, sameResource, type Survey } from './world.ts';

/**
 * `absent`: it is not there. `unread`: nothing of that kind was read, so nobody knows. `body`: as far as the reading
 * tells, the same properties that the plan wrote.
 */
export type Standing = { kind: 'absent' } | { kind: 'unread' } | { kind: 'there'; body: Json };

const absent: Standing = { kind: 'absent' };

export function standingAt(step: Pick<PlanStep, 'kind' | 'resource'>, survey: Survey): Standing {
  switch (step.kind) {
    case 'peering':
    case 'peering-repair':
      return standingPeering(step.resource, survey);
    case 'dns-zone':
      return there(
        survey.zones.find(({ id }) => sameResource(id, step.resource)),
        () => null,
      );
    case 'dns-record':
      return there(
        at(
          survey.zones.flatMap(({ records }) => records),
          step.resource,
        ),
        ({ ttlSeconds, addresses }) => ({
          properties: { ttl: ttlSeconds, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) },
        }),
      );
    case 'dns-link':
      return there(
        at(
          survey.zones.flatMap(({ links }) => links),
          step.resource,
        ),
        ({ network }) => ({
          properties: { virtualNetwork: { id: network } },
        }),
      );
    case 'private-link-service':
      return survey.linkServices === undefined
        ? { kind: 'unread' }
        : there(at(survey.linkServices, step.resource), () => null);
    case 'private-endpoint':
    case 'endpoint-wait':
      return survey.endpoints === undefined
        ? { kind: 'unread' }
        : there(at(survey.endpoints, step.resource), () => null);
    case 'endpoint-approval':
      return { kind: 'unread' };
    case 'security-rule':
      return ruleAt(step.resource, survey);
    case 'route':
      return routeAt(step.resource, survey);
    case 'subnet-policy':
    case 'route-table':
      return subnetAt(step, survey);
    case 'dns-servers':
      return there(at(networksIn(survey), step.resource), ({ dnsServers }) => ({
        properties: { dhcpOptions: { dnsServers } },
      }));
    default: {
      const never: never = step.kind;
      return never;
    }
  }
}

function at<Seen extends { id: ResourceId }>(seen: readonly Seen[], id: ResourceId): Seen | undefined {
  return seen.find((each) => sameResource(each.id, id));
}

function there<Seen>(seen: Seen | undefined, body: (seen: Seen) => Json): Standing {
  return seen === undefined ? absent : { kind: 'there', body: body(seen) };
}

export function networksIn(survey: Survey) {
  return [...(survey.environment.network === null ? [] : [survey.environment.network]), ...survey.networks];
}

export function peeringAt(id: ResourceId, survey: Survey): PeeringSeen | undefined {
  return at(
    networksIn(survey).flatMap(({ peerings }) => peerings),
    id,
  );
}

function standingPeering(id: ResourceId, survey: Survey): Standing {
  const network = networksIn(survey).find((each) => id.toLowerCase().startsWith(`${each.id.toLowerCase()}/`));
  return network === undefined
    ? { kind: 'unread' }
    : there(peeringAt(id, survey), (peering) => ({
        properties: {
          remoteVirtualNetwork: { id: peering.remoteNetwork },
          allowVirtualNetworkAccess: peering.allowVirtualNetworkAccess,
          allowForwardedTraffic: peering.allowForwardedTraffic,
          allowGatewayTransit: peering.allowGatewayTransit,
          useRemoteGateways: peering.useRemoteGateways,
        },
      }));
}

/** A rule or route is compared by its name only: Azure returns its body in more forms than one. */
function ruleAt(id: ResourceId, { securityGroups = [] }: Survey): Standing {
  const group = securityGroups.find((each) => id.toLowerCase().startsWith(`${each.id.toLowerCase()}/`));
  return group === undefined
    ? { kind: 'unread' }
    : there(
        group.rules.find((rule) => sameResource(`${group.id}/securityRules/${rule.name}`, id)),
        () => null,
      );
}

function routeAt(id: ResourceId, { routeTables = [] }: Survey): Standing {
  const table = routeTables.find((each) => id.toLowerCase().startsWith(`${each.id.toLowerCase()}/`));
  return table === undefined
    ? { kind: 'unread' }
    : there(
        table.routes.find((route) => sameResource(`${table.id}/routes/${route.name}`, id)),
        () => null,
      );
}

function subnetAt({ kind, resource }: Pick<PlanStep, 'kind' | 'resource'>, survey: Survey): Standing {
  const subnet = at(
    networksIn(survey).flatMap(({ subnets = [] }) => subnets),
    resource,
  );
  return subnet === undefined
    ? { kind: 'unread' }
    : {
        kind: 'there',
        body: {
          properties:
            kind === 'subnet-policy'
              ? { privateLinkServiceNetworkPolicies: subnet.linkServicePolicies }
              : { routeTable: subnet.routeTable === null ? null : { id: subnet.routeTable } },
        },
      };
}
