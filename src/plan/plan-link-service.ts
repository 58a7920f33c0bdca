/**
 * The private link service on the frontend behind which the apps answer. A frontend takes one such service, so one that
 * is there is used; a new one takes its addresses from a subnet of the environment's network whose policy allows it, and
 * is visible only to the subscriptions of the networks that were named.
 */
import { frontendId } from './apps.ts';
import type { DraftStep } from './draft-step.ts';
import { care, stop, unknown } from './finding.ts';
import { freeName, longestName, nameBy } from './naming.ts';
import type { Finding, Json, ResourceId } from './plan.ts';
import { groupOf, shortName } from './resource-id.ts';
import type { Wish } from './scenario.ts';
import { linkServiceSubnets } from './subnet-choice.ts';
import { type FrontendSeen, type LinkServiceSeen, type NetworkSeen, sameResource, type SubnetSeen } from './world.ts';

export interface LinkServicePlan {
  findings: readonly Finding[];
  /** Null when it cannot be planned. */
  service: { id: ResourceId; seen: LinkServiceSeen | null; step: DraftStep } | null;
  drafts: readonly DraftStep[];
}

export function planLinkService(wish: Wish, ours: NetworkSeen, frontend: FrontendSeen): LinkServicePlan {
  const id = frontendId(frontend);
  const seen =
    wish.survey.linkServices?.find(({ frontends }) => frontends.some((each) => sameResource(each, id))) ?? null;
  if (seen !== null) {
    return usePresent(wish, ours, seen);
  }
  if (typeof frontend.linkService === 'string') {
    return useUnread(frontend.linkService);
  }
  const refusals = checkFrontend(wish, frontend);
  return refusals.length > 0 ? { findings: refusals, service: null, drafts: [] } : makeNew(wish, ours, frontend);
}

function usePresent(wish: Wish, ours: NetworkSeen, seen: LinkServiceSeen): LinkServicePlan {
  const own = seen.name.toLowerCase() === serviceName(wish).toLowerCase();
  const step = presentStep(seen.id, own ? 'keep' : 'adopt', {
    name: seen.name,
    frontends: seen.frontends,
    autoApproves: seen.autoApproves,
  });
  const subnets = (ours.subnets ?? []).filter(({ id }) => seen.natSubnets.some((nat) => sameResource(nat, id)));
  return {
    findings: [],
    service: { id: seen.id, seen, step },
    drafts: [...subnets.map(policyStep), step],
  };
}

/** The frontend says that it has one, but it could not be read. */
function useUnread(id: ResourceId): LinkServicePlan {
  const name = shortName(id);
  const step = presentStep(id, 'adopt', { name });
  return {
    findings: [
      unknown(
        'LinkServiceNotRead',
        `The load balancer has a private link service already (${name}), which I could not read; a frontend takes one only, so the plan uses it.`,
        'Give the bot’s identity the right to read it and plan again, or go on: the first write will tell.',
      ),
    ],
    service: { id, seen: null, step },
    drafts: [step],
  };
}

function presentStep(id: ResourceId, change: 'keep' | 'adopt', before: Json): DraftStep {
  const name = shortName(id);
  const title =
    change === 'keep'
      ? `The private link service ${name} is there already`
      : `Use the private link service ${name} of somebody else`;
  return { kind: 'private-link-service', change, resource: id, needs: [], title, before, body: null };
}

function serviceName({ naming, survey }: Wish): string {
  return nameBy(naming, `${survey.environment.name}-apps`, longestName.linkService);
}

function checkFrontend({ survey }: Wish, frontend: FrontendSeen): Finding[] {
  const name = survey.environment.name;
  return frontend.sku.toLowerCase() === 'standard'
    ? []
    : [
        stop(
          'StandardLoadBalancerNeeded',
          `The internal load balancer of ${name} is of the ${frontend.sku} kind; a private link service stands on a Standard one only.`,
          'Open a ticket and ask for a Standard load balancer, or connect by peering.',
        ),
      ];
}

