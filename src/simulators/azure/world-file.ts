/**
 * The world as JSON: written for `GET /_sim/world`, read from `POST /_sim/world` and from a file. Resources stand under
 * their lower-case id as GET shows them; subnets and peerings stand twice, under their own id and inside their network.
 * When a network's children have entries of their own, these count and the copies inside are ignored; when they have
 * none (a world written by hand), the copies are taken.
 */
import { BadControlRequest } from '../server.ts';
import { show } from './reads.ts';
import { groupKey, readResourceId, subscriptionKey } from './resource-id.ts';
import { typeNamed } from './resource-types.ts';
import { linkTypeName } from './types/private-dns-zones.ts';
import { type Peering, peeringTypeName, prefixesOf } from './types/peering-state.ts';
import { subnetTypeName } from './types/subnets.ts';
import {
  type Arm,
  type DenyAssignment,
  type DnsServer,
  emptyWorld,
  find,
  type Json,
  type Lock,
  newEtag,
  type Operation,
  type Resource,
  type World,
} from './world.ts';

/** `{"arm": WORLD}` or the parts of WORLD themselves; only the named parts are replaced. */
export interface ArmWorldFile {
  resources?: Record<string, Json>;
  denyAssignments?: DenyAssignment[];
  locks?: Lock[];
  operations?: Operation[];
  publicDns?: Record<string, string[]>;
  dnsServers?: Record<string, DnsServer>;
}

const tenant = '72f988bf-0000-4000-8000-000000000001';

export function writeWorld(arm: Arm): Required<ArmWorldFile> {
  const { world } = arm;
  const resources: [string, Json][] = [
    ...world.subscriptions,
    ...world.groups,
    ...[...world.resources].map(([key, resource]): [string, Json] => [key, show(arm, resource)]),
  ];
  return {
    resources: Object.fromEntries(resources),
    denyAssignments: world.denyAssignments,
    locks: world.locks,
    operations: [...world.operations.values()],
    publicDns: world.publicDns,
    dnsServers: world.dnsServers,
  };
}

export function readWorld(arm: Arm, posted: unknown): void {
  const parts = partsOf(posted);
  const { world } = arm;
  if (parts.resources !== undefined) {
    const { subscriptions, groups, resources } = readResources(arm, parts.resources);
    Object.assign(world, { subscriptions, groups, resources });
  }
  world.denyAssignments = parts.denyAssignments ?? world.denyAssignments;
  world.locks = parts.locks ?? world.locks;
  world.publicDns = parts.publicDns ?? world.publicDns;
  world.dnsServers = parts.dnsServers ?? world.dnsServers;
  if (parts.operations !== undefined) {
    world.operations = new Map(parts.operations.map((operation) => [operation.id, { ...operation }]));
  }
}

/** False for a world file that speaks of other services only. */
export function hasArmPart(posted: unknown): boolean {
  return !isJson(posted) || 'arm' in posted || !('zendesk' in posted || 'slack' in posted);
}

function partsOf(posted: unknown): ArmWorldFile {
  if (!isJson(posted)) {
    throw new BadControlRequest('A world is a JSON object like {"arm":{"resources":{}}}.');
  }
  const parts = 'arm' in posted || !hasArmPart(posted) ? (posted['arm'] ?? {}) : posted;
  if (!isJson(parts) || ('resources' in parts && !isJson(parts['resources']))) {
    throw new BadControlRequest(
      'The ARM world is {"resources":{ID:BODY},"denyAssignments":[],"locks":[],"operations":[]}.',
    );
  }
  for (const list of ['denyAssignments', 'locks', 'operations']) {
    if (list in parts && !Array.isArray(parts[list])) {
      throw new BadControlRequest(`"${list}" in the ARM world is a list.`);
    }
  }
  return parts;
}

/** Reads into a world of its own, so that a mistake in the file leaves the present one as it is. */
function readResources(arm: Arm, bodies: Record<string, Json>): World {
  const world = emptyWorld();
  const scratch = { ...arm, world };
  for (const [id, body] of Object.entries(bodies)) {
    readOne(scratch, id, body);
  }
  for (const resource of world.resources.values()) {
    takeOutChildren(scratch, resource, bodies);
    addScopes(world, resource);
  }
  for (const resource of world.resources.values()) {
    completeBody(scratch, resource);
  }
  return world;
}

