/**
 * Which private zone answers for which name, and where that zone is.
 *
 * A name gets a zone of its own, named exactly like it (`orders.azure.mendixapps.io` with a record `@`): a wider zone
 * would hide every other name under it in each linked network. A zone that already covers the name in that network is
 * used instead, because a network can link only one zone of a name and the most specific one answers. New zones and
 * links live in the resource group of the network that uses them.
 */
import type { DraftStep } from './draft-step.ts';
import { freeName, longestName, nameBy } from './naming.ts';
import type { NetworkAt } from './own-servers.ts';
import type { Naming, ResourceId } from './plan.ts';
import { groupOf } from './resource-id.ts';
import { coveringZone, isWithin, linkedZones, recordFor, relativeName } from './resolve.ts';
import { type RecordSeen, sameResource, type Survey, type ZoneLinkSeen, type ZoneSeen } from './world.ts';

/** Where a name has to lead. */
export type Target =
  | { kind: 'address'; address: string }
  /** An endpoint that gets its address when it is made; null until then. `needs`: what must be done before. */
  | { kind: 'endpoint'; endpoint: ResourceId; address: string | null; needs: readonly DraftStep[] };

export interface NameWish {
  /** The whole name, such as `orders.azure.mendixapps.io` or `*.azure.mendixapps.io`. */
  name: string;
  /** Names that the public DNS leads it to, which private zones may answer instead. */
  aliases?: readonly string[];
  /** Name of the zone that is made when none covers it. */
  zone: string;
  /** A zone of that name that is there, but not linked yet, and is used instead of a new one. */
  present?: ZoneSeen | null;
  /** Whether a linked zone that covers it may take the record. */
  accepts: (zone: ZoneSeen) => boolean;
  target: Target;
  /** The network in whose resource group a new zone is made. */
  home: ResourceId;
  links: readonly NetworkAt[];
}

export interface WantedRecord {
  name: string;
  /** Relative to the zone. */
  relative: string;
  target: Target;
  /** What answers for this name in the zone today; it may be the zone's wildcard. */
  seen: RecordSeen | null;
}

export interface WantedLink {
  network: NetworkAt;
  name: string;
  seen: ZoneLinkSeen | null;
}

export interface WantedZone {
  id: ResourceId;
  name: string;
  seen: ZoneSeen | null;
  records: readonly WantedRecord[];
  links: readonly WantedLink[];
}

export function wantedZones(wishes: readonly NameWish[], zones: readonly ZoneSeen[], naming: Naming): WantedZone[] {
  const wanted = new Map<string, ZonePlace & { wishes: { wish: NameWish; lookup: string }[]; networks: NetworkAt[] }>();
  for (const wish of wishes) {
    for (const link of wish.links) {
      const { id, name, lookup } = zoneFor(wish, link, zones);
      const key = id.toLowerCase();
      const known = wanted.get(key) ?? { id, name, lookup, wishes: [], networks: [] };
      if (!known.wishes.some((other) => other.wish === wish)) {
        known.wishes.push({ wish, lookup });
      }
      if (!known.networks.some((other) => sameResource(other.id, link.id))) {
        known.networks.push(link);
      }
      wanted.set(key, known);
    }
  }
  return [...wanted.values()].map(({ id, name, wishes: of, networks }) => {
    const seen = zones.find((zone) => sameResource(zone.id, id)) ?? null;
    const records = of.map(({ wish, lookup }) => wantedRecord(wish, lookup, name, seen));
    return { id: seen?.id ?? id, name, seen, records: distinct(records), links: wantedLinks(networks, seen, naming) };
  });
}

interface ZonePlace {
  id: ResourceId;
  name: string;
  /** The name under which the zone is asked. */
  lookup: string;
}

/** The zone that will answer for the name in this network. */
export function zoneFor(wish: Omit<NameWish, 'target'>, link: NetworkAt, zones: readonly ZoneSeen[]): ZonePlace {
  const linked = linkedZones(link, zones);
  const lookups = [wish.name, ...(wish.aliases ?? [])];
  for (const lookup of lookups) {
    const covering = coveringZone(lookup, linked);
    if (covering !== null && wish.accepts(covering)) {
      return { id: covering.id, name: covering.name, lookup };
    }
  }
  const lookup = lookups.find((name) => isWithin(name, wish.zone)) ?? wish.name;
  return { id: wish.present?.id ?? zoneIdAt(wish.home, wish.zone), name: wish.zone, lookup };
}

export function zoneIdAt(home: ResourceId, zone: string): ResourceId {
  return `${groupOf(home)}/providers/Microsoft.Network/privateDnsZones/${zone}`;
}

/** A wildcard that leads to the right address already does the work; otherwise only an exact record counts. */
function wantedRecord(wish: NameWish, lookup: string, zone: string, seen: ZoneSeen | null): WantedRecord {
  const relative = relativeName(lookup, zone);
  const { name, target } = wish;
  const answering = seen === null ? null : recordFor(seen, lookup);
  if (answering !== null && (answering.name.toLowerCase() === relative || leadsTo(answering, target))) {
    return { name, relative: answering.name, target, seen: answering };
  }
  return { name, relative, target, seen: null };
}

/** Several networks may ask for the same record. */
function distinct(records: readonly WantedRecord[]): WantedRecord[] {
  return records.filter(
    (record, index) =>
      records.findIndex(
        (other) =>
          other.name === record.name && other.relative === record.relative && sameTarget(other.target, record.target),
      ) === index,
  );
}

export function sameTarget(one: Target, other: Target): boolean {
  return one.kind === 'address'
    ? other.kind === 'address' && one.address === other.address
    : other.kind === 'endpoint' && sameResource(one.endpoint, other.endpoint);
}

export function leadsTo(record: RecordSeen, target: Target): boolean {
  return record.addresses.length === 1 && record.addresses[0] === target.address;
}

export function wantedLinks(networks: readonly NetworkAt[], zone: ZoneSeen | null, naming: Naming): WantedLink[] {
  const taken = new Set((zone?.links ?? []).map((link) => link.name.toLowerCase()));
  return networks.map((network) => {
    const seen = zone?.links.find((link) => sameResource(link.network, network.id)) ?? null;
    const name = seen?.name ?? freeName(nameBy(naming, network.name, longestName.link), taken, longestName.link);
    taken.add(name.toLowerCase());
    return { network, name, seen };
  });
}

/**
 * Names under the environment's suffix, or under `within`, that stand in any zone that was read; what people would miss
 * if it stopped resolving.
 */
export function knownNames(survey: Survey, within: string = survey.environment.domainSuffix): string[] {
  const names = survey.zones.flatMap((zone) =>
    zone.records
      .filter((record) => !record.name.includes('*'))
      .map((record) => (record.name === '@' ? zone.name : `${record.name}.${zone.name}`).toLowerCase()),
  );
  return [...new Set(names)].filter((name) => isWithin(name, within)).sort();
}
