/** Private Link services with the connections to them, and private endpoints with their addresses. */
import type { NetworkInterface, PrivateEndpoint, PrivateLinkService } from '@azure/arm-network';
import { parseResourceId } from '../plan/resource-id.ts';
import type { EndpointConnectionSeen, EndpointSeen, LinkServiceSeen } from '../plan/world.ts';
import { mapFew } from './collect.ts';
import { connectionStateOf } from './endpoints.ts';
import { isNotFound, shortReason } from './errors.ts';
import { listOrNote, type Reading } from './reading.ts';
import { failedMark, given, tagsMark } from './seen.ts';

export interface Group {
  subscription: string;
  name: string;
}

export async function readLinkServices(reading: Reading, group: Group): Promise<LinkServiceSeen[]> {
  const services = await listOrNote<PrivateLinkService>(
    reading,
    `the Private Link services of ${group.name}`,
    async () => (await reading.arm.network(group.subscription)).privateLinkServices.list(group.name),
  );
  return (services ?? []).map(linkServiceSeen);
}

/** All that the bot can see in one subscription. */
export async function readAllLinkServices(reading: Reading, subscription: string): Promise<LinkServiceSeen[]> {
  const name = reading.subscriptions.nameOf(subscription);
  const services = await listOrNote<PrivateLinkService>(
    reading,
    `the Private Link services of subscription ${name}`,
    async () => (await reading.arm.network(subscription)).privateLinkServices.listBySubscription(),
  );
  return (services ?? []).map(linkServiceSeen);
}

/** By resource id, or by alias among those that the bot can see; that of another owner is often not ours to read. */
export async function readLinkService(reading: Reading, idOrAlias: string): Promise<LinkServiceSeen[]> {
  const parsed = parseResourceId(idOrAlias);
  if (parsed.kind === 'malformed') {
    const all = await mapFew(reading.subscriptions.ids, (subscription) => readAllLinkServices(reading, subscription));
    return all.flat().filter(({ alias }) => alias?.toLowerCase() === idOrAlias.toLowerCase());
  }
  try {
    const client = await reading.arm.network(parsed.subscription);
    return [linkServiceSeen(await client.privateLinkServices.get(parsed.resourceGroup, parsed.name))];
  } catch (error) {
    const reason = isNotFound(error) ? 'Azure knows no such service' : shortReason(error);
    reading.unread.push(`the Private Link service ${parsed.name} (${reason})`);
    return [];
  }
}

/** Whether endpoints of this subscription may use the service; null when Azure does not say. */
export async function readVisibility(
  reading: Reading,
  at: { subscription: string; location: string; alias: string },
): Promise<boolean | null> {
  try {
    const client = await reading.arm.network(at.subscription);
    const { visible } = await client.privateLinkServices.checkPrivateLinkServiceVisibility(at.location, {
      privateLinkServiceAlias: at.alias,
    });
    return visible ?? null;
  } catch (error) {
    reading.unread.push(`whether the alias ${at.alias} may be used (${shortReason(error)})`);
    return null;
  }
}

/** Endpoints of one resource group, with the addresses of their network interfaces. */
export async function readEndpoints(reading: Reading, group: Group): Promise<EndpointSeen[]> {
  const client = await reading.arm.network(group.subscription);
  const endpoints = await listOrNote<PrivateEndpoint>(reading, `the private endpoints of ${group.name}`, () =>
    client.privateEndpoints.list(group.name),
  );
  if (endpoints === null || endpoints.length === 0) {
    return [];
  }
  const interfaces = await listOrNote<NetworkInterface>(reading, `the network interfaces of ${group.name}`, () =>
    client.networkInterfaces.list(group.name),
  );
  const addresses = new Map((interfaces ?? []).map((each) => [each.id?.toLowerCase(), addressIn(each)]));
  return endpoints.map((endpoint) => endpointSeen(endpoint, addresses));
}

function addressIn(networkInterface: NetworkInterface): string | null {
  return networkInterface.ipConfigurations?.[0]?.privateIPAddress ?? null;
}

function endpointSeen(
  endpoint: PrivateEndpoint,
  addresses: ReadonlyMap<string | undefined, string | null>,
): EndpointSeen {
  const [manual] = endpoint.manualPrivateLinkServiceConnections ?? [];
  const request = manual ?? endpoint.privateLinkServiceConnections?.[0];
  const networkInterface = endpoint.networkInterfaces?.[0]?.id?.toLowerCase();
  return {
    id: given(endpoint.id, 'a private endpoint without id'),
    name: endpoint.name ?? '',
    location: endpoint.location ?? '',
    subnet: endpoint.subnet?.id ?? '',
    target: request?.privateLinkServiceId ?? '',
    manual: manual !== undefined,
    state: connectionStateOf(request?.privateLinkServiceConnectionState?.status),
    address: addresses.get(networkInterface) ?? null,
    ...tagsMark(endpoint),
    ...failedMark(endpoint),
  };
}

function linkServiceSeen(service: PrivateLinkService): LinkServiceSeen {
  return {
    id: given(service.id, 'a Private Link service without id'),
    name: service.name ?? '',
    location: service.location ?? '',
    alias: service.alias ?? null,
    frontends: idsOf(service.loadBalancerFrontendIpConfigurations),
    natSubnets: [...new Set((service.ipConfigurations ?? []).flatMap(({ subnet }) => subnet?.id ?? []))],
    visibleTo: service.visibility?.subscriptions ?? [],
    autoApproves: service.autoApproval?.subscriptions ?? [],
    connections: (service.privateEndpointConnections ?? []).map(
      (connection): EndpointConnectionSeen => ({
        id: given(connection.id, 'a connection without id'),
        endpoint: connection.privateEndpoint?.id ?? '',
        state: connectionStateOf(connection.privateLinkServiceConnectionState?.status),
      }),
    ),
    ...tagsMark(service),
    ...failedMark(service),
  };
}

function idsOf(things: readonly { id?: string }[] | undefined): string[] {
  return (things ?? []).flatMap(({ id }) => id ?? []);
}
