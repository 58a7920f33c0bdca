/**
 * The steps that make names resolve: zone, record, link.
 *
 * The link waits for the record, although Azure would take both at once: a linked zone without its record hides the name
 * and resolvers remember "no such name" for minutes. A record is written in about a second.
 */
import type { DraftStep } from './draft-step.ts';
import { leadsTo, type WantedLink, type WantedRecord, type WantedZone } from './names.ts';
import type { Change, Json, ResourceId } from './plan.ts';
import type { RecordSeen } from './world.ts';

/** Marks what the bot made, so that a later plan knows its own zones from those of others. */
export const createdByTag = { 'created-by': 'causeway' } as const;

const recordTtlSeconds = 300;

export function nameSteps(zone: WantedZone, tags: Readonly<Record<string, string>>): DraftStep[] {
  const records = zone.records.map((record) => recordStep(record, zone));
  const ready = [zone.id, ...records.map((record) => record.resource)];
  const links = zone.links.map((link) => linkStep(link, zone, ready));
  return [zoneStep(zone, tags), ...dedupe(records), ...links];
}

/** Several apps may be answered by the same wildcard, which is then kept once. */
function dedupe(records: readonly DraftStep[]): DraftStep[] {
  return records.filter((record, index) => records.findIndex((other) => other.resource === record.resource) === index);
}

function zoneStep(zone: WantedZone, tags: Readonly<Record<string, string>>): DraftStep {
  const base = { kind: 'dns-zone' as const, resource: zone.id, needs: [] };
  if (zone.seen === null) {
    const body: Json = { location: 'global', tags: { ...createdByTag, ...tags } };
    return { ...base, change: 'create', title: `Create the private zone ${zone.name}`, before: null, body };
  }
  const ours = zone.seen.tags?.['created-by'] === createdByTag['created-by'];
  const change: Change = ours ? 'keep' : 'adopt';
  const title = ours
    ? `The private zone ${zone.name} is there already`
    : `Use the private zone ${zone.name} of somebody else`;
  return { ...base, change, title, before: { location: 'global', tags: { ...zone.seen.tags } }, body: null };
}

function recordStep(record: WantedRecord, zone: WantedZone): DraftStep {
  const { seen } = record;
  const change: Change = seen === null ? 'create' : leadsTo(seen, record.address) ? 'keep' : 'update';
  return {
    kind: 'dns-record',
    change,
    resource: seen?.id ?? `${zone.id}/A/${record.relative}`,
    needs: [zone.id],
    title: recordTitle(change, record),
    before: seen === null ? null : recordBody(seen.ttlSeconds, seen.addresses),
    body: change === 'keep' ? null : recordBody(recordTtlSeconds, [record.address]),
  };
}

function recordBody(ttlSeconds: number, addresses: readonly string[]): Json {
  return { properties: { ttl: ttlSeconds, aRecords: addresses.map((ipv4Address) => ({ ipv4Address })) } };
}

function recordTitle(change: Change, record: WantedRecord): string {
  switch (change) {
    case 'create':
      return `Let ${record.name} lead to ${record.address}`;
    case 'update':
      return `Let ${record.name} lead to ${record.address} instead of ${addressesOf(record.seen)}`;
    case 'keep':
    case 'adopt':
    default:
      return `${record.name} leads to ${record.address} already`;
  }
}

function addressesOf(record: RecordSeen | null): string {
  return record?.addresses.join(', ') ?? '';
}

function linkStep(link: WantedLink, zone: WantedZone, needs: readonly ResourceId[]): DraftStep {
  const body: Json = {
    location: 'global',
    properties: { virtualNetwork: { id: link.network.id }, registrationEnabled: false },
  };
  const { seen } = link;
  return {
    kind: 'dns-link',
    change: seen === null ? 'create' : 'keep',
    resource: seen?.id ?? `${zone.id}/virtualNetworkLinks/${link.name}`,
    needs,
    title:
      seen === null
        ? `Link the zone ${zone.name} to ${link.network.name}`
        : `${link.network.name} uses the zone ${zone.name} already`,
    before: seen === null ? null : { properties: { virtualNetwork: { id: seen.network } } },
    body: seen === null ? body : null,
  };
}
