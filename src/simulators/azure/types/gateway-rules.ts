/**
 * Gateway transit: one network lends its gateway (`allowGatewayTransit`), the other one uses it (`useRemoteGateways`),
 * in this order, and only one of them has a gateway. The codes of the second and the following refusals are ours: only
 * their wording is known.
 */
import { badRequest } from '../arm-error.ts';
import type { Write } from '../resource-type.ts';
import { keyOf, type Resource } from '../world.ts';
import { counterpartOf, type Peering, peeringsOf } from './peering-state.ts';
import { gatewaysOf } from './virtual-network-gateways.ts';

/** `candidate` is the peering as it would be stored. */
export function checkGatewayFlags(write: Write, candidate: Peering, remote: Resource): void {
  if (candidate.properties['useRemoteGateways'] === true) {
    refuseTwoGateways(write, candidate);
    refuseMissingGateway(write, candidate, remote);
  }
  refuseTakingBack(write, candidate);
}

function refuseMissingGateway(write: Write, candidate: Peering, remote: Resource): void {
  const { world } = write.arm;
  if (candidate.properties['doNotVerifyRemoteGateways'] === true) {
    return;
  }
  if (gatewaysOf(world, keyOf(remote)).length === 0) {
    throw badRequest(
      'RemoteVnetHasNoGateways',
      `Peering ${write.fullId} cannot have UseRemoteGateway flag set to true because remote virtual network ${remote.id} referenced by the peering does not have any gateways.`,
    );
  }
  const other = counterpartOf(world, candidate);
  if (other?.properties['allowGatewayTransit'] !== true) {
    throw badRequest(
      'RemotePeeringDoesNotAllowGatewayTransit',
      `Peering ${write.fullId} cannot have UseRemoteGateways flag set to true, because corresponding remote peering ${other?.id ?? `in ${remote.id}`} has AllowGatewayTransit flag set to false.`,
    );
  }
}

function refuseTwoGateways(write: Write, candidate: Peering): void {
  const { world } = write.arm;
  const network = write.id.parentKey ?? '';
  if (gatewaysOf(world, network).length > 0) {
    throw badRequest(
      'VnetWithGatewayCannotUseRemoteGateways',
      `Peering ${write.fullId} cannot have UseRemoteGateways flag set to true because virtual network ${write.parent?.id ?? ''} has a gateway of its own.`,
    );
  }
  const other = peeringsOf(world, network).find(
    (each) => keyOf(each) !== keyOf(candidate) && each.properties['useRemoteGateways'] === true,
  );
  if (other !== undefined) {
    throw badRequest(
      'OnlyOnePeeringCanUseRemoteGateways',
      `Peering ${write.fullId} cannot have UseRemoteGateways flag set to true because peering ${other.id} of the same virtual network has it already.`,
    );
  }
}

function refuseTakingBack(write: Write, candidate: Peering): void {
  const other = counterpartOf(write.arm.world, candidate);
  if (candidate.properties['allowGatewayTransit'] !== true && other?.properties['useRemoteGateways'] === true) {
    throw badRequest(
      'RemotePeeringUsesGateways',
      `Peering ${write.fullId} cannot have AllowGatewayTransit flag set to false because remote peering ${other.id} has UseRemoteGateways flag set to true.`,
    );
  }
}
