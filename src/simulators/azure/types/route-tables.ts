/** Route tables: a PUT replaces all routes; one that a subnet uses cannot go. They are attached by the subnet's PUT. */
import { badRequest } from '../arm-error.ts';
import { membersDone, readMembers, replaceMembers } from '../embedded.ts';
import { regionOf } from '../location.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { routeTableTypeName } from '../type-names.ts';
import { type Arm, type Json, keyOf, listOfType, type Resource, type SubResource, type World } from '../world.ts';
import { checkRoutes, routesOf, routeTypeName } from './routes.ts';
import { subnetTypeName } from './subnets.ts';

export const routeTables: ResourceType = {
  name: routeTableTypeName,
  family: 'network',
  work: 'route-table',
  put: putTable,
  remove: refuseTableInUse,
  finished: membersDone,
  removed: (arm, table) => replaceMembers(arm, table, []),
  show: showTable,
};

function putTable(write: Write): Draft {
  const location = regionOf(write);
  const body = (write.body['properties'] ?? {}) as Json;
  const wanted = readMembers(write.fullId, routeTypeName, (body['routes'] ?? []) as Json[]);
  checkRoutes(wanted);
  const properties = {
    resourceGuid: write.existing?.properties['resourceGuid'] ?? write.arm.newId(),
    disableBgpRoutePropagation: body['disableBgpRoutePropagation'] === true,
  };
  replaceMembers(write.arm, { id: write.fullId, name: write.id.name, type: routeTableTypeName, properties }, wanted);
  return { properties, top: { location, tags: write.body['tags'] ?? {} } };
}

function refuseTableInUse(arm: Arm, table: Resource): void {
  const [user] = subnetsWith(arm.world, table);
  if (user !== undefined) {
    throw badRequest(
      'InUseRouteTableCannotBeDeleted',
      `Route table ${table.name} is in use and cannot be deleted. It is attached to ${user.id}.`,
    );
  }
}

function subnetsWith(world: World, table: Resource): Resource[] {
  return listOfType(world, subnetTypeName).filter(
    (subnet) =>
      (subnet.properties['routeTable'] as Partial<SubResource> | null | undefined)?.id?.toLowerCase() === keyOf(table),
  );
}

function showTable(arm: Arm, table: Resource): Resource {
  const subnets = subnetsWith(arm.world, table).map(({ id }) => ({ id }));
  return {
    ...table,
    properties: {
      ...table.properties,
      routes: routesOf(arm.world, keyOf(table)),
      ...(subnets.length > 0 ? { subnets } : {}),
    },
  };
}
