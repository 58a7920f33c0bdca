/**
 * People in other networks open apps by name over Private Link: a private link service on the internal load balancer,
 * an endpoint to it in each network, and a zone that leads the names to that network's endpoint.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", Solution 2.
 */
import { appFrontend, appPort, wantedNames } from './apps.ts';
import type { DraftStep } from './draft-step.ts';
import { type NameWish, type Target, wantedZones, zoneFor } from './names.ts';
import { graphOf, keyOf, networksOf, reachableFrom } from './network-graph.ts';
import { appNames, checkAppNames, exactZoneGrounds } from './plan-apps-by-peering.ts';
import { type EndpointPlan, type EndpointTarget, planEndpoint } from './plan-endpoints.ts';
import { planLinkService } from './plan-link-service.ts';
import { nameSteps } from './plan-names.ts';
import { planPaths } from './plan-paths.ts';
import type { Finding, PromisedName, Reach } from './plan.ts';
import { checkApps } from './preflight-names.ts';
import { checkLoadBalancer, checkNetworks } from './preflight.ts';
import { whoReaches } from './reach.ts';
import { shortName } from './resource-id.ts';
import type { Sketch, Wish } from './scenario.ts';
import { type FrontendSeen, type LinkServiceSeen, type NetworkSeen, sameResource } from './world.ts';

export function planAppsByPrivateLink(wish: Wish): Sketch {
  const { answers, survey } = wish;
  const apps = checkApps(answers, survey);
  const findings = [
    ...checkNetworks(answers, survey, 'that should reach the apps'),
    ...checkLoadBalancer(survey).filter(({ code }) => code !== 'BasicLoadBalancerAcrossRegions'),
    ...apps,
  ];
  const ours = survey.environment.network;
  const frontend = appFrontend(survey);
  if (ours === null || frontend === null || apps.length > 0) {
    return { findings, drawing: null };
  }
  const service = planLinkService(wish, ours, frontend);
  if (service.service === null) {
    return { findings: [...findings, ...service.findings], drawing: null };
  }
  const target = targetOf(service.service);
  const houses = housesOf(wish).map(
    ([host, ...guests]): House => ({ host, guests, plan: planEndpoint(wish, host, target(host), what(wish, host)) }),
  );
  const found = [...findings, ...service.findings, ...houses.flatMap(({ plan }) => plan.findings)];
  return houses.some(({ plan }) => plan.endpoint === null)
    ? { findings: found, drawing: null }
    : draw(wish, { frontend, houses, service: service.drafts, findings: found });
}

function what({ survey }: Wish, host: NetworkSeen): string {
  return `${survey.environment.name}-apps-${host.name}`;
}

/** One endpoint and the networks that use it. */
interface House {
  host: NetworkSeen;
  guests: readonly NetworkSeen[];
  plan: EndpointPlan;
}

function targetOf(service: { id: string; seen: LinkServiceSeen | null; step: DraftStep }) {
  return (host: NetworkSeen): EndpointTarget => {
    const { id, seen, step } = service;
    const automatic = (seen?.autoApproves ?? []).some(
      (entry) => entry === '*' || sameResource(entry, host.subscription),
    );
    return { id, alias: seen?.alias ?? null, name: shortName(id), step, accepts: automatic ? 'by-itself' : 'by-us' };
  };
}

/**
 * Each network has an endpoint of its own, but for networks that share a zone: it can give one answer only. One that
 * reaches the other then uses its endpoint; others are refused later, because their answers clash.
 */
function housesOf(wish: Wish): [NetworkSeen, ...NetworkSeen[]][] {
  const { survey } = wish;
  const graph = graphOf(networksOf(survey));
  const houses: [NetworkSeen, ...NetworkSeen[]][] = [];
  for (const network of survey.networks) {
    const near = reachableFrom(graph, keyOf(network.id));
    const shared = houses.find(([host]) => near.has(keyOf(host.id)) && shareZone(wish, host, network));
    if (shared === undefined) {
      houses.push([network]);
    } else {
      shared.push(network);
    }
  }
  return houses;
}

