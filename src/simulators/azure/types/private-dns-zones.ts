/** Private DNS zones. They live in no region, count what they hold, and cannot go while a network is linked. */
import { ArmError, badRequest, locationRequired } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { type Arm, discard, type Json, keyOf, listOfType, type Resource, type World } from '../world.ts';

export const zoneTypeName = 'Microsoft.Network/privateDnsZones';
export const linkTypeName = 'Microsoft.Network/privateDnsZones/virtualNetworkLinks';
export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'PTR', 'SOA', 'SRV', 'TXT'];

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

export const privateDnsZones: ResourceType = {
  name: zoneTypeName,
  family: 'private-dns',
  work: 'zone',
  put: putZone,
  remove: refuseZoneWithLinks,
  removed: (arm, zone) => {
    for (const record of recordsOf(arm.world, keyOf(zone))) {
      discard(arm, keyOf(record));
    }
  },
  show: showZone,
};

function putZone(write: Write): Draft {
  refuseRegion(write.body['location'], zoneTypeName);
  const labels = write.id.name.split('.');
  if (labels.length < 2 || labels.length > 34 || !labels.every((part) => label.test(part))) {
    throw badRequest(
      'BadRequest',
      `The private zone name '${write.id.name}' is invalid. A zone name has 2 to 34 labels, each of 1 to 63 letters, digits, hyphens or underscores.`,
    );
  }
  return { properties: {}, top: { location: 'global', tags: write.body['tags'] ?? {} } };
}

export function refuseRegion(location: unknown, type: string): void {
  if (typeof location !== 'string') {
    throw locationRequired();
  }
  if (location.toLowerCase() !== 'global') {
    throw badRequest(
      'LocationNotAvailableForResourceType',
      `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is 'global'.`,
    );
  }
}

export function linksOf(world: World, zoneKey: string): Resource[] {
  return listOfType(world, linkTypeName, zoneKey);
}

/** Record sets of one type, or of all. */
export function recordsOf(world: World, zoneKey: string, type?: string): Resource[] {
  const wanted = type === undefined ? recordTypes : [type];
  return wanted.flatMap((each) => listOfType(world, `${zoneTypeName}/${each}`, zoneKey));
}

function refuseZoneWithLinks(arm: Arm, zone: Resource): void {
  const links = linksOf(arm.world, keyOf(zone));
  if (links.length > 0) {
    const names = links.map((link) => `'${zoneTypeName}/${zone.name}/virtualNetworkLinks/${link.name}'`);
    throw new ArmError(
      409,
      'CannotDeleteResource',
      `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${names.join(', ')}. Please delete all nested resources before deleting this resource.`,
    );
  }
}

/** The SOA record of every zone is not stored, but counts. */
function showZone(arm: Arm, zone: Resource): Resource {
  const links = linksOf(arm.world, keyOf(zone));
  const counts: Json = {
    maxNumberOfRecordSets: 25_000,
    numberOfRecordSets: recordsOf(arm.world, keyOf(zone)).length + 1,
    maxNumberOfVirtualNetworkLinks: 1000,
    numberOfVirtualNetworkLinks: links.length,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfVirtualNetworkLinksWithRegistration: links.filter((link) => link.properties['registrationEnabled'] === true)
      .length,
  };
  return { ...zone, properties: { ...zone.properties, ...counts } };
}

/** Children are refused until the zone is there. */
export function refuseUnfinishedZone(zone: Resource | undefined): void {
  const state = zone?.properties['provisioningState'];
  if (state === 'Creating' || state === 'Deleting') {
    throw new ArmError(
      409,
      'Conflict',
      `The private zone '${zone?.name ?? ''}' is in state ${state}. Wait until it has been provisioned, then try again.`,
    );
  }
}
