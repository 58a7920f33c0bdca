/**
 * Private Link services: they put a frontend of a load balancer where endpoints of other networks, subscriptions and
 * directories can reach it, and nothing else of the network. Who sees it and who is let in without asking is its own.
 */
import { allocate } from '../allocations.ts';
import { badRequest } from '../arm-error.ts';
import { regionOf } from '../location.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { connectionTypeName, linkServiceTypeName } from '../type-names.ts';
import { type Arm, discard, find, type Json, keyOf, listOfType, type Resource, type SubResource } from '../world.ts';
import { configurationsOf, makeInterface } from './network-interfaces.ts';
import {
  checkAudience,
  checkFrontends,
  checkNatAddresses,
  networkOfFrontend,
  refuseFewerAddresses,
  refuseTooManyServices,
  type WantedAddress,
} from './private-link-rules.ts';

export const privateLinkServices: ResourceType = {
  name: linkServiceTypeName,
  family: 'network',
  work: 'link-service',
  put: putService,
  remove: refuseServiceInUse,
  finished: takeAddresses,
  removed: (arm, service) => {
    for (const { id } of interfacesOf(service)) {
      discard(arm, id.toLowerCase());
    }
  },
  show: (arm, service) => ({
    ...service,
    properties: {
      ...service.properties,
      privateEndpointConnections: listOfType(arm.world, connectionTypeName, keyOf(service)),
    },
  }),
};

function putService(write: Write): Draft {
  const location = regionOf(write);
  const wanted = (write.body['properties'] ?? {}) as Json;
  if (wanted['destinationIPAddress'] !== undefined) {
    throw badRequest('NotSimulated', 'The simulator makes Private Link services only in front of load balancers.');
  }
  const audience = { visibility: listIn(wanted, 'visibility'), autoApproval: listIn(wanted, 'autoApproval') };
  checkAudience(write, audience.visibility, audience.autoApproval);
  refuseTooManyServices(write);
  const ids = ((wanted['loadBalancerFrontendIpConfigurations'] ?? []) as Partial<SubResource>[]).map(({ id }) => id);
  const [frontend] = checkFrontends(write, ids, location);
  const addresses = (wanted['ipConfigurations'] ?? []) as WantedAddress[];
  checkNatAddresses(write, addresses, networkOfFrontend(frontend));
  refuseFewerAddresses(write, addresses);
  const properties: Json = {
    alias:
      write.existing?.properties['alias'] ??
      `${write.id.name}.${write.arm.newId()}.${location}.azure.privatelinkservice`,
    fqdns: wanted['fqdns'] ?? [],
    visibility: { subscriptions: audience.visibility },
    autoApproval: { subscriptions: audience.autoApproval },
    enableProxyProtocol: wanted['enableProxyProtocol'] === true,
    accessMode: wanted['accessMode'] ?? 'Default',
    loadBalancerFrontendIpConfigurations: ids.map((id) => ({ id })),
    ipConfigurations: addresses.map((each) => configuration(write.fullId, each)),
    networkInterfaces: write.existing?.properties['networkInterfaces'] ?? [],
  };
  natAddresses(write.arm, { id: write.fullId, name: write.id.name, type: linkServiceTypeName, properties });
  return { properties, top: { location, tags: write.body['tags'] ?? {} } };
}

function listIn(wanted: Json, name: string): string[] {
  return ((wanted[name] ?? {}) as { subscriptions?: string[] }).subscriptions ?? [];
}

function configuration(serviceId: string, { name = '', properties = {} }: WantedAddress): Json {
  return {
    id: `${serviceId}/ipConfigurations/${name}`,
    name,
    type: `${linkServiceTypeName}/ipConfigurations`,
    properties: {
      provisioningState: 'Succeeded',
      privateIPAllocationMethod: properties.privateIPAllocationMethod ?? 'Dynamic',
      ...(properties.privateIPAddress === undefined ? {} : { privateIPAddress: properties.privateIPAddress }),
      privateIPAddressVersion: 'IPv4',
      primary: properties.primary === true,
      subnet: { id: properties.subnet?.id ?? '' },
    },
  };
}

interface NatAddress {
  name: string;
  address: string;
  isStatic: boolean;
}

/** The addresses that callers seem to come from: those that it has already, and free ones of its subnets. */
function natAddresses(arm: Arm, service: Resource): NatAddress[] {
  const held = interfacesOf(service)
    .map(({ id }) => find(arm.world, id))
    .flatMap((each) => (each === undefined ? [] : configurationsOf(each)));
  const given: NatAddress[] = [];
  for (const { name, properties } of service.properties['ipConfigurations'] as Required<WantedAddress>[]) {
    const subnet = find(arm.world, properties.subnet?.id);
    const own = held.find((each) => each.name === name)?.properties.privateIPAddress;
    const isStatic = properties.privateIPAllocationMethod === 'Static';
    const wanted = isStatic ? properties.privateIPAddress : undefined;
    const besides = given.map(({ address }) => address);
    if (own !== undefined) {
      given.push({ name, address: own, isStatic });
    } else if (subnet !== undefined) {
      const wish = { by: service.id, besides, ...(wanted === undefined ? {} : { address: wanted }) };
      given.push({ name, address: allocate(arm.world, subnet, wish), isStatic });
    }
  }
  return given;
}

function takeAddresses(arm: Arm, service: Resource): void {
  const [first] = service.properties['ipConfigurations'] as Required<WantedAddress>[];
  const name = interfacesOf(service)[0]?.id.split('/').at(-1) ?? `${service.name}.nic.${arm.newId()}`;
  const made = makeInterface(arm, {
    group: service.id.split('/').slice(0, 5).join('/'),
    name,
    location: service.location ?? '',
    subnet: { id: first?.properties.subnet?.id ?? '' },
    addresses: natAddresses(arm, service),
    owner: { privateLinkService: { id: service.id } },
  });
  service.properties = { ...service.properties, networkInterfaces: [{ id: made.id }] };
}

function interfacesOf(service: Resource): SubResource[] {
  return (service.properties['networkInterfaces'] ?? []) as SubResource[];
}

function refuseServiceInUse(arm: Arm, service: Resource): void {
  const [connection] = listOfType(arm.world, connectionTypeName, keyOf(service));
  if (connection !== undefined) {
    throw badRequest(
      'PrivateLinkServiceWithPrivateEndpointConnectionsCannotBeDeleted',
      `Private link service ${service.id} cannot be deleted since it has private endpoint connections, such as ${connection.id}. Delete them first.`,
    );
  }
}
