/**
 * Private endpoints, and who accepts their connection: nobody has to when the service accepts by itself, we do when we
 * may, and otherwise the owner of the service, which can take days.
 */
import type { DraftStep } from './draft-step.ts';
import { care, stop, unknown } from './finding.ts';
import { limits } from './limits.ts';
import { freeName, longestName, nameBy } from './naming.ts';
import { subnetsUnread } from './plan-link-service.ts';
import type { Finding, Json, ResourceId } from './plan.ts';
import { groupOf, networkOf, shortName } from './resource-id.ts';
import type { Wish } from './scenario.ts';
import { endpointSubnets } from './subnet-choice.ts';
import { type EndpointSeen, type NetworkSeen, sameResource, type SubnetSeen, type Survey } from './world.ts';

/** What an endpoint leads to. */
export interface EndpointTarget {
  /** Resource id of the private link service; null when only its alias is known. */
  id: ResourceId | null;
  alias: string | null;
  name: string;
  /** The step that makes it; null when it is there. */
  step: DraftStep | null;
  accepts: 'by-itself' | 'by-us' | 'by-its-owner';
}

export interface EndpointPlan {
  findings: readonly Finding[];
  /** Null when it cannot be planned. */
  endpoint: { id: ResourceId; seen: EndpointSeen | null; subnet: SubnetSeen | null; accepted: DraftStep } | null;
  drafts: readonly DraftStep[];
}

export function planEndpoint(wish: Wish, network: NetworkSeen, target: EndpointTarget, what: string): EndpointPlan {
  const there = (wish.survey.endpoints ?? []).filter((endpoint) => isFor(endpoint, network, target));
  const alive = there.filter(({ state }) => state === 'Approved' || state === 'Pending');
  const seen = alive.find(({ state }) => state === 'Approved') ?? alive[0] ?? null;
  const dead = there.filter((endpoint) => !alive.includes(endpoint)).map((endpoint) => deadEndpoint(endpoint, network));
  if (seen !== null) {
    return usePresent(wish, network, target, { seen, what });
  }
  if (network.subnets === undefined) {
    return { findings: [...dead, subnetsUnread(network)], endpoint: null, drafts: [] };
  }
  const [subnet] = endpointSubnets(network);
  if (subnet === undefined) {
    return { findings: [...dead, noSubnet(network)], endpoint: null, drafts: [] };
  }
  const name = freeName(endpointName(wish, what), takenNames(wish.survey, network), longestName.endpoint);
  const step: DraftStep = {
    kind: 'private-endpoint',
    change: 'create',
    resource: `${groupOf(network.id)}/providers/Microsoft.Network/privateEndpoints/${name}`,
    needs: target.step === null ? [] : [target.step],
    title: `Create the private endpoint ${name} to ${target.name} in ${network.name} (subnet ${subnet.name})`,
    before: null,
    body: endpointBody(wish, network, target, { name, subnet, what }),
  };
  const acceptance = acceptanceStep(step, target, null);
  return {
    findings: dead,
    endpoint: { id: step.resource, seen: null, subnet, accepted: acceptance ?? step },
    drafts: acceptance === null ? [step] : [step, acceptance],
  };
}

function isFor(endpoint: EndpointSeen, network: NetworkSeen, target: EndpointTarget): boolean {
  const leadsThere =
    (target.id !== null && sameResource(endpoint.target, target.id)) ||
    (target.alias !== null && endpoint.target.toLowerCase() === target.alias.toLowerCase());
  return leadsThere && sameResource(networkOf(endpoint.subnet) ?? '', network.id);
}

function endpointName({ naming }: Wish, what: string): string {
  return nameBy(naming, what, longestName.endpoint);
}

function takenNames({ endpoints = [] }: Survey, network: NetworkSeen): Set<string> {
  const beside = endpoints.filter(({ id }) => sameResource(groupOf(id), groupOf(network.id)));
  return new Set(beside.map(({ name }) => name.toLowerCase()));
}

