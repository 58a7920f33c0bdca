/** What Azure checks before it takes a Private Link service: each rule throws. Source: Private Link limits and overview. */
import { badRequest, invalidReference } from '../arm-error.ts';
import { linkedResource } from '../linked.ts';
import { sameRegion } from '../location.ts';
import type { Write } from '../resource-type.ts';
import { linkServiceTypeName, loadBalancerTypeName } from '../type-names.ts';
import { keyOf, listOfType, networkKeyOf, type Resource, type SubResource, type World } from '../world.ts';
import { type Frontend, frontends } from './load-balancers.ts';
import { type Joined, joinSubnet } from './subnet-use.ts';

const natAddressesPerService = 8;
const servicesPerBalancer = 8;
const servicesPerSubscription = 800;
const subscriptionsPerList = 100;

/** One entry of `ipConfigurations`, as the body of a PUT has it. */
export interface WantedAddress {
  name?: string;
  properties?: {
    subnet?: SubResource;
    primary?: boolean;
    privateIPAddress?: string;
    privateIPAllocationMethod?: string;
  };
}

export function checkFrontends(write: Write, ids: readonly (string | undefined)[], location: string): Frontend[] {
  if (ids.length === 0) {
    throw badRequest(
      'PrivateLinkServiceMustHaveLoadBalancerFrontendIpConfigurations',
      `Private link service ${write.fullId} must reference a frontend IP configuration of a load balancer.`,
    );
  }
  return ids.map((id = '') => checkFrontend(write, id, location));
}

function checkFrontend(write: Write, id: string, location: string): Frontend {
  linkedResource(write, id, { type: `${loadBalancerTypeName}/frontendIPConfigurations`, verb: 'join/action' });
  const frontend = frontends(write.arm.world).find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (frontend === undefined || !sameRegion(frontend.balancer.location, location)) {
    throw invalidReference(id, write.fullId);
  }
  if ((frontend.balancer['sku'] as { name?: string } | undefined)?.name !== 'Standard') {
    throw badRequest(
      'PrivateLinkServiceRequiresStandardLoadBalancer',
      `Private link service ${write.fullId} cannot use load balancer ${frontend.balancer.id}: only load balancers with SKU Standard are supported.`,
    );
  }
  if (frontend.address === undefined) {
    throw badRequest(
      'PrivateLinkServiceRequiresPrivateFrontend',
      `Private link service ${write.fullId} cannot use frontend ${frontend.id}: it has a public IP address and its rules use floating IP.`,
    );
  }
  refuseTaken(write, frontend);
  return frontend;
}

function refuseTaken(write: Write, frontend: Frontend): void {
  const others = otherServices(write);
  const owner = others.find((service) => frontendIdsOf(service).includes(frontend.id.toLowerCase()));
  if (owner !== undefined) {
    throw badRequest(
      'LoadBalancerFrontendIpConfigurationInUseByPrivateLinkService',
      `Frontend ${frontend.id} referenced by private link service ${write.fullId} is already used by private link service ${owner.id}. A frontend can be used by one private link service.`,
    );
  }
  const balancerKey = keyOf(frontend.balancer);
  const onSame = others.filter((service) => frontendIdsOf(service).some((id) => id.startsWith(`${balancerKey}/`)));
  if (onSame.length >= servicesPerBalancer) {
    throw badRequest(
      'PrivateLinkServicesPerLoadBalancerLimitReached',
      `Cannot create more than ${servicesPerBalancer} private link services on load balancer ${frontend.balancer.id}.`,
    );
  }
}

