/**
 * The steps that make names resolve: zone, record, link.
 *
 * The link waits for the record, although Azure would take both at once: a linked zone without its record hides the name
 * and resolvers remember "no such name" for minutes. A record is written in about a second. A record that leads to an
 * endpoint waits until its owner has accepted it, so that a name that works today does not lead to a closed door.
 */
import type { DraftStep } from './draft-step.ts';
import { leadsTo, type Target, type WantedLink, type WantedRecord, type WantedZone } from './names.ts';
import { createdByTag } from './naming.ts';
import { addressOfKey, type Change, type Json } from './plan.ts';
import { shortName } from './resource-id.ts';
import { redirectsByName } from './resolve.ts';

const recordTtlSeconds = 300;

export function nameSteps(zone: WantedZone, tags: Readonly<Record<string, string>>): DraftStep[] {
  const made = zoneStep(zone, tags);
  const records = dedupe(zone.records.map((record) => recordStep(record, zone, made)));
  const links = zone.links.map((link) => linkStep(link, zone, tags, [made, ...records]));
  return [made, ...records, ...links];
}

/** Several apps may be answered by the same wildcard, which is then kept once. */
function dedupe(records: readonly DraftStep[]): DraftStep[] {
  return records.filter((record, index) => records.findIndex((other) => other.resource === record.resource) === index);
}

function zoneStep(zone: WantedZone, tags: Readonly<Record<string, string>>): DraftStep {
  const base = { kind: 'dns-zone' as const, resource: zone.id, needs: [] };
  if (zone.seen === null) {
    const body: Json = { location: 'global', tags };
    return { ...base, change: 'create', title: `Create the private zone ${zone.name}`, before: null, body };
  }
  const ours = zone.seen.tags?.['created-by'] === createdByTag['created-by'];
  const change: Change = ours ? 'keep' : 'adopt';
  const title = ours
    ? `The private zone ${zone.name} is there already`
    : `Use the private zone ${zone.name} of somebody else`;
  return { ...base, change, title, before: { location: 'global', tags: { ...zone.seen.tags } }, body: null };
}

function recordStep(record: WantedRecord, zone: WantedZone, made: DraftStep): DraftStep {
  const { seen, target } = record;
  const change: Change = seen === null ? 'create' : leadsTo(seen, target) ? 'keep' : 'update';
  return {
    kind: 'dns-record',
    change,
    resource: seen?.id ?? `${zone.id}/A/${record.relative}`,
    needs: [made, ...(target.kind === 'endpoint' ? target.needs : [])],
    title: recordTitle(change, record),
    before: seen === null ? null : recordBody(seen.ttlSeconds, seen.addresses),
    body: change === 'keep' ? null : recordBody(recordTtlSeconds, [addressIn(target)]),
  };
}

/** Always by the endpoint, also when its address is known, so that a plan that is half done reads the same. */
function addressIn(target: Target): Json {
  return target.kind === 'address' ? target.address : { [addressOfKey]: target.endpoint };
}

function recordBody(ttlSeconds: number, addresses: readonly Json[]): Json {
  return { properties: { ttl: ttlSeconds, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) } };
}

function recordTitle(change: Change, { name, target, seen }: WantedRecord): string {
  const there = target.kind === 'address' ? target.address : `the endpoint ${shortName(target.endpoint)}`;
  switch (change) {
    case 'create':
      return `Let ${name} lead to ${there}`;
    case 'update':
      return `Let ${name} lead to ${there} instead of ${seen?.addresses.join(', ') ?? ''}`;
    case 'keep':
    case 'adopt':
    default:
      return `${name} leads to ${there} already`;
  }
}

export function linkStep(
  { network, name, seen }: WantedLink,
  zone: WantedZone,
  tags: Readonly<Record<string, string>>,
  needs: readonly DraftStep[],
): DraftStep {
  const body: Json = {
    location: 'global',
    tags,
    properties: {
      virtualNetwork: { id: network.id },
      registrationEnabled: false,
      ...(redirectsByName(zone.name) ? { resolutionPolicy: 'NxDomainRedirect' } : {}),
    },
  };
  return {
    kind: 'dns-link',
    change: seen === null ? 'create' : 'keep',
    resource: seen?.id ?? `${zone.id}/virtualNetworkLinks/${name}`,
    needs,
    title:
      seen === null
        ? `Link the zone ${zone.name} to ${network.name}`
        : `${network.name} uses the zone ${zone.name} already`,
    before: seen === null ? null : { properties: { virtualNetwork: { id: seen.network } } },
    body: seen === null ? body : null,
  };
}
