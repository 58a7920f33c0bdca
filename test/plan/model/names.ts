/** Private zones, their records and links. */
import { addressOfKey, type Json } from '../../../src/plan/plan.ts';
import { sameResource, type Survey, type ZoneSeen } from '../../../src/plan/world.ts';
import { type Properties, refuse, without } from './base.ts';

export function newZone(resource: string, body: Json): ZoneSeen {
  const { tags } = body as { tags: Record<string, string> };
  return { id: resource, name: resource.split('/').at(-1) ?? '', records: [], links: [], tags };
}

export function zoneAt(world: Survey, id: string): ZoneSeen {
  const found = world.zones.find((zone) => sameResource(zone.id, id));
  if (found === undefined) {
    throw new Error(`Azure would refuse: there is no zone ${id}`);
  }
  return found;
}

export function changeZone(world: Survey, id: string, change: (zone: ZoneSeen) => Partial<ZoneSeen>): Survey {
  const zone = zoneAt(world, id);
  return { ...world, zones: world.zones.map((each) => (each === zone ? { ...each, ...change(each) } : each)) };
}

export function writeRecord(world: Survey, resource: string, properties: Properties): Survey {
  const [, zone = '', name = ''] = /^(.*)\/A\/([^/]+)$/.exec(resource) ?? [];
  const entries = properties['aRecords'] as readonly { ipv4Address: Json }[];
  const record = {
    id: resource,
    name,
    addresses: entries.map(({ ipv4Address }) => addressIn(world, ipv4Address)),
    ttlSeconds: properties['ttl'] as number,
  };
  return changeZone(world, zone, ({ records }) => ({ records: [...without(records, resource), record] }));
}

function addressIn(world: Survey, value: Json): string {
  if (typeof value === 'string') {
    return value;
  }
  const id = (value as { [addressOfKey]: string })[addressOfKey];
  const endpoint = world.endpoints?.find((each) => sameResource(each.id, id));
  if (endpoint?.address === null || endpoint === undefined) {
    throw new Error(`Azure would refuse: ${id} has no address yet`);
  }
  refuse(endpoint.state !== 'Approved' && 'the name would lead to an endpoint that nobody has accepted');
  return endpoint.address;
}

export function writeLink(world: Survey, resource: string, properties: Properties): Survey {
  const [, parent = '', name = ''] = /^(.*)\/virtualNetworkLinks\/([^/]+)$/.exec(resource) ?? [];
  const zone = zoneAt(world, parent);
  const { id: network } = properties['virtualNetwork'] as { id: string };
  const clash = world.zones.some(
    (other) =>
      other.name.toLowerCase() === zone.name.toLowerCase() &&
      other.links.some((link) => sameResource(link.network, network)),
  );
  refuse(clash && `${network} is linked to a zone ${zone.name} already`);
  const redirects = properties['resolutionPolicy'] === 'NxDomainRedirect';
  refuse(zone.records.length === 0 && !redirects && `${zone.name} would hide its own name`);
  const link = { id: resource, name, network, state: 'Completed', ...(redirects ? { redirects } : {}) };
  return changeZone(world, parent, ({ links }) => ({ links: [...links, link] }));
}
