/** What Azure checks before it takes a peering: each rule throws, or names the failure that comes later. */
import { overlaps } from '../address-space.ts';
import { badRequest, invalidReference, notProvisioned } from '../arm-error.ts';
import { linkedResource } from '../linked.ts';
import { operationOn } from '../operations.ts';
import type { Write } from '../resource-type.ts';
import { networkTypeName } from '../type-names.ts';
import { type Failure, find, keyOf, type Resource, type World } from '../world.ts';
import { refuseFailed } from './subnet-use.ts';
import { counterpartOf, type Peering, peeringsOf, prefixesOf, remoteKey } from './peering-state.ts';

const peeringsPerNetwork = 500;
const moreInformation = 'For more information please refer to https://aka.ms/VnetPeeringInfo';

/** The remote network, which must exist, be reachable and stand still. */
export function remoteNetwork(write: Write, remoteId: string): Resource {
  const remote = linkedResource(write, remoteId, { type: networkTypeName, verb: 'peer/action' });
  if (remote === undefined) {
    throw invalidReference(remoteId, write.fullId);
  }
  const key = keyOf(remote);
  if (key !== write.id.parentKey && operationOn(write.arm, key) !== undefined) {
    throw notProvisioned(remote.id, write.fullId);
  }
  refuseFailed(write, remote);
  return remote;
}

export function refuseOtherRemote(write: Write, remote: Resource): void {
  const existing = write.existing as Peering | undefined;
  if (existing !== undefined && remoteKey(existing) !== keyOf(remote)) {
    throw badRequest(
      'ChangingRemoteVirtualNetworkNotAllowed',
      `Cannot update peering ${write.fullId}: its remote virtual network ${existing.properties.remoteVirtualNetwork.id} cannot be changed to ${remote.id}. Delete the peering and create it again.`,
    );
  }
}

export function refuseSecondPeering(write: Write, remote: Resource): void {
  const others = peeringsOf(write.arm.world, write.id.parentKey ?? '').filter(
    (peering) => keyOf(peering) !== write.id.key,
  );
  const same = others.find((peering) => remoteKey(peering) === keyOf(remote));
  if (same !== undefined) {
    throw badRequest(
      'AnotherPeeringAlreadyReferencesRemoteVnet',
      `Peering ${same.id} already references remote virtual network ${remote.id}. Cannot add another peering ${write.fullId} referencing the same remote virtual network.`,
    );
  }
  if (write.existing === undefined && others.length >= peeringsPerNetwork) {
    throw badRequest(
      'VirtualNetworkPeeringsLimitReached',
      `Cannot create more than ${peeringsPerNetwork} peerings on virtual network ${write.parent?.id ?? ''}.`,
    );
  }
}

export function refuseDisconnectedRemote(write: Write, candidate: Peering): void {
  const other = counterpartOf(write.arm.world, candidate);
  if (other?.properties.peeringState === 'Disconnected') {
    throw badRequest(
      'RemotePeeringIsDisconnected',
      `Cannot create or update peering ${write.fullId} because remote peering ${other.id} referencing parent virtual network ${write.parent?.id ?? ''} is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.`,
    );
  }
}

export function refuseOverlap(write: Write, own: Resource, remote: Resource): void {
  const shared = overlaps(prefixesOf(own), prefixesOf(remote));
  if (shared.length > 0) {
    throw badRequest(
      'VnetAddressSpacesOverlap',
      `Cannot create or update peering ${write.fullId}. Virtual networks ${own.id} and ${remote.id} cannot be peered because their address spaces overlap. Overlapping address prefixes: ${shared.join(', ')}. ${moreInformation}`,
    );
  }
}

/** Azure finds this one only while it works, so it is not a refusal: the operation ends with it. */
export function overlapWithPeered(write: Write, own: Resource, remote: Resource): Failure | undefined {
  const { world } = write.arm;
  return (
    clashAmong(world, write, { fresh: own, host: remote, words: ['first', 'second'] }) ??
    clashAmong(world, write, { fresh: remote, host: own, words: ['second', 'first'] })
  );
}

interface Side {
  /** The network that joins. */
  fresh: Resource;
  /** The network whose other peerings stand in the way, Disconnected ones too. */
  host: Resource;
  words: [string, string];
}

function clashAmong(world: World, write: Write, side: Side): Failure | undefined {
  for (const peering of peeringsOf(world, keyOf(side.host))) {
    const third = peering.properties.remoteVirtualNetwork.id;
    const shared = overlaps(prefixesOf(side.fresh), peering.properties.remoteAddressSpace.addressPrefixes);
    if (third.toLowerCase() !== keyOf(side.fresh) && shared.length > 0) {
      const [fresh, host] = side.words;
      const own = find(world, write.id.parentKey)?.id ?? '';
      const remote = side.words[0] === 'first' ? side.host.id : side.fresh.id;
      return {
        code: 'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
        message: `Cannot create or update peering ${write.fullId}. Virtual networks ${own} and ${remote} cannot be peered because address space of the ${fresh} virtual network overlaps with address space of virtual network ${third} already peered with the ${host} virtual network. Overlapping address prefixes: ${shared.join(', ')}. ${moreInformation}`,
      };
    }
  }
  return undefined;
}
