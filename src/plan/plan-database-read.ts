/**
 * Direct read access to the database: peering, then the name of the read replica from the other network. The zone stands
 * on the customer's side, never in the managed resource group. Accounts, grants and passwords are not the bot's.
 *
 * Source: "Enabling connectivity between Mendix on Azure and other private networks", "Use-cases that require private
 * connectivity" and "Pros and cons of vNet peering and Private Link with Private Endpoints".
 */
import { care, stop, unknown } from './finding.ts';
import { type NameWish, type Target, type WantedZone, wantedZones } from './names.ts';
import { networksOf } from './network-graph.ts';
import { askersOf } from './own-servers.ts';
import { nameSteps } from './plan-names.ts';
import { planPaths } from './plan-paths.ts';
import { peeredNetworks, peeringPairs, peeringReach, peeringSteps } from './plan-peerings.ts';
import type { Finding } from './plan.ts';
import { checkAddresses, checkFarAddresses } from './preflight-addresses.ts';
import { checkZoneLimits } from './preflight-limits.ts';
import { checkServers, checkZones } from './preflight-names.ts';
import { checkPeerings } from './preflight-peerings.ts';
import { checkNetworks } from './preflight.ts';
import { groupOf } from './resource-id.ts';
import { publicAliases } from './resolve.ts';
import { connectivityDocument, type Sketch, type Wish } from './scenario.ts';
import { type DatabaseSeen, type NetworkSeen, sameResource, type Survey } from './world.ts';

const postgresPort = 5432;

export function planDatabaseRead(wish: Wish): Sketch {
  const { answers, survey } = wish;
  const found = findReplica(survey);
  const findings = [
    ...checkNetworks(answers, survey, 'from which the database should be read'),
    ...checkAddresses(survey),
    ...checkPeerings(survey, answers.useGateway === true),
    ...found.findings,
  ];
  const ours = survey.environment.network;
  return found.replica === null || ours === null
    ? { findings, drawing: null }
    : draw(wish, { ours, ...found.replica, findings });
}

interface Replica {
  server: DatabaseSeen;
  address: string;
}

interface Parts extends Replica {
  ours: NetworkSeen;
  findings: readonly Finding[];
}

function draw(wish: Wish, { ours, server, address, findings }: Parts): Sketch {
  const { answers, survey, naming } = wish;
  const pairs = peeringPairs(ours, survey.networks, { naming, useGateway: answers.useGateway === true });
  const before = networksOf(survey);
  const after = peeredNetworks(before, pairs);
  const target: Target = { kind: 'address', address };
  const wishes = survey.networks.map((network) => databaseName(wish, network, server, target));
  const zones = wantedZones(wishes, survey.zones, naming);
  const paths = planPaths(
    survey.networks.map((from) => ({ from, to: ours, target: [`${address}/32`], port: postgresPort, by: 'peering' })),
    wish,
  );
  return {
    findings: [
      ...findings,
      ...checkFarAddresses(ours, after),
      ...survey.networks.flatMap((network) =>
        checkServers(
          network,
          askersOf(network, survey),
          wishes.filter(({ home }) => home === network.id),
        ),
      ),
      ...checkZones(zones, survey, [server.fqdn]),
      ...checkZoneLimits(zones),
      ...zones.flatMap((zone) => checkManagedZone(zone, survey)),
      ...paths.findings,
      notByBot(server),
    ],
    drawing: {
      drafts: [...peeringSteps(pairs), ...paths.drafts, ...zones.flatMap((zone) => nameSteps(zone, wish.tags))],
      reach: peeringReach(before, pairs),
      promises: {
        names: [{ name: server.fqdn, address }],
        from: survey.networks.map(({ id }) => id),
        port: postgresPort,
      },
      because: [
        {
          source: connectivityDocument,
          section: 'Use-cases that require private connectivity',
          note: `${server.name} is the read replica: reading it does not slow the apps down, and nothing can be written to it.`,
        },
      ],
    },
  };
}

/**
 * The public DNS leads the name of a server with a private endpoint to its `privatelink` name, so the record goes into a
 * zone of those. A server with a subnet of its own has no such name; it gets a zone of exactly its own.
 */
