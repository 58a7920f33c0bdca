/** A fresh read of everything that one plan touches: few calls, side by side, and what could not be read is named. */
import type { ConnectAnswers, EnvironmentAt, ResourceId } from '../plan/plan.ts';
import { prefixContains } from '../plan/address-space.ts';
import { parseResourceId } from '../plan/resource-id.ts';
import type { DatabaseSeen, EndpointSeen, NetworkSeen, SubnetSeen, Survey, ZoneSeen } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { mapFew } from './collect.ts';
import { databaseSeen, readServers } from './read-databases.ts';
import { readEnvironment } from './read-environment.ts';
import { readRouteTables, readSecurityGroups } from './read-filters.ts';
import { readNeighbours, readNetwork } from './read-networks.ts';
import { type Group, readEndpoints, readLinkService, readLinkServices, readVisibility } from './read-private-link.ts';
import { type PolicyQuestion, readPolicies } from './read-policies.ts';
import { readRights } from './read-rights.ts';
import { readZones, zonesThatMatter, type ZonesWanted } from './read-zones.ts';
import type { Reading } from './reading.ts';
import { readSubscriptions } from './subscriptions.ts';

export async function survey(arm: Arm, at: EnvironmentAt, answers: ConnectAnswers): Promise<Survey> {
  const asked = [...new Map(answers.networks.map((id) => [id.toLowerCase(), id])).values()];
  const unread: string[] = [];
  const known = [at.subscription, ...subscriptionsIn([...asked, answers.service?.privateLinkService ?? ''])];
  const reading: Reading = { arm, unread, subscriptions: await readSubscriptions(arm, known, unread) };
  const wanted = zonesWanted(at, answers);
  const [environment, networks, allZones, linkServices, endpoints, databases] = await Promise.all([
    readEnvironment(reading, at),
    mapFew(asked, (id) => readNetwork(reading, id)).then((found) => found.flat()),
    readZones(reading, wanted),
    readServices(reading, at, answers),
    mapFew(groupsOf(at, asked), (group) => readEndpoints(reading, group)).then((found) => found.flat()),
    answers.scenario === 'database-read' ? readServers(reading, groupOf(at)) : null,
  ]);
  const zones = zonesThatMatter(allZones, wanted, environment.network);
  const own = [...(environment.network === null ? [] : [environment.network]), ...networks];
  const frontends = environment.frontends.map((frontend) => ({
    ...frontend,
    linkService: linkServices.find((service) => holds(service.frontends, frontend.id))?.id ?? null,
  }));
  const alias = aliasIn(answers);
  const around = readAround(reading, own, answers);
  const [neighbours, securityGroups, routeTables, rights, policies, aliasVisible] = await Promise.all([
    around,
    readSecurityGroups(reading, own),
    readRouteTables(reading, own),
    around.then((found) => {
      const networksUsed = [...own, ...found.filter((network) => holdsAny(network, serversOf(own, answers)))];
      const filters = own.flatMap(({ subnets = [] }) => subnets.flatMap(filtersOf));
      return readRights(reading, {
        groups: groupIds(at, [...networksUsed, ...zones, ...linkServices, ...filters]),
        resources: networksUsed.map(({ id }) => id),
      });
    }),
    readPolicies(reading, policyQuestions(at, environment.location, networks)),
    alias === null || environment.network === null
      ? null
      : readVisibility(reading, { subscription: at.subscription, location: environment.location, alias }),
  ]);
  return {
    environment: { ...environment, frontends },
    networks,
    zones,
    unread: unread.toSorted(),
    neighbours,
    linkServices,
    endpoints,
    securityGroups,
    routeTables,
    rights,
    policies,
    ...databasesIn(databases, endpoints, zones),
    ...(aliasVisible === null ? {} : { aliasVisible }),
  };
}

function subscriptionsIn(ids: readonly string[]): string[] {
  return ids.map(parseResourceId).flatMap((parsed) => (parsed.kind === 'resource' ? parsed.subscription : []));
}

function groupOf(at: EnvironmentAt): Group {
  return { subscription: at.subscription, name: at.managedResourceGroup };
}

/** The managed resource group, and those of the networks that were asked for. */
function groupsOf(at: EnvironmentAt, networks: readonly ResourceId[]): Group[] {
  const theirs = networks
    .map(parseResourceId)
    .flatMap((parsed) =>
      parsed.kind === 'resource' ? { subscription: parsed.subscription, name: parsed.resourceGroup } : [],
    );
  return [...new Map([groupOf(at), ...theirs].map((group) => [groupId(group).toLowerCase(), group])).values()];
}

