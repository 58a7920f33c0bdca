/** The answers of a connection so far: from a sentence, matched with what there is, and as the planner takes them. */
import type { ConnectAnswers, ResourceId, Scenario, WantedService } from '../plan/plan.ts';
import { sameResource } from '../plan/world.ts';
import type { ConnectIntent, SaidService } from '../policy/connect-intent.ts';
import {
  type Choosable,
  isClosed,
  isUsableNetwork,
  type Match,
  matchEnvironment,
  matchLink,
  matchNetwork,
  networkProblem,
  tidyId,
  unmatched,
} from './connect-choices.ts';
import type { Draft, DraftService, Wish } from './state.ts';

export function draftFrom(intent: ConnectIntent, words: string): Draft {
  return {
    words,
    wish: intent.purpose ?? 'apps',
    environment: intent.environment,
    networks: [],
    networkWords: intent.networks,
    apps: intent.apps,
    wildcard: intent.wildcard,
    isolation: intent.isolation,
    needs: intent.needs,
    service: serviceFrom(intent.service),
    dnsServers: intent.dnsServers,
    useGateway: intent.useGateway,
    openRules: intent.openRules,
  };
}

function serviceFrom(said: SaidService | null): DraftService {
  return {
    fqdn: said?.fqdn ?? '',
    link: '',
    linkWords: said?.link ?? '',
    address: said?.address ?? '',
    port: said?.port ?? null,
  };
}

/** Replaces words by what they name among the things that were found; what matches nothing stays as words. */
export function resolveDraft(draft: Draft, choosable: Choosable): Draft {
  const { environment, networkWords: words } = withSides(draft, choosable);
  const named = environment === null ? onlyEnvironment(choosable) : matchEnvironment(environment, choosable);
  const found = words.map((one) => ({ one, id: usableNetwork(one, choosable) }));
  return {
    ...draft,
    environment: typeof named === 'string' ? named : null,
    networks: distinct([...draft.networks, ...found.flatMap(({ id }) => id ?? [])]),
    networkWords: found.filter(({ id }) => id === null).map(({ one }) => one),
    service: resolveService(draft.service, choosable),
  };
}

/** "Connect hub-vnet to mendix-prod" names the same two as the other way round. */
function withSides(draft: Draft, choosable: Choosable): Pick<Draft, 'environment' | 'networkWords'> {
  const { environment, networkWords } = draft;
  if (environment !== null && isOne(matchEnvironment(environment, choosable))) {
    return { environment, networkWords };
  }
  const swapped = networkWords.find((words) => isOne(matchEnvironment(words, choosable)));
  const others = networkWords.filter((words) => words !== swapped);
  if (swapped !== undefined) {
    return { environment: swapped, networkWords: environment === null ? others : [environment, ...others] };
  }
  return environment !== null && isOne(matchNetwork(environment, choosable))
    ? { environment: null, networkWords: [environment, ...networkWords] }
    : { environment, networkWords };
}

function isOne(match: Match): match is string {
  return typeof match === 'string';
}

function onlyEnvironment({ environments }: Choosable): string | null {
  return environments.length === 1 ? (environments[0]?.name ?? null) : null;
}

/** The id that the words mean, listed or pasted; null when they mean none that can be used. */
export function usableNetwork(words: string, choosable: Choosable): ResourceId | null {
  const match = matchNetwork(words, choosable);
  const id = isOne(match) ? match : tidyId(words);
  const isMeantAsId = words.startsWith('/');
  return isOne(match) && !isMeantAsId ? id : isUsableNetwork(id, choosable) ? id : null;
}

function resolveService(service: DraftService, choosable: Choosable): DraftService {
  const match = service.linkWords === '' ? null : matchLink(service.linkWords, choosable);
  return isOne(match) ? { ...service, link: match, linkWords: '' } : service;
}

/** Words of the first sentence that named nothing, or more than one thing; told on the form. */
export function namingProblems(asked: Draft, choosable: Choosable): string[] {
  const { environment, networkWords, service } = resolveDraft(asked, choosable);
  const said = withSides(asked, choosable).environment;
  return [
    ...(said === null || environment !== null ? [] : [environmentProblem(said, choosable)]),
    ...networkWords.map((words) => networkProblem(words, choosable)),
    ...(service.linkWords === '' ? [] : [linkProblem(service.linkWords, choosable)]),
  ];
}

export function environmentProblem(words: string, choosable: Choosable): string {
  const { admins, environments } = choosable;
  const match = matchEnvironment(words, choosable);
  const candidates = isOne(match) ? [] : (match ?? []);
  const open =
    environments.length > 0
      ? `You may ask for: ${environments.map(({ name }) => name).join(', ')}. For another one, ask ${admins} to add you to “mayRequest” in the settings.`
      : `You may not ask for any; ask ${admins} to add you to “mayRequest” in the settings.`;
  return `${words === '' ? 'Choose an environment.' : unmatched('environment', words, candidates)} ${open}`;
}

export function linkProblem(words: string, choosable: Choosable): string {
  if (isClosed(words, choosable)) {
    return `This Private Link service belongs to an environment that you may not ask for. Ask ${choosable.admins} to add you to “mayRequest” in the settings.`;
  }
  const match = matchLink(words, choosable);
  return `${unmatched('Private Link service', words, isOne(match) ? [match] : (match ?? []))} Paste its resource id or its alias, or leave it empty when there is none yet.`;
}

function distinct(ids: readonly ResourceId[]): ResourceId[] {
  return ids.filter((id, index) => ids.findIndex((other) => sameResource(other, id)) === index);
}

const scenarios: Record<Wish, Scenario | null> = {
  /** The method decides between the two. */
  apps: null,
  service: 'service-by-endpoint',
  dns: 'dns-servers',
  database: 'database-read',
  peering: 'apps-by-peering',
};

/** What of the draft the wish is about; the rest is kept for a change of mind. */
export function answersOf(draft: Draft): ConnectAnswers {
  const { wish, service } = draft;
  return {
    scenario: scenarios[wish],
    environment: draft.environment ?? '',
    networks: draft.networks,
    apps: wish === 'apps' ? (draft.wildcard ? '*' : draft.apps) : [],
    ...(wish === 'service' ? { service: wantedService(service) } : {}),
    ...(wish === 'dns' ? { dnsServers: draft.dnsServers } : {}),
    ...(wish === 'peering' ? { peeringOnly: true } : {}),
    method: null,
    ...(draft.useGateway ? { useGateway: true } : {}),
    ...(draft.openRules ? { openSecurityRules: true } : {}),
  };
}

function wantedService({ address, fqdn, link, port }: DraftService): WantedService {
  return {
    fqdn,
    privateLinkService: link === '' ? null : link,
    ...(address === '' ? {} : { address }),
    ...(port === null ? {} : { port }),
  };
}

/** What is still needed, in the order of the form. */
export function missingIn(draft: Draft): string[] {
  const { wish } = draft;
  const needsNetwork = wish === 'apps' || wish === 'database' || wish === 'peering';
  return [
    ...(draft.environment === null ? ['the environment'] : []),
    ...(wish === 'service' && draft.service.fqdn === '' ? ['the name of the service'] : []),
    ...(wish === 'dns' && draft.dnsServers.length === 0 ? ['the DNS servers'] : []),
    ...(needsNetwork && draft.networks.length === 0 ? ['the other network'] : []),
    ...(wish === 'apps' && draft.apps.length === 0 && !draft.wildcard ? ['the apps'] : []),
  ];
}
