/** What the names mean for the networks that will resolve them. */
import { care, stop } from './finding.ts';
import { knownNames, leadsTo, sameTarget, type Target, type WantedRecord, type WantedZone } from './names.ts';
import type { Askers, NetworkAt } from './own-servers.ts';
import type { ConnectAnswers, Finding } from './plan.ts';
import { shortName } from './resource-id.ts';
import { isWithin, linkedZones, recordFor, redirectsByName } from './resolve.ts';
import { type NetworkSeen, sameResource, type Survey } from './world.ts';

/** One label of a DNS name: letters, digits and hyphens, at most 63. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Most names that a sentence lists before it counts the rest. */
const namesShown = 5;

/** A whole name: at least two labels, because Azure makes no private zone of one. */
export function isWholeName(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.length >= 2 && labels.every((each) => label.test(each));
}

export function checkApps(answers: ConnectAnswers, survey: Survey): Finding[] {
  if (answers.apps === '*') {
    return [];
  }
  if (answers.apps.length === 0) {
    return [stop('NoApps', 'No app was named.', 'Name at least one app, such as orders, or choose every app.')];
  }
  return answers.apps
    .filter((app) => !(app.includes('.') ? isWholeName(app) : label.test(app)))
    .map((app) =>
      stop(
        'NotADnsName',
        `“${app}” is no DNS name.`,
        `Write only the part in front of .${survey.environment.domainSuffix}: letters, digits and hyphens, such as orders; or the whole name of a domain of your own, such as shop.example.com.`,
      ),
    );
}

/** @param promised Names that the plan promises; they are missed by nobody. */
export function checkZones(zones: readonly WantedZone[], survey: Survey, promised: readonly string[]): Finding[] {
  return zones.flatMap((zone) => [
    ...checkShadow(zone, survey, promised),
    ...checkRecords(zone, survey),
    ...checkClash(zone),
  ]);
}

/** What the plan means for a network that asks its own servers. */
export function checkServers(
  network: NetworkSeen,
  { inside, outside }: Askers,
  names: readonly { name: string; target: Target }[],
): Finding[] {
  const asked = names.map(({ name }) => name).join(', ');
  const byHand = names.map(({ name, target }) => `${name} → ${placeWords(target)}`).join(', ');
  const findings: Finding[] = [];
  if (inside.length > 0) {
    const where = inside.map(({ server, at }) => `${server} in ${at.name}`).join(', ');
    findings.push(
      care(
        'OwnDnsServers',
        `${network.name} asks its own DNS servers (${where}). The zone is linked to the network in which they stand, and counts only when they forward to Azure’s resolver; whoever else asks them gets the same answer.`,
        `Let the servers forward ${asked} to 168.63.129.16, or add there by hand: ${byHand}.`,
      ),
    );
  }
  if (outside.length > 0) {
    findings.push(
      care(
        'OwnDnsServersOutside',
        `${network.name} asks DNS servers outside Azure (${outside.join(', ')}). What they answer cannot be read from Azure, so the proof of the names stays computed.`,
        `Add a conditional forwarder for ${asked} on them, which leads to a resolver inside ${network.name} (an inbound endpoint of Azure DNS Private Resolver, or a machine that forwards to 168.63.129.16), or add there by hand: ${byHand}.`,
      ),
    );
  }
  return findings;
}

function placeWords(target: Target): string {
  return target.address ?? `the address that ${target.kind === 'endpoint' ? shortName(target.endpoint) : ''} gets`;
}

/** A zone that is wider than the name hides everything else under it. */
function checkShadow(zone: WantedZone, survey: Survey, promised: readonly string[]): Finding[] {
  const wide = zone.records.every((record) => record.name !== zone.name);
  if (!wide || (zone.seen === null && redirectsByName(zone.name))) {
    return [];
  }
  const wildcard = zone.records.some((record) => record.relative === '*' && record.seen === null);
  const networks = zone.links.filter((link) => link.seen === null || wildcard).map((link) => link.network.name);
  const hidden = networks.length === 0 ? [] : [newShadow(zone, networks.join(', '), survey, new Set(promised))];
  if (zone.links.some((link) => link.seen === null)) {
    return hidden;
  }
  const linked = zone.links.map((link) => link.network.name).join(', ');
  return [
    ...hidden,
    care(
      'ZoneAlreadyLinked',
      `A zone ${zone.name} is linked to ${linked} already and hides every name under it that it does not hold; that stays as it is. The plan only adds what is missing in it.`,
      'Tell the owner of that zone, so that the new record is not tidied away.',
    ),
  ];
}

