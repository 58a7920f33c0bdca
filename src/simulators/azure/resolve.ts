/** What a machine in a network would be told when it asks for a name. */
import { BadControlRequest } from '../server.ts';
import { reach } from './reach.ts';
import { listOfType, find, keyOf, type Json, type Resource, type World } from './world.ts';
import { linkTypeName, recordsOf } from './types/private-dns-zones.ts';
import { linkedNetworkKey, zoneKeyOf } from './types/virtual-network-links.ts';

export interface Resolution {
  status: 'answered' | 'nxdomain' | 'servfail';
  addresses: string[];
  /** Name of the private zone that decided; null when none did. */
  zone: string | null;
}

const azureResolver = '168.63.129.16';

/** `POST /_sim/resolve`. */
export function resolveControl(world: World, body: unknown): Resolution {
  const { network, name } = (body ?? {}) as { network?: unknown; name?: unknown };
  if (typeof network !== 'string' || typeof name !== 'string') {
    throw new BadControlRequest('POST /_sim/resolve takes {"network":ID,"name":"app.example.com"}.');
  }
  if (find(world, network) === undefined) {
    throw new BadControlRequest(`There is no network ${network}.`);
  }
  return resolve(world, network, name);
}

export function resolve(world: World, networkId: string, name: string): Resolution {
  const asked = name.replace(/\.$/, '').toLowerCase();
  const options = find(world, networkId)?.properties['dhcpOptions'] as { dnsServers?: string[] } | undefined;
  const servers = options?.dnsServers ?? [];
  return servers.length === 0 || servers.includes(azureResolver)
    ? askAzure(world, networkId, asked)
    : askOwnServers(world, networkId, servers, asked);
}

/** Own servers stand before the linked zones: these count only when a server that can be reached asks Azure. */
function askOwnServers(world: World, networkId: string, servers: string[], name: string): Resolution {
  for (const address of servers) {
    const server = world.dnsServers[address];
    const outside = server?.network === undefined;
    if (server !== undefined && (outside || reach(world, { from: networkId, address, port: 53 }).open)) {
      const own = matchName(server.records ?? {}, name);
      if (own !== undefined) {
        return { status: 'answered', addresses: own, zone: null };
      }
      return server.forwardsToAzure === true
        ? askAzure(world, server.network ?? networkId, name)
        : askPublic(world, name);
    }
  }
  return { status: 'servfail', addresses: [], zone: null };
}

/** The longest linked zone that holds the name decides alone: a record that is missing there is a name that does not exist. */
function askAzure(world: World, networkId: string, name: string): Resolution {
  const key = networkId.toLowerCase();
  const zones = listOfType(world, linkTypeName)
    .filter((link) => linkedNetworkKey(link) === key && link.properties['virtualNetworkLinkState'] === 'Completed')
    .map((link) => find(world, zoneKeyOf(link)))
    .filter((zone): zone is Resource => zone !== undefined && holds(zone.name, name))
    .sort((left, right) => right.name.length - left.name.length);
  const zone = zones[0];
  if (zone === undefined) {
    return askPublic(world, name);
  }
  const addresses = lookUp(world, zone, name);
  return { status: addresses === undefined ? 'nxdomain' : 'answered', addresses: addresses ?? [], zone: zone.name };
}

function holds(zone: string, name: string): boolean {
  return name === zone.toLowerCase() || name.endsWith(`.${zone.toLowerCase()}`);
}

function lookUp(world: World, zone: Resource, name: string): string[] | undefined {
  const sets = recordsOf(world, keyOf(zone), 'A').map((record): [string, string[]] => {
    const full = record.name === '@' ? zone.name : `${record.name}.${zone.name}`;
    const records = (record.properties['aRecords'] ?? []) as Json[];
    return [full.toLowerCase(), records.map((each) => String(each['ipv4Address']))];
  });
  return matchName(Object.fromEntries(sets), name);
}

function askPublic(world: World, name: string): Resolution {
  const addresses = matchName(world.publicDns, name);
  return { status: addresses === undefined ? 'nxdomain' : 'answered', addresses: addresses ?? [], zone: null };
}

/** The exact name, else the nearest wildcard; a wildcard stops at a name that exists on the way (RFC 4592). */
function matchName(sets: Record<string, string[]>, name: string): string[] | undefined {
  const names = Object.fromEntries(Object.entries(sets).map(([key, addresses]) => [key.toLowerCase(), addresses]));
  if (names[name] !== undefined || exists(names, name)) {
    return names[name];
  }
  const labels = name.split('.');
  for (let index = 1; index < labels.length; index += 1) {
    const encloser = labels.slice(index).join('.');
    const wildcard = names[`*.${encloser}`];
    if (wildcard !== undefined || exists(names, encloser)) {
      return wildcard;
    }
  }
  return undefined;
}

function exists(names: Record<string, string[]>, wanted: string): boolean {
  return Object.keys(names).some((key) => key === wanted || key.endsWith(`.${wanted}`));
}
