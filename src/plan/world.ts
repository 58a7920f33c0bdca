/**
 * What was read from Azure, reduced to what planning needs. Every field was read; what could not be read is in
 * `unread` with the reason, and becomes a finding of level `unknown`.
 */
import type { EnvironmentAt, ResourceId } from './plan.ts';

export type PeeringState = 'Initiated' | 'Connected' | 'Disconnected';

export interface PeeringSeen {
  id: ResourceId;
  name: string;
  remoteNetwork: ResourceId;
  state: PeeringState;
  /** `FullyInSync`, `LocalNotInSync`, `RemoteNotInSync` or `LocalAndRemoteNotInSync`. */
  syncLevel: string;
  /** Prefixes of the remote network as this peering knows them. */
  remotePrefixes: readonly string[];
  /** Prefixes that the remote network has by now, when Azure says so. */
  remotePrefixesNow?: readonly string[];
  allowVirtualNetworkAccess: boolean;
  allowForwardedTraffic: boolean;
  allowGatewayTransit: boolean;
  useRemoteGateways: boolean;
}

export interface NetworkSeen {
  id: ResourceId;
  name: string;
  subscription: string;
  subscriptionName: string;
  resourceGroup: string;
  location: string;
  addressPrefixes: readonly string[];
  /** Own DNS servers of the network; empty means Azure's resolver. */
  dnsServers: readonly string[];
  peerings: readonly PeeringSeen[];
}

export interface FrontendSeen {
  loadBalancer: ResourceId;
  name: string;
  /** Null when the frontend is public. */
  privateAddress: string | null;
  sku: string;
}

/** One Mendix on Azure environment as found in its managed resource group. */
export interface EnvironmentSeen extends EnvironmentAt {
  location: string;
  network: NetworkSeen | null;
  frontends: readonly FrontendSeen[];
  /** The load balancers could not be read, so `frontends` says nothing. */
  frontendsUnread?: true;
}

export interface RecordSeen {
  id: ResourceId;
  name: string;
  addresses: readonly string[];
  ttlSeconds: number;
}

export interface ZoneLinkSeen {
  id: ResourceId;
  name: string;
  network: ResourceId;
  state: string;
}

export interface ZoneSeen {
  id: ResourceId;
  name: string;
  records: readonly RecordSeen[];
  links: readonly ZoneLinkSeen[];
  /** Absent when there are none. */
  tags?: Readonly<Record<string, string>>;
}

/** What a person can choose from: environments and networks that the bot can see and the person may ask for. */
export interface Discovery {
  environments: readonly EnvironmentSeen[];
  networks: readonly NetworkSeen[];
  unread: readonly string[];
}

/** A fresh read of everything one plan touches. */
export interface Survey {
  environment: EnvironmentSeen;
  networks: readonly NetworkSeen[];
  /** Private zones that matter: of the environment's suffix, below it or above it, wherever they are visible. */
  zones: readonly ZoneSeen[];
  unread: readonly string[];
}

/** ARM ids differ in case between answers; they are equal without it. */
export function sameResource(left: ResourceId, right: ResourceId): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
