/** What the peerings that are there already mean for a new one. */
import { care, stop } from './finding.ts';
import type { Finding } from './plan.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type Survey } from './world.ts';

/** Azure's limit of peerings in one network. */
const peeringLimit = 500;

export function checkPeerings(survey: Survey): Finding[] {
  const ours = survey.environment.network;
  if (ours === null) {
    return [];
  }
  const missing = survey.networks.filter((theirs) => peeringTo(ours, theirs) === null).length;
  return [
    ...survey.networks.flatMap((theirs) => [
      ...checkHalf(theirs, ours),
      ...checkHalf(ours, theirs),
      ...checkLimit(theirs, peeringTo(theirs, ours) === null ? 1 : 0),
    ]),
    ...checkLimit(ours, missing),
  ];
}

export function peeringTo(from: NetworkSeen, to: NetworkSeen): PeeringSeen | null {
  return from.peerings.find((peering) => sameResource(peering.remoteNetwork, to.id)) ?? null;
}

function checkHalf(from: NetworkSeen, to: NetworkSeen): Finding[] {
  const peering = peeringTo(from, to);
  if (peering === null) {
    return [];
  }
  if (peering.state === 'Disconnected') {
    return [
      stop(
        'RemotePeeringIsDisconnected',
        `${from.name} has a peering with ${to.name}, ${peering.name}, whose other half was deleted. Azure does not connect such a half again.`,
        `Delete the peering ${peering.name} of ${from.name} in the Azure portal, then plan again; the plan makes both halves new.`,
      ),
    ];
  }
  if (!peering.allowVirtualNetworkAccess) {
    return [
      care(
        'PeeringAccessBlocked',
        `The peering ${peering.name} of ${from.name} blocks all traffic today; the plan opens it.`,
        'Ask whoever made it why it is blocked before you approve.',
      ),
    ];
  }
  return [];
}

function checkLimit(network: NetworkSeen, added: number): Finding[] {
  if (added === 0 || network.peerings.length + added <= peeringLimit) {
    return [];
  }
  return [
    stop(
      'PeeringLimitReached',
      `${network.name} has ${network.peerings.length} peerings; Azure allows ${peeringLimit}.`,
      'Delete peerings that are no longer needed, or use Private Link.',
    ),
  ];
}
