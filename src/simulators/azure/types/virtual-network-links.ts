/**
 * Links of private zones to networks. A network may be linked once to a zone, and to one zone of a name; the second rule
 * shows only while the operation runs. The link answers names a little after its operation has succeeded.
 */
import { ArmError, badRequest, invalidReference, notProvisioned } from '../arm-error.ts';
import { linkedResource } from '../linked.ts';
import { startOperation, writeTo } from '../operations.ts';
import type { Draft, ResourceType, Write } from '../resource-type.ts';
import { networkTypeName } from '../type-names.ts';
import {
  type Arm,
  type Failure,
  find,
  type Json,
  keyOf,
  listOfType,
  type Operation,
  type Resource,
  type SubResource,
  textIn,
} from '../world.ts';
import { linksOf, linkTypeName, refuseRegion, refuseUnfinishedZone } from './private-dns-zones.ts';

const linksPerZone = 1000;

/** The operation takes nine tenths of the time, the service itself the rest. */
const operationShare = 0.9;

export const virtualNetworkLinks: ResourceType = {
  name: linkTypeName,
  family: 'private-dns',
  work: 'link',
  operationShare,
  put: putLink,
  remove: () => undefined,
  finished: settleLater,
};

function putLink(write: Write): Draft {
  refuseUnfinishedZone(write.parent);
  refuseRegion(write.body['location'], linkTypeName);
  const wanted = (write.body['properties'] ?? {}) as Json;
  const networkId = (wanted['virtualNetwork'] as Partial<SubResource> | undefined)?.id;
  if (typeof networkId !== 'string') {
    throw badRequest('BadRequest', 'The property virtualNetwork.id is required to link a private zone.');
  }
  const network = linkedResource(write, networkId, { type: networkTypeName, verb: 'join/action' });
  if (network === undefined) {
    throw invalidReference(networkId, write.fullId);
  }
  // An endpoint that is being made in the network does not matter to a zone.
  if (writeTo(write.arm, keyOf(network)) !== undefined) {
    throw notProvisioned(network.id, write.fullId);
  }
  refuseOtherNetwork(write, network);
  refuseSecondLink(write, network);
  refuseTooManyLinks(write);
  const fails = sameNameElsewhere(write, network);
  const isNew = write.existing === undefined;
  return {
    properties: {
      virtualNetwork: { id: network.id },
      registrationEnabled: wanted['registrationEnabled'] === true,
      resolutionPolicy: resolutionPolicy(write, wanted),
      virtualNetworkLinkState: isNew ? 'InProgress' : write.existing?.properties['virtualNetworkLinkState'],
    },
    top: { location: 'global', tags: write.body['tags'] ?? {} },
    ...(fails === undefined ? {} : { fails }),
  };
}

export function linkedNetworkKey(link: Resource): string {
  return (link.properties['virtualNetwork'] as SubResource).id.toLowerCase();
}

export function zoneKeyOf(link: Resource): string {
  return keyOf(link).split('/').slice(0, -2).join('/');
}

function refuseOtherNetwork(write: Write, network: Resource): void {
  if (write.existing !== undefined && linkedNetworkKey(write.existing) !== keyOf(network)) {
    throw badRequest(
      'BadRequest',
      `The virtual network of link '${write.id.name}' cannot be changed. Delete the link and create it again.`,
    );
  }
}

/** Whether a name that the zone does not have is asked on the internet: only zones of private link may do that. */
function resolutionPolicy(write: Write, wanted: Json): string {
  const policy = textIn(wanted, 'resolutionPolicy', 'Default');
  if (policy !== 'Default' && (policy !== 'NxDomainRedirect' || !/^privatelink\./i.test(write.parent?.name ?? ''))) {
    throw badRequest(
      'BadRequest',
      `The resolution policy '${policy}' is not allowed for a link of the private zone '${write.parent?.name ?? ''}'.`,
    );
  }
  return policy;
}

function refuseTooManyLinks(write: Write): void {
  if (write.existing === undefined && linksOf(write.arm.world, write.id.parentKey ?? '').length >= linksPerZone) {
    throw badRequest('BadRequest', `A private zone can be linked to at most ${linksPerZone} virtual networks.`);
  }
}

function refuseSecondLink(write: Write, network: Resource): void {
  const others = linksOf(write.arm.world, write.id.parentKey ?? '').filter((link) => keyOf(link) !== write.id.key);
  if (others.some((link) => linkedNetworkKey(link) === keyOf(network))) {
    throw new ArmError(
      409,
      'Conflict',
      `Private zone '${write.parent?.name ?? ''}' is already linked to the virtual network '${network.id}'.`,
    );
  }
}

function sameNameElsewhere(write: Write, network: Resource): Failure | undefined {
  const zoneName = write.parent?.name.toLowerCase();
  const clash = listOfType(write.arm.world, linkTypeName)
    .filter((link) => linkedNetworkKey(link) === keyOf(network) && zoneKeyOf(link) !== write.id.parentKey)
    .map((link) => find(write.arm.world, zoneKeyOf(link)))
    .find((zone) => zone?.name.toLowerCase() === zoneName);
  return clash === undefined
    ? undefined
    : {
        code: 'BadRequest',
        message: `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${clash.name}' and '${write.parent?.name ?? ''}' zones.`,
      };
}

function settleLater(arm: Arm, link: Resource, operation: Operation): void {
  const later = startOperation(arm, {
    type: virtualNetworkLinks,
    resource: link,
    action: 'settle',
    work: 'link',
    location: 'global',
    factor: 1 - operationShare,
    more: { onSuccess: { virtualNetworkLinkState: 'Completed' } },
  });
  // Time may have passed unseen: what follows an operation starts when it ended, not when somebody looked.
  const length = Temporal.Instant.from(later.acceptedAt).until(Temporal.Instant.from(later.completesAt));
  later.acceptedAt = operation.completesAt;
  later.completesAt = Temporal.Instant.from(operation.completesAt).add(length).toString();
}
