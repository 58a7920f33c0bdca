/**
 * Which private zone answers for which app, and where that zone is.
 *
 * An app gets a zone of its own, named exactly like the app (`orders.azure.mendixapps.io` with a record `@`): a zone of
 * the whole suffix would hide every other name under it in each linked network. A zone that already covers the name in
 * that network is used instead, because a network can link only one zone of a name and the most specific one answers.
 * New zones and links live in the resource group of the network that uses them.
 */
import type { ConnectAnswers, ResourceId } from './plan.ts';
import { coveringZone, isWithin, linkedZones, recordFor, relativeName } from './resolve.ts';
import {
  type NetworkSeen,
  type RecordSeen,
  sameResource,
  type Survey,
  type ZoneLinkSeen,
  type ZoneSeen,
} from './world.ts';

export interface WantedRecord {
  /** The whole name, such as `orders.azure.mendixapps.io` or `*.azure.mendixapps.io`. */
  name: string;
  /** Relative to the zone. */
  relative: string;
  address: string;
  /** What answers for this name in the zone today; it may be the zone's wildcard. */
  seen: RecordSeen | null;
}

export interface WantedLink {
  network: NetworkSeen;
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

/** Whole names of the apps that were asked for; a wildcard stands for every app. */
export function wantedNames(answers: ConnectAnswers, suffix: string): string[] {
  const apps = answers.apps === '*' ? ['*'] : answers.apps;
  return [...new Set(apps.map((app) => `${app.toLowerCase()}.${suffix.toLowerCase()}`))];
}

/** The address that the apps answer on inside their network; null when there is no internal load balancer. */
export function appAddress(survey: Survey): string | null {
  const internal = survey.environment.frontends.filter((frontend) => frontend.privateAddress !== null);
  const sorted = internal.toSorted((left, right) =>
    compareText(left.loadBalancer + left.name, right.loadBalancer + right.name),
  );
  return sorted[0]?.privateAddress ?? null;
}

export function wantedZones(answers: ConnectAnswers, survey: Survey, address: string): WantedZone[] {
  const suffix = survey.environment.domainSuffix;
  const zones = new Map<string, { id: ResourceId; name: string; names: Set<string>; networks: NetworkSeen[] }>();
  for (const network of survey.networks) {
    for (const name of wantedNames(answers, suffix)) {
      const zone = zoneFor(name, suffix, network, survey.zones);
      const key = zone.id.toLowerCase();
      const known = zones.get(key) ?? { ...zone, names: new Set(), networks: [] };
      zones.set(key, { ...known, names: known.names.add(name), networks: [...new Set([...known.networks, network])] });
    }
  }
  return [...zones.values()].map((zone) => wantedZone(zone, survey.zones, address));
}

function zoneFor(
  name: string,
  suffix: string,
  network: NetworkSeen,
  zones: readonly ZoneSeen[],
): { id: ResourceId; name: string } {
  const covering = coveringZone(name, linkedZones(network, zones));
  if (covering !== null && isWithin(covering.name, suffix)) {
    return { id: covering.id, name: covering.name };
  }
  const zone = name.startsWith('*.') ? name.slice(2) : name;
  const group = network.id.split(/\/providers\//i)[0] ?? '';
  return { id: `${group}/providers/Microsoft.Network/privateDnsZones/${zone}`, name: zone };
}

function wantedZone(
  zone: { id: ResourceId; name: string; names: ReadonlySet<string>; networks: readonly NetworkSeen[] },
  zones: readonly ZoneSeen[],
  address: string,
): WantedZone {
  const seen = zones.find((known) => sameResource(known.id, zone.id)) ?? null;
  const records = [...zone.names].map((name) => wantedRecord(name, zone.name, seen, address));
  return { id: seen?.id ?? zone.id, name: zone.name, seen, records, links: wantedLinks(zone.networks, seen) };
}

/** A wildcard that leads to the right address already does the work; otherwise only an exact record counts. */
function wantedRecord(name: string, zone: string, seen: ZoneSeen | null, address: string): WantedRecord {
  const relative = relativeName(name, zone);
  const answering = seen === null ? null : recordFor(seen, name);
  if (answering !== null && (answering.name.toLowerCase() === relative || leadsTo(answering, address))) {
    return { name, relative: answering.name, address, seen: answering };
  }
  return { name, relative, address, seen: null };
}

export function leadsTo(record: RecordSeen, address: string): boolean {
  return record.addresses.length === 1 && record.addresses[0] === address;
}

function wantedLinks(networks: readonly NetworkSeen[], zone: ZoneSeen | null): WantedLink[] {
  const taken = new Set((zone?.links ?? []).map((link) => link.name.toLowerCase()));
  return networks.map((network) => {
    const seen = zone?.links.find((link) => sameResource(link.network, network.id)) ?? null;
    const name = seen?.name ?? freeName(`causeway-${network.name}`, taken);
    taken.add(name.toLowerCase());
    return { network, name, seen };
  });
}

/** The name itself, or the name with the first number that is free: stable as long as the world is. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) {
    return name;
  }
  for (let number = 2; ; number += 1) {
    const candidate = `${name}-${number}`;
    if (!taken.has(candidate.toLowerCase())) {
      return candidate;
    }
  }
}

/** Names under the suffix that stand in any zone that was read; what people would miss if it stopped resolving. */
export function knownNames(survey: Survey): string[] {
  const names = survey.zones.flatMap((zone) =>
    zone.records
      .filter((record) => !record.name.includes('*'))
      .map((record) => (record.name === '@' ? zone.name : `${record.name}.${zone.name}`).toLowerCase()),
  );
  return [...new Set(names)].filter((name) => isWithin(name, survey.environment.domainSuffix)).sort();
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
