/**
 * What was read from Azure, reduced to what planning needs. Every field was read; what could not be read is in
 * `unread` with the reason, and becomes a finding of level `unknown`.
 */
import type { EnvironmentAt, ResourceId } from './plan.ts';

/** Azure keeps what it did not finish, and says so in the resource's provisioning state. */
export interface MayHaveFailed {
  /** The last write to it failed. It may work nevertheless, be half made, or keep others out until it is written again. */
  failed?: true;
}

/** Kinds that carry tags; absent when there are none. */
export interface MayBeTagged {
  tags?: Readonly<Record<string, string>>;
}

export type PeeringState = 'Initiated' | 'Connected' | 'Disconnected';

export interface PeeringSeen extends MayHaveFailed {
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

export interface NetworkSeen extends MayHaveFailed {
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
  /** Absent when they were not read. */
  subnets?: readonly SubnetSeen[];
  /** Directory of its subscription; absent when it was not read. */
  tenant?: string;
}

export interface SubnetSeen extends MayHaveFailed {
  id: ResourceId;
  name: string;
  prefixes: readonly string[];
  /** `Enabled` forbids private link services in it. */
  linkServicePolicies: 'Enabled' | 'Disabled';
  endpointPolicies: string;
  /** Services that have the subnet for themselves, such as `Microsoft.DBforPostgreSQL/flexibleServers`. */
  delegations: readonly string[];
  securityGroup: ResourceId | null;
  routeTable: ResourceId | null;
  /** Addresses that are taken, as far as Azure lists them; Azure keeps five more for itself. */
  used: number;
}

export interface FrontendSeen {
  loadBalancer: ResourceId;
  /** Of the frontend itself; absent when it was not read. */
  id?: ResourceId;
  name: string;
  /** The subnet of a private frontend. */
  subnet?: ResourceId | null;
  /** The private link service that has this frontend already; a frontend takes one. */
  linkService?: ResourceId | null;
  /** Null when the frontend is public. */
  privateAddress: string | null;
  sku: string;
  /** Ports that its load balancer serves there; absent when they were not read. */
  ports?: readonly number[];
}

/** One Mendix on Azure environment as found in its managed resource group. */
export interface EnvironmentSeen extends EnvironmentAt {
  location: string;
  network: NetworkSeen | null;
  frontends: readonly FrontendSeen[];
  /** The load balancers could not be read, so `frontends` says nothing. */
  frontendsUnread?: true;
  /** The managed application that it belongs to; absent when none was found, or nobody looked. */
  application?: { id: ResourceId; name: string };
}

export interface RecordSeen {
  id: ResourceId;
  name: string;
  addresses: readonly string[];
  ttlSeconds: number;
}

export interface ZoneLinkSeen extends MayHaveFailed, MayBeTagged {
  id: ResourceId;
  name: string;
  network: ResourceId;
  state: string;
  /** A name that the zone does not hold is asked in the public DNS (resolution policy `NxDomainRedirect`). */
  redirects?: boolean;
}

export interface ZoneSeen extends MayHaveFailed, MayBeTagged {
  id: ResourceId;
  name: string;
  records: readonly RecordSeen[];
  links: readonly ZoneLinkSeen[];
}

export type ConnectionState = 'Pending' | 'Approved' | 'Rejected' | 'Disconnected';

/** One endpoint that asked for, or has, a connection to a private link service. */
export interface EndpointConnectionSeen {
  /** `<endpoint>.<guid>` at its end. */
  id: ResourceId;
  endpoint: ResourceId;
  state: ConnectionState;
}

export interface LinkServiceSeen extends MayHaveFailed, MayBeTagged {
  id: ResourceId;
  name: string;
  location: string;
  /** Null when Azure has not given one yet. */
  alias: string | null;
  frontends: readonly ResourceId[];
  /** Subnet from which it takes the addresses that the apps see. */
  natSubnets: readonly ResourceId[];
  /** Subscriptions that may see it; `*`: everybody who knows the alias. */
  visibleTo: readonly string[];
  autoApproves: readonly string[];
  connections: readonly EndpointConnectionSeen[];
}

export interface EndpointSeen extends MayHaveFailed, MayBeTagged {
  id: ResourceId;
  name: string;
  location: string;
  subnet: ResourceId;
  /** Resource id or alias of what it leads to. */
  target: string;
  /** True when the owner of the target has to accept it. */
  manual: boolean;
  state: ConnectionState;
  /** Null until its network interface has one. */
  address: string | null;
}

/** A PostgreSQL flexible server of the environment. */
export interface DatabaseSeen {
  id: ResourceId;
  name: string;
  fqdn: string;
  role: 'primary' | 'replica';
  /** `private`: by a private endpoint or in a subnet of its own. */
  access: 'private' | 'public';
  /** Its private address; null when it could not be found out. */
  address: string | null;
  /** The subnet that the server has for itself; absent or null when a private endpoint leads to it. */
  delegatedSubnet?: ResourceId | null;
}

export interface SecurityRuleSeen extends MayHaveFailed {
  name: string;
  priority: number;
  direction: 'Inbound' | 'Outbound';
  access: 'Allow' | 'Deny';
  protocol: string;
  sources: readonly string[];
  destinations: readonly string[];
  destinationPorts: readonly string[];
}

export interface SecurityGroupSeen {
  id: ResourceId;
  name: string;
  rules: readonly SecurityRuleSeen[];
}

export interface RouteSeen {
  name: string;
  prefix: string;
  nextHop: string;
  nextHopAddress: string | null;
}

export interface RouteTableSeen {
  id: ResourceId;
  name: string;
  routes: readonly RouteSeen[];
}

/** What the bot's identity may do at one scope. */
export interface RightsSeen {
  /** Id of the resource group or network that was asked about. */
  scope: ResourceId;
  /** Patterns such as `Microsoft.Network/virtualNetworks/*`, each with what it leaves out. */
  allowed: readonly { actions: readonly string[]; notActions: readonly string[] }[];
  /** A deny beats every right; `except` is what it leaves open. */
  denied: readonly { name: string; actions: readonly string[]; except: readonly string[] }[];
  locks: readonly { name: string; level: 'CanNotDelete' | 'ReadOnly' }[];
}

/** A policy of the organisation that refuses writes, as far as it can be read. */
export interface PolicySeen {
  name: string;
  /** Management group, subscription, resource group or resource that it holds for. */
  scope: ResourceId;
  /** Type that it refuses, such as `Microsoft.Network/privateEndpoints`. */
  type: string;
  /** Only without this tag; null: always. */
  requiredTag: string | null;
}

/** What a person can choose from: environments and networks that the bot can see and the person may ask for. */
export interface Discovery {
  environments: readonly EnvironmentSeen[];
  networks: readonly NetworkSeen[];
  /** Services of the company behind which something stands that apps may reach; absent when they were not read. */
  linkServices?: readonly LinkServiceSeen[];
  /** Private endpoints that stand in the environments; absent when they were not read. */
  endpoints?: readonly EndpointSeen[];
  /** Private zones at, below or above the environments’ suffixes; absent when they were not read. */
  zones?: readonly ZoneSeen[];
  unread: readonly string[];
}

/** A fresh read of everything one plan touches. */
export interface Survey {
  environment: EnvironmentSeen;
  networks: readonly NetworkSeen[];
  /** Private zones that matter: of the environment's suffix, below it or above it, wherever they are visible. */
  zones: readonly ZoneSeen[];
  unread: readonly string[];
  /** Networks peered with one of these, as far as they may be read; for what a plan opens and closes beyond its own. */
  neighbours?: readonly NetworkSeen[];
  linkServices?: readonly LinkServiceSeen[];
  endpoints?: readonly EndpointSeen[];
  databases?: readonly DatabaseSeen[];
  securityGroups?: readonly SecurityGroupSeen[];
  routeTables?: readonly RouteTableSeen[];
  rights?: readonly RightsSeen[];
  policies?: readonly PolicySeen[];
  /** Whether the environment's subscription may see the private link service whose alias was given. */
  aliasVisible?: boolean;
}

/** ARM ids differ in case between answers; they are equal without it. */
export function sameResource(left: ResourceId, right: ResourceId): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
