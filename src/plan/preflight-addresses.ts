/**
 * Azure refuses a peering when the two address spaces overlap, and also when one of them overlaps a third network that
 * the other side is peered with. A peering that is left over (`Disconnected`) still counts.
 */
import { isPrefix, type Overlap, prefixesOverlap } from './address-space.ts';
import { care, stop, unknown } from './finding.ts';
import { graphOf, keyOf, reachableFrom } from './network-graph.ts';
import type { Finding } from './plan.ts';
import { shortName } from './resource-id.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type Survey } from './world.ts';

export function checkAddresses(survey: Survey): Finding[] {
  const ours = survey.environment.network;
  if (ours === null) {
    return [];
  }
  return [
    ...survey.networks.flatMap((theirs) => [
      ...checkPair(ours, theirs),
      ...checkPeered(ours, theirs),
      ...checkPeered(theirs, ours),
    ]),
    ...checkEachOther(survey.networks, ours),
    ...[ours, ...survey.networks].flatMap(checkReadable),
  ];
}

/**
 * Overlaps that make Azure refuse a peering of `ours` with `theirs`: with the network itself, and with every network that
 * it is peered with already, except for `ours`.
 */
export function overlapsThatForbidPeering(ours: NetworkSeen, theirs: NetworkSeen): Overlap[] {
  return [
    ...prefixesOverlap(ours.addressPrefixes, theirs.addressPrefixes),
    ...othersOf(theirs, ours).flatMap((peering) => prefixesOverlap(ours.addressPrefixes, prefixesBehind(peering))),
    ...othersOf(ours, theirs).flatMap((peering) => prefixesOverlap(theirs.addressPrefixes, prefixesBehind(peering))),
  ];
}

/**
 * Networks further away, which the environment would reach through a shared gateway or forwarded traffic. Azure refuses
 * nothing there, but an address that stands on both sides is then reached on one of them only.
 * @param after All networks as they are when the plan is done.
 */
export function checkFarAddresses(ours: NetworkSeen, after: readonly NetworkSeen[]): Finding[] {
  const graph = graphOf(after);
  const near = graph.next.get(keyOf(ours.id)) ?? new Set();
  return [...reachableFrom(graph, keyOf(ours.id))].flatMap((key) => {
    const node = graph.nodes.get(key);
    const overlaps = node === undefined || near.has(key) ? [] : prefixesOverlap(ours.addressPrefixes, node.prefixes);
    return overlaps.length === 0
      ? []
      : [
          care(
            'OverlapFurtherAway',
            `${node?.name ?? ''} would be reached through another network, and its range overlaps ${ours.name}: ${pairs(overlaps)}. Addresses that both have lead to one of them only.`,
            'Leave out the shared gateway or forwarded traffic, or give one of the networks other addresses.',
          ),
        ];
  });
}

function checkPair(ours: NetworkSeen, theirs: NetworkSeen): Finding[] {
  const overlaps = prefixesOverlap(ours.addressPrefixes, theirs.addressPrefixes);
  if (overlaps.length === 0) {
    return [];
  }
  return [
    stop(
      'VnetAddressSpacesOverlap',
      `The address ranges of ${ours.name} and ${theirs.name} overlap: ${pairs(overlaps)}. Azure refuses to peer them.`,
      'Use Private Link instead: it translates addresses, so overlapping ranges do not matter.',
    ),
  ];
}

/** `moving` would become reachable from the networks that `hub` is peered with. */
function checkPeered(moving: NetworkSeen, hub: NetworkSeen): Finding[] {
  return othersOf(hub, moving).flatMap((peering) => {
    const overlaps = prefixesOverlap(moving.addressPrefixes, prefixesBehind(peering));
    return overlaps.length === 0 ? [] : [alreadyPeered(moving, hub, peering, overlaps)];
  });
}

function alreadyPeered(
  moving: NetworkSeen,
  hub: NetworkSeen,
  peering: PeeringSeen,
  overlaps: readonly Overlap[],
): Finding {
  const third = shortName(peering.remoteNetwork);
  const stale = peering.state === 'Disconnected';
  return stop(
    'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
    `${hub.name} is already peered with ${third}, whose range overlaps ${moving.name}: ${pairs(overlaps)}. Azure would refuse the peering${stale ? ', although that one is disconnected' : ''}.`,
    stale
      ? `If the peering ${peering.name} of ${hub.name} is left over, delete it and plan again. Otherwise use Private Link.`
      : 'Use Private Link instead: it translates addresses, so overlapping ranges do not matter.',
  );
}

/** Several networks in one plan become neighbours of the same network, so they must not overlap each other either. */
function checkEachOther(networks: readonly NetworkSeen[], ours: NetworkSeen): Finding[] {
  return networks.flatMap((one, index) =>
    networks.slice(index + 1).flatMap((other) => {
      const overlaps = prefixesOverlap(one.addressPrefixes, other.addressPrefixes);
      if (overlaps.length === 0) {
        return [];
      }
      const finding = stop(
        'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
        `${one.name} and ${other.name} overlap: ${pairs(overlaps)}. Azure lets only one of them be peered with ${ours.name}.`,
        'Connect one of them by peering and the other one by Private Link.',
      );
      return [finding];
    }),
  );
}

function checkReadable(network: NetworkSeen): Finding[] {
  return network.addressPrefixes
    .filter((prefix) => !isPrefix(prefix))
    .map((prefix) =>
      unknown(
        'AddressPrefixNotRead',
        `I cannot read the address range “${prefix}” of ${network.name}, so I could not compare it.`,
        'Check by hand that it overlaps none of the other ranges.',
      ),
    );
}

function othersOf(network: NetworkSeen, except: NetworkSeen): PeeringSeen[] {
  return network.peerings.filter((peering) => !sameResource(peering.remoteNetwork, except.id));
}

/** What the peering reaches, and what it would reach once it is told the remote network's new addresses. */
function prefixesBehind(peering: PeeringSeen): string[] {
  return [...new Set([...peering.remotePrefixes, ...(peering.remotePrefixesNow ?? [])])];
}

function pairs(overlaps: readonly Overlap[]): string {
  return overlaps.map(({ left, right }) => (left === right ? `both have ${left}` : `${left} and ${right}`)).join('; ');
}
