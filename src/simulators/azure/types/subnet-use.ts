/** Taking an address in a subnet: the right to join it, its network standing still, and nobody having it for himself. */
import { badRequest, invalidReference, notProvisioned } from '../arm-error.ts';
import { linkedResource } from '../linked.ts';
import { operationOn } from '../operations.ts';
import type { Write } from '../resource-type.ts';
import { find, keyOf, networkKeyOf, type Resource, type SubResource } from '../world.ts';
import { delegationsOf } from './subnet-rules.ts';
import { subnetTypeName } from './subnets.ts';

export interface Joined {
  subnet: Resource;
  network: Resource;
}

/** `reference` is what the body of a PUT says about the subnet; `path` is where it says it. */
export function joinSubnet(write: Write, reference: unknown, path: string): Joined {
  const id = (reference as Partial<SubResource> | undefined)?.id;
  if (typeof id !== 'string') {
    throw badRequest('MissingJsonReferenceId', `Value for reference id is missing. Path ${path}.`);
  }
  const subnet = linkedResource(write, id, { type: subnetTypeName, verb: 'join/action' });
  const network = subnet === undefined ? undefined : find(write.arm.world, networkKeyOf(keyOf(subnet)));
  if (subnet === undefined || network === undefined) {
    throw invalidReference(id, write.fullId);
  }
  if (operationOn(write.arm, keyOf(network)) !== undefined) {
    throw notProvisioned(subnet.id, write.fullId);
  }
  refuseFailed(write, subnet);
  refuseFailed(write, network);
  refuseReserved(write, subnet);
  return { subnet, network };
}

/** What the last write left unfinished takes nothing new until it was written again. */
export function refuseFailed(write: Write, used: Resource): void {
  if (used.properties['provisioningState'] === 'Failed') {
    throw notProvisioned(used.id, write.fullId, 'Failed');
  }
}

function refuseReserved(write: Write, subnet: Resource): void {
  const [owner] = delegationsOf(subnet);
  if (owner !== undefined) {
    throw badRequest(
      'ResourceNotPermittedOnDelegatedSubnet',
      `Resource ${write.fullId} cannot be created in subnet ${subnet.id} because it is delegated to ${owner}.`,
    );
  }
  if (subnet.name.toLowerCase() === 'gatewaysubnet') {
    throw badRequest(
      'GatewaySubnet',
      `Resource ${write.fullId} references subnet ${subnet.id}, which only virtual network gateways may use.`,
    );
  }
}