function databaseName(wish: Wish, network: NetworkSeen, server: DatabaseSeen, target: Target): NameWish {
  const fqdn = server.fqdn.toLowerCase();
  const delegated = server.delegatedSubnet !== null && server.delegatedSubnet !== undefined;
  const [alias] = delegated ? [] : publicAliases(fqdn);
  const zone = alias?.slice(alias.indexOf('.') + 1) ?? fqdn;
  return {
    name: fqdn,
    aliases: alias === undefined ? [] : [alias],
    zone,
    accepts: () => true,
    target,
    home: network.id,
    links: askersOf(network, wish.survey).links,
  };
}

interface Found {
  replica: Replica | null;
  findings: readonly Finding[];
}

function findReplica(survey: Survey): Found {
  const { databases, environment } = survey;
  if (databases === undefined) {
    return refusedBecause(
      unknown(
        'DatabaseNotRead',
        `I could not read the database servers of ${environment.name}, so I know neither their names nor their addresses.`,
        'Give the bot’s identity the right Microsoft.DBforPostgreSQL/flexibleServers/read on the managed resource group, then plan again.',
      ),
    );
  }
  const replicas = databases.filter(({ role }) => role === 'replica').toSorted(byName);
  const [server, ...others] = replicas;
  if (server === undefined) {
    return refusedBecause(noReplica(survey));
  }
  if (server.access === 'public') {
    return refusedBecause(publicServer(server));
  }
  if (server.address === null) {
    return refusedBecause(
      unknown(
        'DatabaseAddressNotRead',
        `I found the replica ${server.name}, but not its private address.`,
        'Give the bot’s identity the right to read private endpoints and network interfaces in the managed resource group, then plan again.',
      ),
    );
  }
  const findings = others.length === 0 ? [] : [severalReplicas(server, others)];
  return { replica: { server, address: server.address }, findings };
}

function refusedBecause(finding: Finding): Found {
  return { replica: null, findings: [finding] };
}

function byName(left: DatabaseSeen, right: DatabaseSeen): number {
  return left.name < right.name ? -1 : 1;
}

function noReplica({ environment, databases = [] }: Survey): Finding {
  return stop(
    'NoReplica',
    databases.length === 0
      ? `I found no database server in the managed resource group of ${environment.name}.`
      : `${environment.name} has no read replica of its database (${databases.map(({ name }) => name).join(', ')} only), and reading the primary would slow the apps down.`,
    `Turn on the read replica for ${environment.name} in the Mendix portal (cluster settings, database), wait until it is there, then plan again.`,
  );
}

function publicServer({ name }: DatabaseSeen): Finding {
  return stop(
    'DatabaseIsPublic',
    `The replica ${name} has neither a private endpoint nor a subnet of its own, so no private address leads to it.`,
    'Open a ticket and ask for private access to the database.',
  );
}

function severalReplicas({ name }: DatabaseSeen, others: readonly DatabaseSeen[]): Finding {
  return care(
    'SeveralReplicas',
    `There are several replicas; the plan takes the first by name, ${name}, and leaves ${others.map((other) => other.name).join(', ')} alone.`,
    'Ask in the portal which one is meant for reading before you approve.',
  );
}

function notByBot({ name }: DatabaseSeen): Finding {
  return care(
    'AccountsAreYours',
    `The plan opens the way to ${name} and nothing more: I make no database accounts, give no grants and handle no passwords.`,
    'Ask the owner of the environment for an account that may only read.',
  );
}

/** A zone of the provider that somebody linked to the other network: only its owner may write there. */
function checkManagedZone(zone: WantedZone, { environment, networks }: Survey): Finding[] {
  const group = `/subscriptions/${environment.subscription}/resourceGroups/${environment.managedResourceGroup}`;
  const written = zone.records.filter(({ seen, target }) => seen?.addresses.join() !== target.address);
  return !sameResource(groupOf(zone.id), group) || written.length === 0
    ? []
    : [
        stop(
          'ZoneIsManaged',
          `${networks.map(({ name }) => name).join(', ')} uses the zone ${zone.name} of the managed resource group, and a network can use one zone of a name only; I write no records there.`,
          'Unlink that zone from the network, or open a ticket and ask for the record of the replica in it; then plan again.',
        ),
      ];
}
