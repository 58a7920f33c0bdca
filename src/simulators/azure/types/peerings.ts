/**
 * Virtual network peerings. Each half is its own resource: Initiated until the other exists, Connected with it,
 * Disconnected when the other goes.
 */
import { badRequest, notProvisioned } from '../arm-error.ts';
import { operationOn } from '../operations.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { type Arm, find, type Json, keyOf, networkKeyOf, type Resource, store } from '../world.ts';
import { checkGatewayFlags } from './gateway-rules.ts';
import {
  overlapWithPeered,
  refuseDisconnectedRemote,
  refuseOtherRemote,
  refuseOverlap,
  refuseSecondPeering,
  remoteNetwork,
} from './peering-rules.ts';
import { counterpartOf, type Peering, peeringTypeName, prefixesOf, remoteKey, showPeering } from './peering-state.ts';

const defaultFlags = {
  allowVirtualNetworkAccess: true,
  allowForwardedTraffic: false,
  allowGatewayTransit: false,
  useRemoteGateways: false,
  doNotVerifyRemoteGateways: false,
  peerCompleteVnets: true,
};

export const peerings: ResourceType = {
  name: peeringTypeName,
  family: 'network',
  work: 'peering',
  put: putPeering,
  remove: removePeering,
  finished: (arm, resource) => connect(arm, resource as Peering),
  removed: (arm, resource) => disconnect(arm, resource as Peering),
  show: (arm, resource) => showPeering(arm.world, resource as Peering),
};

function putPeering(write: Write): Draft {
  const own = write.parent as Resource;
  const wanted = (write.body['properties'] ?? {}) as Json;
  const remoteId = (wanted['remoteVirtualNetwork'] as { id?: unknown } | undefined)?.id;
  if (typeof remoteId !== 'string') {
    throw badRequest(
      'MissingJsonReferenceId',
      'Value for reference id is missing. Path properties.remoteVirtualNetwork.',
    );
  }
  const remote = remoteNetwork(write, remoteId);
  refuseOtherRemote(write, remote);
  refuseSecondPeering(write, remote);
  refuseOverlap(write, own, remote);
  const candidate = candidatePeering(write, wanted, remote);
  refuseDisconnectedRemote(write, candidate);
  checkGatewayFlags(write, candidate, remote);
  const fails = overlapWithPeered(write, own, remote);
  const space = { addressPrefixes: prefixesOf(remote) };
  return {
    properties: candidate.properties,
    ...(write.query.get('syncRemoteAddressSpace')?.toLowerCase() === 'true'
      ? { onSuccess: { remoteAddressSpace: space } }
      : {}),
    ...(fails === undefined ? {} : { fails }),
  };
}

function candidatePeering(write: Write, wanted: Json, remote: Resource): Peering {
  const existing = write.existing as Peering | undefined;
  const inStep =
    existing?.properties.peeringState === 'Disconnected' ? undefined : existing?.properties.remoteAddressSpace;
  const flags = {
    ...defaultFlags,
    ...Object.fromEntries(Object.entries(wanted).filter(([name]) => name in defaultFlags)),
  };
  return {
    id: write.fullId,
    name: write.id.name,
    type: peeringTypeName,
    properties: {
      resourceGuid: existing?.properties['resourceGuid'] ?? write.arm.newId(),
      peeringState: existing?.properties.peeringState ?? 'Initiated',
      remoteVirtualNetwork: { id: remote.id },
      ...flags,
      remoteAddressSpace: inStep ?? { addressPrefixes: prefixesOf(remote) },
    },
  };
}

function removePeering(arm: Arm, resource: Resource): void {
  const remote = find(arm.world, remoteKey(resource as Peering));
  if (remote !== undefined && operationOn(arm, keyOf(remote)) !== undefined) {
    throw notProvisioned(remote.id, resource.id);
  }
}

/** Both halves are Connected when both are done; a half that is alone (again) is Initiated. */
function connect(arm: Arm, peering: Peering): void {
  const other = counterpartOf(arm.world, peering);
  if (other === undefined) {
    setState(arm, peering, 'Initiated');
    return;
  }
  const { peeringState, provisioningState } = other.properties;
  const ready = peeringState === 'Connected' || provisioningState === 'Succeeded';
  if (ready && peeringState !== 'Disconnected') {
    setState(arm, peering, 'Connected');
    setState(arm, other, 'Connected');
  }
}

/** What the other network's half says once this one has gone. */
export function disconnect(arm: Arm, gone: Peering): void {
  const own = networkKeyOf(keyOf(gone));
  const other = counterpartOf(arm.world, gone);
  if (own !== undefined && other !== undefined) {
    setState(arm, other, 'Disconnected');
  }
}

function setState(arm: Arm, peering: Peering, peeringState: Peering['properties']['peeringState']): void {
  if (peering.properties.peeringState !== peeringState) {
    store(arm, { ...peering, properties: { ...peering.properties, peeringState } });
  }
}
