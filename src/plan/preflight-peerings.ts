/** What the peerings that are there already mean for a new one. */
import { care, stop, unknown } from './finding.ts';
import { limits } from './limits.ts';
import { gatewayIn } from './network-graph.ts';
import type { Finding } from './plan.ts';
import { shortName } from './resource-id.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type Survey } from './world.ts';

export function checkPeerings(survey: Survey, useGateway: boolean): Finding[] {
  const ours = survey.environment.network;
  if (ours === null) {
    return [];
  }
  const missing = survey.networks.filter((theirs) => peeringTo(ours, theirs) === null).length;
  return [
    ...survey.networks.flatMap((theirs) => [
      ...checkDead(theirs, ours),
      ...checkAccess(theirs, ours),
      ...checkAccess(ours, theirs),
      ...checkLimit(theirs, peeringTo(theirs, ours) === null ? 1 : 0),
    ]),
    ...checkLimit(ours, missing),
    ...(useGateway ? checkGateway(ours, survey.networks) : []),
  ];
}

export function peeringTo(from: NetworkSeen, to: NetworkSeen): PeeringSeen | null {
  return from.peerings.find((peering) => sameResource(peering.remoteNetwork, to.id)) ?? null;
}

/** Traffic passes between the two today. */
export function isConnected(one: NetworkSeen, other: NetworkSeen): boolean {
  const halves = [peeringTo(one, other), peeringTo(other, one)];
  return halves.every((half) => half?.state === 'Connected' && half.allowVirtualNetworkAccess);
}

/** One dead half is mended; two at once cannot be, because each keeps the other from being made again. */
function checkDead(theirs: NetworkSeen, ours: NetworkSeen): Finding[] {
  const halves = [
    { from: theirs, to: ours, half: peeringTo(theirs, ours) },
    { from: ours, to: theirs, half: peeringTo(ours, theirs) },
  ];
  const dead = halves.flatMap(({ from, to, half }) =>
    half?.state === 'Disconnected' ? [{ from, to, name: half.name }] : [],
  );
  const [first, second] = dead;
  if (first === undefined) {
    return [];
  }
  if (second === undefined) {
    return [
      care(
        'RemotePeeringIsDisconnected',
        `${first.from.name} has a peering with ${first.to.name}, ${first.name}, whose other half was deleted. Azure does not connect such a half again, so the plan deletes it and makes both halves new.`,
        'Ask whoever deleted the other half why it went before you approve.',
      ),
    ];
  }
  return [
    stop(
      'RemotePeeringIsDisconnected',
      `Both halves of the peering of ${theirs.name} with ${ours.name} are dead (${first.name} and ${second.name}). Azure makes neither again while the other one stands.`,
      'Delete both halves in the Azure portal, then plan again; the plan makes them new.',
    ),
  ];
}

function checkAccess(from: NetworkSeen, to: NetworkSeen): Finding[] {
  const peering = peeringTo(from, to);
  return peering === null || peering.allowVirtualNetworkAccess
    ? []
    : [
        care(
          'PeeringAccessBlocked',
          `The peering ${peering.name} of ${from.name} blocks all traffic today; the plan opens it.`,
          'Ask whoever made it why it is blocked before you approve.',
        ),
      ];
}

function checkLimit(network: NetworkSeen, added: number): Finding[] {
  if (added === 0 || network.peerings.length + added <= limits.peeringsPerNetwork) {
    return [];
  }
  return [
    stop(
      'PeeringLimitReached',
      `${network.name} has ${network.peerings.length} peerings; Azure allows ${limits.peeringsPerNetwork}.`,
      'Delete peerings that are no longer needed, or use Private Link.',
    ),
  ];
}

/** A network has one gateway: its own or that of one neighbour. */
function checkGateway(ours: NetworkSeen, others: readonly NetworkSeen[]): Finding[] {
  const [hub, second] = others;
  if (hub === undefined) {
    return [];
  }
  const used = ours.peerings.find(
    (peering) => peering.useRemoteGateways && !sameResource(peering.remoteNetwork, hub.id),
  );
  const taken = used === undefined ? null : shortName(used.remoteNetwork);
  return [
    ...(second === undefined ? [] : [severalGateways(others)]),
    ...(taken === null ? [] : [gatewayTaken(ours, taken)]),
    ...(gatewayIn(ours) === true ? [ownGateway(ours)] : []),
    ...missingGateway(hub),
  ];
}

function severalGateways(others: readonly NetworkSeen[]): Finding {
  return stop(
    'SeveralGateways',
    `A network can use the gateway of one other network only; you named ${others.map(({ name }) => name).join(' and ')}.`,
    'Name the one network whose gateway is meant, and connect the others in a plan of their own.',
  );
}

function gatewayTaken(ours: NetworkSeen, hub: string): Finding {
  return stop(
    'AnotherRemoteGateway',
    `${ours.name} uses the gateway of ${hub} already, and a network can use one only.`,
    'Leave the gateway out of this plan, or end its use in the other peering first.',
  );
}

function ownGateway(ours: NetworkSeen): Finding {
  return stop(
    'OwnGateway',
    `${ours.name} has a gateway of its own, so Azure does not let it use that of another network.`,
    'Leave the gateway out of this plan.',
  );
}

function missingGateway(hub: NetworkSeen): Finding[] {
  const there = gatewayIn(hub);
  if (there === true) {
    return [];
  }
  return there === false
    ? [
        stop(
          'RemoteVnetHasNoGateways',
          `${hub.name} has no gateway that its neighbours could use.`,
          'Name the network in which the VPN or ExpressRoute gateway stands, or leave the gateway out.',
        ),
      ]
    : [
        unknown(
          'GatewayNotRead',
          `I could not read the subnets of ${hub.name}, so I do not know whether a gateway stands in it.`,
          'Look for a subnet named GatewaySubnet with a gateway in it before you approve.',
        ),
      ];
}
