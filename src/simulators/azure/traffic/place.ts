/** Where a packet starts or ends: a network, the subnet in it, the address. */
import { nextFree } from '../address-space.ts';
import { subnetPrefixes } from '../allocations.ts';
import { prefixesOf } from '../types/peering-state.ts';
import { delegationsOf } from '../types/subnet-rules.ts';
import { subnetsOf } from '../types/subnets.ts';
import { keyOf, type Resource, type World } from '../world.ts';

export interface Place {
  network: Resource;
  /** Undefined in a network without subnets. */
  subnet: Resource | undefined;
  address: string;
}

/** A machine as it could stand in each subnet of a network in which machines stand. */
export function placesIn(world: World, network: Resource): Place[] {
  const subnets = subnetsOf(world, keyOf(network)).filter(isForMachines);
  return subnets.length === 0
    ? [{ network, subnet: undefined, address: firstAddress(prefixesOf(network)) }]
    : subnets.map((subnet) => placeIn(network, subnet));
}

export function placeIn(network: Resource, subnet: Resource): Place {
  return { network, subnet, address: firstAddress(subnetPrefixes(subnet)) };
}

/** The first address that a machine may have; whether one has it does not matter here. */
export function firstAddress(prefixes: readonly string[]): string {
  return nextFree(prefixes, new Set()) ?? prefixes[0]?.split('/')[0] ?? '0.0.0.0';
}

function isForMachines(subnet: Resource): boolean {
  return subnet.name.toLowerCase() !== 'gatewaysubnet' && delegationsOf(subnet).length === 0;
}
