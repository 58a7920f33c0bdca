/** What the names of the apps mean for the networks that will resolve them. */
import { care, stop } from './finding.ts';
import { appAddress, knownNames, leadsTo, wantedNames, wantedZones, type WantedZone } from './names.ts';
import type { ConnectAnswers, Finding } from './plan.ts';
import { isWithin, linkedZones } from './resolve.ts';
import type { NetworkSeen, Survey } from './world.ts';

/** One label of a DNS name: letters, digits and hyphens, at most 63. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Most names that a sentence lists before it counts the rest. */
const namesShown = 5;

export function checkNames(answers: ConnectAnswers, survey: Survey): Finding[] {
  const address = appAddress(survey);
  const asked = checkApps(answers, survey);
  if (asked.length > 0 || address === null) {
    return asked;
  }
  const zones = wantedZones(answers, survey, address);
  return [
    ...survey.networks.flatMap((network) => checkServers(network, answers, survey, address)),
    ...zones.flatMap((zone) => checkShadow(zone, answers, survey)),
    ...zones.flatMap(checkRecords),
    ...(answers.apps === '*' ? survey.networks.flatMap((network) => checkOwnZones(network, survey)) : []),
  ];
}

function checkApps(answers: ConnectAnswers, survey: Survey): Finding[] {
  if (answers.apps === '*') {
    return [];
  }
  if (answers.apps.length === 0) {
    return [stop('NoApps', 'No app was named.', 'Name at least one app, such as orders, or choose every app.')];
  }
  return answers.apps
    .filter((app) => !label.test(app))
    .map((app) =>
      stop(
        'NotADnsName',
        `“${app}” is no DNS name.`,
        `Write only the part in front of .${survey.environment.domainSuffix}: letters, digits and hyphens, such as orders.`,
      ),
    );
}

function checkServers(network: NetworkSeen, answers: ConnectAnswers, survey: Survey, address: string): Finding[] {
  if (network.dnsServers.length === 0) {
    return [];
  }
  const names = wantedNames(answers, survey.environment.domainSuffix);
  return [
    care(
      'OwnDnsServers',
      `${network.name} asks its own DNS servers (${network.dnsServers.join(', ')}). A zone that is linked to it counts only when they forward to Azure’s resolver.`,
      `Let the servers forward ${names.join(', ')} to 168.63.129.16, or add there by hand: ${names.map((name) => `${name} → ${address}`).join(', ')}.`,
    ),
  ];
}

/** A zone that is wider than the app hides everything else under it. */
function checkShadow(zone: WantedZone, answers: ConnectAnswers, survey: Survey): Finding[] {
  const wide = zone.records.every((record) => record.name !== zone.name);
  if (!wide) {
    return [];
  }
  const networks = zone.links.filter((link) => link.seen === null).map((link) => link.network.name);
  if (networks.length > 0) {
    return [newShadow(zone, networks.join(', '), answers, survey)];
  }
  const linked = zone.links.map((link) => link.network.name).join(', ');
  return [
    care(
      'ZoneAlreadyLinked',
      `A zone ${zone.name} is linked to ${linked} already and hides every name under it that it does not hold; that stays as it is. The plan only adds what is missing in it.`,
      'Tell the owner of that zone, so that the new record is not tidied away.',
    ),
  ];
}

function newShadow(zone: WantedZone, networks: string, answers: ConnectAnswers, survey: Survey): Finding {
  const promised = new Set(wantedNames(answers, survey.environment.domainSuffix));
  const others = knownNames(survey).filter((name) => isWithin(name, zone.name) && !promised.has(name));
  const known = others.length === 0 ? 'I know of none, but there may be some' : `I know of ${listOf(others)}`;
  const wildcard = zone.records.some((record) => record.relative === '*');
  const effect = wildcard
    ? `then leads to ${survey.environment.name}, also names of other environments`
    : 'that is not in the zone stops resolving';
  return care(
    'ZoneHidesOtherNames',
    `A zone ${zone.name} linked to ${networks} answers for every name under it there: any other name ${effect}. ${known}.`,
    'Name the apps instead of choosing every app: each then gets a zone of exactly its own name, and no other name changes.',
  );
}

function checkRecords(zone: WantedZone): Finding[] {
  return zone.records.flatMap((record) => {
    const { seen } = record;
    if (seen === null || leadsTo(seen, record.address)) {
      return [];
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
    return [
      care(
        'RecordChanges',
        `${record.name} leads to ${today} today and will lead to ${record.address}, for every network that is linked to the zone ${zone.name}.`,
        'Ask whoever made the record whether something still needs the old address.',
      ),
    ];
  });
}

/** With a wildcard, an app that has a zone of its own in this network keeps the answer of that zone. */
function checkOwnZones(network: NetworkSeen, survey: Survey): Finding[] {
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

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(', ');
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}
