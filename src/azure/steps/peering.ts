/** One half of a peering. A PUT replaces the whole of it, so every switch is sent. */
import type { VirtualNetworkPeering } from '@azure/arm-network';
import type { PlanStep } from '../../plan/plan.ts';
import { addressOf } from '../../plan/resource-id.ts';
import { type PeeringSeen, sameResource } from '../../plan/world.ts';
import { peeringSeen } from '../seen.ts';
import { submit } from '../long-operation.ts';
import { readOrNull, type Standing, stateOf, type StepWriter } from './step-writer.ts';

interface PeeringBody {
  properties: {
    remoteVirtualNetwork: { id: string };
    allowVirtualNetworkAccess: boolean;
    allowForwardedTraffic: boolean;
    allowGatewayTransit: boolean;
    useRemoteGateways: boolean;
  };
}

export const peeringWriter: StepWriter = {
  family: 'network',
  async read(arm, step) {
    const { subscription, resourceGroup, network, peering } = partsOf(step);
    const client = await arm.network(subscription);
    const found = await readOrNull(() => client.virtualNetworkPeerings.get(resourceGroup, network, peering));
    return found === null ? null : standingOf(found, step);
  },
  async write(arm, step, etag) {
    const { subscription, resourceGroup, network, peering } = partsOf(step);
    const client = await arm.network(subscription);
    const { properties } = step.body as unknown as PeeringBody;
    return submit(
      client.virtualNetworkPeerings.createOrUpdate(
        resourceGroup,
        network,
        peering,
        { ...properties },
        {
          // A peering that is written again also learns the remote network's present addresses.
          ...(step.change === 'update' ? { syncRemoteAddressSpace: 'true' } : {}),
          ...(etag === null ? {} : { requestOptions: { headers: { 'If-Match': etag } } }),
        },
      ),
    );
  },
};

function standingOf(found: VirtualNetworkPeering, step: PlanStep): Standing {
  const seen = peeringSeen(found);
  return {
    etag: found.etag ?? null,
    state: stateOf(found.provisioningState),
    asWanted: step.body === null || isAsWanted(seen, step),
    settling: hasOtherHalf(step) ? waitingFor(seen) : null,
    answer: {
      peeringState: seen.state,
      peeringSyncLevel: seen.syncLevel,
      provisioningState: found.provisioningState ?? null,
    },
  };
}

function isAsWanted(seen: PeeringSeen, step: PlanStep): boolean {
  const { properties } = step.body as unknown as PeeringBody;
  const current = seen.remotePrefixesNow ?? seen.remotePrefixes;
  const knowsAddresses = step.change !== 'update' || current.every((prefix) => seen.remotePrefixes.includes(prefix));
  return (
    knowsAddresses &&
    sameResource(seen.remoteNetwork, properties.remoteVirtualNetwork.id) &&
    seen.allowVirtualNetworkAccess === properties.allowVirtualNetworkAccess &&
    seen.allowForwardedTraffic === properties.allowForwardedTraffic &&
    seen.allowGatewayTransit === properties.allowGatewayTransit &&
    seen.useRemoteGateways === properties.useRemoteGateways
  );
}

/** The half that comes second finds the first one there, so only it can be connected when it is done. */
function hasOtherHalf(step: PlanStep): boolean {
  return step.after.some((id) => /^peering(?:-repair)?\//.test(id));
}

function waitingFor(seen: PeeringSeen): string | null {
  if (seen.state !== 'Connected') {
    return `both halves to be connected (now ${seen.state})`;
  }
  return seen.syncLevel === 'FullyInSync' || seen.syncLevel === ''
    ? null
    : `both networks to know each other’s addresses (now ${seen.syncLevel})`;
}

function partsOf(step: PlanStep) {
  const { subscription, resourceGroup, names } = addressOf(step.resource);
  const [network = '', peering = ''] = names;
  return { subscription, resourceGroup, network, peering };
}
