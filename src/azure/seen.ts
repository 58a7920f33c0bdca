/** From the SDK's models to what planning needs. What Azure leaves out gets the value that Azure means by leaving it out. */
import type { LoadBalancer, Subnet, VirtualNetwork, VirtualNetworkPeering } from '@azure/arm-network';
import type { PrivateZone, RecordSet, VirtualNetworkLink } from '@azure/arm-privatedns';
import { addressOf } from '../plan/resource-id.ts';
import type {
  FrontendSeen,
  MayBeTagged,
  MayHaveFailed,
  NetworkSeen,
  PeeringSeen,
  PeeringState,
  RecordSeen,
  SubnetSeen,
  ZoneLinkSeen,
  ZoneSeen,
} from '../plan/world.ts';
import { OddAnswerError } from './errors.ts';
import type { Subscriptions } from './subscriptions.ts';

export function networkSeen(network: VirtualNetwork, subscriptions: Subscriptions): NetworkSeen {
  const id = given(network.id, 'a virtual network without id');
  const { subscription, resourceGroup, name } = addressOf(id);
  const tenant = subscriptions.tenantOf(subscription);
  return {
    id,
    name: network.name ?? name,
    subscription,
    subscriptionName: subscriptions.nameOf(subscription),
    resourceGroup,
    location: network.location ?? '',
    addressPrefixes: network.addressSpace?.addressPrefixes ?? [],
    dnsServers: network.dhcpOptions?.dnsServers ?? [],
    peerings: (network.virtualNetworkPeerings ?? []).map(peeringSeen),
    subnets: (network.subnets ?? []).map(subnetSeen),
    ...(tenant === null ? {} : { tenant }),
    ...failedMark(network),
  };
}

/** Absent as long as all is well: what was read says the same as before. */
export function failedMark({ provisioningState }: { provisioningState?: string }): MayHaveFailed {
  return /^(?:failed|canceled)$/i.test(provisioningState ?? '') ? { failed: true } : {};
}

export function tagsMark({ tags }: MayBeTagged): MayBeTagged {
  return tags === undefined ? {} : { tags };
}

function subnetSeen(subnet: Subnet): SubnetSeen {
  const id = given(subnet.id, 'a subnet without id');
  const single = subnet.addressPrefix === undefined ? [] : [subnet.addressPrefix];
  return {
    id,
    name: subnet.name ?? addressOf(id).name,
    prefixes: subnet.addressPrefixes ?? single,
    linkServicePolicies: subnet.privateLinkServiceNetworkPolicies === 'Disabled' ? 'Disabled' : 'Enabled',
    endpointPolicies: subnet.privateEndpointNetworkPolicies ?? 'Disabled',
    delegations: (subnet.delegations ?? []).flatMap((delegation) => delegation.serviceName ?? []),
    securityGroup: subnet.networkSecurityGroup?.id ?? null,
    routeTable: subnet.routeTable?.id ?? null,
    used: subnet.ipConfigurations?.length ?? 0,
    ...failedMark(subnet),
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
    ...failedMark(peering),
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
    id: given(frontend.id, 'a frontend without id'),
    subnet: frontend.subnet?.id ?? null,
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
    ...tagsMark(zone),
    ...failedMark(zone),
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
    redirects: link.resolutionPolicy === 'NxDomainRedirect',
    ...tagsMark(link),
    ...failedMark(link),
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
