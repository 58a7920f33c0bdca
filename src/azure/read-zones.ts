/** Private DNS zones with their address records and their links. */
import type { PrivateZone } from '@azure/arm-privatedns';
import { addressOf, shortName } from '../plan/resource-id.ts';
import { isWithin, linkedZones } from '../plan/resolve.ts';
import type { NetworkSeen, ZoneSeen } from '../plan/world.ts';
import { collect, mapFew } from './collect.ts';
import { listOrNote, readOrNote, type Reading } from './reading.ts';
import { zoneSeen } from './seen.ts';

export interface ZonesWanted {
  /** Zones at, below or above one of these names: all that can answer for them or hide them. */
  names: readonly string[];
  /** All zones of this resource group as well, and all that some network uses, whatever they are called; null: none. */
  group: { subscription: string; name: string } | null;
}

export async function readZones(reading: Reading, wanted: ZonesWanted): Promise<ZoneSeen[]> {
  const zones = await mapFew(reading.subscriptions.ids, (subscription) => readZonesOf(reading, subscription, wanted));
  return zones.flat();
}

async function readZonesOf(reading: Reading, subscription: string, wanted: ZonesWanted): Promise<ZoneSeen[]> {
  const name = reading.subscriptions.nameOf(subscription);
  const zones = await listOrNote<PrivateZone>(reading, `the private zones of subscription ${name}`, async () =>
    (await reading.arm.dns(subscription)).privateZones.list(),
  );
  const related = (zones ?? []).filter(
    (zone) => isWanted(zone, wanted) || (wanted.group !== null && zone.numberOfVirtualNetworkLinks !== 0),
  );
  return (await mapFew(related, (zone) => readZone(reading, subscription, zone))).flat();
}

function isWanted({ id = '', name = '' }: Pick<PrivateZone, 'id' | 'name'>, { names, group }: ZonesWanted): boolean {
  if (id === '' || name === '') {
    return false;
  }
  const { subscription, resourceGroup } = addressOf(id);
  const inGroup =
    group !== null &&
    subscription.toLowerCase() === group.subscription.toLowerCase() &&
    resourceGroup.toLowerCase() === group.name.toLowerCase();
  return inGroup || names.some((wanted) => isWithin(name, wanted) || isWithin(wanted, name));
}

/** Without those that some other network uses and that have nothing to do with the zones of this one. */
export function zonesThatMatter(
  zones: readonly ZoneSeen[],
  wanted: ZonesWanted,
  network: NetworkSeen | null,
): readonly ZoneSeen[] {
  const own = network === null ? [] : linkedZones(network, zones);
  return zones.filter(
    (zone) => isWanted(zone, wanted) || own.some(({ name }) => isWithin(zone.name, name) || isWithin(name, zone.name)),
  );
}

async function readZone(reading: Reading, subscription: string, zone: PrivateZone): Promise<ZoneSeen[]> {
  const id = zone.id ?? '';
  const { resourceGroup, name } = addressOf(id);
  const seen = await readOrNote(reading, `the records and links of the private zone ${shortName(id)}`, async () => {
    const client = await reading.arm.dns(subscription);
    const [records, links] = await Promise.all([
      collect(client.recordSets.listByType(resourceGroup, name, 'A')),
      collect(client.virtualNetworkLinks.list(resourceGroup, name)),
    ]);
    return zoneSeen(zone, records, links);
  });
  return seen === null ? [] : [seen];
}