function makeNew(wish: Wish, ours: NetworkSeen, frontend: FrontendSeen): LinkServicePlan {
  const { survey } = wish;
  if (ours.subnets === undefined) {
    return { findings: [subnetsUnread(ours)], service: null, drafts: [] };
  }
  const [subnet] = linkServiceSubnets(ours, frontend.subnet ?? null);
  if (subnet === undefined) {
    return { findings: [noSubnet(ours)], service: null, drafts: [] };
  }
  const taken = new Set((survey.linkServices ?? []).filter(isIn(ours)).map(({ name }) => name.toLowerCase()));
  const name = freeName(serviceName(wish), taken, longestName.linkService);
  const policy = policyStep(subnet);
  const step: DraftStep = {
    kind: 'private-link-service',
    change: 'create',
    resource: `${groupOf(ours.id)}/providers/Microsoft.Network/privateLinkServices/${name}`,
    needs: [policy],
    title: `Create the private link service ${name} on the internal load balancer of ${survey.environment.name}`,
    before: null,
    body: serviceBody(wish, ours, frontend, subnet),
  };
  return {
    findings: [clusterOwnsBalancer(wish)],
    service: { id: step.resource, seen: null, step },
    drafts: [policy, step],
  };
}

function isIn(network: NetworkSeen): (service: LinkServiceSeen) => boolean {
  return ({ id }) => sameResource(groupOf(id), groupOf(network.id));
}

function serviceBody(wish: Wish, ours: NetworkSeen, frontend: FrontendSeen, subnet: SubnetSeen): Json {
  const consumers = [...new Set(wish.survey.networks.map(({ subscription }) => subscription))].toSorted();
  return {
    location: ours.location,
    tags: wish.tags,
    properties: {
      loadBalancerFrontendIpConfigurations: [{ id: frontendId(frontend) }],
      ipConfigurations: [
        {
          name: subnet.name,
          properties: {
            subnet: { id: subnet.id },
            primary: true,
            privateIPAllocationMethod: 'Dynamic',
            privateIPAddressVersion: 'IPv4',
          },
        },
      ],
      visibility: { subscriptions: consumers },
      autoApproval: { subscriptions: [] },
      enableProxyProtocol: false,
    },
  };
}

/** One property of the subnet; also named when nothing has to change, so that a plan reads the same afterwards. */
function policyStep(subnet: SubnetSeen): DraftStep {
  const body: Json = { properties: { privateLinkServiceNetworkPolicies: 'Disabled' } };
  const isSet = subnet.linkServicePolicies === 'Disabled';
  // Azure takes nothing into a subnet whose last write failed, so it is written again as it is.
  const ready = isSet && subnet.failed !== true;
  return {
    kind: 'subnet-policy',
    change: ready ? 'keep' : 'update',
    resource: subnet.id,
    needs: [],
    title: ready
      ? `The subnet ${subnet.name} lets private link services take addresses already`
      : isSet
        ? `Write the subnet ${subnet.name} again as it is, because the last change of it failed`
        : `Let private link services take addresses of the subnet ${subnet.name}`,
    before: { properties: { privateLinkServiceNetworkPolicies: subnet.linkServicePolicies } },
    body: ready ? null : body,
  };
}

export function subnetsUnread(network: NetworkSeen): Finding {
  return unknown(
    'SubnetsNotRead',
    `I could not read the subnets of ${network.name}, so I cannot choose one.`,
    'Ask for the role Reader on the network for the bot’s identity, then plan again.',
  );
}

function noSubnet(ours: NetworkSeen): Finding {
  return stop(
    'SubnetIsFull',
    `No subnet of ${ours.name} can lend an address to a private link service: each is full, or kept for one kind of resource.`,
    'Open a ticket and ask for a subnet with room in the environment’s network, or connect by peering.',
  );
}

function clusterOwnsBalancer({ survey }: Wish): Finding {
  return care(
    'ClusterOwnsLoadBalancer',
    `The load balancer belongs to the cluster of ${survey.environment.name}. When the cluster builds it anew, the private link service on it can lose its frontend.`,
    'Plan again when the apps stop opening over Private Link after maintenance; the plan shows what is missing.',
  );
}
