/**
 * Virtual networks. A PUT replaces: subnets that the body omits are deleted, unless they are in use. Newer regions keep
 * the subnets when the property is missing altogether; this one does not, because a client must not count on that.
 */
import { isAddress, isPrefix, overlaps, sameSpace } from '../address-space.ts';
import { badRequest } from '../arm-error.ts';
import { regionOf } from '../location.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { networkTypeName } from '../type-names.ts';
import { type AddressSpace, type Arm, discard, type Json, keyOf, type Resource, store } from '../world.ts';
import { type Peering, peeringsOf, prefixesOf, showPeering } from './peering-state.ts';
import { disconnect } from './peerings.ts';
import { checkAttachments, checkSubnet, refuseHarmfulChange, refuseSubnetInUse } from './subnet-rules.ts';
import { showSubnet, subnetProperties, subnetsDone, subnetsOf, subnetTypeName, usersOf } from './subnets.ts';

const dnsServersPerNetwork = 20;

const ownProperties = new Set(['subnets', 'virtualNetworkPeerings', 'provisioningState', 'resourceGuid']);

export const virtualNetworks: ResourceType = {
  name: networkTypeName,
  family: 'network',
  work: 'network',
  put: putNetwork,
  remove: (arm, network) => {
    for (const subnet of subnetsOf(arm.world, keyOf(network))) {
      refuseSubnetInUse(subnet, usersOf(arm.world, subnet));
    }
  },
  finished: subnetsDone,
  removed: removeChildren,
  show: showNetwork,
};

function putNetwork(write: Write): Draft {
  const location = regionOf(write);
  const wanted = (write.body['properties'] ?? {}) as Json;
  const prefixes = (wanted['addressSpace'] as AddressSpace | undefined)?.addressPrefixes ?? [];
  if (prefixes.length === 0 || !prefixes.every(isPrefix)) {
    throw badRequest(
      'InvalidAddressPrefixFormat',
      `Address prefix ${prefixes.join(', ')} of resource ${write.fullId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  refuseOverlapWithPeers(write, prefixes);
  checkDnsServers(write, ((wanted['dhcpOptions'] ?? {}) as { dnsServers?: unknown[] }).dnsServers ?? []);
  const properties = {
    resourceGuid: write.existing?.properties['resourceGuid'] ?? write.arm.newId(),
    enableDdosProtection: false,
    ...Object.fromEntries(Object.entries(wanted).filter(([name]) => !ownProperties.has(name))),
  };
  const network: Resource = { id: write.fullId, name: write.id.name, type: virtualNetworks.name, properties };
  const subnets = wantedSubnets(write, { ...network, location }, (wanted['subnets'] ?? []) as Json[]);
  const goneSubnets = subnetsOf(write.arm.world, write.id.key).filter(
    (old) => !subnets.some((kept) => keyOf(kept) === keyOf(old)),
  );
  for (const subnet of goneSubnets) {
    refuseSubnetInUse(subnet, usersOf(write.arm.world, subnet));
  }
  const gonePeerings = droppedPeerings(write, wanted['virtualNetworkPeerings'] as { name?: string }[] | undefined);
  replaceChildren(write.arm, subnets, goneSubnets, gonePeerings);
  return { properties, top: { location, tags: write.body['tags'] ?? {} } };
}

function refuseOverlapWithPeers(write: Write, prefixes: string[]): void {
  if (write.existing === undefined || sameSpace(prefixes, prefixesOf(write.existing))) {
    return;
  }
  for (const peering of peeringsOf(write.arm.world, write.id.key)) {
    const shared = overlaps(prefixes, peering.properties.remoteAddressSpace.addressPrefixes);
    if (shared.length > 0) {
      throw badRequest(
        'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
        `Cannot update address space of virtual network ${write.fullId} because it overlaps with address space of virtual network ${peering.properties.remoteVirtualNetwork.id} already peered with it. Overlapping address prefixes: ${shared.join(', ')}.`,
      );
    }
  }
}

function checkDnsServers(write: Write, servers: unknown[]): void {
  const wrong = servers.findIndex((server) => typeof server !== 'string' || !isAddress(server));
  if (wrong >= 0 || servers.length > dnsServersPerNetwork) {
    throw badRequest(
      'InvalidDhcpOptionsDnsServers',
      `The DNS servers of virtual network ${write.fullId} are invalid: at most ${dnsServersPerNetwork} IPv4 addresses are allowed, and ${wrong < 0 ? `there are ${servers.length}` : `number ${wrong + 1} is none`}.`,
    );
  }
}

function wantedSubnets(write: Write, network: Resource, bodies: Json[]): Resource[] {
  const before = subnetsOf(write.arm.world, write.id.key);
  const made = bodies.map((body): Resource => {
    const name = String(body['name']);
    const id = `${write.fullId}/subnets/${name}`;
    const old = before.find((subnet) => keyOf(subnet) === id.toLowerCase());
    const properties = { ...subnetProperties(body, old), provisioningState: 'Updating' };
    return { id: old?.id ?? id, name: old?.name ?? name, type: subnetTypeName, properties };
  });
  for (const [index, subnet] of made.entries()) {
    const old = before.find((each) => keyOf(each) === keyOf(subnet));
    checkSubnet(subnet, network, made.slice(0, index));
    checkAttachments(write, subnet, network.location);
    if (old !== undefined) {
      refuseHarmfulChange(write.arm.world, subnet, old);
    }
  }
  return made;
}

/** A body without peerings leaves them alone; one that lists them drops the others. It cannot make new ones here. */
function droppedPeerings(write: Write, listed: { name?: string }[] | undefined): Peering[] {
  const before = peeringsOf(write.arm.world, write.id.key);
  if (listed === undefined) {
    return [];
  }
  const names = listed.map((peering) => String(peering.name).toLowerCase());
  const unknown = names.find((name) => !before.some((peering) => peering.name.toLowerCase() === name));
  if (unknown !== undefined) {
    throw badRequest('NotSimulated', `The simulator makes peering '${unknown}' only by its own PUT.`);
  }
  return before.filter((peering) => !names.includes(peering.name.toLowerCase()));
}

function replaceChildren(arm: Arm, subnets: Resource[], goneSubnets: Resource[], gonePeerings: Peering[]): void {
  for (const subnet of subnets) {
    store(arm, subnet);
  }
  for (const gone of [...goneSubnets, ...gonePeerings]) {
    discard(arm, keyOf(gone));
  }
  for (const peering of gonePeerings) {
    disconnect(arm, peering);
  }
}

function removeChildren(arm: Arm, network: Resource): void {
  const key = keyOf(network);
  replaceChildren(arm, [], subnetsOf(arm.world, key), peeringsOf(arm.world, key));
}

function showNetwork(arm: Arm, network: Resource): Resource {
  const key = keyOf(network);
  return {
    ...network,
    properties: {
      ...network.properties,
      subnets: subnetsOf(arm.world, key).map((subnet) => showSubnet(arm.world, subnet)),
      virtualNetworkPeerings: peeringsOf(arm.world, key).map((peering) => showPeering(arm.world, peering)),
    },
  };
}
