/**
 * What can be said about a connection after its plan was carried out: what Azure says (read), and what follows from it
 * for names (computed). Whether it works is for somebody inside the network to see; the proof says what to run there.
 */
import type { CheckToRun, Evidence, Proof } from '../plan/evidence.ts';
import { knownNames } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveName, type Resolution } from '../plan/resolve.ts';
import { shortName } from '../plan/resource-id.ts';
import { worldBefore } from '../plan/world-before.ts';
import { type NetworkSeen, type PeeringSeen, sameResource, type Survey, type ZoneSeen } from '../plan/world.ts';
import type { Arm } from './arm.ts';
import { survey } from './survey.ts';

/** Most names of others that are listed; with more, the rest is counted. */
const othersShown = 5;

export async function verify(arm: Arm, plan: Plan): Promise<Proof> {
  const { answers, environment } = plan.madeFrom;
  const seen = await survey(arm, environment, answers.networks);
  return proveFrom(plan, seen);
}

/** Pure: the same reading gives the same proof. */
export function proveFrom(plan: Plan, seen: Survey): Proof {
  return {
    evidence: [
      ...plan.promises.from.flatMap((id) => peeringEvidence(id, seen)),
      ...zoneEvidence(plan, seen),
      ...seen.networks.flatMap((network) => promisedEvidence(plan, network, seen)),
      ...seen.networks.flatMap((network) => othersEvidence(plan, network, seen)),
      ...seen.unread.map(
        (what): Evidence => ({ kind: 'read', code: 'not-read', text: `I could not read ${what}.`, good: null }),
      ),
    ],
    toRun: checksToRun(plan),
  };
}

function peeringEvidence(id: string, seen: Survey): Evidence[] {
  const ours = seen.environment.network;
  const theirs = seen.networks.find((network) => sameResource(network.id, id));
  if (ours === null || theirs === undefined) {
    return [read('peering-state', `I could not read both networks of the peering with ${shortName(id)}.`, null)];
  }
  return [halfEvidence(theirs, ours), halfEvidence(ours, theirs)];
}

