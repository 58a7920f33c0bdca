/**
 * Private endpoints: an address of their own subnet, behind which a service of somebody else answers, once its owner has
 * accepted the connection. The network interface and the connection exist when the operation is over, also while the
 * owner has not decided yet. Each takes its network for as long as it is made.
 */
import { allocate } from '../allocations.ts';
import { notProvisioned } from '../arm-error.ts';
import { regionOf } from '../location.ts';
import { operationOn } from '../operations.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { endpointTypeName } from '../type-names.ts';
import {
  type Arm,
  discard,
  find,
  type Json,
  keyOf,
  networkKeyOf,
  type Resource,
  store,
  type SubResource,
} from '../world.ts';
import { connectionOf, openConnection, stateOf, wishIn, writeWish } from './endpoint-connections.ts';
import { makeInterface } from './network-interfaces.ts';
import {
  checkTarget,
  checkWish,
  refuseCrowdedNetwork,
  refuseOtherEndpoint,
  refuseOtherRegion,
  refuseTakenName,
  serviceNamed,
  subscriptionsIn,
} from './private-endpoint-rules.ts';
import { listsSubscription } from './private-link-rules.ts';
import { joinSubnet } from './subnet-use.ts';

export const privateEndpoints: ResourceType = {
  name: endpointTypeName,
  family: 'network',
  work: 'endpoint',
  put: putEndpoint,
  remove: (arm, endpoint) => {
    const network = networkKeyOfEndpoint(endpoint);
    if (network !== undefined && operationOn(arm, network) !== undefined) {
      throw notProvisioned(find(arm.world, network)?.id ?? network, endpoint.id);
    }
    return network;
  },
  finished: connect,
  removed: removeParts,
};

/** Fixed addresses are given in the order of this list; there is one for a Private Link service. */
interface FixedAddress {
  name?: string;
  properties?: { privateIPAddress?: string };
}

function putEndpoint(write: Write): Draft {
  const location = regionOf(write);
  const wanted = (write.body['properties'] ?? {}) as Json;
  const { subnet, network } = joinSubnet(write, wanted['subnet'], 'properties.subnet');
  refuseOtherRegion(write, network, location);
  const wish = checkWish(write);
  refuseOtherEndpoint(write, wish, subnet);
  refuseCrowdedNetwork(write, network);
  refuseTakenName(write, wanted['customNetworkInterfaceName']);
  const before = write.existing?.properties;
  if (before === undefined) {
    checkTarget(write, wish);
  }
  const fixed = (wanted['ipConfigurations'] ?? []) as FixedAddress[];
  if (before?.['networkInterfaces'] === undefined) {
    allocate(write.arm.world, subnet, addressWish(write.fullId, fixed));
  }
  const state = (before === undefined ? undefined : wishIn(before)?.state) ?? stateOf('Pending', 'Awaiting approval');
  return {
    properties: {
      subnet: { id: subnet.id },
      ipConfigurations: fixed,
      customDnsConfigs: before?.['customDnsConfigs'] ?? [],
      customNetworkInterfaceName: before?.['customNetworkInterfaceName'] ?? wanted['customNetworkInterfaceName'] ?? '',
      ...(before?.['networkInterfaces'] === undefined ? {} : { networkInterfaces: before['networkInterfaces'] }),
      ...writeWish(write.fullId, { ...wish, state }),
    },
    top: { location, tags: write.body['tags'] ?? {} },
    takes: keyOf(network),
  };
}

function addressWish(by: string, fixed: readonly FixedAddress[]): { by: string; address?: string } {
  const address = fixed[0]?.properties?.privateIPAddress;
  return address === undefined ? { by } : { by, address };
}

/** What comes with a new endpoint: its network interface, and the connection that the owner of the service sees. */
function connect(arm: Arm, endpoint: Resource): void {
  if (endpoint.properties['networkInterfaces'] !== undefined) {
    return;
  }
  const address = takeAddress(arm, endpoint);
  const wish = wishIn(endpoint.properties);
  const service = wish === undefined ? undefined : serviceNamed(arm.world, wish.target);
  if (wish === undefined || service === undefined) {
    const lists = wish === undefined ? {} : writeWish(endpoint.id, { ...wish, state: gone });
    store(arm, { ...endpoint, properties: { ...endpoint.properties, ...lists } });
    return;
  }
  const names = (service.properties['fqdns'] ?? []) as string[];
  const customDnsConfigs = names.map((fqdn) => ({ fqdn, ipAddresses: [address] }));
  const stored = store(arm, { ...endpoint, properties: { ...endpoint.properties, customDnsConfigs } });
  const subscription = endpoint.id.split('/')[2] ?? '';
  const welcome = listsSubscription(subscriptionsIn(service, 'autoApproval'), subscription);
  openConnection(arm, service, stored, welcome ? stateOf('Approved', 'Auto Approved') : wish.state);
}

const gone = stateOf('Disconnected', 'The private link service is gone.');

function takeAddress(arm: Arm, endpoint: Resource): string {
  const subnet = find(arm.world, (endpoint.properties['subnet'] as SubResource).id);
  const fixed = (endpoint.properties['ipConfigurations'] ?? []) as FixedAddress[];
  const custom = endpoint.properties['customNetworkInterfaceName'];
  const address = subnet === undefined ? '' : allocate(arm.world, subnet, addressWish(endpoint.id, fixed));
  const made = makeInterface(arm, {
    group: endpoint.id.split('/').slice(0, 5).join('/'),
    name: typeof custom === 'string' && custom !== '' ? custom : `${endpoint.name}.nic.${arm.newId()}`,
    location: endpoint.location ?? '',
    subnet: { id: subnet?.id ?? '' },
    addresses: [
      { name: fixed[0]?.name ?? `privateEndpointIpConfig.${arm.newId()}`, address, isStatic: fixed.length > 0 },
    ],
    owner: { privateEndpoint: { id: endpoint.id } },
  });
  endpoint.properties = { ...endpoint.properties, networkInterfaces: [{ id: made.id }] };
  return address;
}

function removeParts(arm: Arm, endpoint: Resource): void {
  for (const { id } of interfacesOf(endpoint)) {
    discard(arm, id.toLowerCase());
  }
  const connection = connectionOf(arm.world, keyOf(endpoint));
  if (connection !== undefined) {
    discard(arm, keyOf(connection));
  }
}

function interfacesOf(endpoint: Resource): SubResource[] {
  return (endpoint.properties['networkInterfaces'] ?? []) as SubResource[];
}

function networkKeyOfEndpoint(endpoint: Resource): string | undefined {
  return networkKeyOf((endpoint.properties['subnet'] as SubResource).id.toLowerCase());
}
