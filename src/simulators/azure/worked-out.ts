/** Collections whose members are not stored under them: they follow from other resources. */
import { databaseTypeName } from './type-names.ts';
import { replicasOf } from './types/flexible-servers.ts';
import { recordsOf, zoneTypeName } from './types/private-dns-zones.ts';
import { startOfAuthority } from './types/record-sets.ts';
import { keyOf, type Resource, type World } from './world.ts';

const members: Record<string, (world: World, holder: Resource) => Resource[]> = {
  [`${zoneTypeName}/ALL`.toLowerCase()]: (world, zone) => [startOfAuthority(zone), ...recordsOf(world, keyOf(zone))],
  [`${zoneTypeName}/SOA`.toLowerCase()]: (_world, zone) => [startOfAuthority(zone)],
  [`${databaseTypeName}/replicas`.toLowerCase()]: replicasOf,
};

/** Undefined for a collection that is what stands under its holder. */
export function workedOutMembers(world: World, type: string, holder: Resource | undefined): Resource[] | undefined {
  return holder === undefined ? undefined : members[type]?.(world, holder);
}

/** Also the lists of record types that this world happens not to have. */
export function isWorkedOut(type: string): boolean {
  return type in members || type.startsWith(`${zoneTypeName.toLowerCase()}/`);
}