function readOne(arm: Arm, id: string, body: unknown): void {
  const key = id.toLowerCase();
  if (!isJson(body)) {
    throw new BadControlRequest(`The body of ${id} in the ARM world is not an object.`);
  }
  if (/^\/subscriptions\/[^/]+$/.test(key)) {
    arm.world.subscriptions.set(key, { ...subscriptionBody(id), ...body });
    return;
  }
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/.test(key)) {
    arm.world.groups.set(key, { ...groupBody(id), ...body });
    return;
  }
  const parsed = readResourceId(id);
  if (parsed === undefined) {
    throw new BadControlRequest(`${id} in the ARM world is no resource id.`);
  }
  arm.world.resources.set(key, {
    id,
    name: parsed.name,
    type: typeNamed(parsed.type)?.name ?? parsed.type,
    etag: newEtag(arm, parsed.type),
    properties: {},
    ...structuredClone(body),
  });
}

function takeOutChildren(arm: Arm, network: Resource, bodies: Record<string, Json>): void {
  const { subnets = [], virtualNetworkPeerings = [], ...properties } = network.properties as Record<string, Json[]>;
  if (network.type.toLowerCase() !== 'microsoft.network/virtualnetworks') {
    return;
  }
  network.properties = properties;
  const keys = new Set(Object.keys(bodies).map((id) => id.toLowerCase()));
  const embedded = [
    ...subnets.map((body) => child(network, 'subnets', subnetTypeName, body)),
    ...virtualNetworkPeerings.map((body) => child(network, 'virtualNetworkPeerings', peeringTypeName, body)),
  ];
  if (embedded.some((resource) => keys.has(resource.id.toLowerCase()))) {
    return;
  }
  for (const resource of embedded) {
    readOne(arm, resource.id, resource);
  }
}

function child(network: Resource, collection: string, type: string, body: Json): Resource {
  const name = String(body['name']);
  return { id: `${network.id}/${collection}/${name}`, name, type, properties: {}, ...body };
}

/** A world written by hand need not list subscriptions and groups: they follow from the ids. */
function addScopes(world: World, resource: Resource): void {
  const [, , subscription = '', , group = ''] = resource.id.split('/');
  if (!world.subscriptions.has(subscriptionKey(subscription))) {
    world.subscriptions.set(subscriptionKey(subscription), subscriptionBody(`/subscriptions/${subscription}`));
  }
  if (!world.groups.has(groupKey(subscription, group))) {
    const made = groupBody(`/subscriptions/${subscription}/resourceGroups/${group}`);
    const location =
      resource.location === undefined || resource.location === 'global' ? {} : { location: resource.location };
    world.groups.set(groupKey(subscription, group), { ...made, ...location });
  }
}

/** What GET always shows and a hand may have left out. */
function completeBody(arm: Arm, resource: Resource): void {
  const type = resource.type.toLowerCase();
  const isRecord = /privatednszones\/(?:a|aaaa|cname|mx|ptr|soa|srv|txt)$/.test(type);
  const { properties } = resource;
  resource.properties = isRecord ? properties : { provisioningState: 'Succeeded', ...properties };
  if (/\/(?:virtualnetworks|virtualnetworkpeerings|loadbalancers)$/.test(type)) {
    resource.properties['resourceGuid'] ??= arm.newId();
  }
  if (type === peeringTypeName.toLowerCase()) {
    const remote = find(arm.world, (properties['remoteVirtualNetwork'] as { id?: string } | undefined)?.id);
    const peering = resource as Peering;
    peering.properties.peeringState ??= 'Initiated';
    peering.properties.remoteAddressSpace ??= { addressPrefixes: prefixesOf(remote) };
  }
  if (type === linkTypeName.toLowerCase()) {
    resource.properties['virtualNetworkLinkState'] ??= 'Completed';
  }
}

function subscriptionBody(id: string): Json {
  const subscriptionId = id.split('/')[2] ?? '';
  return { id, subscriptionId, tenantId: tenant, displayName: subscriptionId, state: 'Enabled' };
}

function groupBody(id: string): Resource {
  return {
    id,
    name: id.split('/').at(-1) ?? '',
    type: 'Microsoft.Resources/resourceGroups',
    location: 'westeurope',
    properties: { provisioningState: 'Succeeded' },
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
