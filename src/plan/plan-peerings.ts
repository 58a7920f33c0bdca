/**
 * The steps that peer the environment's network with the others: two halves for each, one in either network.
 *
 * The other network's half comes first. There the bot's rights are the most likely to be missing, and one half alone
 * carries no traffic: when it is refused, nothing was touched in the managed resource group. A shared gateway asks for
 * the same order: its side has to offer it before the other side can use it. Only a dead half goes before everything,
 * because Azure refuses to connect a new half to it.
 */
import type { DraftStep } from './draft-step.ts';
import { freeName, longestName, nameBy } from './naming.ts';
import type { Change, Json, Naming, Reach } from './plan.ts';
import { peeringTo } from './preflight-peerings.ts';
import { gainedReach } from './reach.ts';
import { type NetworkSeen, type PeeringSeen, sameResource } from './world.ts';

export interface PeeringPair {
  network: NetworkSeen;
  theirHalf: Half;
  ourHalf: Half;
  /** In the order in which they are written. */
  steps: readonly DraftStep[];
}

interface Half {
  from: NetworkSeen;
  /** The half as it is when the plan is done. */
  wanted: PeeringSeen;
  /** Prefixes of the other network that it learns of only now. */
  learns: readonly string[];
  step: DraftStep;
}

export interface PeeringWish {
  naming: Naming;
  /** The environment's network sends what it does not know through the other network's gateway. */
  useGateway: boolean;
}

export function peeringPairs(ours: NetworkSeen, others: readonly NetworkSeen[], wish: PeeringWish): PeeringPair[] {
  const taken = takenNames(ours);
  return others.map((network) => {
    const their = draftHalf(network, ours, { taken: takenNames(network), offers: wish.useGateway, uses: false }, wish);
    const our = draftHalf(ours, network, { taken, offers: false, uses: wish.useGateway }, wish);
    const ourFirst = our.step.kind === 'peering-repair';
    const steps = ourFirst
      ? [our.step, { ...their.step, needs: [our.step] }]
      : [their.step, { ...our.step, needs: [their.step] }];
    return { network, theirHalf: their, ourHalf: our, steps };
  });
}

/** All halves, those of the other networks first, so that the managed network is touched last. */
export function peeringSteps(pairs: readonly PeeringPair[]): DraftStep[] {
  return [...pairs.flatMap(({ steps }) => steps.slice(0, 1)), ...pairs.flatMap(({ steps }) => steps.slice(1))];
}

/** The networks as they are when the plan is done. */
export function peeredNetworks(networks: readonly NetworkSeen[], pairs: readonly PeeringPair[]): NetworkSeen[] {
  const halves = pairs.flatMap((pair) => [pair.theirHalf, pair.ourHalf]);
  return networks.map((network) => {
    const own = halves.filter((half) => sameResource(half.from.id, network.id)).map((half) => half.wanted);
    const kept = network.peerings.filter((peering) => !own.some((wanted) => sameResource(wanted.id, peering.id)));
    return { ...network, peerings: [...kept, ...own] };
  });
}

/** Who gains reach by the pairs: by new ways, and by addresses that a peering learns of. */
export function peeringReach(networks: readonly NetworkSeen[], pairs: readonly PeeringPair[]): Reach[] {
  const written = pairs.some(({ steps }) => steps.some((step) => step.body !== null));
  const learned = pairs
    .flatMap(({ network, theirHalf, ourHalf }) => [
      { half: theirHalf, of: ourHalf.from },
      { half: ourHalf, of: network },
    ])
    .filter(({ half }) => half.learns.length > 0)
    .map(({ half, of }) => ({
      from: [half.from.name],
      to: [`${half.learns.join(', ')} (new addresses of ${of.name}), all ports that its security groups allow`],
      addresses: half.learns,
      ports: null,
    }));
  return written ? [...gainedReach(networks, peeredNetworks(networks, pairs)), ...learned] : [];
}

function takenNames(network: NetworkSeen): Set<string> {
  return new Set(network.peerings.map((peering) => peering.name.toLowerCase()));
}

interface HalfWish {
  taken: Set<string>;
  /** Lets the other network use its gateway. */
  offers: boolean;
  /** Uses the gateway of the other network. */
  uses: boolean;
}

