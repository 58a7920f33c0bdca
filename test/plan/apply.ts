/**
 * A small pure model of Azure: what a survey reads after a step was carried out, and after it was taken back. It refuses
 * what Azure refuses, so that a plan in the wrong order fails here.
 */
import type { Plan, PlanStep, UndoStep } from '../../src/plan/plan.ts';
import {
  type NetworkSeen,
  type PeeringSeen,
  sameResource,
  type SubnetSeen,
  type Survey,
} from '../../src/plan/world.ts';
import { change, changeNetwork, changeSubnet, propertiesOf, refuse, without } from './model/base.ts';
import { changeZone, newZone, writeLink, writeRecord, zoneAt } from './model/names.ts';
import { type PeeringBody, removePeering, writePeering } from './model/peerings.ts';
import {
  accept,
  approve,
  type EndpointBody,
  removeEndpoint,
  removeLinkService,
  type ServiceBody,
  writeEndpoint,
  writeLinkService,
} from './model/private-link.ts';
import { writeRule } from './model/rules.ts';

type Written = Pick<PlanStep, 'kind' | 'resource' | 'body'>;

/** Carries the steps out in the order of their dependencies; `order` says which of several ready ones comes first. */
export function apply(plan: Pick<Plan, 'steps'>, survey: Survey, order: (ready: number) => number = () => 0): Survey {
  return inOrder(plan.steps, survey, order, (world, step) =>
    step.kind === 'endpoint-wait' ? accept(world, step.resource) : step.body === null ? world : write(world, step),
  );
}

export function takeBack(
  steps: readonly UndoStep[],
  survey: Survey,
  order: (ready: number) => number = () => 0,
): Survey {
  return inOrder(steps, survey, order, (world, step) =>
    step.change === 'delete' ? remove(world, step) : write(world, step),
  );
}

function inOrder<Step extends { id: string; after: readonly string[] }>(
  steps: readonly Step[],
  survey: Survey,
  order: (ready: number) => number,
  carryOut: (world: Survey, step: Step) => Survey,
): Survey {
  const open = [...steps];
  const done = new Set<string>();
  let world = survey;
  while (open.length > 0) {
    const ready = open.filter((step) => step.after.every((id) => done.has(id)));
    const next = ready[order(ready.length)];
    if (next === undefined) {
      throw new Error(`No step can start: ${open.map(({ id }) => id).join(', ')}`);
    }
    world = carryOut(world, next);
    done.add(next.id);
    open.splice(open.indexOf(next), 1);
  }
  return world;
}

function write(world: Survey, { kind, resource, body }: Written): Survey {
  const properties = propertiesOf(body);
  switch (kind) {
    case 'peering':
    case 'peering-repair':
      return writePeering(world, resource, properties as unknown as PeeringBody, kind === 'peering-repair');
    case 'subnet-policy':
      return changeSubnet(world, resource, () => ({
        linkServicePolicies: properties['privateLinkServiceNetworkPolicies'] as SubnetSeen['linkServicePolicies'],
      }));
    case 'private-link-service':
      return writeLinkService(world, resource, properties as unknown as ServiceBody);
    case 'private-endpoint':
      return writeEndpoint(world, resource, properties as unknown as EndpointBody);
    case 'endpoint-approval':
      return approve(world, resource);
    case 'dns-zone':
      return { ...world, zones: [...world.zones, newZone(resource, body)] };
    case 'dns-record':
      return writeRecord(world, resource, properties);
    case 'dns-link':
      return writeLink(world, resource, properties);
    case 'dns-servers':
      return changeNetwork(world, resource, () => ({
        dnsServers: (properties['dhcpOptions'] as { dnsServers: string[] }).dnsServers,
      }));
    case 'security-rule':
      return writeRule(world, resource, properties);
    case 'endpoint-wait':
    case 'route':
    case 'route-table':
    default:
      throw new Error(`The model does not know how to write ${kind}.`);
  }
}

function remove(world: Survey, { kind, resource }: Pick<UndoStep, 'kind' | 'resource'>): Survey {
  const [, parent = '', name = ''] = /^(.*)\/[^/]+\/([^/]+)$/.exec(resource) ?? [];
  switch (kind) {
    case 'peering':
      return removePeering(world, resource);
    case 'private-link-service':
      return removeLinkService(world, resource);
    case 'private-endpoint':
      return removeEndpoint(world, resource);
    case 'dns-zone':
      refuse(zoneAt(world, resource).links.length > 0 && 'a zone with links cannot be deleted');
      return { ...world, zones: world.zones.filter(({ id }) => !sameResource(id, resource)) };
    case 'dns-record':
      return changeZone(world, parent, (zone) => ({ records: without(zone.records, resource) }));
    case 'dns-link':
      return changeZone(world, parent, (zone) => ({ links: without(zone.links, resource) }));
    case 'security-rule':
      return {
        ...world,
        securityGroups: change(world.securityGroups ?? [], parent, ({ rules }) => ({
          rules: rules.filter((each) => each.name !== name),
        })),
      };
    case 'peering-repair':
    case 'subnet-policy':
    case 'endpoint-approval':
    case 'endpoint-wait':
    case 'dns-servers':
    case 'route':
    case 'route-table':
    default:
      throw new Error(`The model does not know how to delete ${kind}.`);
  }
}

/** A dead half carries nothing, whatever its switches say. */
function bare(half: PeeringSeen): PeeringSeen {
  return { ...half, allowVirtualNetworkAccess: true, allowForwardedTraffic: false };
}

/** The same world, whatever the order in which Azure lists it. */
export function tidy(survey: Survey): Survey {
  function byId<Seen extends { id: string }>(seen: readonly Seen[]): Seen[] {
    return seen.toSorted((left, right) => (left.id.toLowerCase() < right.id.toLowerCase() ? -1 : 1));
  }
  function network(seen: NetworkSeen): NetworkSeen {
    return {
      ...seen,
      peerings: byId(seen.peerings).map((half) => (half.state === 'Disconnected' ? bare(half) : half)),
    };
  }
  return {
    ...survey,
    environment: {
      ...survey.environment,
      network: survey.environment.network === null ? null : network(survey.environment.network),
    },
    networks: survey.networks.map(network),
    zones: byId(survey.zones).map((zone) =>
      Object.assign({}, zone, { records: byId(zone.records), links: byId(zone.links) }),
    ),
    linkServices: byId(survey.linkServices ?? []),
    endpoints: byId(survey.endpoints ?? []),
  };
}
