/**
 * The environment's network asks the company's own DNS servers. Azure keeps these servers at the network, not at the
 * subnet. The write is quick, but machines learn of it only when they are started anew, which customers cannot do with
 * the cluster's nodes: the plan ends in waiting for them.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", "DNS name resolution towards
 * resources in other networks".
 */
import { isAddress, prefixContains } from './address-space.ts';
import type { DraftStep } from './draft-step.ts';
import { care, stop, unknown } from './finding.ts';
import { limits } from './limits.ts';
import { azureResolver } from './own-servers.ts';
import type { Aftermath, Finding, Ground, Json } from './plan.ts';
import { peeringTo } from './preflight-peerings.ts';
import { checkNetworks } from './preflight.ts';
import { networkOf, shortName } from './resource-id.ts';
import { linkedZones } from './resolve.ts';
import { connectivityDocument, type Sketch, type Wish } from './scenario.ts';
import { serverZones } from './server-zones.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type Survey } from './world.ts';

const dnsPort = 53;

export function planDnsServers(wish: Wish): Sketch {
  const { answers, survey } = wish;
  const servers = [...new Set((answers.dnsServers ?? []).map((server) => server.trim()))];
  const ours = survey.environment.network;
  const zones = ours === null ? { drafts: [], findings: [] } : serverZones(wish, ours, servers);
  const findings = [
    ...checkNetworks(answers, survey, null),
    ...checkServers(servers),
    ...(ours === null
      ? []
      : [...servers.flatMap((server) => checkReach(server, ours, survey)), ...checkForwarding(servers, ours, survey)]),
    ...zones.findings,
  ];
  if (ours === null || servers.length === 0) {
    return { findings, drawing: null };
  }
  const step = serversStep(ours, servers, zones.drafts);
  const { service } = answers;
  const address = service?.address ?? '';
  return {
    findings,
    drawing: {
      drafts: [...zones.drafts, step],
      reach: [],
      promises: {
        names: service === null || service === undefined ? [] : [{ name: service.fqdn.toLowerCase(), address }],
        from: [ours.id],
        port: service?.port ?? dnsPort,
      },
      because: [
        {
          source: connectivityDocument,
          section: 'DNS name resolution towards resources in other networks',
          note: `${ours.name} asks ${servers.join(', ')} for every name, those of Azure’s own services too.`,
        },
        ...(zones.drafts.length === 0 ? [] : [linkedThere]),
      ],
      ...(step.change === 'keep' ? {} : { aftermath: nodesWait }),
    },
  };
}

const linkedThere: Ground = {
  source: 'Name resolution for resources in Azure virtual networks',
  section: 'Name resolution that uses your own DNS server',
  note: 'Azure’s resolver answers a DNS server from the zones of the network in which the server stands, so the environment’s own zones have to be known there before its network asks the server.',
};

const nodesWait: Aftermath = {
  what: 'nodes',
  text: 'The network knows its new DNS servers at once, but the cluster’s nodes go on asking the old ones until they are started anew. That happens at the latest with the weekly update of the node image; I repeat the proof after it.',
  wayOut: 'If you cannot wait for the weekly update, open a ticket and ask for the nodes to be started anew.',
};

function serversStep(ours: NetworkSeen, servers: readonly string[], needs: readonly DraftStep[]): DraftStep {
  const there = isSet(servers, ours);
  // The servers are noted, but Azure did not finish telling the network.
  const same = there && ours.failed !== true;
  const before = ours.dnsServers.length === 0 ? 'Azure’s resolver' : ours.dnsServers.join(', ');
  return {
    kind: 'dns-servers',
    change: same ? 'keep' : 'update',
    resource: ours.id,
    needs,
    title: same
      ? `${ours.name} asks ${servers.join(', ')} already`
      : there
        ? `Tell ${ours.name} again to ask ${servers.join(', ')} for names, because the last change of it failed`
        : `Let ${ours.name} ask ${servers.join(', ')} for names instead of ${before}`,
    before: serversBody(ours.dnsServers),
    body: same ? null : serversBody(servers),
  };
}

function isSet(servers: readonly string[], { dnsServers }: NetworkSeen): boolean {
  return dnsServers.length === servers.length && dnsServers.every((each, at) => each === servers[at]);
}

function serversBody(dnsServers: readonly string[]): Json {
  return { properties: { dhcpOptions: { dnsServers } } };
}

function checkServers(servers: readonly string[]): Finding[] {
  if (servers.length === 0) {
    return [
      stop(
        'NoDnsServers',
        'No DNS server was named.',
        'Name the private addresses of your DNS servers, such as 10.20.0.4; two are better than one.',
      ),
    ];
  }
  const odd = servers.filter((server) => !isAddress(server));
  return [
    ...odd.map((server) =>
      stop(
        'NotAnAddress',
        `“${server}” is no IPv4 address.`,
        'Write the private address of a DNS server, such as 10.20.0.4.',
      ),
    ),
    ...(servers.length > limits.dnsServersPerNetwork
      ? [
          stop(
            'LimitReached',
            `You named ${servers.length} DNS servers; Azure allows ${limits.dnsServersPerNetwork} for a network.`,
            'Leave out those that are not needed; two or three are enough.',
          ),
        ]
      : []),
  ];
}

