/**
 * PostgreSQL flexible servers: read only. A private one has either private endpoints, or a subnet that is delegated to
 * it; then only the record in its private zone tells its address.
 */
import type { ResourceType } from '../resource-type.ts';
import { databaseTypeName } from '../type-names.ts';
import { find, keyOf, listOfType, type Resource, textIn, type World } from '../world.ts';
import { addressesIn } from './record-sets.ts';

export const flexibleServers: ResourceType = { name: databaseTypeName, family: 'other' };

export const databasePort = 5432;

export function replicasOf(world: World, server: Resource): Resource[] {
  return listOfType(world, databaseTypeName).filter(
    (each) => textIn(each.properties, 'sourceServerResourceId').toLowerCase() === keyOf(server),
  );
}

/** The server with its own address in a delegated subnet, when it is this one. */
export function delegatedServerAt(world: World, networkKey: string, address: string): Resource | undefined {
  return listOfType(world, databaseTypeName).find((server) => {
    const { delegatedSubnetResourceId: subnet, privateDnsZoneArmResourceId: zone } = networkOf(server);
    return (
      subnet?.toLowerCase().startsWith(`${networkKey}/subnets/`) === true &&
      zone !== undefined &&
      addressesIn(world, zone.toLowerCase(), server.name).includes(address)
    );
  });
}

export function delegatedSubnetKey(world: World, serverKey: string): string | undefined {
  const server = find(world, serverKey);
  return server === undefined ? undefined : networkOf(server).delegatedSubnetResourceId?.toLowerCase();
}

function networkOf(server: Resource): { delegatedSubnetResourceId?: string; privateDnsZoneArmResourceId?: string } {
  return server.properties['network'] ?? {};
}
