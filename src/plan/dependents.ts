/** What came to depend on something that a plan made, found before it is taken away. */
import { prefixContains } from './address-space.ts';
import { stop } from './finding.ts';
import {
  addressOfKey,
  type Finding,
  type Json,
  type Plan,
  type PlanStep,
  type ResourceId,
  type StepKind,
} from './plan.ts';
import { networkOf, shortName } from './resource-id.ts';
import { networksIn } from './standing.ts';
import { type NetworkSeen, sameResource, type Survey, type ZoneSeen } from './world.ts';

export function dependents(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const isMadeOrOpened = step.change === 'create' || step.kind === 'subnet-policy';
  return isMadeOrOpened ? (checks[step.kind]?.(step, plan, survey) ?? []) : [];
}

type Check = (step: PlanStep, plan: Plan, survey: Survey) => Finding[];

/** Nothing can depend on the other kinds. */
const checks: Partial<Record<StepKind, Check>> = {
  'dns-zone': onZone,
  'private-link-service': onLinkService,
  'private-endpoint': onEndpoint,
  peering: onPeering,
  'subnet-policy': onSubnetPolicy,
};

/** Addresses of an A record's body; null for one that is not known yet. */
export function addressesIn(body: Json, survey: Survey): (string | null)[] {
  const { properties } = (body ?? {}) as { properties?: { aRecords?: readonly { ipv4Address: Json }[] } };
  return (properties?.aRecords ?? []).map(({ ipv4Address }) => {
    if (typeof ipv4Address === 'string') {
      return ipv4Address;
    }
    const endpoint = (ipv4Address as { [addressOfKey]?: string } | null)?.[addressOfKey] ?? '';
    return survey.endpoints?.find(({ id }) => sameResource(id, endpoint))?.address ?? null;
  });
}

function isMade(plan: Plan, id: ResourceId): boolean {
  return plan.steps.some((step) => sameResource(step.resource, id) && step.change === 'create');
}

function onZone(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const zone = survey.zones.find(({ id }) => sameResource(id, step.resource));
  const records = (zone?.records ?? []).filter(({ id }) => !isMade(plan, id)).map(({ name }) => name);
  const links = (zone?.links ?? []).filter(({ id }) => !isMade(plan, id)).map(({ network }) => shortName(network));
  return [
    ...(records.length === 0
      ? []
      : [
          inUse(
            `The zone ${zone?.name ?? ''} holds records that this plan did not make: ${records.join(', ')}.`,
            'Move these records elsewhere first, or keep the zone.',
          ),
        ]),
    ...(links.length === 0
      ? []
      : [
          inUse(
            `The zone ${zone?.name ?? ''} is used by networks that this plan did not link: ${links.join(', ')}.`,
            'Undo the plans that linked them first, or unlink them by hand.',
          ),
        ]),
  ];
}

function onLinkService(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const service = survey.linkServices?.find(({ id }) => sameResource(id, step.resource));
  const others = (service?.connections ?? []).filter(
    ({ endpoint, state }) => (state === 'Approved' || state === 'Pending') && !isMade(plan, endpoint),
  );
  return others.length === 0
    ? []
    : [
        inUse(
          `Other endpoints lead to the private link service ${service?.name ?? ''}: ${others.map(({ endpoint }) => shortName(endpoint)).join(', ')}. Azure deletes no service that has connections.`,
          'Undo the plans that made these endpoints first, or delete them by hand.',
        ),
      ];
}

function onEndpoint(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const address = survey.endpoints?.find(({ id }) => sameResource(id, step.resource))?.address ?? null;
  const names = survey.zones.flatMap((zone) =>
    zone.records
      .filter((record) => address !== null && record.addresses.includes(address) && !isWritten(plan, record.id))
      .map((record) => nameOf(record.name, zone)),
  );
  return names.length === 0
    ? []
    : [
        inUse(
          `Other names lead to the endpoint ${shortName(step.resource)} (${address ?? ''}): ${names.join(', ')}.`,
          'Undo the plans that made these records first, or lead the names elsewhere.',
        ),
      ];
}

function isWritten(plan: Plan, id: ResourceId): boolean {
  return plan.steps.some((step) => sameResource(step.resource, id) && step.body !== null);
}

function nameOf(record: string, zone: ZoneSeen): string {
  return record === '@' ? zone.name : `${record}.${zone.name}`;
}

/** Both ends: names of other plans, DNS servers, and a shared gateway may ride on the peering by now. */
function onPeering(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const from = networkOf(step.resource) ?? '';
  const { properties } = step.body as { properties: { remoteVirtualNetwork: { id: ResourceId } } };
  const ends = networksIn(survey).filter(
    ({ id }) => sameResource(id, from) || sameResource(id, properties.remoteVirtualNetwork.id),
  );
  const [one, other] = ends;
  return one === undefined || other === undefined
    ? []
    : [...onWay(one, other, plan, survey), ...onWay(other, one, plan, survey)];
}

/** What `from` needs of `to`. */
function onWay(from: NetworkSeen, to: NetworkSeen, plan: Plan, survey: Survey): Finding[] {
  const servers = from.dnsServers.filter((server) => holds(to, server));
  const names = survey.zones
    .filter((zone) => zone.links.some(({ network }) => sameResource(network, from.id)))
    .flatMap((zone) =>
      zone.records
        .filter((record) => record.addresses.some((address) => holds(to, address)) && !isOurs(plan, record.id, zone))
        .map((record) => nameOf(record.name, zone)),
    );
  return [
    ...(servers.length === 0
      ? []
      : [
          inUse(
            `${from.name} asks the DNS servers ${servers.join(', ')} in ${to.name} over this peering.`,
            'Set other DNS servers first.',
          ),
        ]),
    ...(names.length === 0
      ? []
      : [
          inUse(
            `Names that this plan did not make lead from ${from.name} to ${to.name} over this peering: ${names.join(', ')}.`,
            'Undo the plans that made these names first.',
          ),
        ]),
  ];
}

function holds(network: NetworkSeen, address: string): boolean {
  return network.addressPrefixes.some((prefix) => prefixContains(prefix, address));
}

/** The record is named by the plan: made by it, or there before and used by it. */
function isOurs(plan: Plan, record: ResourceId, zone: ZoneSeen): boolean {
  return plan.steps.some(
    (step) =>
      sameResource(step.resource, record) ||
      (step.kind === 'dns-zone' && sameResource(step.resource, zone.id) && step.change === 'create'),
  );
}

function onSubnetPolicy(step: PlanStep, plan: Plan, survey: Survey): Finding[] {
  const others = (survey.linkServices ?? []).filter(
    ({ id, natSubnets }) => natSubnets.some((subnet) => sameResource(subnet, step.resource)) && !isMade(plan, id),
  );
  return others.length === 0
    ? []
    : [
        inUse(
          `Another private link service takes addresses of the subnet ${shortName(step.resource)}: ${others.map(({ name }) => name).join(', ')}.`,
          'Undo the plans that made it first.',
        ),
      ];
}

function inUse(text: string, wayOut: string): Finding {
  return stop('InUse', text, wayOut);
}
