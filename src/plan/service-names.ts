/**
 * The name of an internal service as the environment's network has to resolve it: a zone of exactly that name, linked to
 * that network. A zone of somebody else takes the record only when it has the very name, or when nobody else uses it:
 * the address that is right for the environment would be wrong for the others.
 */
import { stop } from './finding.ts';
import { leadsTo, type NameWish, type Target, type WantedZone, wantedZones, zoneIdAt } from './names.ts';
import { askersOf } from './own-servers.ts';
import type { Finding, ResourceId, WantedService } from './plan.ts';
import { checkZoneLimits } from './preflight-limits.ts';
import { checkServers, checkZones, isWholeName } from './preflight-names.ts';
import { recordFor } from './resolve.ts';
import { mayDo } from './rights.ts';
import type { Wish } from './scenario.ts';
import { type NetworkSeen, sameResource, type Survey, type ZoneSeen } from './world.ts';

export const httpsPort = 443;

export function checkService(service: WantedService | null | undefined): Finding[] {
  if (service === null || service === undefined) {
    return [
      stop(
        'NoService',
        'No service was named.',
        'Name the service by the name under which apps call it, such as erp.example.com.',
      ),
    ];
  }
  return isWholeName(service.fqdn)
    ? []
    : [
        stop(
          'NotADnsName',
          `“${service.fqdn}” is no whole DNS name.`,
          'Write the name under which apps call the service, such as erp.example.com.',
        ),
      ];
}

export function serviceZones(wish: Wish, ours: NetworkSeen, fqdn: string, target: Target): WantedZone[] {
  const { links } = askersOf(ours, wish.survey);
  const present = wish.survey.zones.find(
    (zone) => zone.name.toLowerCase() === fqdn && answersRightly(zone, fqdn, target),
  );
  const name: NameWish = {
    name: fqdn.toLowerCase(),
    zone: fqdn.toLowerCase(),
    accepts: (zone) =>
      zone.name.toLowerCase() === fqdn.toLowerCase() ||
      zone.links.every((link) => links.some(({ id }) => sameResource(id, link.network))),
    target,
    home: homeOf(wish, ours, fqdn.toLowerCase()),
    ...(present === undefined ? {} : { present }),
    links,
  };
  return wantedZones([name], wish.survey.zones, wish.naming);
}

/** A zone of the company that says just what is wanted is linked as it is: its owner keeps it right. */
function answersRightly(zone: ZoneSeen, fqdn: string, target: Target): boolean {
  const record = recordFor(zone, fqdn);
  return target.kind === 'address' && record !== null && leadsTo(record, target);
}

/**
 * Beside the environment's network, which uses the zone; in the resource group of a network that was named, when
 * nothing may be made in the managed one and no zone of the name stands there for others.
 */
function homeOf({ survey }: Wish, ours: NetworkSeen, zone: string): ResourceId {
  const free = survey.networks.find(
    (network) => !isRefused(network, zone, survey) && !isUsedByOthers(zoneIdAt(network.id, zone), ours, survey),
  );
  return isRefused(ours, zone, survey) && free !== undefined ? free.id : ours.id;
}

function isUsedByOthers(zone: ResourceId, ours: NetworkSeen, { zones }: Survey): boolean {
  const seen = zones.find(({ id }) => sameResource(id, zone));
  return (seen?.links ?? []).some(({ network }) => !sameResource(network, ours.id));
}

function isRefused(network: NetworkSeen, zone: string, { rights = [] }: Survey): boolean {
  const { kind } = mayDo(rights, 'Microsoft.Network/privateDnsZones/write', zoneIdAt(network.id, zone));
  return kind === 'denied' || kind === 'missing';
}

export function checkServiceNames(
  wish: Wish,
  ours: NetworkSeen,
  fqdn: string,
  zones: readonly WantedZone[],
): Finding[] {
  const targets = zones.flatMap(({ records }) => records);
  return [
    ...checkServers(ours, askersOf(ours, wish.survey), targets),
    ...checkZones(zones, wish.survey, [fqdn.toLowerCase()]),
    ...checkZoneLimits(zones),
  ];
}