/** Where each NAT address is to be taken from. */
export function checkNatAddresses(
  write: Write,
  wanted: readonly WantedAddress[],
  network: string | undefined,
): Joined[] {
  const names = new Set(wanted.map(({ name }) => name?.toLowerCase()));
  const primary = wanted.filter(({ properties }) => properties?.primary === true);
  if (wanted.length === 0 || wanted.length > natAddressesPerService || names.size !== wanted.length) {
    throw badRequest(
      'PrivateLinkServiceInvalidIpConfigurations',
      `Private link service ${write.fullId} must have 1 to ${natAddressesPerService} IP configurations with different names; there are ${wanted.length}.`,
    );
  }
  if (primary.length !== 1) {
    throw badRequest(
      'PrivateLinkServiceMustHaveOnePrimaryIpConfiguration',
      `Private link service ${write.fullId} must have exactly one primary IP configuration; there are ${primary.length}.`,
    );
  }
  return wanted.map(({ properties }) => {
    const joined = joinSubnet(write, properties?.subnet, 'properties.ipConfigurations[].properties.subnet');
    checkNatSubnet(write, joined, network);
    return joined;
  });
}

function checkNatSubnet(write: Write, { subnet, network }: Joined, balancerNetwork: string | undefined): void {
  if (keyOf(network) !== balancerNetwork) {
    throw badRequest(
      'PrivateLinkServiceSubnetNotInLoadBalancerVirtualNetwork',
      `Subnet ${subnet.id} of private link service ${write.fullId} is not in the virtual network of its load balancer.`,
    );
  }
  if (subnet.properties['privateLinkServiceNetworkPolicies'] !== 'Disabled') {
    throw badRequest(
      'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
      `Private link service ${write.fullId} cannot be created in a subnet ${subnet.id} since it has private link service network policies enabled.`,
    );
  }
}

/** Once there are several NAT addresses, none of them can be taken away again. */
export function refuseFewerAddresses(write: Write, wanted: readonly WantedAddress[]): void {
  const before = (write.existing?.properties['ipConfigurations'] ?? []) as { name: string }[];
  const gone = before.find(({ name }) => !wanted.some((each) => each.name?.toLowerCase() === name.toLowerCase()));
  if (before.length > 1 && gone !== undefined) {
    throw badRequest(
      'PrivateLinkServiceIpConfigurationCannotBeRemoved',
      `IP configuration ${gone.name} of private link service ${write.fullId} cannot be removed.`,
    );
  }
}

export function checkAudience(write: Write, visible: readonly string[], approved: readonly string[]): void {
  if (visible.length > subscriptionsPerList || approved.length > subscriptionsPerList) {
    throw badRequest(
      'PrivateLinkServiceSubscriptionsLimitReached',
      `Visibility and auto-approval of private link service ${write.fullId} take at most ${subscriptionsPerList} subscriptions each.`,
    );
  }
  const stranger = approved.find((subscription) => !listsSubscription(visible, subscription));
  if (stranger !== undefined) {
    throw badRequest(
      'PrivateLinkServiceAutoApprovalMustBeSubsetOfVisibility',
      `Auto-approval of private link service ${write.fullId} names subscription '${stranger}', which its visibility does not include.`,
    );
  }
}

export function listsSubscription(list: readonly string[], subscription: string): boolean {
  return list.includes('*') || list.some((each) => each.toLowerCase() === subscription.toLowerCase());
}

export function refuseTooManyServices(write: Write): void {
  const own = listOfType(write.arm.world, linkServiceTypeName, `/subscriptions/${write.id.subscription.toLowerCase()}`);
  if (write.existing === undefined && own.length >= servicesPerSubscription) {
    throw badRequest(
      'PrivateLinkServicesLimitReached',
      `Cannot create more than ${servicesPerSubscription} private link services in subscription ${write.id.subscription}.`,
    );
  }
}

function otherServices(write: Write): Resource[] {
  return linkServices(write.arm.world).filter((service) => keyOf(service) !== write.id.key);
}

export function linkServices(world: World): Resource[] {
  return listOfType(world, linkServiceTypeName);
}

/** In lower case. */
export function frontendIdsOf(service: Resource): string[] {
  return ((service.properties['loadBalancerFrontendIpConfigurations'] ?? []) as SubResource[]).map(({ id }) =>
    id.toLowerCase(),
  );
}

/** Lower-case id of the network in which a private frontend stands. */
export function networkOfFrontend(frontend: Frontend | undefined): string | undefined {
  return frontend?.subnetKey === undefined ? undefined : networkKeyOf(frontend.subnetKey);
}
