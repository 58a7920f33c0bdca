/**
 * What stands in the simulated cloud: resources by lower-case id, operations on their way, and who may not do what.
 * Nothing here knows HTTP.
 */
import type { Budgets } from './budgets.ts';
import type { Pace } from './pace.ts';

export type Json = Record<string, unknown>;

/** A resource as it is stored: children (subnets, peerings) stand on their own and are embedded when shown. */
export interface Resource<P extends Json = Json> {
  /** In the case in which it was made. */
  id: string;
  name: string;
  type: string;
  etag?: string;
  location?: string;
  properties: P;
  [more: string]: unknown;
}

export interface SubResource {
  id: string;
}

export interface AddressSpace {
  addressPrefixes: string[];
}

/** The publisher of a managed application denies everything but a few actions inside its managed resource group. */
export interface DenyAssignment {
  id?: string;
  name?: string;
  scope: string;
  /** Patterns with `*`, as in `Microsoft.Network/virtualNetworks/*`. */
  actions: string[];
  notActions?: string[];
  /** What the publisher exempts; read like `notActions`. */
  excludedActions?: string[];
}

export interface Lock {
  scope: string;
  level: 'ReadOnly' | 'CanNotDelete';
  name?: string;
}

/**
 * What the caller may do below a scope. A subscription in which there is none is the caller's own: everything is allowed
 * there. So a world has to speak of rights only where they are limited.
 */
export interface RoleAssignment {
  scope: string;
  /** Patterns with `*`, as in role definitions. */
  actions: string[];
  notActions?: string[];
}

/** Refuses to write resources of a type below a scope. */
export interface Policy {
  name: string;
  scope: string;
  /** As in `Microsoft.Network/privateEndpoints`. */
  type: string;
  /** Only bodies without this tag are refused; absent: all. */
  requiredTag?: string;
}

/** A place outside of Azure, such as an office, that hangs on the gateway of a network. */
export interface Site {
  name: string;
  /** Id of the virtual network gateway. */
  gateway: string;
  prefixes: string[];
  /** Ports that are open there, by address. */
  hosts?: Record<string, number[]>;
}

/** `keep`: the resource stays, in state Failed; otherwise what stood there before comes back. */
export interface Failure {
  code: string;
  message: string;
  keep?: boolean;
}

/** Work that was accepted. Its state is a function of the clock: see settle.ts. */
export interface Operation {
  /** The last part of its URL. */
  id: string;
  /** Path of its status on the public endpoint. */
  statusPath: string;
  /** Lower-case id of the resource. */
  resource: string;
  /** `settle` is the service's own later work, which has no URL that anybody was told; `ask` changes nothing. */
  action: 'create' | 'update' | 'delete' | 'settle' | 'ask';
  status: 'InProgress' | 'Succeeded' | 'Failed';
  acceptedAt: string;
  completesAt: string;
  error?: { code: string; message: string };
  /** What it will end with instead of success. */
  fails?: Failure;
  /** What its result says when it is over. */
  answer?: Json;
  /** Properties that become true when it succeeds. */
  onSuccess?: Json;
  /** Lower-case id of a network that nobody else may write as long as this goes on. */
  takes?: string;
  /** What stood there before. */
  before?: Resource;
  /** Its URL answers 404 although the work goes on. */
  lost?: boolean;
}

export interface DnsServer {
  /** Id of the network in which it stands; absent: outside of Azure, in a site or on the internet. */
  network?: string;
  /** Whether it asks Azure's resolver (168.63.129.16) for what it does not know itself; only from inside Azure. */
  forwardsToAzure?: boolean;
  /** Addresses of other DNS servers of this world, by the domain for which they are asked. */
  forwarders?: Record<string, string>;
  /** Names it answers itself, `*.` allowed. */
  records?: Record<string, string[]>;
}