function groupId({ subscription, name }: Group): ResourceId {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

/** Where a plan may write: beside the networks, and in the groups of zones and services that are there already. */
function groupIds(at: EnvironmentAt, things: readonly { id: ResourceId }[]): ResourceId[] {
  return groupsOf(
    at,
    things.map(({ id }) => id),
  ).map(groupId);
}

const madeBesideNetworks = ['Microsoft.Network/privateEndpoints', 'Microsoft.Network/privateDnsZones'];

/** Kinds of resources of their own; what is part of another one is a matter of that one's policies. */
function policyQuestions(at: EnvironmentAt, location: string, networks: readonly NetworkSeen[]): PolicyQuestion[] {
  const own: PolicyQuestion = {
    group: groupId(groupOf(at)),
    at: `/subscriptions/${at.subscription}`,
    location,
    types: ['Microsoft.Network/privateLinkServices', ...madeBesideNetworks],
  };
  const others = networks.map((network): [string, PolicyQuestion] => {
    const group = groupId({ subscription: network.subscription, name: network.resourceGroup });
    return [group.toLowerCase(), { group, at: group, location: network.location, types: madeBesideNetworks }];
  });
  return [own, ...new Map(others).values()];
}

const postgresDomain = 'postgres.database.azure.com';

function zonesWanted(at: EnvironmentAt, answers: ConnectAnswers): ZonesWanted {
  const domains = answers.apps === '*' ? [] : answers.apps.filter((app) => app.includes('.'));
  return {
    names: [
      at.domainSuffix,
      ...domains,
      ...(answers.service === undefined || answers.service === null ? [] : [answers.service.fqdn]),
      ...(answers.scenario === 'database-read' ? [postgresDomain] : []),
    ],
    // Own DNS servers would take the environment's own zones away from it, so these have to be known, and what else
    // answers for their names where the servers stand.
    group: answers.scenario === 'dns-servers' ? groupOf(at) : null,
  };
}

/** Those of the environment, and the one that was named. */
async function readServices(reading: Reading, at: EnvironmentAt, { service }: ConnectAnswers) {
  const named = service?.privateLinkService ?? null;
  const [own, other] = await Promise.all([
    readLinkServices(reading, groupOf(at)),
    named === null ? [] : readLinkService(reading, named),
  ]);
  return [
    ...own,
    ...other.filter(
      ({ id }) =>
        !holds(
          own.map((each) => each.id),
          id,
        ),
    ),
  ];
}

function aliasIn({ service }: ConnectAnswers): string | null {
  const named = service?.privateLinkService ?? null;
  return named === null || parseResourceId(named).kind === 'resource' ? null : named;
}

/** The networks beside these; and one ring more where an own DNS server stands in none of them. */
async function readAround(
  reading: Reading,
  own: readonly NetworkSeen[],
  answers: ConnectAnswers,
): Promise<NetworkSeen[]> {
  const first = await readNeighbours(reading, own);
  const known = [...own, ...first];
  const lost = serversOf(own, answers).filter((server) => !known.some((network) => holdsAny(network, [server])));
  return lost.length === 0 ? first : [...first, ...(await readNeighbours(reading, known))];
}

/** DNS servers that are asked, or are to be asked. */
function serversOf(own: readonly NetworkSeen[], { dnsServers = [] }: ConnectAnswers): string[] {
  return [...dnsServers, ...own.flatMap((network) => network.dnsServers)];
}

function holdsAny({ addressPrefixes }: NetworkSeen, addresses: readonly string[]): boolean {
  return addresses.some((address) => addressPrefixes.some((prefix) => prefixContains(prefix, address)));
}

/** What a subnet that is written back refers to. */
function filtersOf({ securityGroup, routeTable }: SubnetSeen): { id: ResourceId }[] {
  return [securityGroup, routeTable].flatMap((id) => (id === null ? [] : { id }));
}

/** Absent when the servers were not looked for, or could not be read. */
function databasesIn(
  servers: Awaited<ReturnType<typeof readServers>>,
  endpoints: readonly EndpointSeen[],
  zones: readonly ZoneSeen[],
): { databases?: DatabaseSeen[] } {
  return servers === null ? {} : { databases: servers.map((server) => databaseSeen(server, { endpoints, zones })) };
}

function holds(ids: readonly ResourceId[], id: ResourceId | undefined): boolean {
  return id !== undefined && ids.some((each) => each.toLowerCase() === id.toLowerCase());
}
