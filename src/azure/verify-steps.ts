/** What Azure says about each thing that a plan wrote or relies on, as it stands now. */
import type { Evidence } from '../plan/evidence.ts';
import type { Json, PlanStep, ResourceId } from '../plan/plan.ts';
import { networkOf, parentOf, shortName } from '../plan/resource-id.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type SubnetSeen, type Survey } from '../plan/world.ts';
import { firstMissing } from './json.ts';

export function stepEvidence(step: PlanStep, seen: Survey): Evidence[] {
  switch (step.kind) {
    case 'peering':
    case 'peering-repair':
      return [halfEvidence(step.resource, seen)];
    case 'subnet-policy':
      return [policyEvidence(step.resource, seen)];
    case 'private-link-service':
      return [serviceEvidence(step.resource, seen)];
    case 'private-endpoint':
      return endpointEvidence(step.resource, seen);
    case 'endpoint-approval':
      return approvalEvidence(step.resource, seen);
    case 'endpoint-wait':
      // The endpoint itself says whether it was accepted; the service is often not ours to read.
      return [];
    case 'dns-zone':
      return [zoneEvidence(step.resource, seen)];
    case 'dns-record':
      return [recordEvidence(step, seen)];
    case 'dns-link':
      return [linkEvidence(step.resource, seen)];
    case 'dns-servers':
      return [serversEvidence(step, seen)];
    case 'security-rule':
      return [ruleEvidence(step.resource, seen)];
    case 'route':
      return [routeEvidence(step.resource, seen)];
    case 'route-table':
      return [tableEvidence(step, seen)];
    default: {
      const never: never = step.kind;
      return never;
    }
  }
}

function halfEvidence(id: ResourceId, seen: Survey): Evidence {
  const from = networkAt(networkOf(id) ?? id, seen);
  if (from === null) {
    return read(
      'peering-state',
      `I could not read ${shortName(networkOf(id) ?? id)}, to which a half of the peering belongs.`,
      null,
    );
  }
  const half = from.peerings.find((peering) => sameResource(peering.id, id));
  return half === undefined
    ? read('peering-state', `${from.name} has no peering ${shortName(id)}.`, false)
    : read(
        'peering-state',
        `${from.name} says about ${shortName(half.remoteNetwork)}: ${stateWords(half)}.`,
        isGood(half),
      );
}

function isGood(half: PeeringSeen): boolean | null {
  if (half.state !== 'Connected' || !half.allowVirtualNetworkAccess) {
    return false;
  }
  return half.syncLevel === '' ? null : half.syncLevel === 'FullyInSync';
}

function stateWords(half: PeeringSeen): string {
  const access = half.allowVirtualNetworkAccess ? '' : ', but traffic is blocked';
  return `${half.state}, ${half.syncLevel === '' ? 'level of sync unknown' : half.syncLevel}${access}`;
}

function policyEvidence(id: ResourceId, seen: Survey): Evidence {
  const subnet = subnetAt(id, seen);
  const open = subnet === null ? null : subnet.linkServicePolicies === 'Disabled';
  const words =
    open === null ? 'could not be read' : open ? 'takes Private Link services' : 'keeps Private Link services out';
  return read('subnet-policy', `The subnet ${shortName(id)} ${words}.`, open);
}

function serviceEvidence(id: ResourceId, seen: Survey): Evidence {
  const service = seen.linkServices?.find((known) => sameResource(known.id, id));
  const name = `The Private Link service ${shortName(id)}`;
  if (service === undefined) {
    return read('link-service', `${name} is not there.`, seen.linkServices === undefined ? null : false);
  }
  const frontends = service.frontends.map(shortName).join(', ');
  const ready = service.alias !== null && service.frontends.length > 0;
  return read(
    'link-service',
    `${name} ${ready ? `stands on the frontend ${frontends}` : 'is there, but not ready'}.`,
    ready,
  );
}

function endpointEvidence(id: ResourceId, seen: Survey): Evidence[] {
  const endpoint = seen.endpoints?.find((known) => sameResource(known.id, id));
  const name = `The private endpoint ${shortName(id)}`;
  if (endpoint === undefined) {
    return [read('endpoint', `${name} is not there.`, seen.endpoints === undefined ? null : false)];
  }
  const { address, state } = endpoint;
  return [
    read(
      'endpoint',
      `${name} ${address === null ? 'has no address that I can read' : `has the address ${address}`}.`,
      address === null ? null : true,
    ),
    read('endpoint-connection', `The connection of ${endpoint.name} says: ${state}.`, state === 'Approved'),
  ];
}

/** The service's own side of it. */
function approvalEvidence(id: ResourceId, { linkServices = [] }: Survey): Evidence[] {
  return linkServices.flatMap(({ name, connections }) =>
    connections
      .filter(({ endpoint }) => sameResource(endpoint, id))
      .map(({ state }) =>
        read(
          'service-connection',
          `The Private Link service ${name} says about ${shortName(id)}: ${state}.`,
          state === 'Approved',
        ),
      ),
  );
}

function zoneEvidence(id: ResourceId, { zones }: Survey): Evidence {
  const isThere = zones.some((known) => sameResource(known.id, id));
  return read('zone', `The private zone ${shortName(id)} ${isThere ? 'is there' : 'is not there'}.`, isThere);
}