function usePresent(
  wish: Wish,
  network: NetworkSeen,
  target: EndpointTarget,
  { seen, what }: { seen: EndpointSeen; what: string },
): EndpointPlan {
  const own = seen.name.toLowerCase().startsWith(endpointName(wish, what).toLowerCase());
  const step: DraftStep = {
    kind: 'private-endpoint',
    change: own ? 'keep' : 'adopt',
    resource: seen.id,
    needs: target.step === null ? [] : [target.step],
    title: own
      ? `The private endpoint ${seen.name} is there already`
      : `Use the private endpoint ${seen.name} of somebody else`,
    before: { state: seen.state, subnet: seen.subnet },
    body: null,
  };
  const acceptance = acceptanceStep(step, target, seen);
  return {
    findings: seen.address === null ? [addressUnread(seen)] : [],
    endpoint: {
      id: seen.id,
      seen,
      subnet: network.subnets?.find(({ id }) => sameResource(id, seen.subnet)) ?? null,
      accepted: acceptance ?? step,
    },
    drafts: acceptance === null ? [step] : [step, acceptance],
  };
}

function endpointBody(
  wish: Wish,
  network: NetworkSeen,
  target: EndpointTarget,
  { name, subnet, what }: { name: string; subnet: SubnetSeen; what: string },
): Json {
  const automatic = target.accepts === 'by-itself';
  const case_ = wish.tags['causeway-case'];
  const message = `Causeway${case_ === undefined ? '' : ` ${case_}`}: ${what}`.slice(0, limits.requestMessage);
  const connection: Json = {
    name,
    properties: {
      privateLinkServiceId: target.id ?? target.alias,
      ...(automatic ? {} : { requestMessage: message }),
    },
  };
  return {
    location: network.location,
    tags: wish.tags,
    properties: {
      subnet: { id: subnet.id },
      ...(automatic
        ? { privateLinkServiceConnections: [connection] }
        : { manualPrivateLinkServiceConnections: [connection] }),
    },
  };
}

/**
 * Accepting is an update, because the connection comes into being, pending, with its endpoint. Waiting for an owner
 * writes nothing; it names the endpoint, because the service itself may be out of sight.
 */
function acceptanceStep(endpoint: DraftStep, target: EndpointTarget, seen: EndpointSeen | null): DraftStep | null {
  const done = seen?.state === 'Approved';
  const name = shortName(endpoint.resource);
  // A service that accepts by itself does so only at the moment at which the endpoint is made.
  if (target.accepts === 'by-itself' && seen?.state !== 'Pending') {
    return null;
  }
  if (target.accepts !== 'by-its-owner' && target.id !== null) {
    return {
      kind: 'endpoint-approval',
      change: done ? 'keep' : 'update',
      resource: `${target.id}/privateEndpointConnections/${name}`,
      needs: [endpoint],
      title: done ? `${target.name} accepts ${name} already` : `Accept the endpoint ${name} on ${target.name}`,
      before: connectionState(done ? 'Approved' : 'Pending', null),
      body: done ? null : connectionState('Approved', `Accepted by Causeway for ${name}`),
    };
  }
  return {
    kind: 'endpoint-wait',
    change: done ? 'keep' : 'adopt',
    resource: endpoint.resource,
    needs: [endpoint],
    title: done
      ? `The owner of ${target.name} has accepted ${name}`
      : `Wait until the owner of ${target.name} accepts ${name}`,
    before: connectionState(done ? 'Approved' : 'Pending', null),
    body: null,
  };
}

function connectionState(status: string, description: string | null): Json {
  return {
    properties: { privateLinkServiceConnectionState: { status, ...(description === null ? {} : { description }) } },
  };
}

function deadEndpoint({ name, state }: EndpointSeen, network: NetworkSeen): Finding {
  return care(
    'EndpointIsDead',
    `The private endpoint ${name} in ${network.name} leads to the same service, but its connection is ${state.toLowerCase()} and cannot be revived; the plan makes a new one beside it.`,
    state === 'Rejected'
      ? 'Ask the owner of the service why it was rejected before you approve, and delete the old endpoint.'
      : 'Delete the old endpoint when the new one works.',
  );
}

function addressUnread({ name }: EndpointSeen): Finding {
  return unknown(
    'EndpointAddressNotRead',
    `I could not read the address of the private endpoint ${name}, so I cannot compare the name with it.`,
    'Give the bot’s identity the right to read its network interface and plan again, or go on: the record is written by the endpoint’s address.',
  );
}

function noSubnet(network: NetworkSeen): Finding {
  return stop(
    'SubnetIsFull',
    `No subnet of ${network.name} can take a private endpoint: each is full, or kept for one kind of resource.`,
    'Add a subnet with room to the network, then plan again.',
  );
}
