/**
 * PostgreSQL flexible servers of an environment, by plain calls: the SDK's client for them would be a package of its own
 * for one list. A private server has private endpoints, or a subnet to itself; then its address stands in its own zone.
 */
import { z } from 'zod/v4';
import type { DatabaseSeen, EndpointSeen, ZoneSeen } from '../plan/world.ts';
import { sameResource } from '../plan/world.ts';
import { databaseVersion } from './api-versions.ts';
import type { Group } from './read-private-link.ts';
import { readOrNote, type Reading } from './reading.ts';

const serverBody = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    fullyQualifiedDomainName: z.string().optional(),
    replicationRole: z.string().optional(),
    sourceServerResourceId: z.string().nullish(),
    network: z
      .object({
        publicNetworkAccess: z.string().optional(),
        delegatedSubnetResourceId: z.string().nullish(),
        privateDnsZoneArmResourceId: z.string().nullish(),
      })
      .nullish(),
  }),
});

type Server = z.infer<typeof serverBody>;

/** What leads to a server: endpoints, and the zones in which servers with a subnet of their own have their record. */
export interface WaysToServers {
  endpoints: readonly EndpointSeen[];
  zones: readonly ZoneSeen[];
}

/** Null when they could not be read, which is not the same as none. */
export async function readServers(reading: Reading, group: Group): Promise<Server[] | null> {
  const path = `/subscriptions/${group.subscription}/resourceGroups/${group.name}/providers/Microsoft.DBforPostgreSQL/flexibleServers`;
  return readOrNote(reading, `the database servers of ${group.name}`, async () =>
    (await reading.arm.list(path, databaseVersion)).map((item) => serverBody.parse(item)),
  );
}

export function databaseSeen(server: Server, ways: WaysToServers): DatabaseSeen {
  const { properties } = server;
  const subnet = properties.network?.delegatedSubnetResourceId ?? null;
  const endpoint = ways.endpoints.find(({ target }) => sameResource(target, server.id));
  const isReplica = /replica/i.test(properties.replicationRole ?? '') || hasText(properties.sourceServerResourceId);
  return {
    id: server.id,
    name: server.name,
    fqdn: properties.fullyQualifiedDomainName ?? '',
    role: isReplica ? 'replica' : 'primary',
    access: subnet !== null || endpoint !== undefined ? 'private' : publicOrPrivate(server),
    address: subnet === null ? (endpoint?.address ?? null) : addressInZone(server, ways.zones),
    delegatedSubnet: subnet,
  };
}

function publicOrPrivate({ properties }: Server): DatabaseSeen['access'] {
  return /^disabled$/i.test(properties.network?.publicNetworkAccess ?? '') ? 'private' : 'public';
}

/** The record has the server's name, or a name that Azure made up; then it is the only one. */
function addressInZone(server: Server, zones: readonly ZoneSeen[]): string | null {
  const id = server.properties.network?.privateDnsZoneArmResourceId ?? '';
  const zone = zones.find((each) => sameResource(each.id, id));
  const named = zone?.records.find(({ name }) => name.toLowerCase() === server.name.toLowerCase());
  const only = zone?.records.length === 1 ? zone.records[0] : undefined;
  return (named ?? only)?.addresses[0] ?? null;
}

function hasText(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text !== '';
}