function halfEvidence(from: NetworkSeen, to: NetworkSeen): Evidence {
  const half = from.peerings.find((peering) => sameResource(peering.remoteNetwork, to.id));
  return half === undefined
    ? read('peering-state', `${from.name} has no peering with ${to.name}.`, false)
    : read('peering-state', `${from.name} says about ${to.name}: ${stateWords(half)}.`, isGood(half));
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

/** Zones, records and links that the plan names, as they stand now. */
function zoneEvidence(plan: Plan, seen: Survey): Evidence[] {
  return plan.steps.flatMap((step) => {
    switch (step.kind) {
      case 'dns-zone': {
        const zone = seen.zones.find((known) => sameResource(known.id, step.resource));
        return [
          read(
            'zone',
            `The private zone ${shortName(step.resource)} ${zone === undefined ? 'is not there' : 'is there'}.`,
            zone !== undefined,
          ),
        ];
      }
      case 'dns-record':
        return [recordEvidence(step.resource, plan, seen.zones)];
      case 'dns-link':
        return [linkEvidence(step.resource, seen.zones)];
      case 'peering':
      default:
        return [];
    }
  });
}

function recordEvidence(id: string, plan: Plan, zones: readonly ZoneSeen[]): Evidence {
  const zone = zones.find((known) => known.records.some((record) => sameResource(record.id, id)));
  const record = zone?.records.find((known) => sameResource(known.id, id));
  const addresses = record?.addresses ?? [];
  const wanted = new Set(plan.promises.names.map((promise) => promise.address));
  const holds = addresses.length > 0 ? `holds ${addresses.join(', ')}` : 'is not there';
  const name = zone === undefined ? shortName(id) : `${shortName(id)} in ${zone.name}`;
  return read('record', `The record ${name} ${holds}.`, addresses.length === 1 && wanted.has(addresses[0] ?? ''));
}

function linkEvidence(id: string, zones: readonly ZoneSeen[]): Evidence {
  const zone = zones.find((known) => known.links.some((link) => sameResource(link.id, id)));
  const link = zone?.links.find((known) => sameResource(known.id, id));
  if (zone === undefined || link === undefined) {
    return read('link', `The zone link ${shortName(id)} is not there.`, false);
  }
  return read(
    'link',
    `The link of ${zone.name} to ${shortName(link.network)} says: ${link.state}.`,
    link.state === 'Completed',
  );
}

function promisedEvidence(plan: Plan, network: NetworkSeen, seen: Survey): Evidence[] {
  return plan.promises.names.map(({ name, address }): Evidence => {
    const resolution = resolveName(name, network, seen.zones);
    const shown = name.startsWith('*.') ? `every name under ${name.slice(2)}` : name;
    if (resolution.kind === 'own-servers') {
      const text = `${network.name} asks its own DNS servers (${resolution.servers.join(', ')}); whether they know ${shown} cannot be read from Azure.`;
      return { kind: 'computed', code: 'name-resolves', text, good: null };
    }
    const good =
      resolution.kind === 'answered' && resolution.addresses.length === 1 && resolution.addresses[0] === address;
    const wanted = good ? '' : `, not ${address}`;
    const text = `In ${network.name}, ${shown} leads to ${resolutionWords(resolution)}${wanted}.`;
    return { kind: 'computed', code: 'name-resolves', text, good };
  });
}

/** Names that the plan does not promise must answer as they did before it. */
function othersEvidence(plan: Plan, network: NetworkSeen, seen: Survey): Evidence[] {
  const before = worldBefore(plan, seen);
  const promised = new Set(plan.promises.names.map((promise) => promise.name));
  const others = [...new Set([...knownNames(seen), ...knownNames(before)])].filter((name) => !promised.has(name));
  if (others.length === 0 || network.dnsServers.length > 0) {
    return [];
  }
  const changed = others.filter(
    (name) =>
      resolutionWords(resolveName(name, network, seen.zones)) !==
      resolutionWords(resolveName(name, network, before.zones)),
  );
  if (changed.length === 0) {
    return [computed('others-as-before', `In ${network.name}, ${listOf(others)} resolve as before.`, true)];
  }
  const expected = plan.promises.names.some((promise) => promise.name.startsWith('*.'));
  return changed.slice(0, othersShown).map((name) => {
    const now = resolutionWords(resolveName(name, network, seen.zones));
    const then = resolutionWords(resolveName(name, network, before.zones));
    const text = `In ${network.name}, ${name} leads to ${now}; before the plan it led to ${then}.`;
    return computed('others-as-before', expected ? `${text} The plan announced that.` : text, expected ? null : false);
  });
}

function resolutionWords(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'answered':
      return resolution.addresses.join(', ');
    case 'hidden':
      return `nothing (the zone ${resolution.zone} hides it)`;
    case 'public':
      return 'what the public DNS says';
    case 'own-servers':
    default:
      return 'what its own DNS servers say';
  }
}

/** Each answer is one word that only a good run prints. */
function checksToRun(plan: Plan): CheckToRun[] {
  return plan.promises.from.flatMap((network) =>
    plan.promises.names.flatMap(({ name, address }) => {
      const host = name.startsWith('*.') ? `<app>${name.slice(1)}` : name;
      return [
        { from: shortName(network), command: `nslookup ${host}`, expect: address },
        {
          from: shortName(network),
          command: `curl -sI -w "connected-to-%{remote_ip}\\n" https://${host}/`,
          expect: `connected-to-${address}`,
        },
      ];
    }),
  );
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, othersShown).join(', ');
  return names.length > othersShown ? `${shown} and ${names.length - othersShown} more` : shown;
}

function read(code: string, text: string, good: boolean | null): Evidence {
  return { kind: 'read', code, text, good };
}

function computed(code: string, text: string, good: boolean | null): Evidence {
  return { kind: 'computed', code, text, good };
}
