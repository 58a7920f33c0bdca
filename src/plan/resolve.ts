/**
 * What a virtual network answers when somebody in it asks for a name, computed from the private zones that are linked to
 * it. A private zone never falls back: the most specific linked zone that covers a name answers, or says that there is no
 * such name.
 */
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
  if (network.dnsServers.length > 0) {
    return { kind: 'own-servers', servers: network.dnsServers };
  }
  const zone = coveringZone(name, linkedZones(network, zones));
  if (zone === null) {
    return { kind: 'public' };
  }
  const addresses = recordFor(zone, name)?.addresses;
  return addresses === undefined
    ? { kind: 'hidden', zone: zone.name }
    : { kind: 'answered', addresses, zone: zone.name };
}

export function linkedZones(network: NetworkSeen, zones: readonly ZoneSeen[]): ZoneSeen[] {
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

/** The record that answers: the exact one, else the closest wildcard. */
export function recordFor(zone: ZoneSeen, name: string): ZoneSeen['records'][number] | null {
  const relative = relativeName(name, zone.name);
  const labels = relative.split('.');
  const candidates = [
    relative,
    ...(relative === '@' ? [] : labels.map((_, index) => ['*', ...labels.slice(index + 1)].join('.'))),
  ];
  for (const candidate of candidates) {
    const found = zone.records.find((record) => record.name.toLowerCase() === candidate);
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}
