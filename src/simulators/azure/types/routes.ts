/** Routes of a route table. One to an appliance needs the appliance's address; a prefix stands in a table once. */
import { isAddress, isPrefix } from '../address-space.ts';
import { badRequest } from '../arm-error.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { routeTableTypeName } from '../type-names.ts';
import { type Json, keyOf, listOfType, type Resource, type World } from '../world.ts';

export const routeTypeName = `${routeTableTypeName}/routes`;

const routesPerTable = 400;
const hopTypes = ['VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'None'];

export const routes: ResourceType = {
  name: routeTypeName,
  family: 'network',
  work: 'route',
  put: putRoute,
  remove: () => undefined,
};

function putRoute(write: Write): Draft {
  const properties = { hasBgpOverride: false, ...((write.body['properties'] ?? {}) as Json) };
  const others = routesOf(write.arm.world, write.id.parentKey ?? '').filter((each) => keyOf(each) !== write.id.key);
  checkRoutes([...others, { id: write.fullId, name: write.id.name, type: routeTypeName, properties }]);
  return { properties };
}

export function routesOf(world: World, tableKey: string): Resource[] {
  return listOfType(world, routeTypeName, tableKey);
}

/** All routes that a table would have; throws for the first that cannot be. */
export function checkRoutes(wanted: readonly Resource[]): void {
  if (wanted.length > routesPerTable) {
    throw badRequest('RoutesLimitReached', `A route table holds at most ${routesPerTable} routes.`);
  }
  for (const [index, route] of wanted.entries()) {
    checkRoute(route);
    const { addressPrefix } = route.properties;
    const clash = wanted.slice(0, index).find((other) => other.properties['addressPrefix'] === addressPrefix);
    if (clash !== undefined) {
      throw badRequest(
        'RouteConflict',
        `Route ${route.name} conflicts with route ${clash.name}: both are for address prefix ${String(addressPrefix)}.`,
      );
    }
  }
}

function checkRoute(route: Resource): void {
  const { addressPrefix, nextHopType, nextHopIpAddress } = route.properties;
  if (typeof addressPrefix !== 'string' || !(isPrefix(addressPrefix) || /^[a-z][\w.]*$/i.test(addressPrefix))) {
    throw badRequest(
      'InvalidAddressPrefixFormat',
      `Address prefix ${String(addressPrefix)} of resource ${route.id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  if (!hopTypes.includes(String(nextHopType))) {
    throw badRequest(
      'InvalidRouteNextHopType',
      `Route ${route.id} has an invalid next hop type '${String(nextHopType)}'. Allowed: ${hopTypes.join(', ')}.`,
    );
  }
  const isAppliance = nextHopType === 'VirtualAppliance';
  const hasAddress = typeof nextHopIpAddress === 'string' && isAddress(nextHopIpAddress);
  if (isAppliance !== hasAddress) {
    throw badRequest(
      isAppliance ? 'RouteNextHopIpAddressNotProvided' : 'RouteNextHopIpAddressNotAllowed',
      `The next hop address of route ${route.id} is ${isAppliance ? 'required' : 'allowed only'} when the next hop type is VirtualAppliance.`,
    );
  }
}
