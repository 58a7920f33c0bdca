/**
 * What a virtual network answers when somebody in it asks for a name, computed from the private zones that are linked to
 * it. A private zone never falls back: the most specific linked zone that covers a name answers, or says that there is no
 * such name.
 */
import type { ResourceId } from './plan.ts';
import { type NetworkSeen, sameResource, type ZoneSeen } from './world.ts';

export type Resolution =
  | { kind: 'answered'; addresses: readonly string[]; zone: string }
  /** A linked zone covers the name and has no record for it. */
  | { kind: 'hidden'; zone: string }
  /** No linked zone covers it, so public DNS answers. */
  | { kind: 'public' }
  /** The network asks its own servers first; what those do cannot be read from Azure. */
  | { kind: 'own-servers'; servers: readonly string[] };

export function resolveName(name: string, network: NetworkSeen, zones: readonly ZoneSeen[]): Resolution {
  return network.dnsServers.length > 0
    ? { kind: 'own-servers', servers: network.dnsServers }
    : resolveLinked(name, network, zones);
}

/** What the zones say that are linked to the network, whoever asks there. */
export function resolveLinked(name: string, network: { id: ResourceId }, zones: readonly ZoneSeen[]): Resolution {
  const linked = linkedZones(network, zones);
  for (const lookup of [name, ...publicAliases(name)]) {
    const zone = coveringZone(lookup, linked);
    const addresses = zone === null ? undefined : recordFor(zone, lookup)?.addresses;
    if (zone !== null && addresses !== undefined) {
      return { kind: 'answered', addresses, zone: zone.name };
    }
    if (zone !== null && !redirects(zone, network)) {
      return { kind: 'hidden', zone: zone.name };
    }
  }
  return { kind: 'public' };
}

/**
 * Azure's public DNS leads the name of a database that has a private endpoint on to its `privatelink` name, which a
 * private zone then answers.
 */
export function publicAliases(name: string): string[] {
  const match = /^([^.]+)\.(postgres\.database\.[a-z0-9.-]+)$/i.exec(name);
  return match === null ? [] : [`${match[1] ?? ''}.privatelink.${match[2] ?? ''}`];
}

/** Zones of Azure's own services can send on to the public DNS what they do not hold; no other zone can. */
export function redirectsByName(zone: string): boolean {
  return zone.toLowerCase().startsWith('privatelink.');
}

function redirects(zone: ZoneSeen, network: { id: ResourceId }): boolean {
  return zone.links.some((link) => sameResource(link.network, network.id) && link.redirects === true);
}

export function linkedZones(network: { id: ResourceId }, zones: readonly ZoneSeen[]): ZoneSeen[] {
  return zones.filter((zone) => zone.links.some((link) => sameResource(link.network, network.id)));
}

/** The most specific of the zones that the name lies in. */
export function coveringZone(name: string, zones: readonly ZoneSeen[]): ZoneSeen | null {
  const covering = zones.filter((zone) => isWithin(name, zone.name));
  return covering.toSorted((left, right) => right.name.length - left.name.length)[0] ?? null;
}

/** True for the name itself and for everything below it. */
export function isWithin(name: string, zone: string): boolean {
  const [lower, above] = [name.toLowerCase(), zone.toLowerCase()];
  return lower === above || lower.endsWith(`.${above}`);
}

/** Name of a record relative to its zone; `@` is the zone's own name. */
export function relativeName(name: string, zone: string): string {
  return name.length === zone.length ? '@' : name.slice(0, -(zone.length + 1)).toLowerCase();
}

/**
 * The record that answers: the exact one, else the closest wildcard. A wildcard stops at a name that exists, also at one
 * that only has names below it (RFC 4592).
 */
export function recordFor(zone: ZoneSeen, name: string): ZoneSeen['records'][number] | null {
  const relative = relativeName(name, zone.name);
  const exact = recordNamed(zone, relative);
  if (exact !== null || relative === '@' || hasBelow(zone, relative)) {
    return exact;
  }
  const labels = relative.split('.');
  for (let index = 1; index <= labels.length; index += 1) {
    const above = labels.slice(index).join('.');
    const wildcard = recordNamed(zone, above === '' ? '*' : `*.${above}`);
    if (wildcard !== null || above === '' || recordNamed(zone, above) !== null || hasBelow(zone, above)) {
      return wildcard;
    }
  }
  return null;
}

function recordNamed(zone: ZoneSeen, relative: string): ZoneSeen['records'][number] | null {
  return zone.records.find((record) => record.name.toLowerCase() === relative) ?? null;
}

function hasBelow(zone: ZoneSeen, relative: string): boolean {
  return zone.records.some((record) => record.name.toLowerCase().endsWith(`.${relative}`));
}
