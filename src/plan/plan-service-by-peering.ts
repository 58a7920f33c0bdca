/**
 * Apps reach an internal service over peering: the networks are peered, and the environment's network resolves the
 * service's name by a private zone of exactly that name (DNS override). Without networks it is the name alone.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1, "DNS name resolution
 * towards resources in other networks".
 */
import { isAddress, prefixContains } from './address-space.ts';
import { care, stop } from './finding.ts';
import { networksOf } from './network-graph.ts';
import { nameSteps } from './plan-names.ts';
import { planPaths } from './plan-paths.ts';
import { peeredNetworks, type PeeringPair, peeringPairs, peeringReach, peeringSteps } from './plan-peerings.ts';
import type { Finding, Ground, WantedService } from './plan.ts';
import { checkAddresses, checkFarAddresses } from './preflight-addresses.ts';
import { checkPeerings, isConnected } from './preflight-peerings.ts';
import { checkNetworks } from './preflight.ts';
import { coveringZone, isWithin, recordFor } from './resolve.ts';
import { connectivityDocument, type Sketch, type Wish } from './scenario.ts';
import { checkService, checkServiceNames, httpsPort, serviceZones } from './service-names.ts';
import type { NetworkSeen, Survey, ZoneSeen } from './world.ts';

/** @param peer Whether the networks that were named are peered as well. */
export function planServiceByPeering(wish: Wish, peer: boolean): Sketch {
  const { answers, survey } = wish;
  const service = answers.service ?? null;
  const findings = [
    ...checkNetworks(answers, survey, peer ? 'in which the service stands' : null),
    ...(peer ? [...checkAddresses(survey), ...checkPeerings(survey, answers.useGateway === true)] : []),
    ...checkService(service),
  ];
  const ours = survey.environment.network;
  if (service === null || ours === null || findings.some(({ code }) => code === 'NotADnsName')) {
    return { findings, drawing: null };
  }
  const known = addressOf(service, survey);
  return typeof known === 'string'
    ? draw(wish, { service, ours, address: known, peer, findings })
    : { findings: [...findings, known], drawing: null };
}

/** As it was told, else as any zone that was read knows it. */
function addressOf(service: WantedService, survey: Survey): string | Finding {
  const told = service.address?.trim() ?? '';
  if (told !== '') {
    return isAddress(told)
      ? told
      : stop(
          'NotAnAddress',
          `“${told}” is no IPv4 address.`,
          'Write the private address of the service, such as 10.20.1.4.',
        );
  }
  const holding = zonesHolding(service.fqdn, survey);
  const [address] = holding.flatMap((zone) => recordFor(zone, service.fqdn)?.addresses ?? []);
  return (
    address ??
    stop(
      'ServiceAddressUnknown',
      `No private zone that I can read knows ${service.fqdn}, so I do not know its address.`,
      'Name its private address, or set your own DNS servers on the environment’s network instead.',
    )
  );
}

function zonesHolding(fqdn: string, survey: Survey): ZoneSeen[] {
  const covering = survey.zones.filter((zone) => isWithin(fqdn, zone.name));
  const first = coveringZone(fqdn, covering);
  return first === null ? [] : [first, ...covering.filter((zone) => zone !== first)];
}

interface Parts {
  service: WantedService;
  ours: NetworkSeen;
  address: string;
  peer: boolean;
  findings: readonly Finding[];
}

function draw(wish: Wish, { service, ours, address, peer, findings }: Parts): Sketch {
  const { answers, survey, naming } = wish;
  const fqdn = service.fqdn.toLowerCase();
  const port = service.port ?? httpsPort;
  const pairs: PeeringPair[] = peer
    ? peeringPairs(ours, survey.networks, { naming, useGateway: answers.useGateway === true })
    : [];
  const before = networksOf(survey);
  const after = peeredNetworks(before, pairs);
  const zones = serviceZones(wish, ours, fqdn, { kind: 'address', address });
  const host = after.find((network) => holds(network, address));
  const paths = planPaths(
    host === undefined ? [] : [{ from: ours, to: host, target: [`${address}/32`], port, by: 'peering' }],
    wish,
  );
  return {
    findings: [
      ...findings,
      ...checkFarAddresses(ours, after),
      ...checkWay(ours, host, { address, fqdn, peered: pairs.map(({ network }) => network) }),
      ...checkServiceNames(wish, ours, fqdn, zones),
      ...paths.findings,
    ],
    drawing: {
      drafts: [...peeringSteps(pairs), ...paths.drafts, ...zones.flatMap((zone) => nameSteps(zone, wish.tags))],
      reach: peeringReach(before, pairs),
      promises: { names: [{ name: fqdn, address }], from: [ours.id], port },
      because: [overrideGround(fqdn, address)],
    },
  };
}

function holds(network: NetworkSeen, address: string): boolean {
  return network.addressPrefixes.some((prefix) => prefixContains(prefix, address));
}

/** A name that resolves is of no use when nothing leads to its address. */
function checkWay(
  ours: NetworkSeen,
  host: NetworkSeen | undefined,
  { address, fqdn, peered }: { address: string; fqdn: string; peered: readonly NetworkSeen[] },
): Finding[] {
  const reached =
    host !== undefined && (host.id === ours.id || isConnected(ours, host) || peered.some(({ id }) => id === host.id));
  return reached
    ? []
    : [
        care(
          'NothingLeadsThere',
          `${fqdn} will lead to ${address}, which lies neither in ${ours.name} nor in a network that is peered with it, as far as I can see.`,
          'Name the network in which the service stands, so that the plan peers it; or make sure that a gateway leads there.',
        ),
      ];
}

function overrideGround(fqdn: string, address: string): Ground {
  return {
    source: connectivityDocument,
    section: 'DNS name resolution towards resources in other networks',
    note: `A private zone of exactly the name ${fqdn} leads the apps to ${address}; no other name changes for them. When the service moves, the record has to be changed.`,
  };
}
