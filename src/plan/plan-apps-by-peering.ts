/**
 * People in other networks open apps by name over peering: two halves for each network, and a zone that leads the names
 * to the internal load balancer.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 1.
 */
import { appAddress, appPort, isCustom, wantedNames } from './apps.ts';
import type { NameWish, Target, WantedZone } from './names.ts';
import { wantedZones } from './names.ts';
import { networksOf } from './network-graph.ts';
import { askersOf } from './own-servers.ts';
import { planPaths } from './plan-paths.ts';
import { peeredNetworks, peeringPairs, peeringReach, peeringSteps } from './plan-peerings.ts';
import { nameSteps } from './plan-names.ts';
import type { Finding, Ground } from './plan.ts';
import { checkAddresses, checkFarAddresses } from './preflight-addresses.ts';
import { checkZoneLimits } from './preflight-limits.ts';
import { checkApps, checkOwnZones, checkServers, checkZones } from './preflight-names.ts';
import { checkPeerings } from './preflight-peerings.ts';
import { checkLoadBalancer, checkNetworks } from './preflight.ts';
import { isWithin } from './resolve.ts';
import { connectivityDocument, type Drawing, type Sketch, type Wish } from './scenario.ts';
import type { NetworkSeen, Survey } from './world.ts';

export function planAppsByPeering(wish: Wish): Sketch {
  const { answers, survey } = wish;
  const apps = checkApps(answers, survey);
  const findings = [
    ...checkNetworks(answers, survey, 'that should reach the apps'),
    ...checkLoadBalancer(survey),
    ...checkAddresses(survey),
    ...checkPeerings(survey, answers.useGateway === true),
    ...apps,
  ];
  const address = appAddress(survey);
  if (address === null || apps.length > 0) {
    return { findings, drawing: null };
  }
  const target: Target = { kind: 'address', address };
  const wishes = survey.networks.flatMap((network) => appNames(wish, network, target));
  const zones = wantedZones(wishes, survey.zones, wish.naming);
  const named = [...findings, ...checkAppNames(zones, wishes, wish)];
  const ours = survey.environment.network;
  return ours === null ? { findings: named, drawing: null } : draw(wish, { ours, address, zones, findings: named });
}

interface Parts {
  ours: NetworkSeen;
  address: string;
  zones: readonly WantedZone[];
  findings: readonly Finding[];
}

function draw(wish: Wish, { ours, address, zones, findings }: Parts): Sketch {
  const { answers, survey, tags } = wish;
  const pairs = peeringPairs(ours, survey.networks, { naming: wish.naming, useGateway: answers.useGateway === true });
  const before = networksOf(survey);
  const after = peeredNetworks(before, pairs);
  const paths = planPaths(
    survey.networks.map((from) => ({ from, to: ours, target: [`${address}/32`], port: appPort, by: 'peering' })),
    wish,
  );
  const drawing: Drawing = {
    drafts: [...peeringSteps(pairs), ...paths.drafts, ...zones.flatMap((zone) => nameSteps(zone, tags))],
    reach: peeringReach(before, pairs),
    promises: {
      names: wantedNames(answers, survey.environment.domainSuffix).map((name) => ({ name, address })),
      from: survey.networks.map((network) => network.id),
      port: appPort,
    },
    because: exactZoneGrounds(zones, survey),
  };
  return { findings: [...findings, ...checkFarAddresses(ours, after), ...paths.findings], drawing };
}

/** The names of the apps as one network has to resolve them. */
export function appNames(wish: Wish, network: NetworkSeen, target: Target): NameWish[] {
  const suffix = wish.survey.environment.domainSuffix;
  const { links } = askersOf(network, wish.survey);
  return wantedNames(wish.answers, suffix).map((name) => ({
    name,
    zone: name.startsWith('*.') ? name.slice(2) : name,
    // Under a domain of their own, people expect the app in the zone that they have; under the provider's domain a zone
    // wider than the suffix belongs to something else.
    accepts: (zone) => isCustom(name, suffix) || isWithin(zone.name, suffix),
    target,
    home: network.id,
    links,
  }));
}

/** What the names mean, for every network of the plan. */
export function checkAppNames(zones: readonly WantedZone[], wishes: readonly NameWish[], wish: Wish): Finding[] {
  const { answers, survey } = wish;
  return [
    ...survey.networks.flatMap((network) =>
      checkServers(
        network,
        askersOf(network, survey),
        wishes.filter(({ home }) => home === network.id),
      ),
    ),
    ...checkZones(zones, survey, wantedNames(answers, survey.environment.domainSuffix)),
    ...checkZoneLimits(zones),
    ...(answers.apps === '*' ? survey.networks.flatMap((network) => checkOwnZones(network, survey)) : []),
  ];
}

export function exactZoneGrounds(zones: readonly WantedZone[], { environment, networks }: Survey): Ground[] {
  const exact = zones.filter(
    (zone) =>
      zone.seen === null &&
      isWithin(zone.name, environment.domainSuffix) &&
      zone.records.some((record) => record.name === zone.name),
  );
  if (exact.length === 0) {
    return [];
  }
  const names = [...new Set(exact.map((zone) => zone.name))].join(', ');
  const where = networks.map((network) => network.name).join(', ');
  return [
    {
      source: connectivityDocument,
      section: 'DNS name resolution towards Mendix app cluster',
      note: `A zone of the whole ${environment.domainSuffix} linked to ${where} would hide every other name under it there; the plan makes ${names} only.`,
    },
  ];
}
