/** From the SDK's models to what planning needs. What Azure leaves out gets the value that Azure means by leaving it out. */
import type { LoadBalancer, VirtualNetwork, VirtualNetworkPeering } from '@azure/arm-network';
import type { PrivateZone, RecordSet, VirtualNetworkLink } from '@azure/arm-privatedns';
import { addressOf } from '../plan/resource-id.ts';
import type {
  FrontendSeen,
  NetworkSeen,
  PeeringSeen,
  PeeringState,
  RecordSeen,
  ZoneLinkSeen,
  ZoneSeen,
} from '../plan/world.ts';
import { OddAnswerError } from './errors.ts';

export function networkSeen(network: VirtualNetwork, subscriptionName: string): NetworkSeen {
  const id = given(network.id, 'a virtual network without id');
  const { subscription, resourceGroup, name } = addressOf(id);
  return {
    id,
    name: network.name ?? name,
    subscription,
    subscriptionName,
    resourceGroup,
    location: network.location ?? '',
    addressPrefixes: network.addressSpace?.addressPrefixes ?? [],
    dnsServers: network.dhcpOptions?.dnsServers ?? [],
    peerings: (network.virtualNetworkPeerings ?? []).map(peeringSeen),
  };
}

export function peeringSeen(peering: VirtualNetworkPeering): PeeringSeen {
  const id = given(peering.id, 'a peering without id');
  const now = peering.remoteVirtualNetworkAddressSpace?.addressPrefixes;
  return {
    id,
    name: peering.name ?? addressOf(id).name,
    remoteNetwork: peering.remoteVirtualNetwork?.id ?? '',
    state: stateOf(peering.peeringState),
    syncLevel: peering.peeringSyncLevel ?? '',
    remotePrefixes: peering.remoteAddressSpace?.addressPrefixes ?? [],
    ...(now === undefined ? {} : { remotePrefixesNow: now }),
    allowVirtualNetworkAccess: peering.allowVirtualNetworkAccess ?? true,
    allowForwardedTraffic: peering.allowForwardedTraffic ?? false,
    allowGatewayTransit: peering.allowGatewayTransit ?? false,
    useRemoteGateways: peering.useRemoteGateways ?? false,
  };
}

/** A state that is not known yet is the safest of them: not connected. */
function stateOf(text: string | undefined): PeeringState {
  return text === 'Connected' || text === 'Disconnected' ? text : 'Initiated';
}

export function frontendsSeen(balancer: LoadBalancer): FrontendSeen[] {
  const loadBalancer = given(balancer.id, 'a load balancer without id');
  return (balancer.frontendIPConfigurations ?? []).map((frontend) => ({
    loadBalancer,
    name: frontend.name ?? '',
    privateAddress: frontend.privateIPAddress ?? null,
    sku: balancer.sku?.name ?? 'Basic',
  }));
}

export function zoneSeen(
  zone: PrivateZone,
  records: readonly RecordSet[],
  links: readonly VirtualNetworkLink[],
): ZoneSeen {
  const id = given(zone.id, 'a private zone without id');
  return {
    id,
    name: zone.name ?? addressOf(id).name,
    records: records.map(recordSeen),
    links: links.map(linkSeen),
    ...(zone.tags === undefined ? {} : { tags: zone.tags }),
  };
}

function recordSeen(record: RecordSet): RecordSeen {
  const id = given(record.id, 'a record set without id');
  return {
    id,
    name: record.name ?? addressOf(id).name,
    addresses: (record.aRecords ?? []).flatMap((entry) => entry.ipv4Address ?? []),
    ttlSeconds: record.ttl ?? 0,
  };
}

function linkSeen(link: VirtualNetworkLink): ZoneLinkSeen {
  const id = given(link.id, 'a zone link without id');
  return {
    id,
    name: link.name ?? addressOf(id).name,
    network: link.virtualNetwork?.id ?? '',
    state: link.virtualNetworkLinkState ?? '',
  };
}

/** @throws {OddAnswerError} */
export function given(text: string | undefined, what: string): string {
  if (text === undefined || text === '') {
    throw new OddAnswerError(
      `Reading Azure: the answer holds ${what}. Try again; if it stays, look for a proxy that answers in Azure’s place.`,
    );
  }
  return text;
}
