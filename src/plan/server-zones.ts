/**
 * What the environment’s own zones need when its network asks own DNS servers. Azure’s resolver answers such a server
 * from the zones of the network in which the server stands, so forwarding alone is not enough: each zone that the
 * environment uses is linked there as well. A network takes one zone of a name; where it has another one already, the
 * names go into that one, if it is the company’s own.
 *
 * Source: Microsoft’s page on name resolution in virtual networks, "Name resolution that uses your own DNS server".
 */
import { isAddress } from './address-space.ts';
import type { DraftStep } from './draft-step.ts';
import { care, stop } from './finding.ts';
import { leadsTo, type Target, wantedLinks, type WantedRecord, type WantedZone } from './names.ts';
import { azureResolver, type NetworkAt, placeOf } from './own-servers.ts';
import { linkStep, nameSteps } from './plan-names.ts';
import type { Finding } from './plan.ts';
import { checkZoneLimits } from './preflight-limits.ts';
import { checkZones, listOf } from './preflight-names.ts';
import { addressOf } from './resource-id.ts';
import { coveringZone, linkedZones, recordFor, redirectsByName, resolveLinked } from './resolve.ts';
import { isAtOrAbove, mayDo } from './rights.ts';
import type { Wish } from './scenario.ts';
import { type NetworkSeen, sameResource, type Survey, type ZoneSeen } from './world.ts';

export interface ServerZones {
  /** To be done before the network asks the servers. */
  drafts: readonly DraftStep[];
  findings: readonly Finding[];
}

/** A network in which servers stand. */
interface Host extends NetworkAt {
  servers: readonly string[];
}

export function serverZones(wish: Wish, ours: NetworkSeen, servers: readonly string[]): ServerZones {
  const { survey, tags } = wish;
  const hosts = hostsOf(servers, ours, survey);
  const zones = linkedZones(ours, survey.zones).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const linked = zones.flatMap((zone) => linksOf(zone, hosts, wish));
  const filled = zones.flatMap((zone) => recordsBeside(zone, hosts, wish));
  const after = carriedOut(survey.zones, [...linked, ...filled]);
  return {
    drafts: [
      ...linked.flatMap((zone) => zone.links.map((link) => linkStep(link, zone, tags, []))),
      ...filled.flatMap((zone) => nameSteps(zone, tags)),
    ],
    findings: [
      ...hosts.flatMap((host) => checkLost(host, ours, after)),
      ...hosts.flatMap((host) => checkOthersThere(host, ours, linked, survey)),
      ...checkZones(filled.concat(linked.filter(isNewAndWide)), survey, []),
      ...checkZoneLimits([...linked, ...filled]),
    ],
  };
}

/** Names that the zones of the network answer. */
export function managedNames(network: { id: string }, zones: readonly ZoneSeen[]): string[] {
  const names = linkedZones(network, zones).flatMap((zone) =>
    zone.records.filter(({ name }) => !name.includes('*')).map(({ name }) => wholeName(name, zone)),
  );
  return [...new Set(names)].filter((name) => answerIn(network, name, zones) !== null).sort();
}

/** Those of them that Azure’s resolver does not answer in the same way to a server in the network `host`. */
export function lostNames(network: { id: string }, host: { id: string }, zones: readonly ZoneSeen[]): string[] {
  return managedNames(network, zones).filter((name) => answerIn(host, name, zones) !== answerIn(network, name, zones));
}

function wholeName(record: string, { name }: ZoneSeen): string {
  return (record === '@' ? name : `${record}.${name}`).toLowerCase();
}

function answerIn(network: { id: string }, name: string, zones: readonly ZoneSeen[]): string | null {
  const found = resolveLinked(name, network, zones);
  return found.kind === 'answered' ? found.addresses.toSorted().join(', ') : null;
}

function hostsOf(servers: readonly string[], ours: NetworkSeen, survey: Survey): Host[] {
  const hosts = new Map<string, Host>();
  for (const server of servers.filter((each) => isAddress(each) && each !== azureResolver)) {
    const at = placeOf(server, ours, survey);
    if (at !== null && !sameResource(at.id, ours.id)) {
      const known = hosts.get(at.id.toLowerCase())?.servers ?? [];
      hosts.set(at.id.toLowerCase(), { ...at, servers: [...known, server] });
    }
  }
  return [...hosts.values()];
}

/** An empty zone that cannot redirect would only hide names there. */
function linksOf(zone: ZoneSeen, hosts: readonly Host[], { survey, naming }: Wish): WantedZone[] {
  const free = hosts.filter((host) => otherOfName(zone, host, survey) === null);
  return free.length === 0 || (zone.records.length === 0 && !redirectsByName(zone.name))
    ? []
    : [{ id: zone.id, name: zone.name, seen: zone, records: [], links: wantedLinks(free, zone, naming) }];
}

function otherOfName(zone: ZoneSeen, host: NetworkAt, { zones }: Survey): ZoneSeen | null {
  const sameName = linkedZones(host, zones).find(({ name }) => name.toLowerCase() === zone.name.toLowerCase());
  return sameName === undefined || sameResource(sameName.id, zone.id) ? null : sameName;
}