function newShadow(zone: WantedZone, networks: string, survey: Survey, promised: ReadonlySet<string>): Finding {
  const kept = new Set(
    (zone.seen?.records ?? []).map(({ name }) => (name === '@' ? zone.name : `${name}.${zone.name}`)),
  );
  const others = knownNames(survey, zone.name).filter((name) => !promised.has(name) && !kept.has(name));
  const known = others.length === 0 ? 'I know of none, but there may be some' : `I know of ${listOf(others)}`;
  const wildcard = zone.records.some((record) => record.relative === '*');
  const effect = wildcard
    ? `then leads to ${survey.environment.name}, also names of other environments`
    : 'that is not in the zone stops resolving';
  return care(
    'ZoneHidesOtherNames',
    `A zone ${zone.name} linked to ${networks} answers for every name under it there: any other name ${effect}. ${known}.`,
    wildcard
      ? 'Name the apps instead of choosing every app: each then gets a zone of exactly its own name, and no other name changes.'
      : 'Ask the owner of the zone which names people in these networks would miss, and add them to it first.',
  );
}

function checkRecords(zone: WantedZone, survey: Survey): Finding[] {
  return zone.records.flatMap((record) => {
    const { seen } = record;
    if (seen === null || leadsTo(seen, record.target)) {
      return seen === null ? checkWildcardBefore(zone, record, survey) : [];
    }
    const today = seen.addresses.join(', ') || 'nothing';
    if (record.relative === '*') {
      return [
        stop(
          'WildcardTaken',
          `In the zone ${zone.name} every name leads to ${today} already; a second wildcard cannot stand beside it.`,
          'Name the apps instead of choosing every app: an exact record wins over the wildcard.',
        ),
      ];
    }
    const others = othersLinked(zone, survey);
    return [
      care(
        'RecordChanges',
        `${record.name} leads to ${today} today and will lead to ${placeWords(record.target)}, for every network that is linked to the zone ${zone.name}${others === '' ? '' : `, also ${others}`}.`,
        'Ask whoever made the record whether something still needs the old address.',
      ),
    ];
  });
}

/** An exact record beside a wildcard takes one name from everybody who is linked. */
function checkWildcardBefore(zone: WantedZone, record: WantedRecord, survey: Survey): Finding[] {
  const lookup = record.relative === '@' ? zone.name : `${record.relative}.${zone.name}`;
  const answering = zone.seen === null || record.relative === '*' ? null : recordFor(zone.seen, lookup);
  const others = othersLinked(zone, survey);
  return answering === null || others === ''
    ? []
    : [
        care(
          'RecordChanges',
          `${record.name} leads to ${answering.addresses.join(', ')} today, by the wildcard of the zone ${zone.name}, and will lead to ${placeWords(record.target)}, also for ${others}.`,
          'Ask whoever made the wildcard whether these networks still need the old address.',
        ),
      ];
}

/** Networks that use the zone beside those of the plan. */
function othersLinked(zone: WantedZone, survey: Survey): string {
  const mine = zone.links.map((link) => link.network.id);
  const others = (zone.seen?.links ?? []).filter((link) => !mine.some((id) => sameResource(id, link.network)));
  const names = others.map(
    (link) => survey.networks.find(({ id }) => sameResource(id, link.network))?.name ?? shortName(link.network),
  );
  return listOf(names);
}

/** One zone gives one answer to all networks that it is linked to. */
function checkClash(zone: WantedZone): Finding[] {
  return zone.records
    .filter((record, index) => {
      const first = zone.records.findIndex((other) => other.relative === record.relative);
      const one = zone.records[first];
      return first < index && one !== undefined && !sameTarget(one.target, record.target);
    })
    .map((record) =>
      stop(
        'OneZoneTwoAnswers',
        `The zone ${zone.name} would have to answer ${record.name} with two addresses, because ${zone.links.map((link) => link.network.name).join(' and ')} share it and each has an endpoint of its own.`,
        'Connect one of these networks by peering, or peer them with each other: one endpoint then serves both.',
      ),
    );
}

/** With a wildcard, an app that has a zone of its own in this network keeps the answer of that zone. */
export function checkOwnZones(network: NetworkAt, survey: Survey): Finding[] {
  const suffix = survey.environment.domainSuffix.toLowerCase();
  const own = linkedZones(network, survey.zones)
    .map((zone) => zone.name.toLowerCase())
    .filter((name) => name !== suffix && isWithin(name, suffix));
  return own.length === 0
    ? []
    : [
        care(
          'NamesWithOwnZone',
          `${listOf(own)} ${own.length === 1 ? 'has a zone of its own' : 'have zones of their own'} in ${network.name}; the wildcard does not change what they answer.`,
          'Look at those zones if these apps should open from there too.',
        ),
      ];
}

export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(', ');
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}
