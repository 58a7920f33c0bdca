/** A record sets of a private zone: done when they are answered; a PUT replaces the whole set. */
import { isAddress } from '../address-space.ts';
import { badRequest } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { type Arm, find, type Json, type Resource, type World } from '../world.ts';
import { recordsOf, refuseUnfinishedZone, zoneTypeName } from './private-dns-zones.ts';

const recordsPerSet = 20;
const setsPerZone = 25_000;
const relativeName = /^(?:@|\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)$/i;

export const addressRecords: ResourceType = {
  name: `${zoneTypeName}/A`,
  family: 'private-dns',
  work: 'record',
  immediate: true,
  put: putRecords,
  remove: () => undefined,
  show: showRecords,
};

function putRecords(write: Write): Draft {
  refuseUnfinishedZone(write.parent);
  if (!relativeName.test(write.id.name)) {
    throw badRequest('BadRequest', `The domain name '${write.id.name}.${write.parent?.name ?? ''}' is invalid.`);
  }
  const wanted = (write.body['properties'] ?? {}) as Json;
  const { ttl, aRecords, metadata } = wanted;
  if (!Number.isInteger(ttl) || Number(ttl) < 1 || Number(ttl) > 2_147_483_647) {
    throw badRequest('BadRequest', 'The TTL field is required and must be an integer from 1 to 2147483647.');
  }
  const records = (aRecords ?? []) as { ipv4Address?: string }[];
  const wrong = records.find((record) => !isAddress(record.ipv4Address ?? ''));
  if (wrong !== undefined) {
    throw badRequest('BadRequest', `The value '${wrong.ipv4Address ?? ''}' is not a valid IPv4 address.`);
  }
  if (records.length > recordsPerSet) {
    throw badRequest('BadRequest', `A record set holds at most ${recordsPerSet} records.`);
  }
  if (write.existing === undefined && recordsOf(write.arm.world, write.id.parentKey ?? '').length >= setsPerZone) {
    throw badRequest('BadRequest', `A private zone holds at most ${setsPerZone} record sets.`);
  }
  return { properties: { ttl, aRecords: records, ...(metadata === undefined ? {} : { metadata }) } };
}

function showRecords(arm: Arm, record: Resource): Resource {
  const zone = find(arm.world, record.id.split('/').slice(0, -2).join('/'));
  const fqdn = record.name === '@' ? `${zone?.name ?? ''}.` : `${record.name}.${zone?.name ?? ''}.`;
  return { ...record, properties: { ...record.properties, fqdn, isAutoRegistered: false } };
}

/** The record that every zone has; it is shown with `/ALL` and cannot be written here. */
export function startOfAuthority(zone: Resource): Resource {
  return {
    id: `${zone.id}/SOA/@`,
    name: '@',
    type: `${zoneTypeName}/SOA`,
    etag: zone.etag ?? '',
    properties: {
      fqdn: `${zone.name}.`,
      ttl: 3600,
      soaRecord: {
        host: 'azureprivatedns.net',
        email: 'azureprivatedns-host.microsoft.com',
        serialNumber: 1,
        refreshTime: 3600,
        retryTime: 300,
        expireTime: 2_419_200,
        minimumTtl: 10,
      },
      isAutoRegistered: false,
    },
  };
}

/** Addresses of the A record set with exactly this name. */
export function addressesIn(world: World, zoneKey: string, name: string): string[] {
  const record = find(world, `${zoneKey}/a/${name.toLowerCase()}`);
  return ((record?.properties['aRecords'] ?? []) as Json[]).map((each) => String(each['ipv4Address']));
}
