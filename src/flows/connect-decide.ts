/** Peering or Private Link, for what was asked and what was read. The rules are `policy/method.ts`. */
import { appFrontend } from '../plan/apps.ts';
import type { Finding, Ground } from '../plan/plan.ts';
import { checkAddresses } from '../plan/preflight-addresses.ts';
import { sameResource, type Survey } from '../plan/world.ts';
import { factsOfNeeds } from '../policy/connect-needs.ts';
import { type ChoiceFacts, chooseMethod, type MethodChoice, type MethodColumn } from '../policy/method.ts';
import type { Draft } from './state.ts';

/** A choice may rest on what the person said, not only on a document. */
export interface Choice extends Omit<MethodChoice, 'because'> {
  because: readonly Ground[];
}

/** Azure refuses a peering also when the address space overlaps a network that the other side is already peered with. */
export function clashesIn(survey: Survey): Finding[] {
  return checkAddresses(survey).filter((finding) => finding.level === 'stop');
}

export function chooseFor(draft: Draft, survey: Survey): Choice {
  const facts = factsOf(draft, survey);
  return draft.wish === 'service' ? chooseForService(draft, facts) : chooseMethod(facts);
}

function factsOf(draft: Draft, survey: Survey): ChoiceFacts {
  const ours = survey.environment.network;
  return {
    addressesOverlap: ours === null || survey.networks.length === 0 ? null : clashesIn(survey).length > 0,
    directDatabaseAccess: draft.wish === 'database',
    isolation: draft.isolation,
    ...factsOfNeeds(draft.needs ?? []),
    internalLoadBalancer: hasInternalBalancer(draft, survey),
    standardLoadBalancer: hasStandardBalancer(draft, survey),
    otherParty: isOfOthers(survey),
  };
}

/** An endpoint to a service of the company's own needs none on the side of the environment. */
function hasInternalBalancer({ wish }: Draft, { environment }: Survey): boolean | null {
  if (wish === 'service') {
    return true;
  }
  return environment.frontendsUnread === true
    ? null
    : environment.frontends.some((frontend) => frontend.privateAddress !== null);
}

/** A private link service takes no other. */
function hasStandardBalancer({ wish }: Draft, survey: Survey): boolean | null {
  const frontend = wish === 'service' ? null : appFrontend(survey);
  return frontend === null ? null : /^standard$/i.test(frontend.sku);
}

/** A network of another directory belongs to another organisation, as far as anybody can read it. */
function isOfOthers({ environment, networks }: Survey): boolean | null {
  const ours = environment.network?.tenant;
  const theirs = networks.flatMap(({ tenant }) => tenant ?? []);
  return ours === undefined || theirs.length < networks.length
    ? null
    : theirs.some((tenant) => !sameResource(tenant, ours));
}

type ColumnWords = Pick<MethodColumn, 'gives' | 'exposes' | 'needs' | 'costs'>;

const serviceColumns: Record<'peering' | 'private-link', ColumnWords> = {
  peering: {
    gives: 'The apps reach the network in which the service stands, and everything there can reach the environment.',
    exposes: 'Every address of both networks to each other, unless security groups say otherwise.',
    needs: 'Address ranges that do not overlap, one peering on each side, and a private name for the service.',
    costs: ['No network that either side is ever peered with may overlap the other one’s addresses.'],
  },
  'private-link': {
    gives: 'One private address in the environment’s network that leads to the service, in one direction.',
    exposes: 'That one address only.',
    needs: 'A private link service in front of the service, an owner who accepts the connection, and a private name.',
    costs: ['Each further service needs a private link service and an endpoint of its own.'],
  },
};

const noNetwork = 'you named no network in which the service stands';

/** What the sentence names decides: a private link service, or the network in which the service stands. */
function chooseForService(draft: Draft, facts: ChoiceFacts): Choice {
  const { isolation, networks, service } = draft;
  const base = chooseMethod(facts);
  const hasLink = service.link !== '';
  const hasNetwork = networks.length > 0;
  const peering = hasNetwork
    ? base.comparison.peering
    : { ...base.comparison.peering, fits: false, blockedBy: noNetwork };
  const link = base.comparison['private-link'];
  const comparison = {
    peering: { ...peering, ...serviceColumns.peering },
    'private-link': { ...link, ...serviceColumns['private-link'], costs: linkCosts(draft, link) },
  };
  if (!peering.fits && !link.fits) {
    return { method: 'none', because: base.because, wouldChange: [], waysOut: serviceWaysOut(hasNetwork), comparison };
  }
  const needsMore = (draft.needs ?? []).length > 0 && base.method === 'peering';
  const isByLink = link.fits && (!peering.fits || isolation || (hasLink && !needsMore));
  return {
    method: isByLink ? 'private-link' : 'peering',
    because: [
      ...(isByLink || !hasLink ? [serviceGround(hasLink, hasNetwork)] : []),
      ...(hasNetwork && !(hasLink && isByLink) ? base.because : []),
    ],
    wouldChange: hasLink
      ? [otherwise(isByLink, hasNetwork)]
      : ['Private Link instead, if the service gets a private link service of its own.'],
    waysOut: [],
    comparison,
  };
}

function otherwise(isByLink: boolean, hasNetwork: boolean): string {
  return isByLink
    ? `Peering instead, if the apps also need other services of that network${hasNetwork ? '' : ', and you name it'}.`
    : 'Private Link instead, if the one address of this service is enough.';
}

/** What is wanted besides may cost something, too. */
function linkCosts({ needs = [] }: Draft, link: MethodColumn): readonly string[] {
  const own = serviceColumns['private-link'].costs;
  return needs.length === 0 ? own : [...own, ...link.costs.filter((cost) => !cost.startsWith('Each further network'))];
}

function serviceWaysOut(hasNetwork: boolean): string[] {
  return hasNetwork
    ? ['Give one of the two networks other addresses; then peering works.', 'Make do with TCP or UDP over IPv4.']
    : [
        'Name the network in which the service stands; peering may then carry it.',
        'Make do with TCP or UDP over IPv4.',
      ];
}

function serviceGround(hasLink: boolean, hasNetwork: boolean): Ground {
  const note = hasLink
    ? 'The service has a private link service already, and one address is all that the apps need of it.'
    : hasNetwork
      ? 'You named the network in which the service stands, and no private link service.'
      : 'You named no network in which the service stands, so only Private Link leads to it.';
  return { source: 'What you asked for', section: '', note };
}
