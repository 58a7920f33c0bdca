/**
 * The steps that peer the environment's network with the others: two halves for each, one in either network.
 *
 * The other network's half comes first. There the bot's rights are the most likely to be missing, and one half alone
 * carries no traffic: when it is refused, nothing was touched in the managed resource group.
 */
import type { DraftStep } from './draft-step.ts';
import { freeName } from './names.ts';
import type { Change, Json, Reach } from './plan.ts';
import { peeringTo } from './preflight-peerings.ts';
import { shortName } from './resource-id.ts';
import { type NetworkSeen, type PeeringSeen, sameResource } from './world.ts';

export interface PeeringPair {
  network: NetworkSeen;
  theirHalf: DraftStep;
  ourHalf: DraftStep;
}

export function peeringPairs(ours: NetworkSeen, others: readonly NetworkSeen[]): PeeringPair[] {
  const taken = takenNames(ours);
  return others.map((network) => {
    const theirHalf = half(network, ours, takenNames(network), []);
    return { network, theirHalf, ourHalf: half(ours, network, taken, [theirHalf.resource]) };
  });
}

function takenNames(network: NetworkSeen): Set<string> {
  return new Set(network.peerings.map((peering) => peering.name.toLowerCase()));
}

function half(from: NetworkSeen, to: NetworkSeen, taken: Set<string>, needs: readonly string[]): DraftStep {
  const seen = peeringTo(from, to);
  const name = seen?.name ?? freeName(`causeway-to-${to.name}`, taken);
  taken.add(name.toLowerCase());
  const body = bodyOf(to, seen);
  const change = changeOf(seen, to);
  return {
    kind: 'peering',
    change,
    resource: seen?.id ?? `${from.id}/virtualNetworkPeerings/${name}`,
    needs,
    title: titleOf(change, from, to, seen),
    before: seen === null ? null : beforeOf(seen),
    body: change === 'keep' ? null : body,
  };
}

/** A PUT replaces the whole peering, so all four switches are sent, with those that were set before left as they are. */
function bodyOf(to: NetworkSeen, seen: PeeringSeen | null): Json {
  return {
    properties: {
      remoteVirtualNetwork: { id: seen?.remoteNetwork ?? to.id },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: seen?.allowForwardedTraffic ?? false,
      allowGatewayTransit: seen?.allowGatewayTransit ?? false,
      useRemoteGateways: seen?.useRemoteGateways ?? false,
    },
  };
}

function beforeOf(seen: PeeringSeen): Json {
  return {
    properties: {
      remoteVirtualNetwork: { id: seen.remoteNetwork },
      allowVirtualNetworkAccess: seen.allowVirtualNetworkAccess,
      allowForwardedTraffic: seen.allowForwardedTraffic,
      allowGatewayTransit: seen.allowGatewayTransit,
      useRemoteGateways: seen.useRemoteGateways,
    },
  };
}

function changeOf(seen: PeeringSeen | null, to: NetworkSeen): Change {
  if (seen === null) {
    return 'create';
  }
  return seen.allowVirtualNetworkAccess && knowsAddressesOf(seen, to) ? 'keep' : 'update';
}

/**
 * A connected peering knows the remote addresses of the time when it was last written; after the remote network grew it
 * has to be written again. Before it is connected there is nothing to compare.
 */
export function knowsAddressesOf(peering: PeeringSeen, to: NetworkSeen): boolean {
  if (peering.state !== 'Connected' || peering.remotePrefixes.length === 0) {
    return true;
  }
  return sameTexts(peering.remotePrefixes, to.addressPrefixes);
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text) => right.includes(text));
}

function titleOf(change: Change, from: NetworkSeen, to: NetworkSeen, seen: PeeringSeen | null): string {
  if (change === 'create') {
    return `Peer ${from.name} with ${to.name}`;
  }
  if (change === 'keep') {
    return `${from.name} is peered with ${to.name} already (${seen?.name ?? ''})`;
  }
  return seen?.allowVirtualNetworkAccess === false
    ? `Open the peering of ${from.name} with ${to.name} for traffic`
    : `Tell ${from.name} the new addresses of ${to.name}`;
}

/** Who can reach whom once the peering stands; nothing for networks that are connected already. */
export function peeringReach(ours: NetworkSeen, pairs: readonly PeeringPair[]): Reach[] {
  return pairs
    .filter((pair) => pair.theirHalf.change !== 'keep' || pair.ourHalf.change !== 'keep')
    .flatMap(({ network }) => [
      { from: [network.name, ...neighbours(network, ours)], to: [rangeOf(ours)] },
      { from: [ours.name], to: [rangeOf(network)] },
    ]);
}

/** Peering does not pass traffic on, unless somebody switched forwarding or a shared gateway on for this very pair. */
function neighbours(theirs: NetworkSeen, ours: NetworkSeen): string[] {
  const seen = [peeringTo(theirs, ours), peeringTo(ours, theirs)];
  const passesOn = seen.some(
    (peering) =>
      peering !== null && (peering.allowForwardedTraffic || peering.allowGatewayTransit || peering.useRemoteGateways),
  );
  return passesOn
    ? theirs.peerings
        .filter((peering) => !sameResource(peering.remoteNetwork, ours.id))
        .map((peering) => shortName(peering.remoteNetwork))
    : [];
}

function rangeOf(network: NetworkSeen): string {
  return `${network.addressPrefixes.join(', ')} (${network.name}), all ports that its security groups allow`;
}