const anywhere: Target = { kind: 'address', address: '' };

function shareZone(wish: Wish, one: NetworkSeen, other: NetworkSeen): boolean {
  const zones = new Set(zoneIdsOf(wish, one));
  return zoneIdsOf(wish, other).some((id) => zones.has(id));
}

function zoneIdsOf(wish: Wish, network: NetworkSeen): string[] {
  return appNames(wish, network, anywhere).flatMap((name) =>
    name.links.map((link) => zoneFor(name, link, wish.survey.zones).id.toLowerCase()),
  );
}

interface Parts {
  frontend: FrontendSeen & { privateAddress: string };
  houses: readonly House[];
  service: readonly DraftStep[];
  findings: readonly Finding[];
}

function draw(wish: Wish, { frontend, houses, service, findings }: Parts): Sketch {
  const { survey, tags } = wish;
  const wishes = houses.flatMap((house) =>
    [house.host, ...house.guests].flatMap((network) => appNames(wish, network, targetIn(house))),
  );
  const zones = wantedZones(wishes, survey.zones, wish.naming);
  const paths = planPaths(houses.flatMap(pathsOf), wish);
  return {
    findings: [...findings, ...checkAppNames(zones, wishes, wish), ...paths.findings],
    drawing: {
      drafts: [
        ...service,
        ...houses.flatMap(({ plan }) => plan.drafts),
        ...paths.drafts,
        ...zones.flatMap((zone) => nameSteps(zone, tags)),
      ],
      reach: houses.flatMap((house) => reachOf(wish, house, frontend)),
      promises: {
        names: promisesOf(wish, houses, wishes),
        from: survey.networks.map(({ id }) => id),
        port: appPort,
      },
      because: exactZoneGrounds(zones, survey),
    },
  };
}

function targetIn({ plan: { endpoint } }: House): Target {
  return endpoint === null
    ? anywhere
    : {
        kind: 'endpoint',
        endpoint: endpoint.id,
        address: endpoint.seen?.address ?? null,
        needs: [endpoint.accepted],
      };
}

function pathsOf({ host, guests, plan: { endpoint } }: House) {
  const target = endpoint?.subnet?.prefixes ?? [];
  return target.length === 0
    ? []
    : [host, ...guests].map((from) => ({ from, to: host, target, port: appPort, by: 'endpoint' as const }));
}

/** An endpoint that stands and was accepted gives nobody anything new. */
function reachOf(wish: Wish, { host, plan: { endpoint } }: House, frontend: Parts['frontend']): Reach[] {
  if (endpoint === null || endpoint.seen?.state === 'Approved') {
    return [];
  }
  const subnet = endpoint.subnet?.prefixes ?? [];
  const address = endpoint.seen?.address ?? null;
  const where = address ?? `one new address in ${subnet.join(', ')}`;
  const ports = frontend.ports ?? null;
  const portWords =
    ports === null
      ? 'the ports of its load balancer'
      : `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(' and ')}`;
  return [
    {
      from: whoReaches(networksOf(wish.survey), host),
      to: [
        `${where} (${host.name}), ${portWords}, which leads to ${frontend.privateAddress} in ${wish.survey.environment.name}; nothing else`,
      ],
      addresses: address === null ? subnet : [`${address}/32`],
      ports,
    },
  ];
}

function promisesOf(wish: Wish, houses: readonly House[], wishes: readonly NameWish[]): PromisedName[] {
  const names = wantedNames(wish.answers, wish.survey.environment.domainSuffix);
  return houses.flatMap(({ host, guests, plan: { endpoint } }) => {
    const from = [host, ...guests].map(({ id }) => id);
    return names
      .filter((name) => wishes.some((each) => each.name === name))
      .map((name) => ({ name, address: endpoint?.seen?.address ?? '', endpoint: endpoint?.id ?? '', from }));
  });
}