function recordsBeside(zone: ZoneSeen, hosts: readonly Host[], { survey, naming }: Wish): WantedZone[] {
  const others = new Set(hosts.flatMap((host) => otherOfName(zone, host, survey) ?? []));
  return [...others]
    .filter((other) => isCompanys(other, survey))
    .map((other): WantedZone => {
      const users = hosts.filter((host) => otherOfName(zone, host, survey) === other);
      const records = zone.records.flatMap((record) => recordBeside(record, zone, other));
      return { id: other.id, name: other.name, seen: other, records, links: wantedLinks(users, other, naming) };
    })
    .filter(({ records }) => records.length > 0);
}

/** What lies under a deny assignment is managed by somebody, for example the zones of another environment. */
function isCompanys({ id }: ZoneSeen, { environment, rights = [] }: Survey): boolean {
  const { subscription, resourceGroup } = addressOf(id);
  const isOurs =
    sameResource(subscription, environment.subscription) &&
    sameResource(resourceGroup, environment.managedResourceGroup);
  const isManaged = rights.some(({ scope, denied }) => denied.length > 0 && isAtOrAbove(scope, id));
  const { kind } = mayDo(rights, 'Microsoft.Network/privateDnsZones/A/write', id);
  return !isOurs && !isManaged && (kind === 'allowed' || kind === 'unread');
}

/** Only what is missing there: an answer that others have today is never changed. */
function recordBeside(record: ZoneSeen['records'][number], zone: ZoneSeen, other: ZoneSeen): WantedRecord[] {
  const [address] = record.addresses;
  if (address === undefined || record.addresses.length > 1 || record.name.includes('*')) {
    return [];
  }
  const name = wholeName(record.name, zone);
  const target: Target = { kind: 'address', address };
  const seen = recordFor(other, name);
  return seen === null || leadsTo(seen, target) ? [{ name, relative: seen?.name ?? record.name, target, seen }] : [];
}

/** The zones as they are when all of it is done. */
function carriedOut(zones: readonly ZoneSeen[], wanted: readonly WantedZone[]): ZoneSeen[] {
  return zones.map((zone) => {
    const more = wanted.find(({ id }) => sameResource(id, zone.id));
    const records = (more?.records ?? []).filter(({ seen }) => seen === null);
    const links = (more?.links ?? []).filter(({ seen }) => seen === null);
    return {
      ...zone,
      records: [
        ...zone.records,
        ...records.map(({ relative, target }) => ({
          id: `${zone.id}/A/${relative}`,
          name: relative,
          addresses: target.address === null ? [] : [target.address],
          ttlSeconds: 0,
        })),
      ],
      links: [
        ...zone.links,
        ...links.map(({ name, network }) => ({
          id: `${zone.id}/virtualNetworkLinks/${name}`,
          name,
          network: network.id,
          state: 'Completed',
          redirects: redirectsByName(zone.name),
        })),
      ],
    };
  });
}

function checkLost(host: Host, ours: NetworkSeen, after: readonly ZoneSeen[]): Finding[] {
  const lost = lostNames(ours, host, after);
  if (lost.length === 0) {
    return [];
  }
  const inTheWay = new Set(lost.flatMap((name) => coveringZone(name, linkedZones(host, after)) ?? []));
  const others = [...inTheWay].map(({ id, name }) => `${name} in ${addressOf(id).resourceGroup}`).join(', ');
  const needed = lost.map((name) => `${name} → ${answerIn(ours, name, after) ?? ''}`).join(', ');
  return [
    stop(
      'ManagedNamesLost',
      `With ${host.servers.join(', ')} in ${host.name}, ${ours.name} would lose names that it lives from: ${lost.join(', ')}. Azure answers a server from the zones of its own network${others === '' ? '' : `, and in ${host.name} another zone answers (${others}); a network takes one zone of a name, and I change no answer that others have, nor a zone that is not yours to change`}.`,
      `Name DNS servers that stand in ${ours.name} or in a network without such a zone; or ask whoever owns that zone to let it say ${needed}. Then plan again.`,
    ),
  ];
}

/** Whoever asks in the servers’ network hears the environment’s addresses from now on. */
function checkOthersThere(host: Host, ours: NetworkSeen, linked: readonly WantedZone[], { zones }: Survey): Finding[] {
  const fresh = linked.filter((zone) =>
    zone.links.some(({ network, seen }) => seen === null && sameResource(network.id, host.id)),
  );
  const names = managedNames(
    ours,
    fresh.flatMap(({ seen }) => seen ?? []),
  ).map((name) => {
    const today = answerIn(host, name, zones);
    return today === null ? name : `${name} (today ${today})`;
  });
  return names.length === 0
    ? []
    : [
        care(
          'NamesLeadInside',
          `Whoever asks in ${host.name}, or asks its DNS servers, hears private addresses of ${ours.name} for ${listOf(names)} as well.`,
          `Ask whether anybody there uses these names without a way to ${ours.name}; they would lose them.`,
        ),
      ];
}

function isNewAndWide({ name, links }: WantedZone): boolean {
  return !redirectsByName(name) && links.some(({ seen }) => seen === null);
}
