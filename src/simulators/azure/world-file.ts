/**
 * The world as JSON: written for `GET /_sim/world`, read from `POST /_sim/world` and from a file. Resources stand under
 * their lower-case id as GET shows them; subnets and peerings stand twice, under their own id and inside their network.
 * The same goes for rules of security groups, routes of route tables and connections of link services. When such children
 * have entries of their own, these count and the copies inside are ignored; when they have none (a world written by
 * hand), the copies are taken.
 */
import { BadControlRequest } from '../server.ts';
import { completeBody } from './complete-body.ts';
import { collectionsIn } from './embedded.ts';
import { homeTenant } from './identity.ts';
import { show } from './reads.ts';
import { groupKey, readResourceId, subscriptionKey } from './resource-id.ts';
import { typeNamed } from './resource-types.ts';
import {
  type Arm,
  type DenyAssignment,
  type DnsServer,
  emptyWorld,
  type Json,
  type Lock,
  newEtag,
  type Operation,
  type Policy,
  type Resource,
  type RoleAssignment,
  type Site,
  type World,
} from './world.ts';

/** `{"arm": WORLD}` or the parts of WORLD themselves; only the named parts are replaced. */
export interface ArmWorldFile {
  resources?: Record<string, Json>;
  denyAssignments?: DenyAssignment[];
  locks?: Lock[];
  operations?: Operation[];
  roleAssignments?: RoleAssignment[];
  policies?: Policy[];
  unregistered?: string[];
  publicDns?: Record<string, string[]>;
  dnsServers?: Record<string, DnsServer>;
  sites?: Site[];
  listeners?: Record<string, number[]>;
}

const lists = ['denyAssignments', 'locks', 'operations', 'roleAssignments', 'policies', 'unregistered', 'sites'];
/** Parts that are taken as they are. */
const plainParts = [
  'denyAssignments',
  'locks',
  'roleAssignments',
  'policies',
  'unregistered',
  'publicDns',
  'dnsServers',
  'sites',
  'listeners',
] as const;

export function writeWorld(arm: Arm): Required<ArmWorldFile> {
  const { world } = arm;
  const resources: [string, Json][] = [
    ...world.subscriptions,
    ...world.groups,
    ...[...world.resources].map(([key, resource]): [string, Json] => [key, show(arm, resource)]),
  ];
  return {
    resources: Object.fromEntries(resources),
    operations: [...world.operations.values()],
    denyAssignments: world.denyAssignments,
    locks: world.locks,
    roleAssignments: world.roleAssignments,
    policies: world.policies,
    unregistered: world.unregistered,
    publicDns: world.publicDns,
    dnsServers: world.dnsServers,
    sites: world.sites,
    listeners: world.listeners,
  };
}

export function readWorld(arm: Arm, posted: unknown): void {
  const parts = partsOf(posted);
  const { world } = arm;
  if (parts.resources !== undefined) {
    const { subscriptions, groups, resources } = readResources(arm, parts.resources);
    Object.assign(world, { subscriptions, groups, resources });
  }
  for (const name of plainParts) {
    Object.assign(world, { [name]: parts[name] ?? world[name] });
  }
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
  for (const list of lists) {
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

function takeOutChildren(arm: Arm, holder: Resource, bodies: Record<string, Json>): void {
  const collections = collectionsIn(holder);
  const embedded = collections.flatMap(({ property, type }) =>
    ((holder.properties[property] ?? []) as Json[]).map((body) => child(holder, type, body)),
  );
  const inside = new Set(collections.map(({ property }) => property));
  holder.properties = Object.fromEntries(Object.entries(holder.properties).filter(([name]) => !inside.has(name)));
  const keys = new Set(Object.keys(bodies).map((id) => id.toLowerCase()));
  if (embedded.some((resource) => keys.has(resource.id.toLowerCase()))) {
    return;
  }
  for (const resource of embedded) {
    readOne(arm, resource.id, resource);
  }
}

function child(holder: Resource, type: string, body: Json): Resource {
  const name = String(body['name']);
  return { id: `${holder.id}/${type.slice(type.lastIndexOf('/') + 1)}/${name}`, name, type, properties: {}, ...body };
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

function subscriptionBody(id: string): Json {
  const subscriptionId = id.split('/')[2] ?? '';
  return { id, subscriptionId, tenantId: homeTenant, displayName: subscriptionId, state: 'Enabled' };
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
