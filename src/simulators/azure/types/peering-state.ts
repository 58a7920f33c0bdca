/** What a peering's two halves say about each other. Nothing here changes anything. */
import { sameSpace } from '../address-space.ts';
import {
  type AddressSpace,
  find,
  type Json,
  keyOf,
  listOfType,
  networkKeyOf,
  type Resource,
  type World,
} from '../world.ts';

export const peeringTypeName = 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings';

export type Peering = Resource<{
  provisioningState?: string;
  peeringState: 'Initiated' | 'Connected' | 'Disconnected';
  remoteVirtualNetwork: { id: string };
  /** What the remote network's space was when the halves were last in step. */
  remoteAddressSpace: AddressSpace;
  allowVirtualNetworkAccess?: boolean;
  [more: string]: unknown;
}>;

export function prefixesOf(network: Resource | undefined): string[] {
  const space = network?.properties['addressSpace'] as AddressSpace | undefined;
  return space?.addressPrefixes ?? [];
}

export function peeringsOf(world: World, networkKey: string): Peering[] {
  return listOfType(world, peeringTypeName, networkKey) as Peering[];
}

export function remoteKey(peering: Peering): string {
  return peering.properties.remoteVirtualNetwork.id.toLowerCase();
}

/** The half on the other network that points back, if there is one. */
export function counterpartOf(world: World, peering: Peering): Peering | undefined {
  const own = networkKeyOf(keyOf(peering));
  return peeringsOf(world, remoteKey(peering)).find((other) => remoteKey(other) === own);
}

/** Local: this half has to be synced. Remote: the other half has to be, or does not exist. */
export function syncLevel(world: World, peering: Peering): string {
  const other = counterpartOf(world, peering);
  const own = find(world, networkKeyOf(keyOf(peering)));
  const remote = find(world, remoteKey(peering));
  const known = peering.properties.remoteAddressSpace.addressPrefixes;
  const localInSync = remote === undefined || sameSpace(known, prefixesOf(remote));
  const remoteInSync =
    other !== undefined && sameSpace(other.properties.remoteAddressSpace.addressPrefixes, prefixesOf(own));
  if (localInSync) {
    return remoteInSync ? 'FullyInSync' : 'RemoteNotInSync';
  }
  return remoteInSync ? 'LocalNotInSync' : 'LocalAndRemoteNotInSync';
}

/** The body as GET shows it: what is stored, and what follows from both networks. */
export function showPeering(world: World, peering: Peering): Resource {
  const remote = find(world, remoteKey(peering));
  const computed: Json = {
    peeringSyncLevel: syncLevel(world, peering),
    remoteVirtualNetworkAddressSpace:
      remote === undefined ? peering.properties.remoteAddressSpace : { addressPrefixes: prefixesOf(remote) },
  };
  return { ...peering, properties: { ...peering.properties, ...computed } };
}