function recordEvidence({ resource: id, body, before }: PlanStep, seen: Survey): Evidence {
  const zone = seen.zones.find((known) => sameResource(known.id, parentOf(id) ?? ''));
  const record = zone?.records.find((known) => sameResource(known.id, id));
  const addresses = record?.addresses ?? [];
  const wanted = wantedAddresses(body ?? before, seen);
  const holds = addresses.length > 0 ? `holds ${addresses.join(', ')}` : 'is not there';
  const name = recordName(shortName(id), zone?.name);
  const good = wanted.includes(null) ? null : sameSet(addresses, wanted);
  return read('record', `The record ${name} ${holds}.`, addresses.length === 0 ? false : good);
}

function recordName(name: string, zone: string | undefined): string {
  if (zone === undefined) {
    return name;
  }
  return name === '@' ? `of ${zone} itself` : `${name} in ${zone}`;
}

function sameSet(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}

/** Null for an endpoint whose address could not be read. */
function wantedAddresses(body: Json, seen: Survey): (string | null)[] {
  const { properties } = (body ?? {}) as { properties?: { aRecords?: { ipv4Address: Json }[] } };
  return (properties?.aRecords ?? []).map(({ ipv4Address }) => {
    const endpoint = (ipv4Address as { $addressOf?: string } | null)?.$addressOf;
    return typeof ipv4Address === 'string' ? ipv4Address : endpointAddress(endpoint, seen);
  });
}

export function endpointAddress(id: ResourceId | undefined, { endpoints }: Survey): string | null {
  return endpoints?.find((known) => sameResource(known.id, id ?? ''))?.address ?? null;
}

function linkEvidence(id: ResourceId, { zones }: Survey): Evidence {
  const zone = zones.find((known) => known.links.some((link) => sameResource(link.id, id)));
  const link = zone?.links.find((known) => sameResource(known.id, id));
  return zone === undefined || link === undefined
    ? read('link', `The zone link ${shortName(id)} is not there.`, false)
    : read(
        'link',
        `The link of ${zone.name} to ${shortName(link.network)} says: ${link.state}.`,
        link.state === 'Completed',
      );
}

function serversEvidence({ resource, body, before }: PlanStep, seen: Survey): Evidence {
  const network = networkAt(resource, seen);
  if (network === null) {
    return read('dns-servers', `I could not read which DNS servers ${shortName(resource)} asks.`, null);
  }
  const wanted = propertiesOf(body ?? before)['dhcpOptions'] ?? null;
  const asks = network.dnsServers.length === 0 ? 'Azure’s resolver' : network.dnsServers.join(', ');
  const good = firstMissing({ dnsServers: network.dnsServers }, wanted) === null;
  return read('dns-servers', `${network.name} is set to ask ${asks}.`, good);
}

function ruleEvidence(id: ResourceId, seen: Survey): Evidence {
  const group = seen.securityGroups?.find((known) => sameResource(known.id, parentOf(id) ?? ''));
  const rule = group?.rules.find(({ name }) => name.toLowerCase() === shortName(id).toLowerCase());
  return presence('security-rule', `The rule ${shortName(id)} of ${shortName(parentOf(id) ?? id)}`, group, rule);
}

function routeEvidence(id: ResourceId, seen: Survey): Evidence {
  const table = seen.routeTables?.find((known) => sameResource(known.id, parentOf(id) ?? ''));
  const route = table?.routes.find(({ name }) => name.toLowerCase() === shortName(id).toLowerCase());
  return presence('route', `The route ${shortName(id)} of ${shortName(parentOf(id) ?? id)}`, table, route);
}

/** What holds it may not be ours to read; then nothing can be said. */
function presence(code: string, what: string, holder: object | undefined, part: object | undefined): Evidence {
  const good = holder === undefined ? null : part !== undefined;
  const words = good === null ? 'could not be read' : good ? 'is there' : 'is not there';
  return read(code, `${what} ${words}.`, good);
}

function tableEvidence({ resource, body, before }: PlanStep, seen: Survey): Evidence {
  const subnet = subnetAt(resource, seen);
  const wanted = (propertiesOf(body ?? before)['routeTable'] as { id?: string } | null | undefined)?.id ?? '';
  const table = subnet?.routeTable ?? null;
  const words = table === null ? 'has no route table' : `uses the route table ${shortName(table)}`;
  return subnet === null
    ? read('route-table', `The subnet ${shortName(resource)} could not be read.`, null)
    : read('route-table', `The subnet ${subnet.name} ${words}.`, sameResource(table ?? '', wanted));
}

function propertiesOf(body: Json): { readonly [key: string]: Json } {
  return (body as { properties?: { readonly [key: string]: Json } } | null)?.properties ?? {};
}

export function networkAt(id: ResourceId, { environment, networks, neighbours = [] }: Survey): NetworkSeen | null {
  const own = environment.network === null ? [] : [environment.network];
  return [...own, ...networks, ...neighbours].find((network) => sameResource(network.id, id)) ?? null;
}

function subnetAt(id: ResourceId, seen: Survey): SubnetSeen | null {
  const network = networkAt(networkOf(id) ?? '', seen);
  return network?.subnets?.find((subnet) => sameResource(subnet.id, id)) ?? null;
}

function read(code: string, text: string, good: boolean | null): Evidence {
  return { kind: 'read', code, text, good };
}