/** A server that cannot be reached takes every name away from the apps. */
function checkReach(server: string, ours: NetworkSeen, survey: Survey): Finding[] {
  if (!isAddress(server) || server === azureResolver || holds(ours.addressPrefixes, server)) {
    return [];
  }
  const half = ours.peerings.find((peering) => holds(prefixesBehind(peering, survey), server));
  const theirs = survey.networks.find((network) => holds(network.addressPrefixes, server));
  if (half !== undefined) {
    return isOpen(half, ours, survey) ? [] : [notConnected(server, shortName(half.remoteNetwork), half.state)];
  }
  const gateway = ours.peerings.find((peering) => peering.useRemoteGateways && peering.state === 'Connected');
  if (theirs === undefined && gateway !== undefined) {
    return [
      unknown(
        'DnsServerBehindGateway',
        `${server} lies in no network that I can see. It may be reached through the gateway of ${shortName(gateway.remoteNetwork)}; I cannot tell from here.`,
        `Ask ${server} for a name from a machine that uses the same gateway before you approve.`,
      ),
    ];
  }
  return [
    stop(
      'DnsServerOutOfReach',
      theirs === undefined
        ? `${server} lies neither in ${ours.name} nor in a network that is peered with it.`
        : `${server} lies in ${theirs.name}, which is not peered with ${ours.name}.`,
      `Peer ${ours.name} with the network in which the server stands first (connect the apps by peering), then plan again.`,
    ),
  ];
}

function holds(prefixes: readonly string[], address: string): boolean {
  return prefixes.some((prefix) => prefixContains(prefix, address));
}

function prefixesBehind(peering: PeeringSeen, survey: Survey): readonly string[] {
  const seen = [...survey.networks, ...(survey.neighbours ?? [])].find(({ id }) =>
    sameResource(id, peering.remoteNetwork),
  );
  return [...peering.remotePrefixes, ...(seen?.addressPrefixes ?? [])];
}

function isOpen(half: PeeringSeen, ours: NetworkSeen, survey: Survey): boolean {
  const theirs = [...survey.networks, ...(survey.neighbours ?? [])].find(({ id }) =>
    sameResource(id, half.remoteNetwork),
  );
  const back = theirs === undefined ? half : peeringTo(theirs, ours);
  return [half, back].every((each) => each?.state === 'Connected' && each.allowVirtualNetworkAccess);
}

function notConnected(server: string, network: string, state: string): Finding {
  return stop(
    'DnsServerOutOfReach',
    `${server} lies in ${network}, and the peering with it is not usable (${state}, or traffic blocked on one side).`,
    `Repair the peering with ${network} first: ask for a connection of the apps to it by peering, then plan again.`,
  );
}

/** Linked zones, and with them the managed endpoints, answer only to whoever asks Azure's resolver. */
function checkForwarding(servers: readonly string[], ours: NetworkSeen, survey: Survey): Finding[] {
  if (isSet(servers, ours) || servers.every((server) => server === azureResolver)) {
    return [];
  }
  const zones = linkedZones(ours, survey.zones).map(({ name }) => name);
  const endpoints = (survey.endpoints ?? []).filter(({ subnet }) => sameResource(networkOf(subnet) ?? '', ours.id));
  const managed = endpoints.map(({ name }) => name);
  const what = [
    ...(zones.length > 0 ? [`the linked zone${zones.length > 1 ? 's' : ''} ${zones.join(', ')}`] : []),
    ...(managed.length > 0 ? [`the managed endpoint${managed.length > 1 ? 's' : ''} ${managed.join(', ')}`] : []),
  ];
  const forwarding = care(
    'ForwardingNeeded',
    `With own servers, private zones that are linked to ${ours.name} stop answering unless the servers ask Azure’s resolver (${azureResolver}). The environment needs that for its own database, registry and storage${what.length > 0 ? `: ${what.join(' and ')}` : ''}.`,
    `Before you approve, make sure that ${servers.length > 1 ? `all of them (${servers.join(', ')}) forward what they do not know` : `${servers.join('')} forwards what it does not know`} to ${azureResolver}; a server outside Azure cannot, and needs a forwarder inside.`,
  );
  return survey.endpoints === undefined
    ? [
        forwarding,
        unknown(
          'ManagedEndpointsNotRead',
          `I could not read which private endpoints stand in ${ours.name}, so I cannot name what depends on forwarding.`,
          'Give the bot’s identity the role Reader on the managed resource group and plan again.',
        ),
      ]
    : [forwarding];
}
