/** What Azure checks before it takes a private endpoint: each rule throws. */
import { badRequest, invalidReference } from '../arm-error.ts';
import { tenantOf } from '../identity.ts';
import { refuseForeign } from '../linked.ts';
import { sameRegion } from '../location.ts';
import { type ResourceId, readResourceId } from '../resource-id.ts';
import type { Write } from '../resource-type.ts';
import { allows } from '../rights.ts';
import { connectionTypeName, endpointTypeName, interfaceTypeName, linkServiceTypeName } from '../type-names.ts';
import { find, type Json, keyOf, listOfType, type Resource, type SubResource, type World } from '../world.ts';
import { type Wish, wishIn } from './endpoint-connections.ts';
import { linkServices, listsSubscription } from './private-link-rules.ts';

const endpointsPerNetwork = 1000;
const endpointsPerService = 1000;
const longestMessage = 140;
const aliasPattern = /\.azure\.privatelinkservice$/i;

export function checkWish(write: Write): Wish {
  const wish = wishIn((write.body['properties'] ?? {}) as Json);
  if (wish === undefined) {
    throw badRequest(
      'PrivateEndpointMustHaveOnePrivateLinkServiceConnection',
      `Private endpoint ${write.fullId} must have exactly one entry in privateLinkServiceConnections or manualPrivateLinkServiceConnections.`,
    );
  }
  if ((wish.requestMessage?.length ?? 0) > longestMessage) {
    throw badRequest(
      'PrivateEndpointRequestMessageTooLong',
      `The request message of private endpoint ${write.fullId} must not be longer than ${longestMessage} characters.`,
    );
  }
  return wish;
}

/** What can never change: the subnet, the target, and who has to accept. A removed connection does not come back. */
export function refuseOtherEndpoint(write: Write, wish: Wish, subnet: Resource): void {
  const before = write.existing === undefined ? undefined : wishIn(write.existing.properties);
  if (write.existing === undefined || before === undefined) {
    return;
  }
  if (before.state.status === 'Disconnected') {
    throw badRequest(
      'PrivateEndpointCannotBeUpdatedInDisconnectedState',
      `Private endpoint ${write.fullId} cannot be updated since it is in Disconnected state. Delete it and create it again.`,
    );
  }
  const changed = [
    ['subnet', (write.existing.properties['subnet'] as SubResource).id.toLowerCase(), keyOf(subnet)],
    ['privateLinkServiceId', before.target.toLowerCase(), wish.target.toLowerCase()],
    ['list of connections', before.list, wish.list],
  ].find(([, old, now]) => old !== now);
  if (changed !== undefined) {
    throw badRequest(
      'PrivateEndpointPropertyCannotBeChanged',
      `The ${changed[0] ?? ''} of private endpoint ${write.fullId} cannot be changed from '${changed[1] ?? ''}' to '${changed[2] ?? ''}'. Delete the private endpoint and create it again.`,
    );
  }
}

/** The service that a new endpoint is to lead to. It has to be visible to the endpoint's subscription. */
export function checkTarget(write: Write, wish: Wish): Resource {
  const service = serviceNamed(write.arm.world, wish.target);
  const id = readResourceId(service?.id ?? wish.target);
  if (!aliasPattern.test(wish.target) && id === undefined) {
    throw badRequest(
      'InvalidPrivateLinkServiceId',
      `Private link service id '${wish.target}' of private endpoint ${write.fullId} is neither a resource id nor an alias.`,
    );
  }
  if (id !== undefined && id.type !== linkServiceTypeName.toLowerCase()) {
    throw badRequest('NotSimulated', `The simulator makes endpoints of Private Link services only, not of ${id.type}.`);
  }
  if (wish.groupIds.length > 0) {
    throw badRequest(
      'PrivateEndpointGroupIdsNotAllowed',
      `Private endpoint ${write.fullId} must not name group ids, because its target is a Private Link service.`,
    );
  }
  if (service === undefined || id === undefined || !isVisible(write, service, id)) {
    throw badRequest(
      'ThirdPartyPrivateLinkServiceProvidedDuringPrivateEndpointCreationDoesNotExistOrIsNotVisible',
      `Third-party Private Link Service Id ${wish.target} provided during creation of private endpoint ${write.fullId} does not exist or is not visible.`,
    );
  }
  if (wish.list === 'privateLinkServiceConnections') {
    refuseForeign(write, id);
  }
  refuseCrowded(write, service);
  return service;
}

export function serviceNamed(world: World, target: string): Resource | undefined {
  return aliasPattern.test(target)
    ? linkServices(world).find((service) => String(service.properties['alias']).toLowerCase() === target.toLowerCase())
    : find(world, target);
}

/** The subscriptions that the owner lists see it; in the owner's own directory whoever may read it does, too. */
export function isVisible(write: Pick<Write, 'arm' | 'caller' | 'id'>, service: Resource, id: ResourceId): boolean {
  const { world } = write.arm;
  const tenant = tenantOf(world, id.subscription);
  const listed = listsSubscription(subscriptionsIn(service, 'visibility'), write.id.subscription);
  const own = tenant === write.caller.tenant;
  return listed || (own && allows(world, `${linkServiceTypeName}/read`, keyOf(service)));
}

export function subscriptionsIn(service: Resource, list: 'visibility' | 'autoApproval'): string[] {
  return ((service.properties[list] ?? {}) as { subscriptions?: string[] }).subscriptions ?? [];
}

function refuseCrowded(write: Write, service: Resource): void {
  if (listOfType(write.arm.world, connectionTypeName, keyOf(service)).length >= endpointsPerService) {
    throw badRequest(
      'PrivateEndpointsPerPrivateLinkServiceLimitReached',
      `Private link service ${service.id} cannot have more than ${endpointsPerService} private endpoints.`,
    );
  }
}

export function refuseCrowdedNetwork(write: Write, network: Resource): void {
  const prefix = `${keyOf(network)}/subnets/`;
  const endpoints = listOfType(write.arm.world, endpointTypeName).filter((endpoint) =>
    (endpoint.properties['subnet'] as SubResource).id.toLowerCase().startsWith(prefix),
  );
  if (write.existing === undefined && endpoints.length >= endpointsPerNetwork) {
    throw badRequest(
      'PrivateEndpointsPerVirtualNetworkLimitReached',
      `Virtual network ${network.id} cannot have more than ${endpointsPerNetwork} private endpoints.`,
    );
  }
}

/** The name that was wished for the network interface has to be free in the endpoint's resource group. */
export function refuseTakenName(write: Write, name: unknown): void {
  const id = `${write.fullId.split('/').slice(0, 5).join('/')}/providers/${interfaceTypeName}/${String(name)}`;
  if (write.existing === undefined && typeof name === 'string' && find(write.arm.world, id) !== undefined) {
    throw badRequest(
      'PrivateEndpointCustomNetworkInterfaceNameInUse',
      `The network interface name '${name}' of private endpoint ${write.fullId} is already used by ${id}.`,
    );
  }
}

export function refuseOtherRegion(write: Write, network: Resource, location: string): void {
  if (!sameRegion(network.location, location)) {
    throw invalidReference(network.id, write.fullId);
  }
}
