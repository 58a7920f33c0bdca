/**
 * What Azure did not finish. A resource whose first write failed stays there, half made: it carries nothing and holds its
 * name. One of ours counts as not there, so that a plan makes it again; what works although its last write failed, and
 * what somebody else made, is used as it is, and said.
 */
import type { DraftStep } from './draft-step.ts';
import { care } from './finding.ts';
import { createdByTag, isNamedBy, ownNaming } from './naming.ts';
import type { Finding, Naming, ResourceId } from './plan.ts';
import { shortName } from './resource-id.ts';
import { networksIn } from './standing.ts';
import type {
  FrontendSeen,
  MayBeTagged,
  NetworkSeen,
  PeeringSeen,
  SecurityGroupSeen,
  Survey,
  ZoneSeen,
} from './world.ts';

/** The world as a plan may build on it. */
export function withoutHalfMade(survey: Survey, naming: Naming = ownNaming): Survey {
  const gone = new Set(halfMade(survey, naming));
  return gone.size === 0 ? survey : { ...survey, ...rest(survey, gone) };
}

function rest(survey: Survey, gone: ReadonlySet<ResourceId>): Partial<Survey> {
  function stays({ id }: { id: ResourceId }): boolean {
    return !gone.has(id.toLowerCase());
  }
  function networkLeft(network: NetworkSeen): NetworkSeen {
    return { ...network, peerings: network.peerings.filter(stays) };
  }
  function groupLeft(group: SecurityGroupSeen): SecurityGroupSeen {
    return { ...group, rules: group.rules.filter((rule) => stays({ id: ruleId(group, rule) })) };
  }
  function zoneLeft(zone: ZoneSeen): ZoneSeen {
    return { ...zone, links: zone.links.filter(stays) };
  }
  function frontendLeft(frontend: FrontendSeen): FrontendSeen {
    const id = frontend.linkService ?? null;
    return id === null || stays({ id }) ? frontend : { ...frontend, linkService: null };
  }
  const { environment, linkServices, endpoints, networks, securityGroups, zones } = survey;
  const network = environment.network === null ? null : networkLeft(environment.network);
  return {
    environment: { ...environment, frontends: environment.frontends.map(frontendLeft), network },
    networks: networks.map(networkLeft),
    zones: zones.filter(stays).map(zoneLeft),
    ...(linkServices === undefined ? {} : { linkServices: linkServices.filter(stays) }),
    ...(endpoints === undefined ? {} : { endpoints: endpoints.filter(stays) }),
    ...(securityGroups === undefined ? {} : { securityGroups: securityGroups.map(groupLeft) }),
  };
}

/** Lower-case ids. */
function halfMade(survey: Survey, naming: Naming): ResourceId[] {
  const { linkServices = [], endpoints = [], securityGroups = [], zones } = survey;
  const peerings = networksIn(survey).flatMap((network) => network.peerings);
  const links = zones.flatMap((zone) => zone.links);
  return [
    ...peerings.filter((peering) => isLoose(peering) && isNamedBy(naming, peering.name)),
    ...zones.filter((zone) => isEmpty(zone) && isTagged(zone)),
    ...links.filter((link) => link.failed === true && link.state !== 'Completed' && isTagged(link)),
    ...linkServices.filter((each) => each.failed === true && each.connections.length === 0 && isTagged(each)),
    ...endpoints.filter((each) => each.failed === true && !leadsSomewhere(each) && isTagged(each)),
    ...securityGroups.flatMap((group) =>
      group.rules
        .filter((rule) => rule.failed === true && isNamedBy(naming, rule.name))
        .map((rule) => ({ id: ruleId(group, rule) })),
    ),
  ].map(({ id }) => id.toLowerCase());
}

function isTagged({ tags }: MayBeTagged): boolean {
  return tags?.['created-by'] === createdByTag['created-by'];
}

function isLoose({ failed, state }: PeeringSeen): boolean {
  return failed === true && state === 'Initiated';
}

/** One in which something stands is at work, whatever became of the last write to it. */
function isEmpty({ failed, links, records }: ZoneSeen): boolean {
  return failed === true && links.length === 0 && records.length === 0;
}

function leadsSomewhere({ address, state }: { address: string | null; state: string }): boolean {
  return state === 'Approved' && address !== null;
}

function ruleId({ id }: SecurityGroupSeen, { name }: { name: string }): ResourceId {
  return `${id}/securityRules/${name}`;
}

/** @param survey The whole of it. */
export function checkFailed(drafts: readonly DraftStep[], survey: Survey, naming: Naming = ownNaming): Finding[] {
  const again = new Set(halfMade(survey, naming));
  const failed = failedIds(survey);
  return [
    ...drafts.filter(({ resource }) => again.has(resource.toLowerCase())).map(madeAgain),
    ...drafts
      .filter(({ body, kind, resource }) => body === null && !holds.has(kind) && failed.has(resource.toLowerCase()))
      .map(usedAsItIs),
    ...closedPlaces(drafts, survey).map(takesNothing),
  ];
}

/** What these steps change is part of something else, which is judged by itself. */
const holds: ReadonlySet<DraftStep['kind']> = new Set(['subnet-policy', 'dns-servers', 'route-table', 'endpoint-wait']);

function failedIds(survey: Survey): Set<ResourceId> {
  const { linkServices = [], endpoints = [], zones } = survey;
  const peerings = networksIn(survey).flatMap((network) => network.peerings);
  const seen = [...peerings, ...zones, ...zones.flatMap(({ links }) => links), ...linkServices, ...endpoints];
  return new Set(seen.filter(({ failed }) => failed === true).map(({ id }) => id.toLowerCase()));
}

/** Networks and subnets in which the plan makes something, and that no step of it writes again. */
function closedPlaces(drafts: readonly DraftStep[], survey: Survey): { id: ResourceId; name: string }[] {
  const bodies = JSON.stringify(drafts.map(({ body, resource }) => (body === null ? null : [resource, body])));
  const written = new Set(drafts.filter(({ body }) => body !== null).map(({ resource }) => resource.toLowerCase()));
  const networks = networksIn(survey);
  const places = [...networks, ...networks.flatMap(({ subnets = [] }) => subnets)];
  return places.filter(
    ({ failed, id }) =>
      failed === true &&
      !written.has(id.toLowerCase()) &&
      ['"', '/'].some((end) => bodies.toLowerCase().includes(`"${id.toLowerCase()}${end}`)),
  );
}

function madeAgain({ resource }: DraftStep): Finding {
  return care(
    'HalfMade',
    `${shortName(resource)} is there already, half made by an earlier try that failed; the plan makes it again.`,
    'Look at what Azure said about the earlier try: the same reason may still be there.',
  );
}

function usedAsItIs({ resource }: DraftStep): Finding {
  return care(
    'LastChangeFailed',
    `Azure says that the last change of ${shortName(resource)} failed. The plan uses it as it is, which often works.`,
    'When the connection does not work afterwards, ask its owner to write it once more as it is.',
  );
}

function takesNothing({ id, name }: { id: ResourceId; name: string }): Finding {
  const noun = /\/subnets\/[^/]+$/i.test(id) ? 'vnet subnet' : 'vnet';
  return care(
    'PlaceFailed',
    `Azure says that the last change of ${name} failed; it may take nothing new there before that was mended.`,
    `Ask its owner to write it once more as it is, before you approve: az network ${noun} update --ids ${id}`,
  );
}