function draftHalf(from: NetworkSeen, to: NetworkSeen, half: HalfWish, { naming }: PeeringWish): Half {
  const seen = peeringTo(from, to);
  const name =
    seen?.name ?? freeName(nameBy(naming, `to-${to.name}`, longestName.peering), half.taken, longestName.peering);
  half.taken.add(name.toLowerCase());
  const wanted: PeeringSeen = {
    id: seen?.id ?? `${from.id}/virtualNetworkPeerings/${name}`,
    name,
    remoteNetwork: seen?.remoteNetwork ?? to.id,
    state: 'Connected',
    syncLevel: 'FullyInSync',
    remotePrefixes: to.addressPrefixes,
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: seen?.allowForwardedTraffic ?? false,
    allowGatewayTransit: half.offers || (seen?.allowGatewayTransit ?? false),
    useRemoteGateways: half.uses || (seen?.useRemoteGateways ?? false),
  };
  const kept = changeOf(seen, wanted, to);
  // Nothing passes a half that Azure did not finish; whoever made it, the same again takes nothing from them.
  const change = kept === 'keep' && seen?.failed === true ? 'update' : kept;
  const step: DraftStep = {
    kind: seen?.state === 'Disconnected' ? 'peering-repair' : 'peering',
    change,
    resource: wanted.id,
    needs: [],
    title: change === kept ? titleOf(from, to, seen, wanted) : againText(from, to, wanted),
    before: seen === null ? null : bodyOf(seen),
    body: change === 'keep' ? null : bodyOf(wanted),
  };
  const learns =
    seen === null || seen.state !== 'Connected'
      ? []
      : to.addressPrefixes.filter((prefix) => !knowsAddressesOf(seen, to) && !seen.remotePrefixes.includes(prefix));
  return { from, wanted, learns, step };
}

/** A PUT replaces the whole peering, so all four switches are sent, with those that were set before left as they are. */
function bodyOf(peering: PeeringSeen): Json {
  return {
    properties: {
      remoteVirtualNetwork: { id: peering.remoteNetwork },
      allowVirtualNetworkAccess: peering.allowVirtualNetworkAccess,
      allowForwardedTraffic: peering.allowForwardedTraffic,
      allowGatewayTransit: peering.allowGatewayTransit,
      useRemoteGateways: peering.useRemoteGateways,
    },
  };
}

const switches = [
  'allowVirtualNetworkAccess',
  'allowForwardedTraffic',
  'allowGatewayTransit',
  'useRemoteGateways',
] as const;

function changeOf(seen: PeeringSeen | null, wanted: PeeringSeen, to: NetworkSeen): Change {
  if (seen === null) {
    return 'create';
  }
  const asWanted = switches.every((each) => seen[each] === wanted[each]);
  return seen.state !== 'Disconnected' && asWanted && knowsAddressesOf(seen, to) ? 'keep' : 'update';
}

/**
 * A connected peering knows the remote addresses of the time when it was last written; after the remote network grew it
 * has to be written again. Before it is connected there is nothing to compare.
 */
export function knowsAddressesOf(peering: PeeringSeen, to: NetworkSeen): boolean {
  if (peering.state !== 'Connected') {
    return true;
  }
  if (peering.remotePrefixes.length === 0) {
    return !peering.syncLevel.startsWith('Local');
  }
  return sameTexts(peering.remotePrefixes, to.addressPrefixes);
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text) => right.includes(text));
}

function titleOf(from: NetworkSeen, to: NetworkSeen, seen: PeeringSeen | null, wanted: PeeringSeen): string {
  if (seen === null) {
    return `Peer ${from.name} with ${to.name}${gatewayWords(wanted)}`;
  }
  if (seen.state === 'Disconnected') {
    return `Delete the dead peering of ${from.name} with ${to.name} and make it again (${seen.name})`;
  }
  if (!seen.allowVirtualNetworkAccess) {
    return `Open the peering of ${from.name} with ${to.name} for traffic`;
  }
  if (!seen.allowGatewayTransit && wanted.allowGatewayTransit) {
    return `Let ${to.name} use the gateway of ${from.name}`;
  }
  if (!seen.useRemoteGateways && wanted.useRemoteGateways) {
    return `Let ${from.name} send through the gateway of ${to.name}`;
  }
  return knowsAddressesOf(seen, to)
    ? `${from.name} is peered with ${to.name} already (${seen.name})`
    : `Tell ${from.name} the new addresses of ${to.name}`;
}

function againText(from: NetworkSeen, to: NetworkSeen, { name }: PeeringSeen): string {
  return `Write the peering of ${from.name} with ${to.name} again as it is, because the last change of it failed (${name})`;
}

function gatewayWords(wanted: PeeringSeen): string {
  if (wanted.useRemoteGateways) {
    return ' and send through its gateway';
  }
  return wanted.allowGatewayTransit ? ' and let it use the gateway' : '';
}
