/** What a machine in a network would be told when it asks for a name. */
import { BadControlRequest } from '../server.ts';
import { isAddress } from './address-space.ts';
import { matchName } from './match-name.ts';
import { reach } from './reach.ts';
import { linkTypeName, recordsOf } from './types/private-dns-zones.ts';
import { linkedNetworkKey, zoneKeyOf } from './types/virtual-network-links.ts';
import { type DnsServer, find, type Json, keyOf, listOfType, type Resource, type World } from './world.ts';

export interface Resolution {
  status: 'answered' | 'nxdomain' | 'servfail';
  addresses: string[];
  /** Name of the private zone that decided last; null when none did. */
  zone: string | null;
}

const azureResolver = '168.63.129.16';
/** Names that stand for names, and servers that ask servers. */
const mostSteps = 8;

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
    ? askAzure(world, networkId, asked, mostSteps)
    : askOwnServers(world, networkId, servers, asked);
}

/** Own servers stand before the linked zones: these count only when a server that can be reached asks Azure. */
function askOwnServers(world: World, networkId: string, servers: string[], name: string): Resolution {
  for (const address of servers) {
    const server = world.dnsServers[address];
    if (server !== undefined && reach(world, { from: networkId, address, port: 53 }).open) {
      return askServer(world, server, name, mostSteps);
    }
  }
  return failed;
}

const failed: Resolution = { status: 'servfail', addresses: [], zone: null };

/**
 * A server knows its own names, asks the servers that it was told to ask for some domains, and for the rest asks Azure's
 * resolver, which only a server inside Azure can: it answers as for the network in which the server stands.
 */
function askServer(world: World, server: DnsServer, name: string, steps: number): Resolution {
  const own = matchName(server.records ?? {}, name);
  if (own !== undefined) {
    return { status: 'answered', addresses: own, zone: null };
  }
  const domains = Object.keys(server.forwarders ?? {}).filter((domain) => holds(domain, name));
  const [domain] = domains.toSorted((left, right) => right.length - left.length);
  if (domain !== undefined) {
    const next = world.dnsServers[server.forwarders?.[domain] ?? ''];
    return next === undefined || steps === 0 ? failed : askServer(world, next, name, steps - 1);
  }
  return server.forwardsToAzure === true && server.network !== undefined
    ? askAzure(world, server.network, name, steps)
    : askPublic(world, name, steps);
}

/** The longest linked zone that holds the name decides alone: a record that is missing there is a name that does not exist. */
function askAzure(world: World, networkId: string, name: string, steps: number): Resolution {
  const found = linkedZones(world, networkId).find(({ zone }) => holds(zone.name, name));
  if (found === undefined) {
    return askPublic(world, name, steps, networkId);
  }
  const { zone, link } = found;
  const answer = lookUp(world, zone, name);
  if (answer === undefined) {
    return link.properties['resolutionPolicy'] === 'NxDomainRedirect'
      ? askPublic(world, name, steps, networkId)
      : { status: 'nxdomain', addresses: [], zone: zone.name };
  }
  return goOn(world, { answer, zone: zone.name, steps, networkId });
}

function linkedZones(world: World, networkId: string): { zone: Resource; link: Resource }[] {
  const key = networkId.toLowerCase();
  return listOfType(world, linkTypeName)
    .filter((link) => linkedNetworkKey(link) === key && link.properties['virtualNetworkLinkState'] === 'Completed')
    .map((link) => ({ link, zone: find(world, zoneKeyOf(link)) }))
    .filter((each): each is { zone: Resource; link: Resource } => each.zone !== undefined)
    .sort((left, right) => right.zone.name.length - left.zone.name.length);
}

/** `networkId`: where Azure's resolver was asked; names that stand for others are asked there again. */
function askPublic(world: World, name: string, steps: number, networkId?: string): Resolution {
  const answer = matchName(world.publicDns, name);
  return answer === undefined
    ? { status: 'nxdomain', addresses: [], zone: null }
    : goOn(world, { answer, zone: null, steps, ...(networkId === undefined ? {} : { networkId }) });
}

interface Found {
  answer: readonly string[];
  zone: string | null;
  steps: number;
  networkId?: string;
}

/** The answer is addresses, or one name that stands for this one (CNAME) and has to be asked in turn. */
function goOn(world: World, { answer, zone, steps, networkId }: Found): Resolution {
  const [alias = ''] = answer;
  if (answer.length !== 1 || isAddress(alias)) {
    return { status: 'answered', addresses: [...answer], zone };
  }
  if (steps === 0) {
    return failed;
  }
  const next = alias.replace(/\.$/, '').toLowerCase();
  return networkId === undefined ? askPublic(world, next, steps - 1) : askAzure(world, networkId, next, steps - 1);
}

function holds(domain: string, name: string): boolean {
  return name === domain.toLowerCase() || name.endsWith(`.${domain.toLowerCase()}`);
}

function lookUp(world: World, zone: Resource, name: string): string[] | undefined {
  const sets = ['CNAME', 'A']
    .flatMap((type) => recordsOf(world, keyOf(zone), type))
    .map((record): [string, string[]] => {
      const full = record.name === '@' ? zone.name : `${record.name}.${zone.name}`;
      return [full.toLowerCase(), valuesOf(record)];
    });
  return matchName(Object.fromEntries(sets), name);
}

function valuesOf(record: Resource): string[] {
  const alias = (record.properties['cnameRecord'] as { cname?: string } | undefined)?.cname;
  const records = (record.properties['aRecords'] ?? []) as Json[];
  return alias === undefined ? records.map((each) => String(each['ipv4Address'])) : [alias];
}