export interface World {
  subscriptions: Map<string, Json>;
  groups: Map<string, Resource>;
  resources: Map<string, Resource>;
  denyAssignments: DenyAssignment[];
  locks: Lock[];
  roleAssignments: RoleAssignment[];
  policies: Policy[];
  /** Ids of subscriptions that are not registered for Microsoft.Network. */
  unregistered: string[];
  operations: Map<string, Operation>;
  /** Stand-in for the public DNS: names (`*.` allowed) with addresses, or with the one name that they stand for. */
  publicDns: Record<string, string[]>;
  /** Own DNS servers by address, for networks whose `dhcpOptions` name them. */
  dnsServers: Record<string, DnsServer>;
  sites: Site[];
  /** Ports on which the machine behind a network interface answers, by the interface's id. */
  listeners: Record<string, number[]>;
}

/** The world with what it needs to live: a clock, ids and durations. */
export interface Arm {
  world: World;
  pace: Pace;
  budgets: Budgets;
  now: () => Temporal.Instant;
  newId: () => string;
}

export const publicEndpoint = 'https://management.azure.com';

export function emptyWorld(): World {
  return {
    subscriptions: new Map(),
    groups: new Map(),
    resources: new Map(),
    denyAssignments: [],
    locks: [],
    roleAssignments: [],
    policies: [],
    unregistered: [],
    operations: new Map(),
    publicDns: {},
    dnsServers: {},
    sites: [],
    listeners: {},
  };
}

export function find(world: World, id: string | undefined): Resource | undefined {
  return id === undefined ? undefined : world.resources.get(id.toLowerCase());
}

/** Resources of one type, in the order in which they were made; `under` is the lower-case id of what holds them. */
export function listOfType(world: World, type: string, under = ''): Resource[] {
  const wanted = type.toLowerCase();
  const prefix = `${under}/`;
  return [...world.resources.entries()]
    .filter(([key, resource]) => resource.type.toLowerCase() === wanted && key.startsWith(prefix))
    .map(([, resource]) => resource);
}

/** A property that is a text; anything else is as good as none. */
export function textIn(body: Json | undefined, name: string, otherwise = ''): string {
  const value = body?.[name];
  return typeof value === 'string' ? value : otherwise;
}

export function keyOf(resource: { id: string }): string {
  return resource.id.toLowerCase();
}

/** Stores a changed resource. Every change has a new etag, also one that nobody asked for. */
export function store(arm: Arm, resource: Resource): Resource {
  const key = keyOf(resource);
  const stored = { ...resource, etag: newEtag(arm, resource.type) };
  arm.world.resources.set(key, stored);
  touchHolderOf(arm, key);
  return stored;
}

export function discard(arm: Arm, key: string): void {
  arm.world.resources.delete(key);
  touchHolderOf(arm, key);
}

/** The network to which a subnet or a peering belongs, else undefined. */
export function networkKeyOf(key: string): string | undefined {
  return /^(.*\/virtualnetworks\/[^/]+)\/(?:subnets|virtualnetworkpeerings)\/[^/]+$/.exec(key)?.[1];
}

/** The resource in whose body this one is shown, and which is written together with it; else undefined. */
export function holderKeyOf(key: string): string | undefined {
  return (
    networkKeyOf(key) ??
    /^(.*\/(?:networksecuritygroups|routetables|privatelinkservices)\/[^/]+)\/(?:securityrules|routes|privateendpointconnections)\/[^/]+$/.exec(
      key,
    )?.[1]
  );
}

/** What shows a child changes its etag with it. */
function touchHolderOf(arm: Arm, key: string): void {
  const holderKey = holderKeyOf(key);
  const holder = holderKey === undefined ? undefined : arm.world.resources.get(holderKey);
  if (holderKey !== undefined && holder !== undefined) {
    arm.world.resources.set(holderKey, { ...holder, etag: newEtag(arm, holder.type) });
  }
}

/** Network resources have weak etags in quotes, private DNS has bare ones. */
export function newEtag(arm: Arm, type: string): string {
  return /privatednszones/i.test(type) ? arm.newId() : `W/"${arm.newId()}"`;
}
